package io.steadyline.simulator;

import io.steadyline.simulator.CallEvent.Kind;
import io.steadyline.simulator.PlayoutClock.Arrival;
import io.steadyline.simulator.PlayoutClock.ReturnedMark;
import io.steadyline.simulator.audio.Audio;
import io.steadyline.simulator.ws.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the server sends on its way to the caller's ear: read, measured, played, marks returned. Loop thread. */
final class Answer {

    /** Half an hour of 8 kHz µ-law. */
    private static final int MAX_RECORDED_BYTES = 30 * 60 * 1_000 * Audio.BYTES_PER_MS;

    private static final int MAX_MALFORMED = 100;
    private static final int MAX_MARKS = 10_000;

    private final CallPlan plan;
    private final Link link;
    private final EventLog events;
    private final Tally tally;
    private final @Nullable EchoProbe probe;
    private final ServerMessageReader reader;
    private final GapMeter gaps;
    private final AnswerRecorder recorder;
    private final PlayoutClock playout;
    private final SecondCounts framesPerSecond = new SecondCounts();
    private final List<CallReport.Mark> marks = new ArrayList<>();
    private final List<CallReport.Malformed> malformed = new ArrayList<>();

    private long startNs;
    private long firstMediaNs;
    private long frames;
    private long messages;
    private long audioBytes;
    private long clears;
    private long markCount;
    private long malformedCount;
    private long pings;

    Answer(CallPlan plan, Link link, EventLog events, Tally tally, @Nullable EchoProbe probe) {
        this.plan = plan;
        this.link = link;
        this.events = events;
        this.tally = tally;
        this.probe = probe;
        long newPlaybackAfterNs = plan.newPlaybackAfter().toNanos();
        reader = new ServerMessageReader(plan.streamSid());
        gaps = new GapMeter(newPlaybackAfterNs);
        recorder = new AnswerRecorder(plan.keepsAnswer(), MAX_RECORDED_BYTES);
        playout = new PlayoutClock(newPlaybackAfterNs, recorder);
    }

    void startAt(long startNs) {
        this.startNs = startNs;
        recorder.startAt(startNs);
        if (probe != null) {
            probe.startAt(startNs);
        }
        framesPerSecond.startAt(startNs);
    }

    /** One text message; the marks that are to be returned at once. */
    List<ReturnedMark> onText(byte[] text, int length, long nowNs) throws ProtocolException {
        messages++;
        ServerMessage message = plan.tracks().isBidirectional()
                ? reader.read(text, length)
                : new ServerMessage.Malformed("sent on a unidirectional stream (31924)");
        return switch (message) {
            case ServerMessage.Media media -> onMedia(media.audio(), nowNs);
            case ServerMessage.Mark mark -> onMark(mark.name(), nowNs);
            case ServerMessage.Clear clear -> onClear(nowNs);
            case ServerMessage.Malformed bad -> onMalformed(bad.why(), text, length, nowNs);
        };
    }

    private List<ReturnedMark> onMedia(byte[] audio, long nowNs) {
        if (frames++ == 0) {
            firstMediaNs = nowNs;
            events.add(Kind.FIRST_MEDIA, audio.length + " bytes", nowNs);
        }
        audioBytes += audio.length;
        tally.onFrameReceived();
        framesPerSecond.count(nowNs);
        gaps.onMedia(audio.length, nowNs);
        if (probe != null) {
            probe.onMedia(audio, nowNs);
        }
        double starvedBeforeMs = starvedMs();
        Arrival arrival = playout.onMedia(audio, nowNs);
        if (arrival == Arrival.NEW_PLAYBACK) {
            events.add(Kind.PLAYBACK_STARTED, "playback " + playout.playbacks(), nowNs);
        } else if (arrival == Arrival.STARVED) {
            events.add(Kind.STARVED, String.format(Locale.ROOT, "%.1f ms", starvedMs() - starvedBeforeMs), nowNs);
        }
        return List.of();
    }

    private List<ReturnedMark> onMark(String name, long nowNs) {
        events.add(Kind.MARK_RECEIVED, Printable.of(name), nowNs);
        playout.onMark(name, nowNs);
        return poll(nowNs);
    }

    private List<ReturnedMark> onClear(long nowNs) {
        clears++;
        events.add(Kind.CLEAR_RECEIVED, playout.depthMs(nowNs) + " ms were held", nowNs);
        gaps.onClear();
        return keep(playout.onClear(nowNs), nowNs);
    }

    private List<ReturnedMark> onMalformed(String why, byte[] text, int length, long nowNs) {
        // A cut inside a character at the end of the excerpt becomes a replacement character.
        String excerpt = new String(text, 0, Math.min(length, 200), StandardCharsets.UTF_8);
        onMalformed(why, excerpt, nowNs);
        return List.of();
    }

    private void onMalformed(String why, String excerpt, long nowNs) {
        if (malformedCount++ < MAX_MALFORMED) {
            malformed.add(
                    new CallReport.Malformed((nowNs - startNs) / 1_000_000, Printable.of(why), Printable.of(excerpt)));
            events.add(Kind.MALFORMED, Printable.of(why), nowNs);
        }
    }

    void onBinary(int length, long nowNs) {
        messages++;
        onMalformed("binary message of " + length + " bytes (expected: text)", "", nowNs);
    }

    void onPing(long nowNs) {
        pings++;
        events.add(Kind.PING_RECEIVED, "", nowNs);
    }

    /** Marks whose time has come. */
    List<ReturnedMark> poll(long nowNs) {
        return keep(playout.poll(nowNs), nowNs);
    }

    private List<ReturnedMark> keep(List<ReturnedMark> returned, long nowNs) {
        for (ReturnedMark mark : returned) {
            events.add(Kind.MARK_RETURNED, Printable.of(mark.name()) + " " + mark.cause(), nowNs);
            if (markCount++ < MAX_MARKS) {
                marks.add(new CallReport.Mark(
                        mark.name(), sinceStartMs(mark.receivedNs()), sinceStartMs(mark.returnedNs()), mark.cause()));
            }
        }
        return returned;
    }

    boolean hasPendingMarks() {
        return playout.hasPendingMarks();
    }

    long nextMarkNs() {
        return playout.nextMarkNs();
    }

    /** What is held then is not heard any more. */
    void endAt(long nowNs) {
        recorder.cut(nowNs);
        if (probe != null) {
            probe.endAt(nowNs);
        }
    }

    CallReport.Received received(long endNs) {
        return new CallReport.Received(
                frames,
                messages,
                audioBytes,
                link.receivedBytes(),
                frames == 0 ? OptionalDouble.empty() : OptionalDouble.of(sinceStartMs(firstMediaNs)),
                framesPerSecond.until(endNs),
                gaps.errors(),
                gaps.wideGaps(),
                gaps.leadFrames(),
                pings);
    }

    CallReport.Playout playout() {
        return new CallReport.Playout(
                playout.playbacks(),
                playout.starvations(),
                starvedMs(),
                clears,
                playout.clearedMs(),
                List.copyOf(marks),
                markCount,
                playout.pendingMarks());
    }

    List<CallReport.Malformed> malformed() {
        return List.copyOf(malformed);
    }

    long malformedCount() {
        return malformedCount;
    }

    Audio recording() {
        return recorder.answer();
    }

    private double starvedMs() {
        return playout.starvedNs() / 1e6;
    }

    private double sinceStartMs(long timeNs) {
        return (timeNs - startNs) / 1e6;
    }
}
