package io.steadyline.call;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.Printable;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.GoNoGo;
import io.steadyline.telemetry.HealthLimits;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.SecondsStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * The directory of calls: written by the media loop as an observer, read by any thread. Readers see each call as it was at
 * its last full second and never make the loop wait.
 */
public final class LiveCalls implements CallDirectory, CallObserver {

    /** Ended calls that are remembered, for the control plane and the webhook. */
    private static final int REMEMBERED = 500;

    private static final int MAX_WHY_CHARS = 200;

    private final Map<CallId, CallRecord> records = new ConcurrentHashMap<>();
    private final Deque<CallRecord> ended = new ArrayDeque<>();
    private final Collection<Consumer<CallSecond>> watchers = new CopyOnWriteArrayList<>();
    private final SecondsStore store;
    private final BiPredicate<CallId, CallEnd> ender;
    private final HealthLimits limits;
    private final Instant wallAnchor;
    private final long nanoAnchor;

    /**
     * @param ender asks a live call to end; false when there is none
     * @param wallAnchor wall-clock time at {@code nanoAnchor}, the pair that turns monotonic times into dates
     */
    public LiveCalls(BiPredicate<CallId, CallEnd> ender, HealthLimits limits, Instant wallAnchor, long nanoAnchor) {
        this(ender, limits, wallAnchor, nanoAnchor, new SecondsStore());
    }

    LiveCalls(
            BiPredicate<CallId, CallEnd> ender,
            HealthLimits limits,
            Instant wallAnchor,
            long nanoAnchor,
            SecondsStore store) {
        this.store = store;
        this.ender = ender;
        this.limits = limits;
        this.wallAnchor = wallAnchor;
        this.nanoAnchor = nanoAnchor;
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        if (moment instanceof CallMoment.CallStarted started) {
            begin(facts, started.atNs());
            return;
        }
        CallRecord record = records.get(facts.callId());
        if (record == null) {
            return;
        }
        record.onMoment(facts, moment);
        if (moment instanceof CallMoment.CallEnded) {
            remember(record);
        }
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        CallRecord record = records.get(facts.callId());
        if (record != null) {
            record.onSecond(second, queues);
        }
        for (Consumer<CallSecond> watcher : watchers) {
            watcher.accept(second);
        }
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // Not a matter of the directory.
    }

    @Override
    public void onSttWrite(long writeNs) {
        // Not a matter of the directory.
    }

    @Override
    public List<CallView> calls() {
        List<CallView> live = new ArrayList<>();
        List<CallView> over = new ArrayList<>();
        for (CallRecord record : records.values()) {
            CallView view = record.view();
            (view.end().isEmpty() ? live : over).add(view);
        }
        live.sort(Comparator.comparing(CallView::startedAt));
        over.sort(Comparator.comparing(CallView::startedAt).reversed());
        live.addAll(over);
        return live;
    }

    /** By call id alone: one look-up, fit for the media loop. */
    public Optional<CallView> findCall(String callId) {
        return callId.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(records.get(new CallId(callId))).map(CallRecord::view);
    }

    @Override
    public Optional<CallView> find(String callOrStreamId) {
        Optional<CallView> byCall = findCall(callOrStreamId);
        if (byCall.isPresent() || callOrStreamId.isEmpty()) {
            return byCall;
        }
        return records.values().stream()
                .map(CallRecord::view)
                .filter(view -> view.facts().streamId().value().equals(callOrStreamId))
                .findFirst();
    }

    @Override
    public List<CallSecond> seconds(CallId callId) {
        CallRecord record = records.get(callId);
        return record == null ? List.of() : record.seconds();
    }

    @Override
    public Optional<GoNoGo> judge(CallId callId) {
        return Optional.ofNullable(records.get(callId)).map(CallRecord::goNoGo);
    }

    @Override
    public Watch watch(Consumer<CallSecond> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public boolean end(CallId callId, String why) {
        return ender.test(
                callId,
                new CallEnd(CallEnd.Party.OPERATOR, CallEnd.Reason.ADMIN_END, Printable.of(why, MAX_WHY_CHARS)));
    }

    private void begin(CallFacts facts, long atNs) {
        CallRecord namesake = records.put(facts.callId(), new CallRecord(facts, limits, atNs, wallClock(atNs), store));
        if (namesake != null) {
            namesake.forget();
        }
    }

    private void remember(CallRecord record) {
        synchronized (ended) {
            ended.addLast(record);
            if (ended.size() > REMEMBERED) {
                CallRecord oldest = ended.removeFirst();
                records.remove(oldest.callId(), oldest);
                oldest.forget();
            }
        }
    }

    private Instant wallClock(long atNs) {
        return wallAnchor.plusNanos(atNs - nanoAnchor);
    }
}
