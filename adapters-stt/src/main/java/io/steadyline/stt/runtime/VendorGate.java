package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;

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

    private final long openNs;
    private final int perSecond;
    private final double burst;
    private State state = State.CLOSED;
    private int quickDeaths;
    private int doublings;
    private long openUntilNs;
    private double tokens;
    private long tokensAtNs;
    private long connects;
    private long opened;

    VendorGate(Duration breakerOpen, int connectsPerSecond, long nowNs) {
        this.openNs = breakerOpen.toNanos();
        this.perSecond = connectsPerSecond;
        this.burst = Math.max(1, connectsPerSecond / (double) BURSTS_PER_SECOND);
        this.tokens = burst;
        this.tokensAtNs = nowNs;
    }

    /** True: a connection may begin now, and counts as begun. */
    boolean admit(long nowNs) {
        if (!isOpenForSomebody(nowNs) || !takeToken(nowNs)) {
            return false;
        }
        if (state == State.OPEN) {
            state = State.TRYING;
        }
        connects++;
        return true;
    }

    /** The vendor is not known to be down. */
    boolean isHealthy() {
        return state == State.CLOSED;
    }

    /** It makes sense to ask for a connection: now, or as soon as this second's share allows. */
    boolean isOpenForSomebody(long nowNs) {
        return switch (state) {
            case CLOSED -> true;
            case OPEN -> nowNs - openUntilNs >= 0;
            case TRYING -> false;
        };
    }

    /** The vendor works: it said something that is of use. */
    void onSuccess() {
        state = State.CLOSED;
        quickDeaths = 0;
        doublings = 0;
    }

    /**
     * A connection failed.
     *
     * @param livedNs since it began; negative: it never opened
     */
    void onFailure(VendorFailure failure, long livedNs, long nowNs) {
        if (failure.kind() == FailureKind.LOCAL || isExpected(failure.kind())) {
            endTrial(nowNs);
            return;
        }
        quickDeaths = livedNs < QUICK.toNanos() ? quickDeaths + 1 : 0;
        boolean down = failure.kind().concernsAllCalls() || quickDeaths >= QUICK_DEATHS || state == State.TRYING;
        if (down && state != State.OPEN) {
            openFor(failure.retryAfter().map(Duration::toNanos).orElse(openNs << doublings), nowNs);
        }
    }

    /** Nothing came of a connection that was begun, and nothing is known from it. */
    void onWithdrawn(long nowNs) {
        endTrial(nowNs);
    }

    State state() {
        return state;
    }

    /** Connections that were begun, ever. */
    long connects() {
        return connects;
    }

    /** How often the breaker opened. */
    long timesOpened() {
        return opened;
    }

    private void openFor(long waitNs, long nowNs) {
        state = State.OPEN;
        opened++;
        openUntilNs = nowNs + waitNs;
        doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
        quickDeaths = 0;
    }

    /** Another one may find out, at once. */
    private void endTrial(long nowNs) {
        if (state == State.TRYING) {
            state = State.OPEN;
            openUntilNs = nowNs;
        }
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

    private static boolean isExpected(FailureKind kind) {
        return kind == FailureKind.EXPIRED || kind == FailureKind.IDLE;
    }
}
