package io.steadyline.otel;

import static io.steadyline.otel.Labels.label;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Tracer;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CutCall;
import io.steadyline.telemetry.Metric;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What is told of the process and not of a call: restarts, custody, journal, stalls. Any thread; nothing here waits. */
final class ProcessTelemetry {

    private static final List<Double> STALL_MS = List.of(50d, 100d, 200d, 500d, 1e3, 2e3, 5e3, 1e4, 3e4, 6e4);

    private final Tracer tracer;
    private final Counter restarts;
    private final Counter callsInterrupted;
    private final Counter custodyFailures;
    private final Counter journalLost;
    private final Counter sttConnects;
    private final Counter sttLeftAlone;
    private final Counter sttWishesIgnored;
    private final Counter transcriptsLost;
    private final Counter stalls;
    private final DoubleHistogram stallDuration;
    private volatile boolean recorderDurable;

    /** @param clockNs monotonic; read now, and at each collection */
    ProcessTelemetry(Tracer tracer, Instruments instruments, LongSupplier clockNs) {
        this.tracer = tracer;
        restarts = instruments.counter(Metric.RESTARTS);
        long startedNs = clockNs.getAsLong();
        instruments.gauge(
                Metric.BOOT_AGE,
                measurement -> measurement.record(TimeUnit.NANOSECONDS.toSeconds(clockNs.getAsLong() - startedNs)));
        callsInterrupted = instruments.counter(Metric.CALLS_INTERRUPTED);
        custodyFailures = instruments.counter(Metric.CUSTODY_FAILURES);
        instruments.gauge(Metric.RECORDER_DURABLE, measurement -> measurement.record(recorderDurable ? 1 : 0));
        journalLost = instruments.counter(Metric.JOURNAL_LOST);
        sttConnects = instruments.counter(Metric.STT_CONNECTS);
        sttLeftAlone = instruments.counter(Metric.STT_LEFT_ALONE);
        sttWishesIgnored = instruments.counter(Metric.STT_WISHES_IGNORED);
        transcriptsLost = instruments.counter(Metric.TRANSCRIPTS_LOST);
        stalls = instruments.counter(Metric.STALLS);
        stallDuration = instruments.histogram(Metric.STALL_DURATION, STALL_MS);
        for (CutCall.Fate fate : CutCall.Fate.values()) {
            callsInterrupted.at(label(fate));
        }
    }

    void bootEnded(BootReport report) {
        restarts.at(label(report.diagnosis().cause())).increment();
        report.calls().forEach(call -> callsInterrupted.at(label(call.fate())).increment());
        BootSpan.emit(tracer, report);
    }

    void onCustodyFailure(String operation) {
        custodyFailures.at(operation).increment();
    }

    void onRecorder(boolean durable) {
        recorderDurable = durable;
    }

    void onJournalLost(long records, String reason) {
        journalLost.at(reason).add(records);
    }

    void onSttConnect(String vendor) {
        sttConnects.at(vendor).increment();
    }

    void onSttLeftAlone(String vendor) {
        sttLeftAlone.at(vendor).increment();
    }

    void onSttWishIgnored(String reason) {
        sttWishesIgnored.at(reason).increment();
    }

    void onTranscriptsLost(long lines, String reason) {
        transcriptsLost.at(reason).add(lines);
    }

    void onStall(String kind, long lengthMs) {
        stalls.at(kind).increment();
        stallDuration.record((double) lengthMs, Labels.kind(kind));
    }
}
