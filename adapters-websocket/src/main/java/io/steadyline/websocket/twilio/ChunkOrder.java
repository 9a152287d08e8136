package io.steadyline.websocket.twilio;

import io.steadyline.signal.Track;

/** Keeps the chunks of each track in order and counts the ones that never came. Owned by its codec. */
final class ChunkOrder {

    /** 100,000 messages are half an hour: a number beyond is no gap but nonsense, and would spoil the count of gaps. */
    private static final long MAX_GAP = 100_000;

    private static final long NONE = -1;

    private long lastInbound = NONE;
    private long lastOutbound = NONE;
    private boolean counts;
    private long missing;

    /** @param oneTrack gaps are counted; of two tracks it is not known whether they share one row of numbers */
    void start(boolean oneTrack) {
        counts = oneTrack;
    }

    /** False for a chunk that came before, or is older than one that did. A chunk without a number is always taken. */
    boolean take(Track track, long chunk) {
        if (chunk < 0) {
            return true;
        }
        long last = last(track);
        if (chunk <= last || chunk - Math.max(last, 0) > MAX_GAP) {
            return false;
        }
        if (counts) {
            // Twilio counts from 1, some others from 0: a row that begins with 1 misses nothing.
            missing += chunk - Math.max(last, Math.min(chunk - 1, 0)) - 1;
        }
        switch (track) {
            case INBOUND -> lastInbound = chunk;
            case OUTBOUND -> lastOutbound = chunk;
        }
        return true;
    }

    /** A stream of one track was read up to here before; -1: nothing is known. */
    void continueAfter(long chunk) {
        lastInbound = Math.max(lastInbound, chunk);
    }

    /** Number of the last chunk taken, or -1. */
    long last(Track track) {
        return switch (track) {
            case INBOUND -> lastInbound;
            case OUTBOUND -> lastOutbound;
        };
    }

    long missing() {
        return missing;
    }
}
