package io.steadyline.simulator.load;

import io.steadyline.simulator.load.LoadCall.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All calls of a load on one thread: sends what is due, takes what has come.
 *
 * <p>What comes is seen at once; how exactly a frame leaves is a matter of its {@link Core}. The time that a frame carries is that of its
 * real departure.
 */
final class LoadLoop {

    /** The golden ratio spreads any number of calls evenly over the 20 ms that they share. */
    private static final double GOLDEN_RATIO = 0.618_033_988_749_895;

    /** Sends before the sockets are looked at again: what has come meanwhile would be seen late. */
    private static final int SENDS_BEFORE_A_LOOK = 32;

    private static final int SEED = 7;
    private static final long SELECTOR_GRAIN_NS = 1_000_000;

    /** By so much a sleep is longer than asked for: the kernel's slack of 50 µs, and the way back. */
    private static final long WAKING_NS = 200_000;

    /** A look at the sockets takes a few µs; what is more than this was somebody else's turn on the core. */
    private static final long LONGEST_LOOK_NS = 50_000;

    private static final long SECOND_NS = 1_000_000_000;
    private static final long SET_UP_LIMIT_NS = 10 * SECOND_NS;
    private static final long GOODBYE_LIMIT_NS = 2 * SECOND_NS;
    private static final long LAST_FRAMES_LIMIT_NS = 3 * SECOND_NS;
    private static final long SHORTEST_CALL_NS = 3 * SECOND_NS;
    private static final long LONGEST_CALL_NS = 10 * SECOND_NS;

    private final LoadPlan plan;
    private final LoadDesk desk;
    private final LoadMeters meters;
    private final InetSocketAddress address;
    private final @Nullable BurstRhythm rhythm;
    private final PriorityQueue<LoadCall> due = new PriorityQueue<>();
    private final List<LoadCall> calls = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Consumer<SelectionKey> onReady = LoadLoop::onReady;
    private int dialled;
    private int redials;
    private boolean isEnding;
    private long idleNs;

    LoadLoop(LoadPlan plan, LoadDesk desk, LoadMeters meters, InetSocketAddress address, long startNs) {
        this.plan = plan;
        this.desk = desk;
        this.meters = meters;
        this.address = address;
        rhythm = plan.has(Strain.BURSTS) ? new BurstRhythm(startNs) : null;
    }

    /** Calls that the plan has room for and that are not dialled yet. */
    boolean hasMoreToDial() {
        return dialled - redials < plan.calls();
    }

    void dialNext() {
        int number = dialled++;
        long phaseNs = (long) (number * GOLDEN_RATIO % 1 * SpacingMeter.PTIME_NS);
        long lengthNs = plan.has(Strain.CHURN) ? random.nextLong(SHORTEST_CALL_NS, LONGEST_CALL_NS) : Long.MAX_VALUE;
        LoadCall call =
                new LoadCall(desk, meters, plan, number, new LoadCall.Rhythm(phaseNs, lengthNs, rhythm), due::add);
        calls.add(call);
        call.dial(address);
    }

    /** One turn: waits for {@code untilNs} at the longest. */
    void turn(long untilNs) throws IOException {
        long nowNs = System.nanoTime();
        LoadCall first = due.peek();
        long waitNs = first == null ? untilNs - nowNs : Math.min(untilNs, first.releaseNs()) - nowNs;
        long sleepMs = sleepMs(waitNs);
        int ready = sleepMs > 0
                ? desk.selector().select(onReady, sleepMs)
                : desk.selector().selectNow(onReady);
        int sent = sendDue();
        if (sleepMs == 0 && ready == 0 && sent == 0) {
            idleNs += Math.min(System.nanoTime() - nowNs, LONGEST_LOOK_NS);
        }
    }

    /** 0: not at all, which the selector would take for ever. */
    private long sleepMs(long waitNs) {
        return Math.max(
                0,
                switch (plan.core()) {
                    case SHARED -> Math.ceilDiv(waitNs, SELECTOR_GRAIN_NS);
                    // The rest of the way is awake.
                    case OWN -> (waitNs - WAKING_NS) / SELECTOR_GRAIN_NS;
                });
    }

    /** For how long it has looked for work, awake, and found none. */
    long idleNs() {
        return idleNs;
    }

    private static void onReady(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof LoadSocket socket) {
            socket.onReady();
        }
    }

    /** How many frames left. */
    private int sendDue() {
        long nowNs = System.nanoTime();
        LoadCall call = due.peek();
        int sent = 0;
        while (sent < SENDS_BEFORE_A_LOOK && call != null && call.isDue(nowNs)) {
            due.remove();
            if (call.state() == State.TALKING) {
                sent += call.sendDue(nowNs);
                due.add(call);
            }
            nowNs = System.nanoTime();
            call = due.peek();
        }
        return sent;
    }

    /** What needs no precision; to be called some twenty times a second. */
    void housekeep(long nowNs) {
        int places = 0;
        for (LoadCall call : calls) {
            keep(call, nowNs);
            places += call.state() == State.OVER && goesOn(call) ? 1 : 0;
        }
        calls.removeIf(call -> call.state() == State.OVER);
        for (int i = 0; i < places && !isEnding; i++) {
            redials++;
            dialNext();
        }
    }

    /** Whether another call takes its place. */
    private boolean goesOn(LoadCall call) {
        return call.hadEcho() && (call.isDisturber() || plan.has(Strain.CHURN));
    }

    private void keep(LoadCall call, long nowNs) {
        long sinceNs = nowNs - call.stateNs();
        switch (call.state()) {
            case DIALLING -> {
                if (sinceNs > SET_UP_LIMIT_NS) {
                    call.giveUp("no answer within " + SET_UP_LIMIT_NS / SECOND_NS + " s");
                }
            }
            case TALKING -> {
                if (sinceNs > call.lengthNs()) {
                    call.drain(nowNs);
                }
            }
            case DRAINING -> {
                if (call.isAllBack() || sinceNs > LAST_FRAMES_LIMIT_NS) {
                    call.hangUp(nowNs);
                }
            }
            case CLOSING -> {
                if (sinceNs > GOODBYE_LIMIT_NS) {
                    call.giveUp("no goodbye within " + GOODBYE_LIMIT_NS / SECOND_NS + " s");
                }
            }
            case OVER -> {}
        }
    }

    /** No more frames and no more calls; those under way are waited for. */
    void end(long nowNs) {
        isEnding = true;
        calls.forEach(call -> call.drain(nowNs));
    }

    boolean isOver() {
        return calls.isEmpty();
    }

    int dialling() {
        return count(call -> call.state() == State.DIALLING);
    }

    int up() {
        return count(call -> call.state() == State.TALKING);
    }

    private int count(Predicate<LoadCall> which) {
        int found = 0;
        for (LoadCall call : calls) {
            found += which.test(call) ? 1 : 0;
        }
        return found;
    }
}
