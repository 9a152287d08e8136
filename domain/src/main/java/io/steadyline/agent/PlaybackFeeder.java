package io.steadyline.agent;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Framer;
import io.steadyline.port.AgentLine;
import io.steadyline.queue.OfferOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A bot's audio between its connection and the call's TX queue: chunks of any size and in any burst become frames, which go
 * on as the queue becomes writable, so that nothing is dropped. Marks and the hang-up keep their place. Media loop; only
 * {@link #waitingBytes} may be asked by others.
 */
final class PlaybackFeeder {

    /** Silence after which an incomplete last frame is padded and played: its rest is not coming. */
    private static final long TAIL_NS = 60_000_000;

    private sealed interface Item {
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Audio(byte[] payload, long epoch) implements Item {}

        record Mark(String name, long epoch) implements Item {}

        record HangUp(String why) implements Item {}
    }

    private final AudioFormat format;
    private final AgentLine line;
    private final Consumer<String> interruptedMarks;
    private final Runnable onHeader;
    private final Deque<Item> items = new ArrayDeque<>();
    /** Marks behind an incomplete frame. */
    private final List<Item.Mark> tailMarks = new ArrayList<>();

    private final List<AudioFrame> cut = new ArrayList<>(1);
    private final AtomicLong waitingBytes = new AtomicLong();

    private Framer framer;
    private int offset;
    private long epoch;
    private boolean playing;
    private long lastAudioNs;
    private long offeredFrames;
    private long sentFrames;

    /**
     * @param interruptedMarks told of each mark that will not be played
     * @param onHeader a RIFF header was found and left out
     */
    PlaybackFeeder(AudioFormat format, AgentLine line, Consumer<String> interruptedMarks, Runnable onHeader) {
        this.format = format;
        this.line = line;
        this.interruptedMarks = interruptedMarks;
        this.onHeader = onHeader;
        this.framer = new Framer(format);
        this.epoch = line.epoch();
    }

    /** Audio is on its way to {@link #audio}. Any thread. */
    void announce(int bytes) {
        waitingBytes.addAndGet(bytes);
    }

    /** Announced audio that does not come. Any thread. */
    void withdraw(int bytes) {
        waitingBytes.addAndGet(-bytes);
    }

    /** @param itemEpoch 0: the current one */
    void audio(byte[] payload, long itemEpoch) {
        byte[] samples = payload;
        if (!playing && items.isEmpty()) {
            int header = WavHeader.lengthOf(payload);
            if (header > 0) {
                onHeader.run();
                withdraw(header);
                samples = Arrays.copyOfRange(payload, header, payload.length);
            }
        }
        items.addLast(new Item.Audio(samples, itemEpoch == 0 ? epoch : itemEpoch));
    }

    void mark(String name, long itemEpoch) {
        items.addLast(new Item.Mark(name, itemEpoch == 0 ? epoch : itemEpoch));
    }

    void hangUp(String why) {
        items.addLast(new Item.HangUp(why));
    }

    /** The call's audio was cleared: what belongs to an epoch before {@code newEpoch} will not be played. */
    void onCleared(long newEpoch) {
        epoch = newEpoch;
        framer = new Framer(format);
        playing = false;
        interruptTail();
        int count = items.size();
        for (int i = 0; i < count; i++) {
            Item item = items.removeFirst();
            switch (item) {
                case Item.Audio audio
                when audio.epoch != newEpoch -> withdraw(audio.payload.length - (i == 0 ? offset : 0));
                case Item.Mark mark when mark.epoch != newEpoch -> interruptedMarks.accept(mark.name);
                case Item.Audio _, Item.Mark _, Item.HangUp _ -> items.addLast(item);
            }
        }
        offset = 0;
        offeredFrames = 0;
        sentFrames = 0;
    }

    /** Hands on what the queue has room for. */
    void pump(long nowNs) {
        while (offerTail() && !items.isEmpty() && line.isWritable()) {
            switch (items.getFirst()) {
                case Item.Audio audio -> feed(audio, nowNs);
                case Item.Mark mark -> {
                    tailMarks.add(mark);
                    items.removeFirst();
                }
                case Item.HangUp hangUp -> {
                    endPlayback();
                    if (!offerTail()) {
                        return;
                    }
                    line.hangUp(hangUp.why);
                    items.removeFirst();
                }
            }
        }
        if (items.isEmpty() && playing && nowNs - lastAudioNs >= TAIL_NS && line.queuedFrames() == 0) {
            endPlayback();
        }
        sentFrames = Math.max(0, offeredFrames - line.queuedFrames());
    }

    private void feed(Item.Audio audio, long nowNs) {
        if (audio.epoch != epoch) {
            // Said before a clear that its source had not heard of.
            withdraw(audio.payload.length);
            items.removeFirst();
            return;
        }
        int wanted = Math.min(format.frameBytes() - framer.restBytes(), audio.payload.length - offset);
        byte[] slice = wanted == audio.payload.length
                ? audio.payload
                : Arrays.copyOfRange(audio.payload, offset, offset + wanted);
        framer.add(slice, cut::add);
        if (!playing) {
            playing = true;
            offeredFrames = 0;
        }
        lastAudioNs = nowNs;
        offset += wanted;
        withdraw(wanted);
        if (offset == audio.payload.length) {
            offset = 0;
            items.removeFirst();
        }
        offerCut();
    }

    private void offerCut() {
        if (cut.isEmpty()) {
            return;
        }
        // Refused only when a clear or the end of the call has come first: then nobody is to hear it.
        OfferOutcome outcome = line.offer(cut.getFirst(), epoch);
        offeredFrames += outcome.isAccepted() ? 1 : 0;
        cut.clear();
    }

    /** Marks whose frame is complete go on behind it. False when there are more than the queue takes at a time. */
    private boolean offerTail() {
        while (!tailMarks.isEmpty() && framer.restBytes() == 0) {
            Item.Mark mark = tailMarks.getFirst();
            OfferOutcome outcome = line.mark(mark.name, mark.epoch);
            if (outcome == OfferOutcome.REFUSED_FULL) {
                return false;
            }
            tailMarks.removeFirst();
            if (!outcome.isAccepted()) {
                interruptedMarks.accept(mark.name);
            }
        }
        return true;
    }

    /** The last frame may be incomplete; whoever spoke has finished. */
    private void endPlayback() {
        framer.flush(cut::add);
        offerCut();
        // Refused only when a clear or the end of the call has ended it already.
        var _ = line.endPlayback(epoch);
        playing = false;
    }

    private void interruptTail() {
        tailMarks.forEach(mark -> interruptedMarks.accept(mark.name));
        tailMarks.clear();
    }

    /** The call is over: nothing more is played. */
    void discard() {
        interruptTail();
        for (Item item : items) {
            if (item instanceof Item.Mark mark) {
                interruptedMarks.accept(mark.name);
            }
        }
        items.clear();
        offset = 0;
    }

    /** Nothing waits or is half said here; the call's own queue may still hold some. */
    boolean isIdle() {
        return items.isEmpty() && tailMarks.isEmpty() && !playing;
    }

    /** Audio that waits here. Any thread. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    /** Frames of the current playback that had left the queue towards the peer at the last turn. */
    long sentFrames() {
        return sentFrames;
    }
}
