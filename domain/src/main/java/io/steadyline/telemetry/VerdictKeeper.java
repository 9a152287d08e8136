package io.steadyline.telemetry;

import io.steadyline.signal.CallMoment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The verdict of one call, kept up second by second; bounded, however long the call lasts. Owned by one thread. */
public final class VerdictKeeper {

    private static final int MAX_FINDINGS = 100;

    private final HealthJudge judge;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<FaultSide, Integer> unhealthySeconds = new EnumMap<>(FaultSide.class);
    private final Map<FaultSide, String> firstReasons = new EnumMap<>(FaultSide.class);
    private int secondsJudged;
    private int secondsUnhealthy;
    private int txSecondsUnhealthy;

    public VerdictKeeper(HealthLimits limits) {
        judge = new HealthJudge(limits);
    }

    public void onMoment(CallMoment moment) {
        judge.onMoment(moment);
    }

    /** What was not as it should be in this second. */
    public List<Finding> add(CallSecond second) {
        List<Finding> found = judge.judge(second);
        secondsJudged += HealthJudge.isJudged(second) ? 1 : 0;
        if (found.isEmpty()) {
            return found;
        }
        secondsUnhealthy++;
        txSecondsUnhealthy += judge.isTxHealthy(second) ? 0 : 1;
        Finding first = found.getFirst();
        unhealthySeconds.merge(first.side(), 1, Integer::sum);
        firstReasons.putIfAbsent(first.side(), first.toString());
        found.stream().limit(MAX_FINDINGS - findings.size()).forEach(findings::add);
        return found;
    }

    public CallVerdict verdict() {
        FaultSide fault = FaultSide.NONE;
        int most = 0;
        for (Map.Entry<FaultSide, Integer> entry : unhealthySeconds.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                fault = entry.getKey();
            }
        }
        return new CallVerdict(fault, secondsJudged, secondsUnhealthy, reason(fault));
    }

    /** Of a recogniser that failed: which one and how, and that the caller heard nothing of it, if that is so. */
    private String reason(FaultSide fault) {
        String first = firstReasons.getOrDefault(fault, "");
        if (fault != FaultSide.RECOGNISER || !judge.trouble().wasPresent()) {
            return first;
        }
        return judge.trouble() + "; " + txInWords() + "; " + first;
    }

    private String txInWords() {
        return txSecondsUnhealthy == 0
                ? "TX healthy"
                : "TX unhealthy in " + txSecondsUnhealthy + " of " + secondsJudged + " seconds";
    }

    /** R19 on what was seen so far; nothing seen is no GO. */
    public GoNoGo goNoGo() {
        if (secondsJudged == 0) {
            Finding nothing = new Finding(-1, FaultSide.PROVIDER, "no full second of media (expected: at least one)");
            return new GoNoGo(false, 0, List.of(nothing));
        }
        return new GoNoGo(findings.isEmpty(), secondsJudged, findingsWithCause());
    }

    private List<Finding> findingsWithCause() {
        if (!unhealthySeconds.containsKey(FaultSide.RECOGNISER)
                || !judge.trouble().wasPresent()) {
            return findings;
        }
        Finding cause = new Finding(-1, FaultSide.RECOGNISER, judge.trouble() + "; " + txInWords());
        return Stream.concat(Stream.of(cause), findings.stream())
                .limit(MAX_FINDINGS)
                .toList();
    }
}
