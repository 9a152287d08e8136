package io.steadyline.otel;

import static io.steadyline.otel.Labels.label;

import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.Metric;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongBinaryOperator;

/**
 * The four queues, summed over all calls. A call tells running totals; what is added here is how far they went since its
 * last second. The depths are read from the live calls at each collection.
 */
final class QueueTotals {

    private final Collection<LiveCall> liveCalls;
    private final Map<QueueName, Totals> totals = new EnumMap<>(QueueName.class);

    private record Totals(LongAdder in, LongAdder out, LongAdder refusals, Map<DropReason, LongAdder> drops) {}

    QueueTotals(Instruments instruments, Collection<LiveCall> liveCalls) {
        this.liveCalls = liveCalls;
        instruments.gauge(Metric.QUEUE_DEPTH, measurement -> observeDepths(measurement, Long::sum));
        instruments.gauge(Metric.QUEUE_DEEPEST, measurement -> observeDepths(measurement, Math::max));
        Counter in = instruments.counter(Metric.QUEUE_IN);
        Counter out = instruments.counter(Metric.QUEUE_OUT);
        Counter refusals = instruments.counter(Metric.QUEUE_REFUSALS);
        Counter drops = instruments.counter(Metric.QUEUE_DROPS);
        for (QueueName queue : QueueName.values()) {
            String name = label(queue);
            Map<DropReason, LongAdder> byReason = new EnumMap<>(DropReason.class);
            for (DropReason reason : DropReason.values()) {
                byReason.put(reason, drops.at(name, label(reason)));
            }
            totals.put(queue, new Totals(in.at(name), out.at(name), refusals.at(name), byReason));
        }
    }

    void add(LiveCall call, List<QueueCounts> counts) {
        for (QueueCounts now : counts) {
            QueueCounts before = call.replace(now);
            Totals total = Objects.requireNonNull(totals.get(now.queue()));
            total.in.add(step(before.in(), now.in()));
            total.out.add(step(before.out(), now.out()));
            total.refusals.add(step(before.refused(), now.refused()));
            total.drops.forEach((reason, dropped) -> dropped.add(step(before.dropped(reason), now.dropped(reason))));
        }
    }

    /** A total that went back belongs to a new queue, such as a resumed call's send queue. */
    private static long step(long before, long now) {
        return now >= before ? now - before : now;
    }

    private void observeDepths(ObservableLongMeasurement measurement, LongBinaryOperator join) {
        for (QueueName queue : QueueName.values()) {
            long depth = liveCalls.stream()
                    .mapToLong(call -> call.depthFrames(queue))
                    .reduce(0, join);
            measurement.record(depth, Labels.queue(queue));
        }
    }
}
