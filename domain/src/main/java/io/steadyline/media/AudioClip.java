package io.steadyline.media;

import java.util.ArrayList;
import java.util.List;

/** A piece of audio that is ready to play, such as the greeting; shared by all calls. */
public final class AudioClip {

    private final AudioFormat format;
    private final List<AudioFrame> frames;

    private AudioClip(AudioFormat format, List<AudioFrame> frames) {
        this.format = format;
        this.frames = List.copyOf(frames);
    }

    /** Cuts {@code audio} into frames; the last one is padded with silence. */
    public static AudioClip of(AudioFormat format, byte[] audio) {
        Framer framer = new Framer(format);
        List<AudioFrame> frames = new ArrayList<>(audio.length / format.frameBytes() + 1);
        framer.add(audio.clone(), frames::add);
        framer.flush(frames::add);
        return new AudioClip(format, frames);
    }

    public AudioFormat format() {
        return format;
    }

    public int frameCount() {
        return frames.size();
    }

    public AudioFrame frame(int index) {
        return frames.get(index);
    }

    public long durationMs() {
        return (long) frames.size() * format.ptime().ms();
    }
}
