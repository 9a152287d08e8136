package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.bootstrap.drill.DeadVendor.Kind;
import io.steadyline.simulator.Distribution;
import io.steadyline.simulator.FleetReport;
import io.steadyline.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All calls have one recogniser, and it is dead: in which way is told apart. */
final class DeadVendors {

    private static final String CONNECTS = "steadyline_stt_connects_total";
    private static final String VENDOR = "jambonz";
    private static final String LEFT_ALONE = "STT vendor " + VENDOR + " fails, left alone by all calls";
    private static final String STILL_LEFT_ALONE = "STT vendor " + VENDOR + " still fails, left alone by all calls";
    /** Shorter than the usual 30 s, so that somebody finds out while the calls last. */
    private static final int BREAKER_OPEN_S = 8;
    /** {@code stt.connects-per-second}, 100, and the fifth of it that may come at once. */
    private static final int MOST_IN_A_SECOND = 120;

    private static final int CALLS_LAST_S = 20;
    private static final int SIGTERM = 15;
    private static final int MOST_PAUSES = 5;

    private DeadVendors() {}

    /**
     * What came of one way of being dead.
     *
     * @param verdict of one of the calls, as it stands in the log
     */
    private record Outcome(String attempts, String verdict, String heard) {}

    static DrillResult all(DrillContext context) throws Exception {
        List<String> attempts = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        String verdict = "";
        for (int time = 0; time < context.times(); time++) {
            for (Kind kind : Kind.values()) {
                Outcome outcome = one(context, kind);
                attempts.add(kind.words() + ", " + outcome.attempts());
                heard.add(outcome.heard());
                verdict = outcome.verdict();
            }
        }
        return new DrillResult(
                "attempts of all calls together: " + String.join("; ", attempts) + "; at most " + MOST_IN_A_SECOND
                        + " a second are allowed (`stt.connects-per-second` and a fifth), then one for each"
                        + " `stt.breaker-open` (" + BREAKER_OPEN_S + " s here). The breaker opened once for all; each"
                        + " verdict names the vendor and says TX healthy: `" + verdict + "`",
                "words; no call: " + String.join("; ", heard));
    }

    private static Outcome one(DrillContext context, Kind kind) throws Exception {
        try (DeadVendor vendor = new DeadVendor(kind);
                Simulator simulator = Simulator.start()) {
            DrillGateway gateway = context.start(
                            false,
                            Map.of(
                                    "STEADYLINE_STT",
                                    VENDOR,
                                    "STEADYLINE_STT_JAMBONZ_URL",
                                    vendor.url(),
                                    "STEADYLINE_STT_BREAKER_OPEN",
                                    BREAKER_OPEN_S + " s"))
                    .awaitReady();
            PerSecond.Total total = () -> kind == Kind.REFUSES ? begun(context) : vendor.connects();
            try (PerSecond attempts = new PerSecond(total)) {
                Bystanders calls = Bystanders.place(simulator, context, gateway, context.calls());
                gateway.awaitLine(LEFT_ALONE, 0);
                // The second that is under way has what came before.
                int steadyFrom = attempts.soFar().size() + 1;
                KeptCalls.pause(Duration.ofSeconds(CALLS_LAST_S));
                List<Long> perSecond = attempts.soFar();
                long known = total.now();
                long begun = begun(context);
                String judged = judgeAttempts(perSecond, steadyFrom);
                context.say(kind.words() + ": attempts in each second, of all " + context.calls() + " calls: "
                        + perSecond + "; " + judged);
                String sum = heardNothing(calls, gateway);
                require(
                        Math.abs(known - begun) <= 1,
                        "connections at the vendor " + known + " (expected: about " + begun + ", as " + CONNECTS
                                + " says)");
                int opened = gateway.lines(LEFT_ALONE).size();
                require(opened == 1, "breakers that opened: " + opened + " (expected: 1 for all calls)");
                String verdict = judgeVerdicts(context, gateway);
                int trials = gateway.lines(STILL_LEFT_ALONE).size();
                stop(gateway);
                context.say(kind.words() + ": " + context.calls() + " verdicts name it, TX healthy, 1 breaker, "
                        + trials + " failed trials; " + sum);
                return new Outcome(judged, verdict, sum);
            }
        }
    }

    /**
     * No call was cut and each frame came back, in order. One silence in one of hundreds of calls may be the machine's, which
     * the load generator shares; so most calls are looked at here, and each one by the gateway's own word on TX.
     */
    private static String heardNothing(Bystanders calls, DrillGateway gateway) throws DrillFailure {
        FleetReport report = calls.survived();
        Distribution silence = report.longestSilence();
        String sum = String.format(
                Locale.ROOT,
                "%d calls, %d cut, %d of %d frames answered in order, longest silence of a call p50 %.0f ms max %.0f"
                        + " ms",
                report.calls(),
                report.cut(),
                report.echo().returned(),
                report.echo().sent(),
                silence.p50Ms(),
                silence.maxMs());
        require(
                report.echo().isComplete() && silence.p50Ms() <= Bystanders.AUDIBLE_MS,
                sum + "; pauses that the gateway knows of: "
                        + gateway.lines("stood still").stream()
                                .limit(MOST_PAUSES)
                                .toList());
        return sum;
    }

    private static long begun(DrillContext context) throws DrillFailure {
        return (long) Page.metric(context, CONNECTS, "vendor=\"" + VENDOR + "\"");
    }

    /** Before the breaker opens `stt.connects-per-second` is the bound, afterwards one trial each `stt.breaker-open`. */
    private static String judgeAttempts(List<Long> perSecond, int steadyFrom) throws DrillFailure {
        long most = Collections.max(perSecond);
        List<Long> steady = perSecond.subList(Math.min(steadyFrom, perSecond.size()), perSecond.size());
        long mostSteady = steady.stream().mapToLong(Long::longValue).max().orElse(0);
        long trials = steady.stream().mapToLong(Long::longValue).sum();
        int allowed = steady.size() / BREAKER_OPEN_S + 1;
        String judged = most + " in the busiest second (at most " + MOST_IN_A_SECOND + "), " + trials + " in the "
                + steady.size() + " s after the breaker opened (at most " + allowed + ")";
        require(!steady.isEmpty(), "no second after the breaker opened was looked at");
        require(
                most > 0 && most <= MOST_IN_A_SECOND && mostSteady <= 1 && trials <= allowed,
                judged + ": " + perSecond);
        return judged;
    }

    /** Each call's last word in the log: the recogniser, which one, why; and that the caller heard nothing of it. */
    private static String judgeVerdicts(DrillContext context, DrillGateway gateway) throws DrillFailure {
        List<String> verdicts = gateway.await("a verdict for each call", DrillGateway.PATIENCE, () -> {
            List<String> lines = gateway.lines("verdict: ");
            return lines.size() >= context.calls() ? Optional.of(lines) : Optional.empty();
        });
        List<String> right = verdicts.stream()
                .filter(line -> line.contains("verdict: RECOGNISER") && line.contains("STT: " + VENDOR + ": "))
                .toList();
        String wrong = verdicts.stream()
                .filter(line -> !right.contains(line))
                .findFirst()
                .orElse("");
        require(
                right.size() == context.calls(),
                "verdicts that name the recogniser: " + right.size() + " of " + context.calls() + "; another one: "
                        + wrong);
        long txHealthy =
                right.stream().filter(line -> line.contains("TX healthy")).count();
        require(
                txHealthy == context.calls(),
                "verdicts with TX healthy: " + txHealthy + " of " + context.calls() + "; another one: "
                        + right.stream()
                                .filter(line -> !line.contains("TX healthy"))
                                .findFirst()
                                .orElse(""));
        String example = right.getFirst();
        return example.substring(example.indexOf("verdict: "));
    }

    private static void stop(DrillGateway gateway) throws DrillFailure {
        gateway.signal(gateway.pid(), SIGTERM);
        int exit = gateway.awaitExit(Duration.ofSeconds(15));
        require(exit == 0, "exit " + exit + " (expected: 0)");
    }
}
