package io.steadyline.testkit;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.port.CallSlot;
import io.steadyline.port.NoSlot;
import io.steadyline.port.PeerLink;
import io.steadyline.signal.PeerControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The provider's end of a socket: remembers what it was sent, and when. Takes everything until told otherwise. */
public final class FakePeerLink implements PeerLink {

    /** One item, and the millisecond of the test in which it was written. */
    public record Sent(long atMs, MediaItem item) {}

    private final LongSupplier elapsedMs;
    private final List<Sent> sent = new ArrayList<>();
    private boolean writable = true;
    private int room = Integer.MAX_VALUE;
    private final CallSlot slot = new NoSlot();
    private int closeCode;
    private @Nullable String closeReason;

    public FakePeerLink(LongSupplier elapsedMs) {
        this.elapsedMs = elapsedMs;
    }

    /** Takes nothing until {@link #resumeTaking}. */
    public void stopTaking() {
        writable = false;
    }

    public void resumeTaking() {
        writable = true;
        room = Integer.MAX_VALUE;
    }

    /** Takes so many items and then nothing. */
    public void takeOnly(int items) {
        writable = true;
        room = items;
    }

    @Override
    public boolean isWritable() {
        return writable && room > 0 && closeCode == 0;
    }

    @Override
    public void send(MediaItem item) {
        if (!isWritable()) {
            throw new AssertionError("sent " + item + " to a socket that is not writable");
        }
        room--;
        sent.add(new Sent(elapsedMs.getAsLong(), item));
    }

    @Override
    public CallSlot slot() {
        return slot;
    }

    @Override
    public void close(int code, String reason) {
        if (closeCode != 0) {
            throw new AssertionError("closed with " + code + " after " + closeCode);
        }
        closeCode = code;
        closeReason = reason;
    }

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    public int sentItems() {
        return sent.size();
    }

    /** Frames among the items from the {@code first} on. */
    public List<AudioFrame> framesFrom(int first) {
        return sent.subList(first, sent.size()).stream()
                .map(Sent::item)
                .filter(AudioFrame.class::isInstance)
                .map(AudioFrame.class::cast)
                .toList();
    }

    public List<AudioFrame> frames() {
        return framesFrom(0);
    }

    /** Numbers of the frames in the order of their sending; see {@link Frames}. */
    public List<Long> frameNumbers() {
        return frames().stream().map(Frames::numberOf).toList();
    }

    /** When each frame was sent, in ms since the start of the test. */
    public List<Long> framesAtMs() {
        return sent.stream()
                .filter(each -> each.item() instanceof AudioFrame)
                .map(Sent::atMs)
                .toList();
    }

    /** Names on the wire of the marks, in order. */
    public List<String> marks() {
        return items(PeerControl.SendMark.class).stream()
                .map(PeerControl.SendMark::wireName)
                .toList();
    }

    public int clears() {
        return items(PeerControl.SendClear.class).size();
    }

    /** Everything in order, for the eye: {@code 0 1 mark(m1) clear 2}. */
    public String script() {
        List<String> words = new ArrayList<>();
        for (Sent each : sent) {
            words.add(
                    switch (each.item()) {
                        case AudioFrame frame -> String.valueOf(Frames.numberOf(frame));
                        case PeerControl.SendMark mark -> "mark(" + mark.wireName() + ")";
                        case PeerControl.SendClear _ -> "clear";
                        default -> String.valueOf(each.item());
                    });
        }
        return String.join(" ", words);
    }

    /** 0 while open. */
    public int closeCode() {
        return closeCode;
    }

    public @Nullable String closeReason() {
        return closeReason;
    }

    private <T extends MediaItem> List<T> items(Class<T> type) {
        return sent.stream()
                .map(Sent::item)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
