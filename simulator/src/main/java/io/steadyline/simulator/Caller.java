package io.steadyline.simulator;

import io.steadyline.simulator.audio.Audio;
import io.steadyline.simulator.audio.MuLaw;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The caller's audio on its way to the server: one frame each 20 ms on absolute deadlines. Loop thread. */
final class Caller {

    static final int PTIME_MS = 20;
    static final long PTIME_NS = PTIME_MS * 1_000_000L;
    private static final int FRAME_BYTES = PTIME_MS * Audio.BYTES_PER_MS;

    /**
     * The last second carries no numbers, so that the frames before it have come back when the call ends; not needed
     * where the plan has a drain.
     */
    private static final long UNTAGGED_TAIL_NS = 1_000_000_000;

    private final CallPlan plan;
    private final Link link;
    private final ProviderMessages messages;
    private final Tally tally;
    private final @Nullable EchoProbe probe;
    private final Distribution.Recorder lateness = new Distribution.Recorder();
    private final byte[] frame = new byte[FRAME_BYTES];
    private final byte[] quiet = new byte[FRAME_BYTES];
    private long tagsEndNs;
    private boolean isDraining;
    private long chunk;
    private long sentFrames;
    private long sentMessages;
    private long discardedFrames;

    Caller(CallPlan plan, Link link, ProviderMessages messages, Tally tally, @Nullable EchoProbe probe) {
        this.plan = plan;
        this.link = link;
        this.messages = messages;
        this.tally = tally;
        this.probe = probe;
        Arrays.fill(quiet, MuLaw.SILENCE);
    }

    void startAt(long startNs) {
        long durationNs = plan.duration().toNanos();
        long untaggedNs = plan.drainFor().isZero() ? Math.min(UNTAGGED_TAIL_NS, durationNs / 2) : 0;
        tagsEndNs = startNs + durationNs - untaggedNs;
        send(ProviderMessages.CONNECTED);
        send(messages.start(plan.tracks(), plan.parameters()));
    }

    /** From now on frames are silent and carry no numbers. */
    void drain() {
        isDraining = true;
    }

    /** The frame due at {@code dueNs}; false when the server does not read and it was thrown away. */
    boolean sendFrame(long dueNs, long nowNs) {
        lateness.record(nowNs - dueNs);
        byte[] voice = isDraining ? quiet : frame;
        EchoProbe tagging = isDraining || dueNs - tagsEndNs >= 0 ? null : probe;
        plan.speech().copyTo(chunk * FRAME_BYTES, frame);
        if (tagging != null) {
            tagging.tag(frame, nowNs);
        }
        chunk++;
        boolean areAllSent = true;
        for (String track : plan.tracks().names()) {
            // The other side of a forked call is silent.
            boolean isCaller = track.equals("inbound");
            areAllSent &= sendMedia(track, isCaller ? voice : quiet, nowNs - dueNs);
        }
        if (tagging != null && !areAllSent) {
            tagging.takeBack();
        }
        return areAllSent;
    }

    private boolean sendMedia(String track, byte[] audio, long latenessNs) {
        // Chunks are counted for each track. The timestamp is that of the end of the frame.
        messages.media(track, chunk, chunk * PTIME_MS, audio);
        if (!link.sendText(messages.mediaBytes(), messages.mediaLength())) {
            discardedFrames++;
            return false;
        }
        sentFrames++;
        sentMessages++;
        tally.onFrameSent(latenessNs);
        return true;
    }

    void send(byte[] message) {
        if (link.sendText(message, message.length)) {
            sentMessages++;
        }
    }

    CallReport.Sent report() {
        return new CallReport.Sent(sentFrames, sentMessages, link.sentBytes(), discardedFrames, lateness.snapshot());
    }
}
