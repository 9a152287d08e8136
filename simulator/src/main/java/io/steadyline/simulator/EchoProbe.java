package io.steadyline.simulator;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the frames that a call sent again in what comes back, for use against an agent that echoes. The first twelve
 * bytes of each frame's audio are replaced by a magic, the call's own tag and the frame's number. Pure, one owner.
 *
 * <p>Works on servers that pass µ-law through unchanged. Returned audio may be cut at other places than it was sent; a
 * tag that straddles two messages is not found and counts as lost.
 */
final class EchoProbe {

    static final int TAG_BYTES = 12;

    private static final int MAGIC = 0x5AC3_96E1;

    private final int callTag;
    private final Distribution.Recorder roundTrips = new Distribution.Recorder();
    private final BitSet returned = new BitSet();
    private final SilenceMeter silences;
    private long[] sentNs = new long[256];
    private int sent;
    private int highest = -1;
    private long reordered;
    private long doubled;
    private long foreign;

    /** {@code silenceBoundNs}: see {@link Silences#boundMs}. */
    EchoProbe(int callTag, long silenceBoundNs) {
        this.callTag = callTag;
        this.silences = new SilenceMeter(silenceBoundNs);
    }

    void startAt(long nowNs) {
        silences.startAt(nowNs);
    }

    void endAt(long nowNs) {
        silences.endAt(nowNs);
    }

    /** Writes the next frame's tag over the audio. */
    void tag(byte[] audio, long nowNs) {
        if (sent == sentNs.length) {
            sentNs = Arrays.copyOf(sentNs, sent * 2);
        }
        sentNs[sent] = nowNs;
        putInt(audio, 0, MAGIC);
        putInt(audio, 4, callTag);
        putInt(audio, 8, sent);
        sent++;
    }

    /** The frame tagged last has not been sent. */
    void takeBack() {
        sent--;
    }

    void onMedia(byte[] audio, long nowNs) {
        silences.onMedia(nowNs);
        for (int i = 0; i + TAG_BYTES <= audio.length; i++) {
            if (audio[i] == (byte) (MAGIC >>> 24) && intAt(audio, i) == MAGIC) {
                onTag(intAt(audio, i + 4), intAt(audio, i + 8), nowNs);
                i += TAG_BYTES - 1;
            }
        }
    }

    private void onTag(int tag, int number, long nowNs) {
        if (tag != callTag || number < 0 || number >= sent) {
            foreign++;
            return;
        }
        if (returned.get(number)) {
            doubled++;
            return;
        }
        returned.set(number);
        roundTrips.record(nowNs - sentNs[number]);
        if (number < highest) {
            reordered++;
        }
        highest = Math.max(highest, number);
    }

    /** Frames after the last returned one are told apart: on a call that was cut they may only have been under way. */
    CallReport.Echo report() {
        int back = returned.cardinality();
        return new CallReport.Echo(
                sent,
                back,
                highest + 1 - back,
                sent - (highest + 1),
                reordered,
                doubled,
                foreign,
                roundTrips.snapshot(),
                silences.report());
    }

    private static void putInt(byte[] audio, int at, int value) {
        audio[at] = (byte) (value >>> 24);
        audio[at + 1] = (byte) (value >>> 16);
        audio[at + 2] = (byte) (value >>> 8);
        audio[at + 3] = (byte) value;
    }

    private static int intAt(byte[] audio, int at) {
        return audio[at] << 24 | (audio[at + 1] & 0xFF) << 16 | (audio[at + 2] & 0xFF) << 8 | (audio[at + 3] & 0xFF);
    }
}
