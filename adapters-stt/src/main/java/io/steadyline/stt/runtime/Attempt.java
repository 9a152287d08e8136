package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Wire;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection with one vendor: what was sent on it, what waits to be sent, and what it said that nobody has looked at. Time is an
 * argument; used by the session's thread.
 */
final class Attempt {

    /** Where a connection is. */
    enum State {
        /** Asked for; nothing can be sent. */
        OPENING,
        /** Open, but the vendor has not said that it takes audio. */
        GREETING,
        /** Takes audio. */
        READY,
        /** Gets no audio any more; is read to its end. */
        ENDING,
        /** Over. */
        ENDED
    }

    private static final long NS_PER_MS = 1_000_000;

    /**
     * Why a connection is given up.
     *
     * @param unanswered it takes speech, and that is all
     */
    record Overdue(String why, boolean unanswered) {}

    private final int number;
    private final Lane lane;
    private final VendorGate.Pass pass;
    private final Dialect dialect;
    private final Timeline timeline;
    private final Chunker chunker;
    private final AudioConverter converter;
    private final int ptimeMs;
    private final SendPace pace;
    private final RollOver rollOver = new RollOver();
    private final long begunNs;
    /** Of the vendor's session, which may be older than this connection. */
    private long sessionBegunNs;

    private long readyNs;
    private final Outbox outbox = new Outbox();
    private final VendorSpeech speech;
    private final Deque<Heard.OfSpeech> held = new ArrayDeque<>();
    private final SentMarks marks = new SentMarks();
    private final StallWatch stall = new StallWatch();
    private Deque<AudioFrame> again = new ArrayDeque<>();
    private State state = State.OPENING;
    private long deadlineNs;
    private long lastAudioNs;
    private long audioMs;
    /** Of the connection's audio, as far as the vendor said that it is safe; -1: it never did. */
    private long acknowledgedMs = -1;

    private Cause causeOfEnd = Cause.END;
    private boolean saidAll;

    Attempt(
            int number,
            Lane lane,
            VendorGate.Pass pass,
            Dialect dialect,
            Timeline timeline,
            AudioConverter converter,
            int ptimeMs,
            Duration connectTimeout,
            long nowNs) {
        this.number = number;
        this.lane = lane;
        this.pass = pass;
        this.dialect = dialect;
        this.timeline = timeline;
        this.speech = new VendorSpeech(timeline);
        this.converter = converter;
        this.ptimeMs = ptimeMs;
        this.chunker = new Chunker(converter, ptimeMs, lane.traits().chunk().toMillis());
        this.pace = new SendPace(lane.traits().catchUpSpeed(), nowNs);
        this.begunNs = nowNs;
        this.sessionBegunNs = nowNs;
        this.readyNs = nowNs;
        this.lastAudioNs = nowNs;
        this.deadlineNs = nowNs + connectTimeout.toNanos();
    }

    void attach(Link opened) {
        outbox.attach(opened);
    }

    int number() {
        return number;
    }

    Lane lane() {
        return lane;
    }

    VendorGate.Pass pass() {
        return pass;
    }

    Dialect dialect() {
        return dialect;
    }

    Timeline timeline() {
        return timeline;
    }

    State state() {
        return state;
    }

    RollOver rollOver() {
        return rollOver;
    }

    long livedNs(long nowNs) {
        return nowNs - begunNs;
    }

    /** Audio of the call that was sent, what was sent twice counted twice. */
    Duration audio() {
        return Duration.ofMillis(audioMs);
    }

    /** The vendor's goodbye came. */
    void saidAll() {
        saidAll = true;
    }

    boolean hasSaidAll() {
        return saidAll;
    }

    /** Why words become final now, unless somebody asked for it. */
    Cause causeOfFinals() {
        if (state == State.ENDING) {
            return causeOfEnd;
        }
        return lane.traits().endpointing() ? Cause.VENDOR_SEGMENT : Cause.ENDPOINT;
    }

    void acknowledged(long offsetMs) {
        acknowledgedMs = Math.max(acknowledgedMs, offsetMs);
    }

    /** In the call: what had been sent {@code agoNs} ago; 0 when that was nothing. */
    long sentUntilMs(long agoNs, long nowNs) {
        return marks.sentUntilMs(agoNs, nowNs);
    }

    /** In the call: what need not be kept for a connection that goes on; no limit for one that cannot. */
    long safeUntilMs() {
        return lane.traits().resumes() ? timeline.callMs(Math.max(0, acknowledgedMs)) : Long.MAX_VALUE;
    }

    /** Goes on where the earlier connection broke off. */
    void resume(Attempt earlier) {
        acknowledgedMs = earlier.acknowledgedMs;
        sessionBegunNs = earlier.sessionBegunNs;
    }

    /** What was sent and not acknowledged counts as not sent: the connection goes on from there. */
    void rewind() {
        timeline.rewind(Math.max(0, acknowledgedMs));
    }

    /** Where in the call the audio of this connection goes on: after what is settled, or where its earlier life broke off. */
    long resumesAtMs(long settledUntilMs) {
        return timeline.streamMs() > 0 ? timeline.callEndMs() : settledUntilMs;
    }

    /** From its beginning until audio was welcome. */
    Duration connectTime() {
        return Duration.ofNanos(readyNs - begunNs);
    }

    /** Audio has been welcome for so long. */
    long readyForNs(long nowNs) {
        return state == State.READY ? nowNs - readyNs : 0;
    }

    /** Words of it became final. */
    boolean isUseful() {
        return speech.isUseful();
    }

    void onOpened(long nowNs) {
        state = State.GREETING;
        outbox.open();
        dialect.onOpened(outbox, speech);
        outbox.pump(nowNs);
    }

    /** @param replay what an earlier connection got and nobody answered for; goes out before anything new */
    void onReady(Deque<AudioFrame> replay, long nowNs) {
        if (state != State.READY) {
            readyNs = nowNs;
            lane.traits().maxSession().ifPresent(limit -> rollOver.limit(limit, sessionBegunNs));
        }
        state = State.READY;
        again = replay;
        lastAudioNs = nowNs;
        stall.onAnswer();
    }

    /** Reads a message; what it says is in {@link #pollHeard}. */
    void onReceived(Wire message, long nowNs) throws Dialect.Garbled {
        stall.onMessage();
        switch (message) {
            case Wire.Text(String text) -> dialect.onText(text, outbox, speech);
            case Wire.Binary(byte[] data) -> dialect.onBinary(data, outbox, speech);
        }
        if (speech.takeAnswered()) {
            stall.onAnswer();
        }
        outbox.pump(nowNs);
    }

    void onWritten(long nowNs) {
        outbox.onWritten(nowNs);
    }

    @Nullable
    Heard pollHeard() {
        return speech.poll();
    }

    /** Words that wait until an older connection has had its say. */
    Deque<Heard.OfSpeech> held() {
        return held;
    }

    /** The next frame may go out now. */
    boolean takesAudio(long nowNs) {
        return state == State.READY && outbox.isIdle() && pace.allows(ptimeMs, nowNs);
    }

    @Nullable
    AudioFrame pollAgain() {
        return again.poll();
    }

    boolean hasAgain() {
        return !again.isEmpty();
    }

    /** @param voiced somebody speaks in it */
    void send(AudioFrame frame, boolean voiced, long nowNs) {
        byte[] chunk = chunker.add(frame);
        timeline.sent(frame.position() * ptimeMs, ptimeMs);
        pace.onSent(ptimeMs);
        audioMs += ptimeMs;
        lastAudioNs = nowNs;
        marks.mark(timeline.callEndMs(), nowNs);
        if (voiced) {
            stall.onVoiced(ptimeMs, nowNs);
        }
        if (chunk != null) {
            dialect.audio(chunk, outbox);
            outbox.pump(nowNs);
        }
    }

    /** What waits for the rest of a message goes out, filled up with silence. */
    void sendRest(long nowNs) {
        long missingMs = chunker.missingMs();
        byte[] chunk = chunker.pad();
        if (chunk != null) {
            timeline.filled(missingMs);
            dialect.audio(chunk, outbox);
            outbox.pump(nowNs);
        }
    }

    void flush(long nowNs) {
        sendRest(nowNs);
        dialect.flush(outbox);
        outbox.pump(nowNs);
    }

    /** No audio follows on this connection; it is read until it ends, bounded. */
    void end(Cause why, Duration within, long nowNs) {
        sendRest(nowNs);
        causeOfEnd = why;
        state = State.ENDING;
        deadlineNs = nowNs + within.toNanos();
        dialect.endOfInput(outbox);
        outbox.pump(nowNs);
    }

    /** Keeps an idle connection alive. */
    void keepAlive(long nowNs) {
        if (state != State.READY || !outbox.isIdle()) {
            return;
        }
        long idleMs = (nowNs - lastAudioNs) / NS_PER_MS;
        if (chunker.missingMs() > 0 && idleMs >= 2 * chunker.chunkMs()) {
            sendRest(nowNs);
            return;
        }
        switch (lane.traits().idle()) {
            case Traits.Idle.Nothing() -> {}
            case Traits.Idle.Message(Duration every) -> {
                if (idleMs >= every.toMillis()) {
                    lastAudioNs = nowNs;
                    dialect.keepAlive(outbox);
                    outbox.pump(nowNs);
                }
            }
            case Traits.Idle.Silence(Duration after) -> {
                if (idleMs >= after.toMillis()) {
                    // The next silence is due one message later, as if it had been spoken.
                    lastAudioNs = nowNs - (after.toMillis() - chunker.chunkMs()) * NS_PER_MS;
                    timeline.filled(chunker.chunkMs());
                    dialect.audio(converter.silence(chunker.chunkMs()), outbox);
                    outbox.pump(nowNs);
                }
            }
        }
    }

    /** Why it cannot go on; null: it can. */
    @Nullable
    Overdue overdue(RuntimeSettings settings, Patience patience, long nowNs) {
        if (state != State.READY && nowNs - deadlineNs >= 0) {
            return switch (state) {
                case OPENING -> new Overdue("no connection in time", false);
                case GREETING -> new Overdue("open, but takes no audio", false);
                case ENDING -> new Overdue("did not end in time", false);
                case READY, ENDED -> null;
            };
        }
        if (outbox.isWritingSince(settings.sendTimeout().toNanos(), nowNs)) {
            return new Overdue("does not read what it is sent", false);
        }
        if (state != State.READY || !lane.traits().transcribes()) {
            return null;
        }
        if (stall.isMute(patience.muteNs(), nowNs)) {
            return new Overdue("is sent speech and says nothing", true);
        }
        return stall.isWordless(patience.wordlessNs(), nowNs)
                ? new Overdue("is sent speech, says that it is there, and nothing of the speech", true)
                : null;
    }

    /** Gives it up; harmless when repeated. */
    void abort() {
        state = State.ENDED;
        outbox.abort();
    }
}
