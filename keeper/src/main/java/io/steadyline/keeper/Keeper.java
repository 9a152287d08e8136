package io.steadyline.keeper;

import io.steadyline.posix.Descriptors;
import io.steadyline.posix.Errno;
import io.steadyline.posix.ExitStatus;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One worker after the other, until one ends for good. The main thread runs it; signals come on threads of the Java
 * machine.
 */
final class Keeper {

    /** Between two tries to start a worker when the machine has no room for a process. */
    private static final Duration SPAWN_PAUSE = Duration.ofMillis(100);

    private final KeeperOptions options;
    private final WorkerCommand command;
    private final HeldSockets held = new HeldSockets();
    private final RestartIntensity intensity;
    private final MemoryGroup memory = MemoryGroup.own();
    private final Standby standby;
    private final StopRequest stop;

    private int generation;

    Keeper(KeeperOptions options) {
        this.options = options;
        this.command = new WorkerCommand(options.command(), options.program());
        this.intensity = new RestartIntensity(options.restarts(), options.restartWindow());
        this.stop = new StopRequest(options.stopTimeout());
        this.standby = new Standby(held, options.standby());
    }

    /** A worker with what belongs to it. */
    private record Running(
            WorkerProcess process,
            WorkerLink link,
            MemoryGroup.Reading before,
            Instant startedAt,
            long startedNs,
            boolean waited) {}

    /** A worker that has ended, with nanoTime for its age and the distance to the next. */
    private record Dead(Obituary obituary, long ageNs, long deadNs) {}

    /** Returns the exit code of the keeper. */
    int run() throws IOException, InterruptedException {
        ProcessSignals.handle(this::onSignal, "TERM", "INT", "HUP");
        Descriptors.closeAllAtExec();
        try {
            return keep();
        } finally {
            standby.end();
            held.closeAll();
            if (options.workerPidFile().isPresent()) {
                Files.deleteIfExists(options.workerPidFile().get());
            }
        }
    }

    /** While a worker stops, no other one is to start beside it. */
    private void onSignal(int number) {
        stop.onSignal(number);
        if (stop.isAsked()) {
            standby.close();
        }
    }

    private int keep() throws IOException, InterruptedException {
        Dead last = null;
        while (true) {
            Running running = start(last == null ? null : last.obituary());
            if (running == null) {
                return stop.isAsked() ? end(last, "asked to stop") : giveUp(last, "no worker can be started");
            }
            tell(running, last);

            ExitStatus status = running.process().await();
            long deadNs = System.nanoTime();
            Instant endedAt = Instant.now();
            running.link().finish();

            boolean stopAsked = stop.isAsked() || running.link().stoppingAt() != null;
            Afterwards afterwards = Afterwards.of(status, stopAsked);
            if (!stopAsked && !running.link().isReady() && command.goBack()) {
                KeeperLog.say("the new program ended before it served: back to the one before");
                afterwards = Afterwards.RESTART;
            }
            boolean mayRestart = afterwards != Afterwards.RESTART || intensity.mayRestart(deadNs);
            last = dead(running, status, endedAt, deadNs);
            if (afterwards == Afterwards.END) {
                return end(last, stopAsked ? "asked to stop" : "done");
            }
            if (!mayRestart) {
                return giveUp(
                        last,
                        "more than " + options.restarts() + " unplanned ends within "
                                + options.restartWindow().toSeconds() + " s");
            }
            chooseProgram(running.link());
        }
    }

    /** Null: it cannot be started, or is not to be. */
    private @Nullable Running start(@Nullable Obituary previous) throws InterruptedException {
        while (!stop.isAsked()) {
            try {
                return spawn(previous);
            } catch (IOException failed) {
                KeeperLog.say(
                        "worker " + command.arguments().getFirst() + " cannot be started: " + failed.getMessage());
                boolean isShortage =
                        failed instanceof PosixException posix && (posix.is(Errno.EAGAIN) || posix.is(Errno.ENOMEM));
                if (!command.goBack() && !(isShortage && intensity.mayRestart(System.nanoTime()))) {
                    return null;
                }
                stop.await(SPAWN_PAUSE);
            }
        }
        return null;
    }

    private Running spawn(@Nullable Obituary previous) throws IOException {
        Standby.Waiting waiting = standby.take(command.arguments());
        if (waiting != null) {
            return serve(waiting, previous, true);
        }
        Sockets.Pair pair = Sockets.packetPair();
        try {
            WorkerProcess process = WorkerProcess.start(command.arguments(), pair.other(), false);
            WorkerLink link = new WorkerLink(pair.one(), held, () -> {});
            link.start();
            return serve(new Standby.Waiting(process, link), previous, false);
        } catch (IOException failed) {
            Descriptors.close(pair.one());
            throw failed;
        }
    }

    private Running serve(Standby.Waiting one, @Nullable Obituary previous, boolean waited) {
        generation++;
        Running running =
                new Running(one.process(), one.link(), memory.read(), Instant.now(), System.nanoTime(), waited);
        List<String> arguments = command.arguments();
        Optional<String> program = command.program();
        stop.workerIs(one.process());
        one.link().begin(generation, previous, new WorkerLink.Ears() {
            @Override
            public void onReady() {
                standby.begin(arguments);
            }

            @Override
            public void onPrepare(String file) {
                standby.prepare(WorkerCommand.with(arguments, program, file), one.link()::prepared);
            }
        });
        return running;
    }

    /** What the next worker is to be started from, when this one said so. */
    private void chooseProgram(WorkerLink link) {
        if (link.isReady()) {
            command.served();
        }
        String file = link.upgradeFile();
        if (!file.isEmpty() && !command.upgradeTo(file)) {
            KeeperLog.say("the next worker is not started from " + file
                    + " but as before: no argument of the command is what --jar says");
        }
    }

    /** Everything that the start itself does not need comes after it. */
    private void tell(Running running, @Nullable Dead last) {
        int pid = running.process().pid();
        if (last == null) {
            KeeperLog.say("keeper " + ProcessHandle.current().pid() + " has started worker " + pid);
            Rehearsal.run();
        } else {
            double afterMs = (running.startedNs() - last.deadNs()) / 1e6;
            KeeperLog.say(words(last)
                    + String.format(
                            Locale.ROOT,
                            running.waited()
                                    ? "; worker %d, which was waiting, called %.1f ms later"
                                    : "; worker %d started %.1f ms later",
                            pid,
                            afterMs));
            write(last, false);
        }
        options.workerPidFile().ifPresent(file -> {
            try {
                ObituaryFile.replace(file, pid + "\n");
            } catch (IOException failed) {
                KeeperLog.say("pid file: " + failed);
            }
        });
    }

    private int end(@Nullable Dead last, String why) {
        standby.end();
        int closed = held.closeAll();
        if (last == null) {
            KeeperLog.say(why + " before a worker was started");
            return KeeperExit.DONE;
        }
        int code = last.obituary().status().shellCode();
        write(last, true);
        KeeperLog.say(words(last) + "; " + why + ": keeper ends with " + code + ", " + closed + " sockets closed");
        return code;
    }

    private int giveUp(@Nullable Dead last, String why) {
        standby.end();
        int closed = held.closeAll();
        String words = "";
        if (last != null) {
            write(last, true);
            words = "; the last: " + words(last);
        }
        KeeperLog.say(
                "gives up: " + why + ", " + closed + " sockets closed, keeper ends with " + KeeperExit.GAVE_UP + words);
        return KeeperExit.GAVE_UP;
    }

    private void write(Dead dead, boolean keeperEnds) {
        Optional<Path> directory = options.dataDir();
        try {
            if (directory.isPresent()) {
                ObituaryFile.write(directory.get(), dead.obituary(), keeperEnds, words(dead));
            }
        } catch (IOException failed) {
            KeeperLog.say("obituary file: " + failed);
        }
    }

    private Dead dead(Running running, ExitStatus status, Instant endedAt, long deadNs) {
        WorkerLink link = running.link();
        Instant stoppingAt = link.stoppingAt();
        Instant upgradeAt = link.upgradeAt();
        Obituary.Asked asked = Obituary.Asked.NO;
        Instant askedAt = Instant.EPOCH;
        if (stop.isAsked()) {
            asked = Obituary.Asked.STOP;
            askedAt = stop.askedAt();
        } else if (stoppingAt != null) {
            asked = Obituary.Asked.STOP;
            askedAt = stoppingAt;
        } else if (upgradeAt != null && status.exitCode().orElse(-1) == KeeperExit.HAND_OVER) {
            asked = Obituary.Asked.UPGRADE;
            askedAt = upgradeAt;
        }
        MemoryGroup.Reading before = running.before();
        MemoryGroup.Reading after = memory.read();
        long oomKills = before.oomKills() < 0 || after.oomKills() < 0 ? -1 : after.oomKills() - before.oomKills();
        Obituary obituary = new Obituary(
                generation,
                running.process().pid(),
                status,
                running.startedAt(),
                endedAt,
                asked,
                askedAt,
                stop.signal(),
                stop.hasKilled(),
                link.isReady(),
                oomKills,
                after.limitBytes(),
                after.usageBytes(),
                intensity.inWindow(deadNs),
                held.size());
        return new Dead(obituary, deadNs - running.startedNs(), deadNs);
    }

    private String words(Dead dead) {
        Obituary of = dead.obituary();
        return String.format(
                Locale.ROOT,
                "worker %d (number %d) %s after %.1f s%s%s, %d sockets held, %d of %d unplanned ends within %d s",
                of.workerPid(),
                of.generation(),
                of.status().words(),
                dead.ageNs() / 1e9,
                of.wasReady() ? "" : ", not ready yet",
                of.oomKills() > 0
                        ? ", the kernel killed " + of.oomKills() + " of its memory group for lack of memory"
                        : "",
                of.socketsHeld(),
                of.restartsInWindow(),
                options.restarts(),
                options.restartWindow().toSeconds());
    }
}
