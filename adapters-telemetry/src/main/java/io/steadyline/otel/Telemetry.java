package io.steadyline.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.steadyline.port.CallObserver;
import io.steadyline.port.IngressObserver;
import io.steadyline.restart.BootReport;
import io.steadyline.signal.CallId;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.Metric;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telemetry of the whole process: what the media loop tells goes in by {@link #observer}, traces and metrics go out by OTLP
 * as the {@code OTEL_*} variables say, metrics also by {@link #prometheusText}. Nothing is exported, and no thread started,
 * unless a variable asks for it. A dead or hanging backend costs telemetry, never a call.
 */
public final class Telemetry implements AutoCloseable {

    /** Of {@link #prometheusText}. */
    public static final String PROMETHEUS_CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    static final String SCOPE = "io.steadyline";
    private static final Logger log = LoggerFactory.getLogger(Telemetry.class);
    // Inside the shortest usual grace of a platform (10 s), with room for the calls' own end.
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final @Nullable OpenTelemetrySdk sdk;
    private final @Nullable PrometheusPage page;
    private final @Nullable TelemetryObserver observer;
    private final @Nullable ProcessTelemetry process;

    private Telemetry(
            @Nullable OpenTelemetrySdk sdk,
            @Nullable PrometheusPage page,
            @Nullable TelemetryObserver observer,
            @Nullable ProcessTelemetry process) {
        this.sdk = sdk;
        this.page = page;
        this.observer = observer;
        this.process = process;
    }

    /** @throws IllegalArgumentException when an {@code OTEL_*} variable has a value that is not understood */
    public static Telemetry start(TelemetrySettings settings) {
        return start(settings, WallClock.now(), Tracing.MAX_SPANS_PER_CALL);
    }

    static Telemetry start(TelemetrySettings settings, WallClock clock, int maxSpansPerCall) {
        OtelSwitches switches = OtelSwitches.of(settings.environment(), settings.prometheusPage());
        log.info(
                "telemetry: traces {}, metrics {}, metrics page {}",
                switches.traces(),
                switches.metrics(),
                switches.prometheusPage() ? "on" : "off");
        if (!switches.needsSdk()) {
            return new Telemetry(null, null, null, null);
        }
        PrometheusPage page = switches.prometheusPage() ? new PrometheusPage() : null;
        Counter failures = new Counter(Metric.TELEMETRY_EXPORT_FAILURES);
        OpenTelemetrySdk sdk = SdkFactory.build(
                settings, switches, page == null ? null : page.reader(), failures.at("traces"), failures.at("metrics"));
        Instruments instruments = new Instruments(sdk.getMeter(SCOPE));
        instruments.export(failures);
        OpenTelemetry traced = switches.exportsTraces() ? sdk : OpenTelemetry.noop();
        TelemetryObserver observer =
                new TelemetryObserver(traced, instruments, clock, maxSpansPerCall, settings.includeTranscripts());
        ProcessTelemetry process = new ProcessTelemetry(traced.getTracer(SCOPE), instruments, System::nanoTime);
        return new Telemetry(sdk, page, observer, process);
    }

    /** To be told by the media loop; returns at once. */
    public CallObserver observer() {
        return observer == null ? NoObserver.INSTANCE : observer;
    }

    /** The same for what the ingress turns away before there is a call. */
    public IngressObserver ingressObserver() {
        return observer == null ? NoObserver.INSTANCE : observer;
    }

    /**
     * Where a call's verdict comes from when it ends; until this is set, calls end unjudged. Asked by the media loop, so it
     * returns at once; {@link CallVerdict#UNJUDGED} for a call that it does not know.
     */
    public void verdictsFrom(Function<CallId, CallVerdict> source) {
        if (observer != null) {
            observer.verdictsFrom(source);
        }
    }

    /**
     * W3C trace context of a live call, to be handed on to its agent and recogniser: {@code traceparent}, and
     * {@code tracestate} if there is one. When the call is not traced, what the peer itself sent; empty when it sent
     * nothing. Any thread.
     */
    public Map<String, String> traceContext(CallId callId) {
        return observer == null ? Map.of() : observer.traceContext(callId);
    }

    /**
     * The {@code traceparent} of {@link #traceContext}, for the journal: with it, the call's trace goes on in a later boot.
     * Any thread.
     */
    public Optional<String> traceparentOf(CallId callId) {
        return Optional.ofNullable(traceContext(callId).get(TraceContext.TRACEPARENT));
    }

    /**
     * The boot before this one, once, at the start: counted by its cause, its calls by their fate, and exported as a span
     * {@code boot.ended} with an event for each of the first 100 calls. Any thread, as all that follow.
     */
    public void bootEnded(BootReport report) {
        if (process != null) {
            process.bootEnded(report);
        }
    }

    /** A socket is not held by anybody else though it should be. {@code operation}: one of few words, such as hold. */
    public void onCustodyFailure(String operation) {
        if (process != null) {
            process.onCustodyFailure(operation);
        }
    }

    /** Whether pages of calls outlive the process; until this is told, they do not. */
    public void onRecorder(boolean durable) {
        if (process != null) {
            process.onRecorder(durable);
        }
    }

    /** The journal could not keep records. {@code reason}: one of few words, such as full or disk. */
    public void onJournalLost(long records, String reason) {
        if (process != null) {
            process.onJournalLost(records, reason);
        }
    }

    /** A connection with a vendor of recognition begins. */
    public void onSttConnect(String vendor) {
        if (process != null) {
            process.onSttConnect(vendor);
        }
    }

    /** A vendor of recognition failed, and no call asks it for a while. */
    public void onSttLeftAlone(String vendor) {
        if (process != null) {
            process.onSttLeftAlone(vendor);
        }
    }

    /** A call's parameter was to choose or set the recogniser, and was not obeyed. {@code reason}: one of few words. */
    public void onSttWishIgnored(String reason) {
        if (process != null) {
            process.onSttWishIgnored(reason);
        }
    }

    /** Lines of transcripts were not written. {@code reason}: one of few words, such as disk. */
    public void onTranscriptsLost(long lines, String reason) {
        if (process != null) {
            process.onTranscriptsLost(lines, reason);
        }
    }

    /** The process stood still. {@code kind}: one of few words, such as gc or stopped. */
    public void onStall(String kind, long lengthMs) {
        if (process != null) {
            process.onStall(kind, lengthMs);
        }
    }

    /** All metrics in Prometheus' text format. Any thread but the media loop: the page takes some milliseconds. */
    public String prometheusText() {
        return page == null ? "# the metrics page is off\n" : page.text();
    }

    /** Waits for what was recorded so far to be sent, for tests. */
    boolean flush(Duration limit) {
        if (sdk == null) {
            return true;
        }
        long limitMs = limit.toMillis();
        // Spans first: how many were sent is itself a metric.
        CompletableResultCode spans = sdk.getSdkTracerProvider().forceFlush().join(limitMs, TimeUnit.MILLISECONDS);
        CompletableResultCode metrics = sdk.getSdkMeterProvider().forceFlush().join(limitMs, TimeUnit.MILLISECONDS);
        return spans.isSuccess() && metrics.isSuccess();
    }

    /** Sends what is left, for three seconds at most; what a backend does not take by then is lost. */
    @Override
    public void close() {
        if (!close(CLOSE_LIMIT)) {
            log.warn("telemetry: the backend did not take the last data within {} s", CLOSE_LIMIT.toSeconds());
        }
    }

    /** False when the limit passed before everything was sent. */
    boolean close(Duration limit) {
        if (sdk == null) {
            return true;
        }
        // The SDK's own shutdown waits up to 25 s for a backend that hangs; a daemon thread may go on with that.
        Thread shutdown = Thread.ofPlatform().daemon().name("telemetry-close").start(sdk::close);
        try {
            return shutdown.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
