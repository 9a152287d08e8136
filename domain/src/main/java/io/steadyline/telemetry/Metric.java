package io.steadyline.telemetry;

import java.util.List;

/**
 * Every metric of the gateway, by its OpenTelemetry name. What is not here is not exported, and what is here is. Labels
 * have few values, known in advance or bounded: never a call id.
 */
public enum Metric {
    CALLS_STARTED("steadyline.calls.started", Kind.COUNTER, "{call}", "Calls that started.", "dialect"),
    CALLS_LIVE("steadyline.calls.live", Kind.UP_DOWN, "{call}", "Live calls by state.", "state"),
    CALLS_ENDED("steadyline.calls.ended", Kind.COUNTER, "{call}", "Calls that ended, why and by whom.", "reason", "by"),
    CALLS_JUDGED(
            "steadyline.calls.judged",
            Kind.COUNTER,
            "{call}",
            "Ended calls by verdict: healthy, unjudged (no full second), or the side at fault.",
            "verdict"),
    STREAMS_LOST(
            "steadyline.streams.lost", Kind.COUNTER, "{stream}", "Streams that broke while their call was not over."),
    STREAMS_RESUMED("steadyline.streams.resumed", Kind.COUNTER, "{stream}", "Calls that came back on a new stream."),
    INPUT_REFUSED(
            "steadyline.input.refused",
            Kind.COUNTER,
            "{message}",
            "Messages of the peer that could not be used.",
            "reason"),
    SOCKETS_REFUSED(
            "steadyline.sockets.refused",
            Kind.COUNTER,
            "{socket}",
            "Peers that were turned away, sockets and voice webhooks.",
            "reason"),

    QUEUE_DEPTH(
            "steadyline.queue.depth",
            Kind.GAUGE,
            "{frame}",
            "Frames waiting in a queue at the last full second, summed over all calls.",
            "queue"),
    QUEUE_DEEPEST(
            "steadyline.queue.deepest",
            Kind.GAUGE,
            "{frame}",
            "Frames waiting in a queue at the last full second, in the call that has the most.",
            "queue"),
    QUEUE_IN("steadyline.queue.in", Kind.COUNTER, "{frame}", "Frames that a queue took.", "queue"),
    QUEUE_OUT("steadyline.queue.out", Kind.COUNTER, "{frame}", "Frames that left a queue on their way.", "queue"),
    QUEUE_DROPS(
            "steadyline.queue.drops",
            Kind.COUNTER,
            "{frame}",
            "Frames that a queue lost; cleared is what a barge-in or the agent asked for.",
            "queue",
            "reason"),
    QUEUE_REFUSALS(
            "steadyline.queue.refusals",
            Kind.COUNTER,
            "{offer}",
            "Offers that a queue refused; the giver still has the frame.",
            "queue"),

    RX_MISSING(
            "steadyline.rx.missing",
            Kind.COUNTER,
            "{message}",
            "Media messages that were lost before they reached us, by the peer's own numbering."),
    RX_DRAINS("steadyline.rx.drains", Kind.COUNTER, "{episode}", "Times that a call entered drain mode."),
    RX_DRAIN_DURATION(
            "steadyline.rx.drain.duration", Kind.HISTOGRAM, "ms", "How long an episode of drain mode lasted."),
    TX_UNDERRUNS(
            "steadyline.tx.underruns",
            Kind.COUNTER,
            "{underrun}",
            "Times that the agent's audio ran dry in the middle of a playback."),
    SEND_LATENESS(
            "steadyline.send.lateness",
            Kind.HISTOGRAM,
            "ms",
            "How long after its deadline each frame went to its connection, which writes in the same round."),
    LOOP_LATENESS(
            "steadyline.loop.lateness",
            Kind.HISTOGRAM,
            "ms",
            "The media loop's worst lateness in each second of each call: our own pauses."),
    LOOP_SUSTAINED_LATENESS(
            "steadyline.loop.sustained_lateness",
            Kind.GAUGE,
            "{millisecond}",
            "How late the media loop was at worst in at least half of the last two seconds; limits.loop-lateness is"
                    + " held against it."),
    LOOP_BUSY(
            "steadyline.loop.busy",
            Kind.GAUGE,
            "{percent}",
            "Share of the last two seconds in which the media loop worked or waited for a processor; limits.loop-busy"
                    + " is held against it. 0 where the system does not tell."),
    MARKS("steadyline.marks", Kind.COUNTER, "{mark}", "Marks by what became of them.", "outcome"),
    BARGE_INS("steadyline.barge_ins", Kind.COUNTER, "{barge_in}", "Times that a caller spoke over the agent."),

    STT_OPEN(
            "steadyline.stt.open",
            Kind.HISTOGRAM,
            "ms",
            "From the request for a recogniser's session until it took audio.",
            "provider"),
    STT_WRITE(
            "steadyline.stt.write",
            Kind.HISTOGRAM,
            "ms",
            "How long each frame's hand-over towards the recogniser held the media loop."),
    STT_FAILURES(
            "steadyline.stt.failures",
            Kind.COUNTER,
            "{failure}",
            "Failures of a recogniser, fatal or not.",
            "provider",
            "category"),
    STT_CONNECTS(
            "steadyline.stt.connects",
            Kind.COUNTER,
            "{connection}",
            "Connections with a vendor that were begun, over all calls.",
            "vendor"),
    STT_LEFT_ALONE(
            "steadyline.stt.left_alone",
            Kind.COUNTER,
            "{time}",
            "Times that a vendor failed and was left alone by all calls for a while.",
            "vendor"),

    STT_WISHES_IGNORED(
            "steadyline.stt.wishes.ignored",
            Kind.COUNTER,
            "{parameter}",
            "Parameters of calls that were to choose or set the recogniser and were not obeyed.",
            "reason"),
    TRANSCRIPTS_LOST(
            "steadyline.transcripts.lost",
            Kind.COUNTER,
            "{line}",
            "Lines of transcripts that were not written.",
            "reason"),

    AGENT_ATTACHES("steadyline.agent.attaches", Kind.COUNTER, "{agent}", "Agents that were attached to a call."),
    AGENT_MISSING(
            "steadyline.agent.missing",
            Kind.COUNTER,
            "{call}",
            "Times that no agent took a call that needed one; it was asked for again until one came."),
    AGENT_DETACHES("steadyline.agent.detaches", Kind.COUNTER, "{agent}", "Agents that left or lost their call."),
    AGENT_RESPONSE(
            "steadyline.agent.response",
            Kind.HISTOGRAM,
            "ms",
            "From the end of the caller's speech to the first agent audio on the wire."),

    RESTARTS(
            "steadyline.restarts",
            Kind.COUNTER,
            "{restart}",
            "Why the boot before this one ended, told at the start; with a small steadyline.boot.age it is a restart"
                    + " just now.",
            "cause"),
    BOOT_AGE("steadyline.boot.age", Kind.GAUGE, "s", "Since the start of this process."),
    CALLS_INTERRUPTED(
            "steadyline.calls.interrupted",
            Kind.COUNTER,
            "{call}",
            "Calls that were live when the boot before this one ended: adopted with their socket, closed with 1012, or"
                    + " cut.",
            "fate"),
    CALLS_CONTINUED(
            "steadyline.calls.continued",
            Kind.COUNTER,
            "{call}",
            "Calls of an earlier boot that go on in this one: adopted with their socket, or rejoined on a new stream.",
            "how"),
    CUSTODY_FAILURES(
            "steadyline.custody.failures",
            Kind.COUNTER,
            "{failure}",
            "Sockets that could not be held outside of the process; such a call would not outlive it.",
            "operation"),
    RECORDER_DURABLE(
            "steadyline.recorder.durable",
            Kind.GAUGE,
            "{recorder}",
            "1 while the calls' pages outlive the process, 0 while they do not."),
    JOURNAL_LOST(
            "steadyline.journal.lost",
            Kind.COUNTER,
            "{record}",
            "Records that the journal of calls could not keep.",
            "reason"),
    STALLS("steadyline.stalls", Kind.COUNTER, "{stall}", "Times that the process stood still.", "kind"),
    STALL_DURATION("steadyline.stall.duration", Kind.HISTOGRAM, "ms", "How long the process stood still.", "kind"),

    TRACE_CONTEXT_INVALID(
            "steadyline.trace.context.invalid",
            Kind.COUNTER,
            "{call}",
            "Calls whose traceparent or tracestate parameter was not W3C trace context and was ignored."),
    TRACE_SPANS_REFUSED(
            "steadyline.trace.spans.refused",
            Kind.COUNTER,
            "{span}",
            "Spans that were not made because their call had its limit of them."),
    TELEMETRY_SPANS(
            "steadyline.telemetry.spans",
            Kind.COUNTER,
            "{span}",
            "Spans that were exported, or dropped because the export queue was full.",
            "dropped"),
    TELEMETRY_EXPORT_FAILURES(
            "steadyline.telemetry.export.failures",
            Kind.COUNTER,
            "{export}",
            "Exports that the telemetry backend did not take.",
            "signal"),
    OBSERVER_ERRORS(
            "steadyline.observer.errors",
            Kind.COUNTER,
            "{error}",
            "Our own errors while observing a call; the call is not harmed, its telemetry may be.",
            "part");

    /** How values of a metric add up. */
    public enum Kind {
        /** Only grows, until the process restarts. */
        COUNTER("counter"),
        /** Grows and shrinks; may be summed over instances. */
        UP_DOWN("up-down counter"),
        /** A value as it is now. */
        GAUGE("gauge"),
        /** How often which value was seen. */
        HISTOGRAM("histogram");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As in the documentation. */
        public String label() {
            return label;
        }
    }

    private final String otelName;
    private final Kind kind;
    private final String unit;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> labels;

    Metric(String otelName, Kind kind, String unit, String sentence, String... labels) {
        this.otelName = otelName;
        this.kind = kind;
        this.unit = unit;
        this.sentence = sentence;
        this.labels = List.of(labels);
    }

    /** Dotted, as OTLP carries it. */
    public String otelName() {
        return otelName;
    }

    /** As the Prometheus page shows it; a histogram's series add {@code _bucket}, {@code _sum} and {@code _count}. */
    public String prometheusName() {
        return otelName.replace('.', '_')
                + switch (unit) {
                    case "ms" -> "_milliseconds";
                    case "s" -> "_seconds";
                    default -> "";
                }
                + (kind == Kind.COUNTER ? "_total" : "");
    }

    public Kind kind() {
        return kind;
    }

    /** In UCUM: {@code ms}, {@code s}, or what is counted, in braces. */
    public String unit() {
        return unit;
    }

    public String sentence() {
        return sentence;
    }

    public List<String> labels() {
        return labels;
    }

    /** All of them as a Markdown table, for {@code docs/metrics.md}. */
    public static String markdownTable() {
        StringBuilder table = new StringBuilder("""
            | Metric | On the Prometheus page | Kind | Unit | Labels | What it says |
            |---|---|---|---|---|---|
            """);
        for (Metric metric : values()) {
            table.append(String.format(
                    "| `%s` | `%s` | %s | %s | %s | %s |\n",
                    metric.otelName,
                    metric.prometheusName(),
                    metric.kind.label,
                    metric.unit,
                    metric.labels.isEmpty() ? "–" : String.join(", ", metric.labels),
                    metric.sentence));
        }
        return table.toString();
    }
}
