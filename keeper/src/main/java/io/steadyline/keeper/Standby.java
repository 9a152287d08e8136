package io.steadyline.keeper;

import io.steadyline.posix.Descriptors;
import io.steadyline.posix.ExitStatus;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Signals;
import io.steadyline.posix.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The worker that waits: started and warm, with no socket, no lock and no call, until the one that serves has ended. Its
 * callers then hear silence for as long as it takes to adopt them, and not for as long as a Java machine takes to start.
 *
 * <p>It is warm when it says hello; the answer is what calls it. One that ends by itself is started again, and after
 * {@value #MOST_FAILURES} in a row no more: a death then costs the time of a start. Any thread; nothing here waits but the
 * thread that watches it.
 */
final class Standby {

    static final int MOST_FAILURES = 3;

    /** After the worker serves: its calls have waited, and come first. */
    private static final Duration AFTER_THE_START = Duration.ofMillis(500);

    private static final String NOT_WANTED = "the next worker is not wanted any more";
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(2);

    private final HeldSockets held;
    private boolean wanted;
    private @Nullable Watch watch;

    /** @param wanted false: nobody waits, ever */
    Standby(HeldSockets held, boolean wanted) {
        this.held = held;
        this.wanted = wanted;
    }

    /** The one that waited; nothing has been said to it. */
    record Waiting(WorkerProcess process, WorkerLink link) {}

    /** Starts one soon, unless one of this command waits or starts already; ends one of another command. */
    void begin(List<String> command) {
        begin(command, AFTER_THE_START, MOST_FAILURES, _ -> {});
    }

    /**
     * Starts one of a program that is to be the next, at once and once. One that waits is ended, also of the same command:
     * the file that it was started from may have been replaced.
     *
     * @param listener told once: empty when it waits, else why it does not
     */
    synchronized void prepare(List<String> command, Consumer<String> listener) {
        end();
        begin(command, Duration.ZERO, 1, listener);
    }

    private synchronized void begin(List<String> command, Duration pause, int mostFailures, Consumer<String> listener) {
        if (!wanted) {
            listener.accept("");
            return;
        }
        Watch now = watch;
        if (now != null && now.command.equals(command) && !now.hasGivenUp()) {
            now.tell(listener);
            return;
        }
        end();
        Watch next = new Watch(command, pause, mostFailures);
        watch = next;
        next.tell(listener);
        Thread.ofPlatform().daemon().name("keeper-standby").start(next);
    }

    /** The one that is warm and of this command; null: there is none, and one that is not warm yet was ended. */
    synchronized @Nullable Waiting take(List<String> command) {
        Watch now = watch;
        Waiting taken = now != null && now.command.equals(command) ? now.take() : null;
        end();
        return taken;
    }

    /** Nobody waits any more, now and later: the keeper was asked to stop. */
    synchronized void close() {
        wanted = false;
        end();
    }

    /** The one that waits, if any, is not wanted. */
    synchronized void end() {
        Watch now = watch;
        watch = null;
        if (now != null) {
            now.end();
        }
    }

    /** One command's, over its failures. Its monitor is taken inside of the outer one's, never the other way round. */
    private final class Watch implements Runnable {

        private final List<String> command;
        private final Duration pause;
        private final int mostFailures;
        private @Nullable Waiting waiting;
        private Consumer<String> listener = _ -> {};
        private boolean over;
        private boolean gaveUp;

        Watch(List<String> command, Duration pause, int mostFailures) {
            this.command = command;
            this.pause = pause;
            this.mostFailures = mostFailures;
        }

        synchronized void tell(Consumer<String> next) {
            Waiting now = waiting;
            if (now != null && now.link().isWaiting()) {
                next.accept("");
            } else {
                listener.accept(NOT_WANTED);
                listener = next;
            }
        }

        synchronized boolean hasGivenUp() {
            return gaveUp;
        }

        synchronized @Nullable Waiting take() {
            Waiting now = waiting;
            if (now == null || !now.link().isWaiting()) {
                return null;
            }
            waiting = null;
            over = true;
            notifyAll();
            return now;
        }

        synchronized void end() {
            over = true;
            notifyAll();
            listener.accept(NOT_WANTED);
            listener = _ -> {};
            Waiting now = waiting;
            if (now == null) {
                return;
            }
            try {
                now.process().signal(Signals.SIGKILL);
            } catch (PosixException failed) {
                KeeperLog.say(failed.getMessage());
            }
        }

        @Override
        public void run() {
            try {
                int failures = 0;
                String why = "";
                while (failures < mostFailures) {
                    if (!pause(failures == 0 ? pause : BETWEEN_FAILURES)) {
                        return;
                    }
                    why = runOne();
                    if (why.isEmpty()) {
                        return;
                    }
                    failures++;
                    KeeperLog.say("the worker that was to wait " + why);
                }
                giveUp(why);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        /** False: it is over. */
        private synchronized boolean pause(Duration length) throws InterruptedException {
            long endNs = System.nanoTime() + length.toNanos();
            long leftMs = length.toMillis();
            while (!over && leftMs > 0) {
                wait(leftMs);
                leftMs = (endNs - System.nanoTime()) / 1_000_000;
            }
            return !over;
        }

        /** How it ended by itself; empty: it was taken, or is not wanted any more. */
        private String runOne() throws InterruptedException {
            Waiting one;
            try {
                one = start();
            } catch (IOException failed) {
                return "cannot be started: " + failed.getMessage();
            }
            if (one == null) {
                return "";
            }
            try {
                one.process().awaitEnd();
                return ended(one);
            } catch (PosixException failed) {
                // Whoever has taken it may have taken its status, too.
                return forget(one) ? "cannot be waited for: " + failed.getMessage() : "";
            }
        }

        /** False: it was taken. */
        private boolean forget(Waiting one) throws InterruptedException {
            synchronized (this) {
                if (!isMine(one)) {
                    return false;
                }
                waiting = null;
            }
            try {
                one.link().finish();
            } catch (PosixException failed) {
                KeeperLog.say(failed.getMessage());
            }
            return true;
        }

        private synchronized boolean isMine(Waiting one) {
            return one.equals(waiting);
        }

        private synchronized @Nullable Waiting start() throws IOException {
            if (over) {
                return null;
            }
            Sockets.Pair pair = Sockets.packetPair();
            try {
                WorkerProcess process = WorkerProcess.start(command, pair.other(), true);
                WorkerLink link = new WorkerLink(pair.one(), held, this::warm);
                Waiting one = new Waiting(process, link);
                waiting = one;
                link.start();
                return one;
            } catch (IOException failed) {
                Descriptors.close(pair.one());
                throw failed;
            }
        }

        private String ended(Waiting one) throws PosixException, InterruptedException {
            boolean wanted;
            synchronized (this) {
                if (!isMine(one)) {
                    return "";
                }
                waiting = null;
                wanted = !over;
            }
            ExitStatus status = one.process().await();
            one.link().finish();
            return wanted ? status.words() : "";
        }

        private synchronized void warm() {
            if (over) {
                return;
            }
            Waiting now = waiting;
            if (now != null) {
                KeeperLog.say("worker " + now.process().pid() + " waits to take over");
            }
            listener.accept("");
            listener = _ -> {};
        }

        private synchronized void giveUp(String why) {
            gaveUp = true;
            KeeperLog.say("no worker waits any more: a death costs the time of a start");
            listener.accept("the next worker " + why);
            listener = _ -> {};
        }
    }
}
