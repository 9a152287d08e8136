package io.steadyline.simulator.load;

import io.steadyline.simulator.load.LoadReport.ServerUse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a load from beginning to end on the thread that asks for it: dials, lets the server settle, measures, waits for the last frames,
 * hangs up.
 *
 * <pre>{@code
 * LoadReport report = new LoadTest(LoadPlan.of(URI.create("ws://127.0.0.1:5000/twilio/media"), 1000, Duration.ofSeconds(30)))
 *         .run(second -> {});
 * }</pre>
 */
public final class LoadTest {

    private static final int HTTP_PORT = 80;
    private static final long SECOND_NS = 1_000_000_000;
    private static final long HOUSEKEEPING_NS = 50_000_000;

    private final LoadPlan plan;
    private final InetSocketAddress address;
    private final LoadMeters meters = new LoadMeters();
    private final List<LoadReport.Second> seconds = new ArrayList<>();
    private int mostUp;

    /** @throws IllegalArgumentException the host is unknown, or may not be loaded */
    public LoadTest(LoadPlan plan) {
        this.plan = plan;
        int port = plan.media().getPort();
        address = new InetSocketAddress(plan.media().getHost(), port < 0 ? HTTP_PORT : port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("url: " + plan.media() + " (expected: a host that is known)");
        }
        if (!address.getAddress().isLoopbackAddress() && !plan.mayLoadAnyHost()) {
            throw new IllegalArgumentException("url: " + plan.media() + " is not on this machine's loopback"
                    + " (expected: --i-may-load-this-host with it, and that you may)");
        }
    }

    /** Blocks until the load is over. */
    public LoadReport run(LoadReport.Listener listener) throws IOException {
        ServerProcess server = plan.serverPid().isPresent()
                ? new ServerProcess(plan.serverPid().getAsLong())
                : null;
        long residentBeforeKib = server == null ? 0 : server.residentKib();
        try (LoadDesk desk = new LoadDesk(plan.has(Strain.SPEECH))) {
            return new Run(desk, listener).run(server, residentBeforeKib);
        }
    }

    /** Of one core, without what was spent awake and idle. */
    static double share(double cpuMs, long idleNs, long lengthNs) {
        return Math.max(0, cpuMs * 1e6 - idleNs) / lengthNs;
    }

    private enum Stage {
        RAMP,
        SETTLE,
        MEASURE,
        END
    }

    /** The stages of one run. */
    private final class Run {

        private final LoadReport.Listener listener;
        private final long startNs = System.nanoTime();
        private final LoadLoop loop;
        private Stage stage = Stage.RAMP;
        private long stageNs = startNs;
        private long nextDialNs = startNs;
        private long nextSecondNs = startNs + SECOND_NS;
        private long nextHousekeepingNs = startNs;
        private final @Nullable ServerProcess self = ServerProcess.self();
        private double cpuBeforeMs;
        private double ownCpuBeforeMs;
        private long idleBeforeNs;
        private double ownCpuShare;
        private @Nullable ServerUse use;

        Run(LoadDesk desk, LoadReport.Listener listener) {
            this.listener = listener;
            loop = new LoadLoop(plan, desk, meters, address, startNs);
        }

        LoadReport run(@Nullable ServerProcess server, long residentBeforeKib) throws IOException {
            while (stage != Stage.END || !loop.isOver()) {
                loop.turn(nextWakeNs());
                long nowNs = System.nanoTime();
                if (stage == Stage.RAMP && loop.hasMoreToDial() && nextDialNs - nowNs <= 0) {
                    loop.dialNext();
                    nextDialNs += SECOND_NS / plan.rampPerSecond();
                }
                if (nextHousekeepingNs - nowNs <= 0) {
                    nextHousekeepingNs = nowNs + HOUSEKEEPING_NS;
                    loop.housekeep(nowNs);
                    advance(server, residentBeforeKib, nowNs);
                }
                if (nextSecondNs - nowNs <= 0) {
                    nextSecondNs += SECOND_NS;
                    tell();
                }
            }
            return report();
        }

        private long nextWakeNs() {
            long next = nextHousekeepingNs - nextSecondNs < 0 ? nextHousekeepingNs : nextSecondNs;
            boolean dials = stage == Stage.RAMP && loop.hasMoreToDial();
            return dials && nextDialNs - next < 0 ? nextDialNs : next;
        }

        private void advance(@Nullable ServerProcess server, long residentBeforeKib, long nowNs) throws IOException {
            boolean isTime = nowNs - stageNs >= lengthNs();
            switch (stage) {
                case RAMP -> {
                    if (!loop.hasMoreToDial() && loop.dialling() == 0) {
                        enter(Stage.SETTLE, nowNs);
                    }
                }
                case SETTLE -> {
                    if (isTime) {
                        cpuBeforeMs = server == null ? 0 : server.cpuMs();
                        ownCpuBeforeMs = self == null ? 0 : self.cpuMs();
                        idleBeforeNs = loop.idleNs();
                        meters.measure(true);
                        meters.onPassed(0);
                        enter(Stage.MEASURE, nowNs);
                    }
                }
                case MEASURE -> {
                    meters.onPassed((nowNs - stageNs) / (double) lengthNs());
                    if (isTime || loop.isOver()) {
                        meters.measure(false);
                        ownCpuShare = self == null
                                ? 0
                                : share(self.cpuMs() - ownCpuBeforeMs, loop.idleNs() - idleBeforeNs, nowNs - stageNs);
                        use = server == null ? null : use(server, residentBeforeKib);
                        loop.end(nowNs);
                        enter(Stage.END, nowNs);
                    }
                }
                case END -> {}
            }
        }

        private long lengthNs() {
            return switch (stage) {
                case RAMP, END -> Long.MAX_VALUE;
                case SETTLE -> plan.settle().toNanos();
                case MEASURE -> plan.length().toNanos();
            };
        }

        private void enter(Stage next, long nowNs) {
            stage = next;
            stageNs = nowNs;
        }

        private ServerUse use(ServerProcess server, long residentBeforeKib) throws IOException {
            double cpuMs = server.cpuMs() - cpuBeforeMs;
            return new ServerUse(
                    cpuMs, meters.measuredCallSeconds(), residentBeforeKib, server.residentKib(), loop.up());
        }

        private void tell() {
            LoadReport.Second second = meters.takeSecond(seconds.size() + 1, loop.dialling(), loop.up());
            mostUp = Math.max(mostUp, second.up());
            seconds.add(second);
            listener.onSecond(second);
        }

        private LoadReport report() {
            return new LoadReport(
                    plan,
                    meters.calls(plan.calls(), mostUp),
                    meters.frames(),
                    meters.discarded(),
                    meters.notOurs(),
                    meters.gaps(),
                    meters.punctual(),
                    meters.drift(),
                    meters.roundTrips.measured(),
                    meters.lateness.measured(),
                    ownCpuShare,
                    meters.bursts(),
                    use,
                    seconds);
        }
    }
}
