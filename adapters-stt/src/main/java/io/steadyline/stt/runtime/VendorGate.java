package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections with one vendor begin, over all calls: none while the vendor is known to be down, one to find out, and
 * never many more in a second than is agreed. Time is an argument; used by one thread.
 */
final class VendorGate {

    /** One connection that dies at once is bad luck, three in a row are not. */
    private static final int QUICK_DEATHS = 3;

    private static final Duration QUICK = Duration.ofSeconds(5);
    /** The wait doubles when the first trial fails too, and not again: calls last for minutes. */
    private static final int MAX_DOUBLINGS = 1;

    /** A trial of which nothing is heard for so long does not keep others out any more. */
    private static final long TRIAL_NS = Duration.ofSeconds(30).toNanos();

    private static final double NS_PER_SECOND = 1e9;
    /** A second's share may come at once up to a fifth of it. */
    private static final int BURSTS_PER_SECOND = 5;

    /** Where the breaker is. */
    enum State {
        /** All may come. */
        CLOSED,
        /** Nobody may come until the wait is over. */
        OPEN,
        /** One has been let in to find out. */
        TRYING
    }

    private final String vendor;
    private final VendorWatch watch;
    private final long openNs;
    private final int perSecond;
    private final double burst;
    private State state = State.CLOSED;
    private int quickDeaths;
    private int doublings;
    private long openUntilNs;
    private @Nullable VendorFailure whyOpen;
    private long trialSinceNs;
    private double tokens;
    private long tokensAtNs;
    /** Written by the one thread, read by anyone. */
    private final AtomicLong connects = new AtomicLong();

    private final AtomicLong opened = new AtomicLong();

    /** One that nobody watches. */
    VendorGate(Duration breakerOpen, int connectsPerSecond, long nowNs) {
        this("", VendorWatch.NOBODY, breakerOpen, connectsPerSecond, nowNs);
    }

    VendorGate(String vendor, VendorWatch watch, Duration breakerOpen, int connectsPerSecond, long nowNs) {
        this.vendor = vendor;
        this.watch = watch;
        this.openNs = breakerOpen.toNanos();
        this.perSecond = connectsPerSecond;
        this.burst = Math.max(1, connectsPerSecond / (double) BURSTS_PER_SECOND);
        this.tokens = burst;
        this.tokensAtNs = nowNs;
    }

    /** A connection that was let in. Its fate is told here, by the session that has it. */
    final class Pass {
        private final long begunNs;
        private final boolean trial;
        private boolean succeeded;

        private Pass(boolean trial, long nowNs) {
            this.trial = trial;
            this.begunNs = nowNs;
        }

        /** The vendor works: it said something that is of use. Only the first time counts, and nothing older than the trouble. */
        void onSuccess() {
            if (succeeded) {
                return;
            }
            succeeded = true;
            if (isOnTrial() || state == State.CLOSED) {
                if (state != State.CLOSED) {
                    watch.onBack(vendor);
                }
                whyOpen = null;
                state = State.CLOSED;
                quickDeaths = 0;
                doublings = 0;
            }
        }

        /** @param livedNs since it opened; negative: it never did */
        void onFailure(VendorFailure failure, long livedNs, long nowNs) {
            boolean mayBeChance = failure.kind() == FailureKind.TRANSIENT || failure.kind() == FailureKind.STUCK;
            if (!mayBeChance && !failure.kind().concernsAllCalls()) {
                withdraw(nowNs);
                return;
            }
            if (mayBeChance) {
                quickDeaths = livedNs < QUICK.toNanos() ? quickDeaths + 1 : 0;
            }
            boolean down = failure.kind().concernsAllCalls() || quickDeaths >= QUICK_DEATHS || isOnTrial();
            if (down && (state == State.CLOSED || isOnTrial())) {
                openFor(failure, nowNs);
            }
        }

        /** Nothing came of it, and nothing is known from it: another one may find out, at once. */
        void withdraw(long nowNs) {
            if (isOnTrial()) {
                state = State.OPEN;
                openUntilNs = nowNs;
            }
        }

        private boolean isOnTrial() {
            return trial && state == State.TRYING && begunNs == trialSinceNs;
        }
    }

    /** A connection may begin now, and counts as begun; null: not now. */
    @Nullable
    Pass admit(long nowNs) {
        if (!isOpenForSomebody(nowNs) || !takeToken(nowNs)) {
            return null;
        }
        boolean trial = state != State.CLOSED;
        if (trial) {
            state = State.TRYING;
            trialSinceNs = nowNs;
        }
        connects.incrementAndGet();
        watch.onConnect(vendor);
        return new Pass(trial, nowNs);
    }

    /** It makes sense to ask for a connection: now, or as soon as this second's share allows. */
    boolean isOpenForSomebody(long nowNs) {
        return switch (state) {
            case CLOSED -> true;
            case OPEN -> nowNs - openUntilNs >= 0;
            case TRYING -> nowNs - trialSinceNs >= TRIAL_NS;
        };
    }

    /** Why it is left alone, or was before the one that is finding out now; empty: it works, as far as is known. */
    Optional<VendorFailure> whyOpen() {
        return Optional.ofNullable(whyOpen);
    }

    State state() {
        return state;
    }

    /** Connections that were begun, ever. */
    long connects() {
        return connects.get();
    }

    /** How often the breaker opened. */
    long timesOpened() {
        return opened.get();
    }

    private void openFor(VendorFailure why, long nowNs) {
        long waitNs = why.retryAfter().map(Duration::toNanos).orElse(openNs << doublings);
        watch.onLeftAlone(vendor, why, Duration.ofNanos(waitNs), state != State.CLOSED);
        whyOpen = why;
        state = State.OPEN;
        opened.incrementAndGet();
        openUntilNs = nowNs + waitNs;
        doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
        quickDeaths = 0;
    }

    private boolean takeToken(long nowNs) {
        tokens = Math.min(burst, tokens + (nowNs - tokensAtNs) * perSecond / NS_PER_SECOND);
        tokensAtNs = nowNs;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
