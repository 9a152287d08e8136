package io.steadyline.simulator;

import io.steadyline.simulator.audio.Audio;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the provider does with the audio it gets: holds it, plays it in real time (8 bytes a millisecond) from the moment
 * the first of it arrives, and returns marks. Pure: time is an argument, one owner.
 *
 * <ul>
 *   <li>A mark is reached when all audio that came before it has been played; at once when nothing is held.
 *   <li>{@code clear} empties the buffer and returns all pending marks at once.
 *   <li><b>Starvation</b>: the buffer ran dry and audio came again within {@code newPlaybackAfter}. A longer pause is
 *       taken as the end of one playback and the start of the next one. Silences under {@link #INAUDIBLE_NS} are not
 *       counted: without a lead of the server, ordinary jitter makes one whenever a frame is later than all before it.
 * </ul>
 */
final class PlayoutClock {

    static final long NS_PER_BYTE = 1_000_000 / Audio.BYTES_PER_MS;

    /** 1 ms, 8 samples: shorter than what a telephone's own loss concealment hides. */
    static final long INAUDIBLE_NS = 1_000_000;

    private final long newPlaybackAfterNs;
    private final AnswerRecorder recorder;
    private final Deque<PendingMark> marks = new ArrayDeque<>();

    /** False before the first audio and after a clear: the next audio starts a playback however soon it comes. */
    private boolean isPlaybackOpen;

    /** When the last byte received so far will have been played. */
    private long endNs;

    private long playbacks;
    private long starvations;
    private long starvedNs;
    private long clearedBytes;

    PlayoutClock(long newPlaybackAfterNs, AnswerRecorder recorder) {
        this.newPlaybackAfterNs = newPlaybackAfterNs;
        this.recorder = recorder;
    }

    /** Audio came. */
    Arrival onMedia(byte[] audio, long nowNs) {
        Arrival arrival = arrivalAt(nowNs);
        if (arrival != Arrival.CONTINUED) {
            endNs = nowNs;
        }
        isPlaybackOpen = true;
        recorder.play(audio, endNs);
        endNs += audio.length * NS_PER_BYTE;
        return arrival;
    }

    private Arrival arrivalAt(long nowNs) {
        long dryNs = nowNs - endNs;
        if (!isPlaybackOpen || dryNs > newPlaybackAfterNs) {
            playbacks++;
            return Arrival.NEW_PLAYBACK;
        }
        if (dryNs <= 0) {
            return Arrival.CONTINUED;
        }
        if (dryNs < INAUDIBLE_NS) {
            return Arrival.RESUMED;
        }
        starvations++;
        starvedNs += dryNs;
        return Arrival.STARVED;
    }

    /** A mark came; it is returned by {@link #poll} when reached, which may be now. */
    void onMark(String name, long nowNs) {
        marks.add(new PendingMark(name, nowNs, isIdle(nowNs) ? nowNs : endNs, isIdle(nowNs)));
    }

    /** The buffer is forgotten; all marks that were pending come back. */
    List<ReturnedMark> onClear(long nowNs) {
        List<ReturnedMark> returned = new ArrayList<>(marks.size());
        for (PendingMark mark : marks) {
            returned.add(mark.returned(nowNs, MarkCause.CLEARED));
        }
        marks.clear();
        if (!isIdle(nowNs)) {
            clearedBytes += (endNs - nowNs) / NS_PER_BYTE;
            endNs = nowNs;
        }
        isPlaybackOpen = false;
        recorder.cut(nowNs);
        return returned;
    }

    /** Marks reached by now, in their order. */
    List<ReturnedMark> poll(long nowNs) {
        List<ReturnedMark> reached = new ArrayList<>();
        while (hasPendingMarks() && marks.element().dueNs - nowNs <= 0) {
            PendingMark mark = marks.remove();
            reached.add(mark.returned(nowNs, mark.isIdle ? MarkCause.NOTHING_BUFFERED : MarkCause.PLAYED));
        }
        return reached;
    }

    boolean hasPendingMarks() {
        return !marks.isEmpty();
    }

    /** When {@link #poll} is to be called next; only asked while there are pending marks. */
    long nextMarkNs() {
        return marks.element().dueNs;
    }

    boolean isIdle(long nowNs) {
        return !isPlaybackOpen || endNs - nowNs <= 0;
    }

    long depthMs(long nowNs) {
        return isIdle(nowNs) ? 0 : (endNs - nowNs) / 1_000_000;
    }

    long playbacks() {
        return playbacks;
    }

    long starvations() {
        return starvations;
    }

    long starvedNs() {
        return starvedNs;
    }

    long clearedMs() {
        return clearedBytes / Audio.BYTES_PER_MS;
    }

    int pendingMarks() {
        return marks.size();
    }

    /** How audio met the play-out. */
    enum Arrival {
        /** First audio, or first after a clear or a long pause. */
        NEW_PLAYBACK,
        /** The buffer still held audio. */
        CONTINUED,
        /** The buffer was dry for less than anyone hears. */
        RESUMED,
        /** The buffer was dry in mid-playback. */
        STARVED
    }

    record ReturnedMark(String name, long receivedNs, long returnedNs, MarkCause cause) {}

    private record PendingMark(String name, long receivedNs, long dueNs, boolean isIdle) {

        ReturnedMark returned(long nowNs, MarkCause cause) {
            return new ReturnedMark(name, receivedNs, nowNs, cause);
        }
    }
}
