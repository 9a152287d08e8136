package io.steadyline.simulator;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places calls as the provider does, any number at once on one thread of its own. Its methods may be called from any
 * thread; listeners and the completions of reports run on the simulator's thread and must not block it.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start()) {
 *     CallReport report = simulator.place(CallPlan.to("ws://127.0.0.1:5000/twilio").build()).join();
 *     System.out.print(Summary.of(report));
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Simulator.class);
    private static final int HTTP_PORT = 80;
    private static final long SECOND_NS = 1_000_000_000;

    /** The golden ratio spreads any number of calls evenly over the 20 ms that they share. */
    private static final double GOLDEN_RATIO = 0.618_033_988_749_895;

    private final Loop loop = new Loop("simulator", this::cancelAll);
    private final Tally tally = new Tally();
    private final Progress.Listener listener;
    private final Timers.Timer progressTimer = loop.timers().create(this::onSecond, this::onListenerFault);
    private final Set<Call> calls = new LinkedHashSet<>();

    /** The tags of echo probes go on from here, so that two simulators do not take each other's frames for theirs. */
    private final int firstTag = ThreadLocalRandom.current().nextInt();

    private int dialled;
    private long finished;
    private long failed;
    private long seconds;

    private Simulator(Progress.Listener listener) {
        this.listener = listener;
    }

    public static Simulator start() {
        return start(progress -> {});
    }

    public static Simulator start(Progress.Listener listener) {
        Simulator simulator = new Simulator(listener);
        // Before the thread runs, this one owns the timers.
        simulator.loop.timers().set(simulator.progressTimer, System.nanoTime() + SECOND_NS);
        simulator.loop.start();
        return simulator;
    }

    /** Dials at once; the report comes when the call has ended, however it did. */
    public CompletableFuture<CallReport> place(CallPlan plan) {
        return dial(plan).report();
    }

    /** The same with a hand on the call while it runs. */
    public LiveCall dial(CallPlan plan) {
        return dial(plan, Duration.ZERO);
    }

    /** One call after the other, {@code apart} from each other: a server's accept queue is shorter than a fleet. */
    public List<CompletableFuture<CallReport>> placeAll(List<CallPlan> plans, Duration apart) {
        List<CompletableFuture<CallReport>> reports = new ArrayList<>(plans.size());
        for (int i = 0; i < plans.size(); i++) {
            reports.add(dial(plans.get(i), apart.multipliedBy(i)).report());
        }
        return reports;
    }

    private LiveCall dial(CallPlan plan, Duration delay) {
        InetSocketAddress address = resolve(plan.media());
        Handle handle = new Handle(loop, plan);
        long dueNs = System.nanoTime() + delay.toNanos();
        if (!loop.execute(() -> admit(handle, address, dueNs))) {
            throw new IllegalStateException("the simulator is closed; no call to " + plan.media() + " is placed");
        }
        return handle;
    }

    /** On the asking thread, since looking up a name blocks. */
    private static InetSocketAddress resolve(URI uri) {
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? HTTP_PORT : uri.getPort());
    }

    private void admit(Handle handle, InetSocketAddress address, long dueNs) {
        int number = dialled++;
        long phaseNs = (long) (number * GOLDEN_RATIO % 1 * Caller.PTIME_NS);
        Call call = new Call(handle.plan(), loop, tally, address, phaseNs, firstTag + number, dueNs);
        handle.call = call;
        calls.add(call);
        call.dial(report -> finish(handle, call, report));
    }

    private void finish(Handle handle, Call call, CallReport report) {
        calls.remove(call);
        finished++;
        if (!report.wasCompleted()) {
            failed++;
        }
        handle.report.complete(report);
    }

    private void onSecond(long dueNs, long nowNs) {
        loop.timers().set(progressTimer, dueNs + SECOND_NS);
        int dialling = (int) calls.stream().filter(Call::isDialling).count();
        listener.onSecond(tally.take(++seconds, dialling, calls.size() - dialling, finished, failed));
    }

    private void onListenerFault(RuntimeException fault) {
        log.warn("the progress listener failed and is not called any more", fault);
        loop.timers().cancel(progressTimer);
    }

    private void cancelAll() {
        List.copyOf(calls).forEach(Call::cancel);
    }

    /** Ends all calls without a word to the server; their reports say so. Waits for the thread. */
    @Override
    public void close() {
        if (loop.isLoopThread()) {
            throw new IllegalStateException("the simulator cannot be closed on its own thread, by a listener");
        }
        loop.stop();
    }

    /** The call is seen on the loop thread only, where it is set before anything else is asked of it. */
    private static final class Handle implements LiveCall {

        private final Loop loop;
        private final CallPlan plan;
        private final CompletableFuture<CallReport> report = new CompletableFuture<>();
        private @Nullable Call call;

        Handle(Loop loop, CallPlan plan) {
            this.loop = loop;
            this.plan = plan;
        }

        @Override
        public CallPlan plan() {
            return plan;
        }

        @Override
        public CompletableFuture<CallReport> report() {
            return report;
        }

        @Override
        public void hangUp(HangUp style) {
            ask(asked -> asked.hangUp(style));
        }

        @Override
        public void press(char key) {
            Digit digit = new Digit(key, Duration.ZERO);
            ask(asked -> asked.press(digit.key()));
        }

        @Override
        public void finish() {
            ask(Call::finish);
        }

        @Override
        public void freeze(Freeze.Side side) {
            ask(asked -> asked.freeze(side));
        }

        @Override
        public void thaw() {
            ask(Call::thaw);
        }

        private void ask(Consumer<Call> wish) {
            boolean isTaken = loop.execute(() -> {
                if (call != null) {
                    wish.accept(call);
                }
            });
            if (!isTaken) {
                log.debug("the simulator is closed and so is call {}", plan.callSid());
            }
        }
    }
}
