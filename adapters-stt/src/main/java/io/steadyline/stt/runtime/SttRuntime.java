package io.steadyline.stt.runtime;

import io.steadyline.port.SpeechSink;
import io.steadyline.port.SttCapabilities;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSession;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent.Closed;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Vendor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognition by vendors, for all calls: each call has an order of vendors and its own session, each vendor one gate for all
 * calls. All sessions have their turns on one daemon thread, {@code stt-vendors}, on which all sinks are called; an event is at
 * most some 10 ms later than the vendor's message.
 */
public final class SttRuntime implements SttProvider {

    /** As it stands in configuration; events name the vendor itself. */
    public static final String NAME = "vendors";

    /** A vendor for a call, with what the call wants of it. */
    public record Chosen(Vendor vendor, Options options) {}

    /** Which vendors a call has, in its order; never empty. Called by the media loop: returns at once. */
    @FunctionalInterface
    public interface Choice {
        List<Chosen> vendorsFor(SttSpec spec);
    }

    /** Opens what a route leads to. Any thread; never blocks. */
    @FunctionalInterface
    public interface Opener extends AutoCloseable {
        Link open(Route route, LinkEvents events);

        /** Gives up what is still open. */
        @Override
        default void close() {
            // Nothing is shared by the connections.
        }
    }

    /**
     * Running totals.
     *
     * @param connects connections that were begun, over all vendors
     * @param breakersOpened how often a vendor was left alone for a while
     * @param floods sessions whose vendor sent more than could be read
     */
    public record Counters(
            long openSessions,
            long openedSessions,
            long refusedSessions,
            long failedSessions,
            long sinkFailures,
            long connects,
            long breakersOpened,
            long floods) {}

    private static final Logger LOG = LoggerFactory.getLogger(SttRuntime.class);
    /** Below the port's two seconds. */
    private static final long CLOSE_WITHIN_MS = 1_900;

    private final RuntimeSettings settings;
    private final Choice choice;
    private final Opener opener;
    private final InstantSource wall;
    private final List<Vendor> vendors;
    private final VendorWatch watch;
    private final Map<String, VendorGate> gates = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong sinkFailures = new AtomicLong();
    private final SessionTurns turns = new SessionTurns("stt-" + NAME);

    /** @param vendors all that a choice may name; closed with the runtime, after their last connection */
    public SttRuntime(
            RuntimeSettings settings,
            Choice choice,
            Opener opener,
            InstantSource wall,
            List<Vendor> vendors,
            VendorWatch watch) {
        this.vendors = List.copyOf(vendors);
        this.settings = settings;
        this.choice = choice;
        this.opener = opener;
        this.wall = wall;
        this.watch = new VendorLog(watch);
        turns.start();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SttCapabilities capabilities() {
        return new SttCapabilities(true, true, true, true);
    }

    @Override
    public SttSession open(SttSpec spec, SttQueue audio, SpeechSink sink) {
        String callId = Printable.of(spec.callId().value());
        List<Chosen> chosen = choice.vendorsFor(spec);
        EventOut out = new EventOut(callId, chosen.getFirst().vendor().name(), sink, sinkFailures::incrementAndGet);
        RuntimeSession session = new RuntimeSession(callId, opener, out, turns::ring);
        long nowNs = System.nanoTime();
        session.begin(new Recognition(
                callId,
                spec.format(),
                spec.context(),
                audio,
                lanes(chosen, spec, nowNs),
                settings,
                session,
                out,
                wall,
                new SplittableRandom(),
                nowNs));
        if (turns.admit(session)) {
            opened.incrementAndGet();
        } else {
            refused.incrementAndGet();
            out.tell(stamp -> new Failure(stamp, "LOCAL", Optional.empty(), "the recogniser is closed", false, true));
            out.tell(Closed::new);
        }
        return session;
    }

    /** Any thread. */
    public Counters counters() {
        return new Counters(
                turns.open(),
                opened.get(),
                refused.get(),
                turns.failed(),
                sinkFailures.get(),
                gates.values().stream().mapToLong(VendorGate::connects).sum(),
                gates.values().stream().mapToLong(VendorGate::timesOpened).sum(),
                turns.floods());
    }

    @Override
    public void close() {
        try {
            if (!turns.stop(CLOSE_WITHIN_MS)) {
                LOG.error("sessions with vendors did not end within {} ms: a sink holds their thread", CLOSE_WITHIN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        opener.close();
        vendors.forEach(Vendor::close);
    }

    private List<Lane> lanes(List<Chosen> chosen, SttSpec spec, long nowNs) {
        List<Lane> lanes = new ArrayList<>();
        for (Chosen each : chosen) {
            VendorGate gate = gates.computeIfAbsent(
                    each.vendor().name(),
                    name -> new VendorGate(name, watch, settings.breakerOpen(), settings.connectsPerSecond(), nowNs));
            lanes.add(Lane.of(lanes.size(), each.vendor(), each.options(), spec.format(), gate));
        }
        return lanes;
    }
}
