package io.steadyline.grpc;

import io.steadyline.call.CallDirectory;
import io.steadyline.call.CallView;
import io.steadyline.signal.CallId;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.GoNoGo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A directory that holds what a test puts in; the test's thread plays the media loop. */
public final class FakeDirectory implements CallDirectory {

    /** Looking for this id is a bug that throws. */
    public static final String BUG = "CA-bug";

    private final Map<CallId, CallView> calls = new LinkedHashMap<>();
    private final Map<CallId, List<CallSecond>> seconds = new LinkedHashMap<>();
    private final Map<CallId, GoNoGo> results = new LinkedHashMap<>();
    private final List<String> ends = new ArrayList<>();
    private final List<Consumer<CallSecond>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> beforeEnd = new AtomicReference<>(() -> {});

    public synchronized void put(CallView call) {
        calls.put(call.facts().callId(), call);
    }

    public synchronized void forget(String callId) {
        calls.remove(new CallId(callId));
    }

    public synchronized void remember(CallSecond second) {
        seconds.computeIfAbsent(second.callId(), id -> new ArrayList<>()).add(second);
    }

    public synchronized void judged(String callId, GoNoGo result) {
        results.put(new CallId(callId), result);
    }

    public void publish(CallSecond second) {
        listeners.forEach(listener -> listener.accept(second));
    }

    public int watchers() {
        return listeners.size();
    }

    /** What is asked to end, as "id: why". */
    public synchronized List<String> ends() {
        return List.copyOf(ends);
    }

    /** Runs between the look and the end, where another thread could. */
    public void beforeEnd(Runnable race) {
        beforeEnd.set(race);
    }

    @Override
    public synchronized List<CallView> calls() {
        return List.copyOf(calls.values());
    }

    @Override
    public synchronized Optional<CallView> find(String callOrStreamId) {
        if (callOrStreamId.equals(BUG)) {
            throw new IllegalStateException("a secret detail of a bug");
        }
        return calls.values().stream()
                .filter(call -> call.facts().callId().value().equals(callOrStreamId)
                        || call.facts().streamId().value().equals(callOrStreamId))
                .findFirst();
    }

    @Override
    public synchronized List<CallSecond> seconds(CallId callId) {
        return List.copyOf(seconds.getOrDefault(callId, List.of()));
    }

    @Override
    public synchronized Optional<GoNoGo> judge(CallId callId) {
        return Optional.ofNullable(results.get(callId));
    }

    @Override
    public Watch watch(Consumer<CallSecond> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public boolean end(CallId callId, String why) {
        beforeEnd.get().run();
        synchronized (this) {
            CallView call = calls.get(callId);
            if (call == null || !call.state().isLive()) {
                return false;
            }
            ends.add(callId + ": " + why);
            return true;
        }
    }
}
