package io.steadyline.websocket.twilio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each call came back lately: a stream that cannot be opened would otherwise send its call round for ever.
 *
 * <p>Bound: {@code maxCalls}; the call that was heard of longest ago is forgotten first, and a call keeps at most {@code
 * maxReturns + 1} times. Time is an argument. One owner, whoever answers the webhook.
 */
public final class CallReturns {

    private final int maxReturns;
    private final long windowNs;
    private final LinkedHashMap<String, Deque<Long>> returns;

    /** @param maxReturns what the count is compared with; it never gets higher than one more */
    public CallReturns(int maxCalls, int maxReturns, long windowNs) {
        this.maxReturns = maxReturns;
        this.windowNs = windowNs;
        this.returns = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
                return size() > maxCalls;
            }
        };
    }

    /** Returns of this call within the window before now, without this one; then notes this one. */
    public int note(String callSid, long nowNs) {
        Deque<Long> times = returns.computeIfAbsent(callSid, _ -> new ArrayDeque<>(2));
        while (!times.isEmpty() && nowNs - times.getFirst() >= windowNs) {
            times.removeFirst();
        }
        int before = times.size();
        if (before > maxReturns) {
            times.removeFirst();
        }
        times.addLast(nowNs);
        return before;
    }

    public void forget(String callSid) {
        returns.remove(callSid);
    }
}
