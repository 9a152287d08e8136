package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.ControlItem;
import io.steadyline.media.MediaItem;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.Printable;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Tone;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.event.EventOut;
import io.steadyline.stt.signal.Ears;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.VendorFailure;
import io.steadyline.stt.vendor.Wire;
import io.steadyline.turn.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call's recognition by one vendor after another: a state machine without thread, socket or clock.
 *
 * <p>Audio meets the fields in their order: heard by the gateway's own ears, kept until an answer covers it, sent on the current
 * connection. A connection that is lost is replaced, and what nobody answered for is sent again; one that grows too old is
 * replaced before its end, and read to its end while the next one has the audio already. Words come out in the order of the
 * audio. Used by one thread.
 */
final class Recognition implements Ears.Listener {

    /** What was sent so long before a message of the vendor has been read: the longest that vendors lag behind. */
    private static final long LONG_AGO_NS = Duration.ofSeconds(2).toNanos();
    /** Words of what was sent since then cannot have become final: the least that vendors lag behind. */
    private static final long LATELY_NS = Duration.ofMillis(200).toNanos();

    /** Nobody writes a final so long after the speech. */
    private static final long LATE_FINAL_MS = 8_000;

    /** So much comes between two turns anyway, when the network is a little uneven. */
    private static final int CATCH_UP_FRAMES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Recognition.class);
    private static final int MAX_LOGGED_CHARS = 200;
    /** For the order of vendors only; what was wrong has been told. */
    private static final VendorFailure UNUSABLE = new VendorFailure(FailureKind.CONFIG, "UNUSABLE", "");

    private static final String LOST_UNANSWERED = "sent to a connection that was lost before it answered";
    private static final long STEADY_NS = Duration.ofSeconds(5).toNanos();
    private static final long RETRY_NEXT_NS = Duration.ofSeconds(2).toNanos();
    private static final Duration READ_TO_END = Duration.ofSeconds(5);
    private static final int MAX_RETURNS = 3;
    private static final int MAX_PATIENCE = 16;

    private final String sessionId;
    private final AudioFormat format;
    private final RuntimeSettings settings;
    private final List<Lane> lanes;
    private final Connector connector;
    private final InstantSource wall;
    private final EventOut out;

    private final SttQueue audio;
    private final Ears ears;
    private final ReplayWindow window;
    private @Nullable Attempt current;
    private final Transcript transcript;
    private final Utterances utterances;

    private final Reconnect reconnect;
    /** Being opened to replace the current one. */
    private @Nullable Attempt next;

    private long nextTryNs;
    /** Replaced, read to their end; the first one has the word. */
    private final Deque<Attempt> leaving = new ArrayDeque<>();
    /** Lost, but the vendor lets it go on. */
    private @Nullable Attempt resumable;

    private String context;
    private int attempts;
    private int returns;
    private int patience = 1;
    /** A failure was told, and since then no connection took audio. */
    private boolean troubleTold;

    /** Audio before this is the business of connections that are read to their end. */
    private long floorMs;

    private long laneSinceNs;
    private boolean flushDue;
    private boolean inputEnded;
    private long endDeadlineNs;
    private boolean closed;
    private long nowNs;

    /** @param context what was said last before this session; empty: nothing is known */
    Recognition(
            String sessionId,
            AudioFormat format,
            String context,
            SttQueue audio,
            List<Lane> lanes,
            RuntimeSettings settings,
            Connector connector,
            EventOut out,
            InstantSource wall,
            RandomGenerator random,
            long nowNs) {
        this.sessionId = sessionId;
        this.format = format;
        this.context = context;
        this.audio = audio;
        this.lanes = List.copyOf(lanes);
        this.settings = settings;
        this.connector = connector;
        this.out = out;
        this.wall = wall;
        this.nowNs = nowNs;
        this.ears = new Ears(
                format,
                settings.ears().endpoint(),
                settings.ears().voice(),
                settings.ears().dtmf(),
                this);
        this.window = new ReplayWindow(format.ptime().ms(), settings.replay().toMillis());
        this.transcript = new Transcript(out);
        this.utterances = new Utterances(out, transcript, settings.finalTimeout());
        this.reconnect = new Reconnect(this.lanes, settings.retryBudget().toNanos(), random, nowNs);
    }

    /** Does what is due. False: the session is over. */
    boolean turn(long now) {
        nowNs = now;
        if (closed) {
            return false;
        }
        if (inputEnded && now - endDeadlineNs >= 0) {
            close(false);
            return false;
        }
        giveUpOverdue();
        if (current == null && !closed) {
            openCurrent();
        }
        feed();
        replaceInTime();
        utterances.poll(now);
        return !closed;
    }

    /** Ends at once, finals or not. */
    void abort(long now) {
        nowNs = now;
        close(false);
    }

    /** Audio waits that could be on its way if the message before it were. */
    boolean isCatchingUp() {
        Attempt attempt = current;
        return attempt != null
                && attempt.state() == Attempt.State.READY
                && (attempt.hasAgain() || audio.depthFrames() > CATCH_UP_FRAMES);
    }

    boolean isClosed() {
        return closed;
    }

    // What happens to connections. Of one that is given up already nothing is heard any more.

    void onOpened(int number, long now) {
        nowNs = now;
        Attempt attempt = find(number);
        if (attempt != null && attempt.state() == Attempt.State.OPENING) {
            attempt.onOpened(now);
            digest(attempt);
        }
    }

    void onWritten(int number, long now) {
        nowNs = now;
        Attempt attempt = find(number);
        if (attempt != null) {
            attempt.onWritten(now);
        }
    }

    void onReceived(int number, Wire message, long now) {
        nowNs = now;
        Attempt attempt = find(number);
        if (attempt == null) {
            return;
        }
        try {
            attempt.onReceived(message, now);
        } catch (Dialect.Garbled garbled) {
            digest(attempt);
            lose(attempt, new VendorFailure(FailureKind.TRANSIENT, "GARBLED", String.valueOf(garbled.getMessage())));
            return;
        }
        digest(attempt);
        if (attempt == current && leaving.isEmpty() && !utterances.isUnsettled()) {
            answered(attempt);
        }
    }

    /** A message says that the vendor read what was sent a while before; speech without a final is kept a little longer. */
    private void answered(Attempt attempt) {
        long readMs = Math.min(attempt.sentUntilMs(LONG_AGO_NS, nowNs), attempt.safeUntilMs());
        if (!utterances.hasUnansweredSpeechSince(readMs - LATE_FINAL_MS)) {
            window.answeredUntil(readMs);
        }
    }

    void onRefused(int number, Refusal refusal, long now) {
        nowNs = now;
        Attempt attempt = find(number);
        if (attempt != null) {
            lose(attempt, attempt.dialect().onRefused(refusal));
        }
    }

    void onClosed(int number, Closing closing, long now) {
        nowNs = now;
        Attempt attempt = find(number);
        if (attempt == null) {
            return;
        }
        VendorFailure why = attempt.dialect().onClosed(closing);
        boolean inOrder = closing.code() == Closing.NORMAL || why.kind() == FailureKind.LOCAL;
        if (attempt.state() == Attempt.State.ENDING && inOrder) {
            onEnded(attempt);
        } else {
            lose(attempt, why);
        }
    }

    void onBroken(int number, Throwable cause, long now) {
        nowNs = now;
        Attempt attempt = find(number);
        if (attempt != null) {
            lose(attempt, new VendorFailure(FailureKind.TRANSIENT, "LOST", "connection lost: " + cause));
        }
    }

    // What the ears find.

    @Override
    public void onHole(long fromMs, long toMs) {
        tellGap(fromMs, toMs, "frames lost before the recogniser");
    }

    @Override
    public void onKey(char key, long offsetMs, long durationMs) {
        out.tell(stamp ->
                new SpeechEvent.DtmfHeard(stamp, key, Duration.ofMillis(offsetMs), Duration.ofMillis(durationMs)));
    }

    @Override
    public void onTone(Tone tone, long offsetMs, long durationMs) {
        out.tell(stamp ->
                new SpeechEvent.ToneHeard(stamp, tone, Duration.ofMillis(offsetMs), Duration.ofMillis(durationMs)));
    }

    @Override
    public void onEndpoint(Endpoint endpoint) {
        Attempt attempt = current;
        flushDue |= utterances.onEndpoint(endpoint, attempt == null ? null : attempt.lane(), nowNs);
    }

    // Audio.

    private void feed() {
        for (Attempt attempt = current; attempt != null && attempt.takesAudio(nowNs); attempt = current) {
            AudioFrame again = attempt.pollAgain();
            if (again != null) {
                attempt.send(again, false, nowNs);
                flushAfterReplay(attempt);
                continue;
            }
            MediaItem item = inputEnded ? null : audio.poll();
            if (item == null) {
                break;
            }
            take(item, attempt);
        }
        Attempt attempt = current;
        if (attempt == null) {
            return;
        }
        if (inputEnded && attempt.state() == Attempt.State.READY && !attempt.hasAgain()) {
            attempt.end(Duration.ofNanos(Math.max(1, endDeadlineNs - nowNs)), nowNs);
        } else {
            attempt.keepAlive(nowNs);
        }
    }

    private void take(MediaItem item, Attempt attempt) {
        switch (item) {
            case AudioFrame frame -> {
                if (ears.isStale(frame)) {
                    return;
                }
                speaksFor(attempt);
                out.taken((frame.position() + 1) * format.ptime().ms());
                ears.hear(frame);
                window.add(frame);
                attempt.send(frame, ears.isVoiced(), nowNs);
                if (!attempt.lane().traits().transcribes()) {
                    window.clear();
                }
                flushIfDue(attempt);
            }
            case SttControl.Flush flush -> {
                ears.finishUtterance(Cause.FLUSH);
                utterances.onFlush(ears.heardUntilMs(), nowNs);
                flushDue = true;
                flushIfDue(attempt);
            }
            case SttControl.EndOfInput end -> {
                ears.finish();
                flushDue = false;
                inputEnded = true;
                endDeadlineNs = nowNs + settings.drain().toNanos();
            }
            case ControlItem other ->
                throw new IllegalArgumentException("control item: " + other + " (expected: Flush or EndOfInput)");
        }
    }

    /** What an earlier connection was asked for and lost is asked for again, once its audio is there. */
    private void flushAfterReplay(Attempt attempt) {
        if (!attempt.hasAgain() && utterances.isAwaiting()) {
            utterances.awaitAgain(nowNs);
            flushDue = true;
            flushIfDue(attempt);
        }
    }

    private void flushIfDue(Attempt attempt) {
        if (flushDue && attempt.lane().traits().flushes()) {
            attempt.flush(nowNs);
        }
        flushDue = false;
    }

    // Connections.

    private void openCurrent() {
        Reconnect.Due due = reconnect.due(nowNs);
        if (due == null) {
            tellLeftAlone();
            return;
        }
        Attempt lost = resumable;
        resumable = null;
        laneSinceNs = nowNs;
        Attempt opened = connect(due.lane(), due.pass(), lost);
        if (opened != null) {
            current = opened;
        } else if (!reconnect.onFailure(due.lane(), UNUSABLE, nowNs)) {
            close(false);
        }
    }

    /** A call that comes while its vendors are left alone would else be deaf without a word. */
    private void tellLeftAlone() {
        if (troubleTold) {
            return;
        }
        reconnect
                .leftAlone(nowNs)
                .ifPresent(lane -> lane.gate()
                        .whyOpen()
                        .ifPresent(why -> tellFailure(
                                lane,
                                new VendorFailure(why.kind(), why.code(), "left alone: " + why.message()),
                                false)));
    }

    /** Null: this vendor cannot even be asked; its own code failed, and has been told. */
    private @Nullable Attempt connect(Lane lane, VendorGate.Pass pass, @Nullable Attempt lost) {
        try {
            return lost != null && lost.lane().place() == lane.place()
                    ? connectAgain(lane, pass, lost)
                    : connect(lane, pass);
        } catch (RuntimeException | LinkageError bug) {
            pass.withdraw(nowNs);
            LOG.error("call {}: no connection with {} could be asked for", sessionId, lane.name(), bug);
            tellFailure(lane, new VendorFailure(FailureKind.CONFIG, "UNUSABLE", String.valueOf(bug)), false);
            return null;
        }
    }

    private Attempt connectAgain(Lane lane, VendorGate.Pass pass, Attempt lost) {
        Optional<Route> route = lost.dialect().resumption();
        if (route.isEmpty()) {
            return connect(lane, pass);
        }
        Attempt resumed = connect(lane, pass, lost.dialect(), lost.timeline(), route.get());
        resumed.resume(lost);
        return resumed;
    }

    private Attempt connect(Lane lane, VendorGate.Pass pass) {
        Opening opening = new Opening(
                sessionId,
                attempts + 1,
                lane.audio(),
                lane.options(),
                lane.language(),
                lane.hints(),
                context,
                wall.instant());
        return connect(
                lane,
                pass,
                lane.vendor().dialect(opening),
                new Timeline(Math.max(floorMs, transcript.finalUntilMs())),
                lane.vendor().route(opening));
    }

    private Attempt connect(Lane lane, VendorGate.Pass pass, Dialect dialect, Timeline timeline, Route route) {
        Attempt attempt = new Attempt(
                ++attempts,
                lane,
                pass,
                dialect,
                timeline,
                new AudioConverter(format, lane.audio()),
                format.ptime().ms(),
                settings.connectTimeout(),
                nowNs);
        attempt.attach(connector.connect(route, attempt.number()));
        return attempt;
    }

    private void digest(Attempt attempt) {
        for (Heard said = attempt.pollHeard(); said != null; said = attempt.pollHeard()) {
            switch (said) {
                case Heard.OfSpeech words when hasTheWord(attempt) -> hear(attempt, words);
                case Heard.OfSpeech words -> attempt.held().add(words);
                case Heard.Ready(String requestId) -> onReady(attempt);
                case Heard.Expires(Duration left) -> attempt.rollOver().limit(left, nowNs);
                case Heard.Acknowledged(long offsetMs) -> attempt.acknowledged(offsetMs);
                case Heard.Failed(VendorFailure failure) -> lose(attempt, failure);
                case Heard.Warned(String message) ->
                    LOG.warn(
                            "call {}: {} warns: {}",
                            sessionId,
                            attempt.lane().name(),
                            Printable.of(message, MAX_LOGGED_CHARS));
                case Heard.Ended() -> onEnded(attempt);
            }
        }
        noteSuccess(attempt);
    }

    private boolean hasTheWord(Attempt attempt) {
        Attempt oldest = leaving.peek();
        return oldest == null ? attempt == current : attempt == oldest;
    }

    private void onReady(Attempt attempt) {
        if (attempt.state() != Attempt.State.GREETING) {
            return;
        }
        if (attempt == next) {
            attempt.onReady(new ArrayDeque<>(), nowNs);
        } else {
            takeOver(attempt);
        }
    }

    /** What nobody answered for goes out first; but not what stands in a final already, be it an interim text made final. */
    private void takeOver(Attempt attempt) {
        long heardMs = ears.heardUntilMs();
        long resumeMs = Math.max(floorMs, attempt.resumesAtMs(transcript.finalUntilMs()));
        long oldestMs = window.oldestMs(heardMs);
        long unansweredMs = Math.max(floorMs, unansweredFromMs(heardMs));
        long sentFromMs = Math.min(heardMs, Math.max(resumeMs, oldestMs));
        if (unansweredMs < sentFromMs) {
            tellGap(unansweredMs, sentFromMs, LOST_UNANSWERED);
        }
        if (utterances.isSpokenAfter(resumeMs)) {
            transcript.onReplay();
        }
        attempt.onReady(window.since(resumeMs), nowNs);
        tellReady(attempt);
    }

    private void tellReady(Attempt attempt) {
        troubleTold = false;
        speaksFor(attempt);
        out.tell(stamp -> new SpeechEvent.Ready(stamp, attempt.connectTime()));
    }

    /** What is told now comes from this connection. */
    private void speaksFor(Attempt attempt) {
        out.from(attempt.lane().name(), attempt.number());
    }

    /** Words that became final, or some seconds of life: whatever goes wrong after it is another trouble than before. */
    private void noteSuccess(Attempt attempt) {
        if (attempt.isUseful() || attempt.readyForNs(nowNs) >= STEADY_NS) {
            attempt.pass().onSuccess();
            if (attempt == current) {
                reconnect.onSuccess(attempt.lane());
                patience = attempt.isUseful() ? 1 : patience;
            }
        }
    }

    private void giveUpOverdue() {
        if (!leaving.isEmpty()) {
            List.copyOf(leaving).forEach(this::giveUpIfOverdue);
        }
        giveUpIfOverdue(next);
        giveUpIfOverdue(current);
    }

    private void giveUpIfOverdue(@Nullable Attempt attempt) {
        Attempt.Overdue overdue = attempt == null ? null : attempt.overdue(settings, patience, nowNs);
        if (attempt != null && overdue != null) {
            patience = overdue.mute() ? Math.min(MAX_PATIENCE, patience * 2) : patience;
            lose(attempt, new VendorFailure(FailureKind.STUCK, "STUCK", overdue.why()));
        } else if (attempt != null && attempt == current) {
            noteSuccess(attempt);
        }
    }

    /** Another connection takes the place of one that the vendor soon ends, or of one with a vendor that was second choice. */
    private void replaceInTime() {
        Attempt old = current;
        if (closed || inputEnded || old == null || old.state() != Attempt.State.READY) {
            return;
        }
        Attempt waiting = next;
        boolean urgent = old.rollOver().isUrgent(nowNs);
        if (waiting != null) {
            boolean pause = !ears.isInUtterance() && !transcript.isOpen();
            if (waiting.state() == Attempt.State.READY && (pause || urgent) && !old.hasAgain()) {
                replace(old, waiting);
            } else {
                waiting.keepAlive(nowNs);
            }
            return;
        }
        if (nowNs - nextTryNs < 0) {
            return;
        }
        Lane target = old.rollOver().isDue(nowNs) ? old.lane() : betterThan(old.lane());
        VendorGate.Pass pass = target == null ? null : target.gate().admit(nowNs);
        if (target != null && pass != null) {
            nextTryNs = nowNs + RETRY_NEXT_NS;
            next = connect(target, pass, null);
        }
    }

    private @Nullable Lane betterThan(Lane lane) {
        boolean longEnough = nowNs - laneSinceNs >= settings.returnAfter().toNanos();
        if (lane.place() == 0 || settings.returnAfter().isZero() || !longEnough || returns >= MAX_RETURNS) {
            return null;
        }
        return lanes.stream()
                .limit(lane.place())
                .filter(better -> !reconnect.isHopeless(better) && better.gate().isOpenForSomebody(nowNs))
                .findFirst()
                .orElse(null);
    }

    private void replace(Attempt old, Attempt successor) {
        if (successor.lane().place() != old.lane().place()) {
            returns++;
            laneSinceNs = nowNs;
        }
        old.end(READ_TO_END, nowNs);
        floorMs = old.timeline().callEndMs();
        leaving.addLast(old);
        current = successor;
        next = null;
        tellReady(successor);
    }

    /** The vendor has said all it had to say. */
    private void onEnded(Attempt attempt) {
        if (attempt.state() != Attempt.State.ENDING) {
            lose(attempt, new VendorFailure(FailureKind.TRANSIENT, "ENDED", "ended by itself"));
            return;
        }
        attempt.saidAll();
        attempt.pass().onSuccess();
        giveUp(attempt);
        if (attempt != current) {
            passTheWord();
        } else if (leaving.isEmpty()) {
            close(true);
        }
    }

    private void lose(Attempt attempt, VendorFailure failure) {
        if (attempt.state() == Attempt.State.ENDED) {
            return;
        }
        long livedNs = attempt.livedNs(nowNs);
        boolean opening = attempt.state() == Attempt.State.OPENING || attempt.state() == Attempt.State.GREETING;
        boolean wasEnding = attempt.state() == Attempt.State.ENDING;
        giveUp(attempt);
        if (wasEnding) {
            attempt.pass().withdraw(nowNs);
        } else {
            attempt.pass().onFailure(failure, opening ? -1 : livedNs, nowNs);
        }
        if (attempt == next) {
            next = null;
            tellFailure(attempt.lane(), failure, false);
        } else if (attempt == current) {
            loseCurrent(attempt, failure);
        } else {
            passTheWord();
        }
    }

    private void loseCurrent(Attempt attempt, VendorFailure failure) {
        current = null;
        boolean goesOn = reconnect.onFailure(attempt.lane(), failure, nowNs);
        tellFailure(attempt.lane(), failure, !goesOn);
        if (!goesOn) {
            close(false);
            return;
        }
        Attempt successor = next;
        if (attempt.lane().traits().resumes() && failure.kind().isWorthRetry()) {
            attempt.rewind();
            resumable = attempt;
        } else if (successor != null) {
            next = null;
            current = successor;
            if (successor.state() == Attempt.State.READY) {
                takeOver(successor);
            }
        }
    }

    private void giveUp(Attempt attempt) {
        Duration open = Duration.ofNanos(attempt.livedNs(nowNs));
        attempt.abort();
        if (!attempt.audio().isZero()) {
            speaksFor(attempt);
            out.tell(stamp -> new SpeechEvent.Usage(stamp, attempt.audio(), open));
        }
        context = transcript.lastText().orElse(context);
    }

    /** Connections that are over leave in their order; what the next ones said meanwhile is heard then. */
    private void passTheWord() {
        while (!leaving.isEmpty()) {
            Attempt oldest = leaving.getFirst();
            hearHeld(oldest);
            if (oldest.state() != Attempt.State.ENDED) {
                return;
            }
            leaving.removeFirst();
            speaksFor(oldest);
            long untilMs = oldest.timeline().callEndMs();
            long unansweredMs = unansweredFromMs(untilMs);
            if (!oldest.hasSaidAll() && unansweredMs < untilMs) {
                tellGap(unansweredMs, untilMs, LOST_UNANSWERED);
            }
            transcript.promote(transcript.finalUntilMs(), untilMs);
            transcript.nothingIsOwed();
            window.answeredUntil(untilMs);
        }
        Attempt attempt = current;
        if (attempt != null) {
            hearHeld(attempt);
            if (attempt.hasSaidAll()) {
                close(true);
            }
        }
    }

    private void hearHeld(Attempt attempt) {
        for (Heard.OfSpeech said = attempt.held().poll();
                said != null;
                said = attempt.held().poll()) {
            hear(attempt, said);
        }
    }

    private void hear(Attempt attempt, Heard.OfSpeech said) {
        speaksFor(attempt);
        switch (said) {
            case Heard.SpeechStarted(long atMs) -> utterances.onVendorStart(atMs);
            case Heard.SpeechEnded(long atMs) -> utterances.onVendorStop(atMs, ears.isSpeaking());
            case Heard.Interim(String text) -> transcript.interim(text);
            case Heard.Final words -> {
                utterances.onFinal(words, causeOf(attempt), placeOf(attempt));
                window.answeredUntil(words.endMs() < 0 ? transcript.finalUntilMs() : words.endMs());
            }
            case Heard.UtteranceEnded(long atMs) -> utterances.onVendorEnd(atMs);
            case Heard.Flushed() -> utterances.onFlushed();
        }
    }

    private Stretches.Stretch placeOf(Attempt attempt) {
        return attempt.state() == Attempt.State.ENDING
                ? utterances.placeOf(0, attempt.timeline().callEndMs())
                : utterances.placeOf(attempt.sentUntilMs(LONG_AGO_NS, nowNs), attempt.sentUntilMs(LATELY_NS, nowNs));
    }

    private Cause causeOf(Attempt attempt) {
        if (attempt.state() == Attempt.State.ENDING) {
            return inputEnded && attempt == current ? Cause.END : Cause.ROLLOVER;
        }
        return attempt.lane().traits().endpointing() ? Cause.VENDOR_SEGMENT : Cause.ENDPOINT;
    }

    private @Nullable Attempt find(int number) {
        for (@Nullable Attempt attempt : new @Nullable Attempt[] {current, next}) {
            if (attempt != null && attempt.number() == number) {
                return attempt.state() == Attempt.State.ENDED ? null : attempt;
            }
        }
        return leaving.stream()
                .filter(old -> old.number() == number && old.state() != Attempt.State.ENDED)
                .findFirst()
                .orElse(null);
    }

    private void close(boolean allSaid) {
        if (closed) {
            return;
        }
        closed = true;
        try {
            leaving.forEach(this::hearHeld);
            if (current != null) {
                hearHeld(current);
            }
            long untilMs = ears.heardUntilMs();
            long unansweredMs = unansweredFromMs(untilMs);
            utterances.finish(untilMs, Cause.END);
            if (!allSaid) {
                tellUnanswered(unansweredMs, untilMs);
            }
        } finally {
            withdraw(current);
            withdraw(next);
            leaving.forEach(this::withdraw);
            out.tell(SpeechEvent.Closed::new);
        }
    }

    private void withdraw(@Nullable Attempt attempt) {
        if (attempt != null && attempt.state() != Attempt.State.ENDED) {
            attempt.pass().withdraw(nowNs);
            giveUp(attempt);
        }
    }

    /** Audio that no recogniser heard, or whose words never came. */
    private void tellUnanswered(long fromMs, long heardUntilMs) {
        long untilMs = heardUntilMs;
        for (MediaItem item = audio.poll(); item != null; item = audio.poll()) {
            if (item instanceof AudioFrame frame) {
                untilMs = Math.max(
                        untilMs, (frame.position() + 1) * format.ptime().ms());
            }
        }
        if (untilMs > fromMs) {
            tellGap(fromMs, untilMs, "not answered before the end");
        }
    }

    private long unansweredFromMs(long untilMs) {
        return window.takeForgotten().orElse(window.oldestMs(untilMs));
    }

    private void tellGap(long fromMs, long toMs, String reason) {
        out.tell(stamp -> new SpeechEvent.Gap(stamp, Duration.ofMillis(fromMs), Duration.ofMillis(toMs), reason));
    }

    private void tellFailure(Lane lane, VendorFailure failure, boolean fatal) {
        troubleTold = true;
        out.tell(stamp -> new SpeechEvent.Failure(
                stamp,
                failure.kind().name(),
                Optional.of(failure.code()),
                lane.name() + ": " + Printable.of(failure.message()),
                failure.kind().isWorthRetry(),
                fatal));
    }
}
