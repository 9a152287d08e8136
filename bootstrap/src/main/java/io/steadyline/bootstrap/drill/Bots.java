package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.bootstrap.audio.FillerTone;
import io.steadyline.bootstrap.drill.DrillGateway.DrillSetUp;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Fleet;
import io.steadyline.simulator.FleetPlan;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Bots that die, are reloaded, and do not read, while their callers stay on the line. */
final class Bots {

    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final int RELOADS = 20;
    /** The first frame of the filler, in which its tone rises: there is none like it, and its bytes are heard as they are. */
    private static final int TONE_FRAME = 0;

    private Bots() {}

    /** Doors, and how a bot comes in by them. */
    private enum Door {
        GRPC,
        TWILIO
    }

    private static List<Door> doors(DrillContext context) {
        return switch (context.door()) {
            case "grpc" -> List.of(Door.GRPC);
            case "twilio" -> List.of(Door.TWILIO);
            default -> List.of(Door.values());
        };
    }

    static DrillResult killed(DrillContext context) throws Exception {
        List<String> sums = new ArrayList<>();
        for (Door door : doors(context)) {
            sums.add(die(context, door, context.times(), AWAY, true));
        }
        return new DrillResult("the caller hears a filler tone, the bot is attached again", String.join("; ", sums));
    }

    static DrillResult reloaded(DrillContext context) throws Exception {
        List<String> sums = new ArrayList<>();
        for (Door door : doors(context)) {
            sums.add(die(context, door, RELOADS, Duration.ZERO, false));
        }
        return new DrillResult("the bot is attached again each time", String.join("; ", sums));
    }

    private static String die(DrillContext context, Door door, int times, Duration away, boolean fillerIsHeard)
            throws Exception {
        Path ledger = context.setUp().directory().resolve(door + ".ledger");
        int botPort = DrillSetUp.freePort();
        DrillGateway gateway = context.start(
                false,
                Map.of(
                        "STEADYLINE_AGENT",
                        door.name().toLowerCase(Locale.ROOT),
                        "STEADYLINE_AGENT_URL",
                        "ws://127.0.0.1:" + botPort + "/media",
                        "STEADYLINE_AGENT_FILLER_AFTER",
                        "500 ms",
                        "STEADYLINE_STT_BUILTIN_WORDS",
                        "on"));
        BotProcess bot = bot(context, door, botPort, ledger);
        try (Simulator simulator = Simulator.start()) {
            gateway.awaitReady();
            bot.awaitReady();
            Fleet fleet = Fleet.place(
                    simulator,
                    FleetPlan.of(
                                    () -> CallPlan.to(context.setUp().media()).speech(Rejoins.SENTENCES),
                                    context.calls(),
                                    Duration.ofHours(1))
                            .rampedBy(20)
                            .keepingAnswers());
            KeptCalls.pause(Duration.ofMillis(1_000L * context.calls() / 20 + 3_000));
            for (int time = 1; time <= times; time++) {
                KeptCalls.pause(Duration.ofMillis(
                        away.isZero() ? 100 : ThreadLocalRandom.current().nextLong(2_000, 4_000)));
                bot.kill();
                KeptCalls.pause(away);
                bot = bot(context, door, botPort, ledger);
                bot.awaitReady();
                context.say(door + ": the bot died, time " + time + " of " + times);
            }
            KeptCalls.pause(Duration.ofSeconds(5));
            fleet.finish();
            List<CallReport> reports = fleet.reports().join();
            KeptCalls.pause(Duration.ofSeconds(3));
            return judge(door, reports, Told.read(ledger), fillerIsHeard ? times : 0, gateway);
        } finally {
            bot.close();
            gateway.close();
        }
    }

    private static BotProcess bot(DrillContext context, Door door, int port, Path ledger) throws IOException {
        return switch (door) {
            case GRPC -> BotProcess.grpc(context, "drill", ledger);
            case TWILIO -> BotProcess.twilio(context, port, ledger);
        };
    }

    private static String judge(
            Door door, List<CallReport> reports, Map<String, Told> told, int fillers, DrillGateway gateway)
            throws DrillFailure {
        FleetReport fleet = FleetReport.of(reports);
        require(
                fleet.completed() == reports.size(),
                door + ": calls that ended as planned: " + fleet.completed() + " of " + reports.size() + ", cut "
                        + fleet.cut() + gateway.warnings(0));
        int finals = 0;
        int marks = 0;
        int unsent = 0;
        long missingMs = 0;
        int leastFillers = Integer.MAX_VALUE;
        for (CallReport report : reports) {
            String callId = report.plan().callSid();
            Told call = Optional.ofNullable(told.get(callId))
                    .orElseThrow(() -> new DrillFailure(door + ": call " + callId + " was never told to a bot"));
            call.requireWhole();
            int returned = report.playout().marks().size();
            require(
                    call.settled().size() >= returned,
                    door + ": call " + callId + ": " + returned + " marks returned by the provider, "
                            + call.settled().size() + " told to the bot (expected: all)");
            require(
                    call.settled().stream().distinct().count() == call.settled().size(),
                    door + ": call " + callId + ": a mark was told twice: " + call.settled());
            finals += call.finals().size();
            marks += call.settled().size();
            unsent += call.sent().size() - call.settled().size();
            missingMs += call.missingMs();
            leastFillers = Math.min(leastFillers, fillersIn(report.answer().muLaw()));
        }
        require(
                leastFillers >= fillers,
                door + ": filler tones in a call: " + leastFillers + " (expected: " + fillers + " or more)");
        require(door == Door.TWILIO || finals > 0, door + ": no final transcript");
        return String.format(
                Locale.ROOT,
                "%s: %d calls, 0 closed, %s, %d marks told once each (%d of the dead bots' last ones never reached the"
                        + " gateway or ended with the call), filler tones in each call %d or more",
                door,
                reports.size(),
                door == Door.GRPC
                        ? finals + " finals each once and in order"
                        : missingMs + " ms of caller audio not replayed",
                marks,
                unsent,
                leastFillers);
    }

    private static int fillersIn(byte[] heard) {
        byte[] wanted = FillerTone.clip().frame(TONE_FRAME).payload();
        int found = 0;
        for (int at = 0; at + wanted.length <= heard.length; at++) {
            int same = 0;
            while (same < wanted.length && heard[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                found++;
                at += wanted.length - 1;
            }
        }
        return found;
    }
}
