package io.steadyline.bootstrap.drill;

import io.steadyline.admin.v1.Boot;
import io.steadyline.bootstrap.drill.Death.Course;
import io.steadyline.bootstrap.drill.Death.Place;
import io.steadyline.grpc.client.AdminFailure;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Workers that die one after the other, all of them with a keeper or all without; each successor tells how the one before
 * ended, and is the next to die where it can be. One thread.
 */
final class Succession {

    private static final int SIGTERM = 15;
    private static final String READY = "ready ";
    /** One less than what makes the keeper give up. */
    private static final int MOST_DEATHS = 4;

    private final DrillContext context;
    private final boolean hasKeeper;
    private final Simulator provider;
    private final Obstacles obstacles;
    private Optional<Running> running = Optional.empty();
    /** Ends of boots up to this number are no matter of the next death. */
    private long judgedUpTo;

    /** @param deaths that its keeper has seen */
    private record Running(DrillGateway gateway, Map<String, String> environment, long boot, int deaths) {}

    /** @param judgedUpTo the number of the last boot in this data directory; 0: there was none */
    Succession(DrillContext context, boolean hasKeeper, Simulator provider, Obstacles obstacles, long judgedUpTo) {
        this.judgedUpTo = judgedUpTo;
        this.context = context;
        this.hasKeeper = hasKeeper;
        this.provider = provider;
        this.obstacles = obstacles;
    }

    boolean hasKeeper() {
        return hasKeeper;
    }

    /** @param next the death after it; its worker is started already where that can be */
    Finding die(Death death, Optional<Death> next) throws Exception {
        if (!hasKeeper && death.course() == Course.NEEDS_A_KEEPER) {
            return Finding.doesNotApply();
        }
        try (LimitedGroup group = group(death.place())) {
            List<String> after = death.place() == Place.OTHER_MACHINE_BOOT ? obstacles.otherMachineBoot() : List.of();
            if (isOfAnotherProgram(death)) {
                obstacles.copyProgram();
            }
            return die(death, Optional.ofNullable(group), after, next.filter(Succession::beginsPlainly));
        } catch (DrillNotRun why) {
            return Finding.notRun(why);
        } catch (DrillFailure failure) {
            obstacles.release();
            startOver();
            return Finding.failed(failure);
        } catch (AdminFailure silent) {
            obstacles.release();
            startOver();
            return Finding.failed(new DrillFailure(String.valueOf(silent.getMessage())));
        }
    }

    private Finding die(Death death, Optional<LimitedGroup> group, List<String> after, Optional<Death> next)
            throws Exception {
        DrillGateway gateway = start(death, group);
        int deaths = running.map(Running::deaths).orElse(0) + 1;
        running = Optional.empty();
        gateway.awaitLine(death.line(), 0);
        int seen = gateway.lines().size();
        death.blow().strike(new Victim(context, gateway, hasKeeper, provider, group));
        Map<String, String> environment = death.environment();
        DrillGateway successor = gateway;
        if (hasKeeper && death.course() != Course.KEEPER_ENDS) {
            gateway.awaitLine(READY, seen);
        } else {
            gateway.awaitExit(DrillGateway.PATIENCE);
            obstacles.release();
            if (death.place() == Place.OTHER_MACHINE_BOOT) {
                Files.deleteIfExists(recorder());
            }
            // Who looks for a change of the program has to be started from it.
            environment = isOfAnotherProgram(death)
                    ? death.environment()
                    : next.map(Death::environment).orElse(Death.ANY_FAULT);
            successor = context.start(
                    hasKeeper,
                    with(environment),
                    group.map(LimitedGroup::wrapper).orElse(after));
            successor.awaitReady();
            deaths = 0;
        }
        return read(death, successor, environment, deaths, group.isPresent() || !after.isEmpty());
    }

    private Finding read(
            Death death, DrillGateway successor, Map<String, String> environment, int deaths, boolean isSpecial)
            throws Exception {
        long current = successor.boot("current").getBoot().getNumber();
        List<Boot> ended = successor.endedBoots().stream()
                .filter(boot -> boot.getNumber() > judgedUpTo)
                .toList();
        judgedUpTo = current - 1;
        running = Optional.of(new Running(successor, environment, current, deaths));
        if (isSpecial) {
            stop();
        }
        return Finding.of(death, hasKeeper, ended);
    }

    /** Can be started before the death before it has been told of. */
    private static boolean beginsPlainly(Death death) {
        return death.line().equals(READY)
                && (death.place() == Place.ANYWHERE || death.place() == Place.OTHER_MACHINE_BOOT)
                && !isOfAnotherProgram(death);
    }

    private static boolean isOfAnotherProgram(Death death) {
        return death.environment().containsKey("STEADYLINE_JAR");
    }

    private DrillGateway start(Death death, Optional<LimitedGroup> group) throws Exception {
        Optional<DrillGateway> same = running.filter(it -> group.isEmpty()
                        && beginsPlainly(death)
                        && it.environment().equals(death.environment())
                        && it.deaths() < MOST_DEATHS)
                .map(Running::gateway);
        if (same.isPresent()) {
            return same.get();
        }
        stop();
        return context.start(
                hasKeeper,
                with(death.environment()),
                group.map(LimitedGroup::wrapper).orElse(List.of()));
    }

    private static @Nullable LimitedGroup group(Place place) throws DrillNotRun {
        return switch (place) {
            case MEMORY_GROUP -> LimitedGroup.memory(KeptCalls.MEMORY_LIMIT);
            case PIDS_GROUP -> LimitedGroup.pids();
            case ANYWHERE, OTHER_MACHINE_BOOT -> null;
        };
    }

    private Map<String, String> with(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("STEADYLINE_RECORDS_RECORDER_FILE", recorder().toString());
        return all;
    }

    private Path recorder() {
        return context.setUp().directory().resolve("recorder.slots");
    }

    /** The one that runs ends in order; that is nobody's matter. */
    private void stop() throws DrillFailure {
        if (running.isPresent()) {
            DrillGateway gateway = running.get().gateway();
            judgedUpTo = running.get().boot();
            running = Optional.empty();
            gateway.signal(gateway.pid(), SIGTERM);
            gateway.awaitExit(DrillGateway.PATIENCE);
        }
    }

    /** After a death that did not go as planned. */
    private void startOver() throws DrillFailure, IOException {
        context.close();
        running = Optional.empty();
        DrillGateway gateway = context.start(hasKeeper, with(Map.of())).awaitReady();
        running = Optional.of(
                new Running(gateway, Map.of(), gateway.boot("current").getBoot().getNumber(), 0));
        stop();
    }

    /** Stops the last one; returns the number of the last boot. */
    long end() throws DrillFailure {
        stop();
        return judgedUpTo;
    }
}
