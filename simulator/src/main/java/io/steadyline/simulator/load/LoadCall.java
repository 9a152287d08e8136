package io.steadyline.simulator.load;

import io.steadyline.simulator.MalformedTraffic;
import io.steadyline.simulator.Mutation;
import io.steadyline.simulator.ProviderMessages;
import io.steadyline.simulator.Tracks;
import io.steadyline.simulator.ws.FrameWriter;
import io.steadyline.simulator.ws.Handshake;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a load: sends a numbered frame each 20 ms, and knows each again that comes back. One owner. */
final class LoadCall implements LoadSocket.Owner, Comparable<LoadCall> {

    private static final long PTIME_NS = SpacingMeter.PTIME_NS;
    private static final int PTIME_MS = 20;
    private static final int FRAMES_A_SECOND = 50;

    /** Send times that are kept for tags which do not carry theirs; 20 s. */
    private static final int KEPT_TIMES = 1_024;

    /** Callers do not all say the same at the same time; any number that is prime to the length of the voice. */
    private static final int SPEECH_STEP = 37;

    private static final String ACCOUNT_SID = "AC" + "0".repeat(32);
    private static final int MALFORMED_SEED = 20;

    enum State {
        DIALLING,
        TALKING,
        /** No more frames are sent, and those under way are waited for. */
        DRAINING,
        /** Our part of the goodbye is said. */
        CLOSING,
        OVER
    }

    /**
     * When a call sends.
     *
     * @param phaseNs within the 20 ms
     * @param lengthNs from the start to the drain
     * @param bursts null for none
     */
    record Rhythm(long phaseNs, long lengthNs, @Nullable BurstRhythm bursts) {}

    private final LoadDesk desk;
    private final LoadMeters meters;
    private final int number;
    private final boolean isDisturber;
    private final String callSid = sid("CA");
    private final String streamSid = sid("MZ");
    private final ProviderMessages messages = new ProviderMessages(ACCOUNT_SID, callSid, streamSid);
    private final EchoMeter echo = new EchoMeter();
    private final SpacingMeter spacing = new SpacingMeter();
    private final BurstMeter burst = new BurstMeter();
    private final Rhythm rhythm;
    private final Consumer<LoadCall> onTalking;
    private final long @Nullable [] sentNs;
    private final LoadSocket socket;
    private final long dialledNs;
    private State state = State.DIALLING;
    private long stateNs;
    private long dueNs;
    private long releaseNs;
    private long chunk;

    /** {@code onTalking} is told when there is a frame to come: from then on the call is asked for it. */
    LoadCall(LoadDesk desk, LoadMeters meters, LoadPlan plan, int number, Rhythm rhythm, Consumer<LoadCall> onTalking) {
        this.desk = desk;
        this.meters = meters;
        this.number = number;
        this.rhythm = rhythm;
        this.onTalking = onTalking;
        isDisturber = plan.has(Strain.MALFORMED) && number % 10 == 0;
        sentNs = desk.tag().carriesTime() ? null : new long[KEPT_TIMES];
        socket = new LoadSocket(desk, this, new Handshake(plan.media(), plan.headers()));
        dialledNs = System.nanoTime();
        stateNs = dialledNs;
    }

    void dial(InetSocketAddress address) {
        socket.connect(address);
    }

    @Override
    public void onOpen(long nowNs) {
        meters.setUps.record(nowNs - dialledNs);
        send(ProviderMessages.connected());
        send(messages.start(Tracks.INBOUND, Map.of()));
        if (!socket.isOpen()) {
            return;
        }
        enter(State.TALKING, nowNs);
        long earliestNs = nowNs + PTIME_NS;
        setDue(earliestNs + Math.floorMod(rhythm.phaseNs() - earliestNs, PTIME_NS));
        onTalking.accept(this);
    }

    private void setDue(long atNs) {
        dueNs = atNs;
        releaseNs = rhythm.bursts() == null ? atNs : rhythm.bursts().releaseNs(atNs);
    }

    boolean isDue(long nowNs) {
        return releaseNs - nowNs <= 0;
    }

    long releaseNs() {
        return releaseNs;
    }

    /**
     * The frame that is due now, or all that a stall has held back; the next one is due 20 ms after the deadline of the one before,
     * however late that is. How many these were.
     */
    int sendDue(long nowNs) {
        if (!isHeld()) {
            meters.lateness.record(nowNs - dueNs);
            sendFrame(nowNs);
            return 1;
        }
        int frames = 0;
        socket.hold();
        try {
            while (state == State.TALKING && isHeld() && isDue(nowNs)) {
                sendFrame(nowNs);
                frames++;
            }
        } finally {
            socket.release();
        }
        return frames;
    }

    private boolean isHeld() {
        return releaseNs != dueNs;
    }

    private void sendFrame(long nowNs) {
        boolean isHeld = isHeld();
        long releasedNs = releaseNs;
        setDue(dueNs + PTIME_NS);
        byte[] audio = desk.audio(chunk + (long) number * SPEECH_STEP);
        chunk++;
        desk.tag().write(audio, number, echo.sent(), nowNs);
        messages.media("inbound", chunk, chunk * PTIME_MS, audio);
        if (!socket.send(messages.mediaBytes(), messages.mediaLength())) {
            meters.onDiscarded();
            return;
        }
        int frame = echo.onSent();
        if (sentNs != null) {
            sentNs[frame % KEPT_TIMES] = nowNs;
        }
        burst.onSent(isHeld, releasedNs);
        meters.onSent();
        if (isDisturber && chunk % FRAMES_A_SECOND == 0) {
            disturb();
        }
    }

    private void disturb() {
        int mutation = number + (int) (chunk / FRAMES_A_SECOND);
        FrameWriter writer = new FrameWriter();
        for (Mutation.Part part : MalformedTraffic.seeded(MALFORMED_SEED)
                .mutation(mutation, callSid, streamSid)
                .parts()) {
            byte[] payload = part.payload();
            socket.sendRaw(
                    part.isMasked()
                            ? writer.frame(part.firstByte(), payload, payload.length, mutation)
                            : writer.unmaskedFrame(part.firstByte(), payload, payload.length));
        }
    }

    @Override
    public void onText(byte[] message, int from, int end, long nowNs) {
        int payload = desk.finder().find(message, from, end);
        EchoTag tag = desk.tag();
        if (payload < 0 || !tag.read(message, payload, end)) {
            meters.onNotOurs();
            return;
        }
        if (tag.call() != tag.callAsCarried(number)) {
            echo.onForeign();
            return;
        }
        int frame = tag.number(echo.highest());
        if (!echo.onReturned(frame)) {
            return;
        }
        meters.onReturned();
        measure(sentNs == null ? tag.sentNs() : sentNs[frame % KEPT_TIMES], nowNs);
    }

    private void measure(long frameSentNs, long nowNs) {
        long errorNs = spacing.onFrame(nowNs);
        long goneNs = burst.onReturned(echo.underWay(), nowNs);
        if (isDisturber) {
            return;
        }
        meters.roundTrips.record(nowNs - frameSentNs);
        if (errorNs != SpacingMeter.NONE && state == State.TALKING) {
            meters.onGap(errorNs);
        }
        if (goneNs != BurstMeter.NONE) {
            meters.lags.record(goneNs);
        }
    }

    /** Sends no more. */
    void drain(long nowNs) {
        if (state == State.DIALLING) {
            enter(State.CLOSING, nowNs);
            socket.end("");
        } else if (state == State.TALKING) {
            enter(State.DRAINING, nowNs);
        }
    }

    boolean isAllBack() {
        return echo.missing() == 0;
    }

    void hangUp(long nowNs) {
        if (state == State.TALKING || state == State.DRAINING) {
            enter(State.CLOSING, nowNs);
            send(messages.stop());
            socket.close();
        }
    }

    /** Whatever it waits for has taken too long. */
    void giveUp(String why) {
        socket.end(why);
    }

    @Override
    public void onEnd(boolean wasOpen, String answer) {
        State at = state;
        state = State.OVER;
        if (isDisturber) {
            meters.onDisturberEnd();
            return;
        }
        // What a call sends before it has its answer is not lost; what it sends for a second and longer is.
        boolean isRefused = at != State.CLOSING && !hadEcho();
        if (!isRefused || echo.sent() > FRAMES_A_SECOND || echo.foreign() > 0) {
            meters.add(echo, burst);
        }
        if (at == State.CLOSING) {
            if (wasOpen) {
                meters.onFinished();
            } else {
                meters.onWithdrawn();
            }
        } else if (isRefused) {
            meters.onRefused((wasOpen ? "before an echo: " : "upgrade: ") + plain(answer));
        } else {
            meters.onCut(plain(answer));
        }
    }

    private static String plain(String answer) {
        return answer.isEmpty() ? "no answer" : answer;
    }

    private void send(byte[] message) {
        // What the socket does not take ends the call, and that is told by the socket.
        socket.send(message, message.length);
    }

    private void enter(State next, long nowNs) {
        state = next;
        stateNs = nowNs;
    }

    State state() {
        return state;
    }

    /** When it came into its state. */
    long stateNs() {
        return stateNs;
    }

    /** For how long it talks. */
    long lengthNs() {
        return rhythm.lengthNs();
    }

    boolean hadEcho() {
        return echo.returned() > 0;
    }

    boolean isDisturber() {
        return isDisturber;
    }

    @Override
    public int compareTo(LoadCall other) {
        // The difference survives the wrap-around of the clock.
        return Long.signum(releaseNs - other.releaseNs);
    }

    private static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
