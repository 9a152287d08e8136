package io.steadyline.telemetry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The verdict of one call, kept up second by second; bounded, however long the call lasts. Owned by one thread. */
public final class VerdictKeeper {

    private static final int MAX_FINDINGS = 100;

    private final HealthJudge judge;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<FaultSide, Integer> unhealthySeconds = new EnumMap<>(FaultSide.class);
    private final Map<FaultSide, String> firstReasons = new EnumMap<>(FaultSide.class);
    private int secondsJudged;
    private int secondsUnhealthy;

    public VerdictKeeper(HealthLimits limits) {
        judge = new HealthJudge(limits);
    }

    public void add(CallSecond second) {
        if (!HealthJudge.isJudged(second)) {
            return;
        }
        secondsJudged++;
        List<Finding> found = judge.judge(second);
        if (found.isEmpty()) {
            return;
        }
        secondsUnhealthy++;
        Finding first = found.getFirst();
        unhealthySeconds.merge(first.side(), 1, Integer::sum);
        firstReasons.putIfAbsent(first.side(), first.toString());
        found.stream().limit(MAX_FINDINGS - findings.size()).forEach(findings::add);
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
        return new CallVerdict(fault, secondsJudged, secondsUnhealthy, firstReasons.getOrDefault(fault, ""));
    }

    /** R19 on what was seen so far; nothing seen is no GO. */
    public GoNoGo goNoGo() {
        if (secondsJudged == 0) {
            Finding nothing = new Finding(-1, FaultSide.PROVIDER, "no full second of media (expected: at least one)");
            return new GoNoGo(false, 0, List.of(nothing));
        }
        return new GoNoGo(findings.isEmpty(), secondsJudged, findings);
    }
}
