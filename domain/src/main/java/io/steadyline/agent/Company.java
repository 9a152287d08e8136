package io.steadyline.agent;

import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFormat;
import io.steadyline.port.AgentLine;
import java.util.Optional;

/** What a caller hears while no bot is there. Media loop. */
final class Company {

    /** In hand, so that the bot's first word is at most 40 ms behind the filler. */
    private static final int FRAMES_AHEAD = 2;

    private final AgentLine line;
    private final PlaybackFeeder feeder;
    private final Optional<AudioClip> filler;
    private final Optional<AudioClip> farewell;
    private int nextFrame;
    private boolean plays;

    /** Audio of another format than the call's would be noise to the caller: it is left out. */
    Company(AgentSettings settings, AudioFormat format, AgentLine line, PlaybackFeeder feeder) {
        this.line = line;
        this.feeder = feeder;
        this.filler = settings.filler().filter(clip -> clip.format().equals(format) && clip.frameCount() > 0);
        this.farewell = settings.farewell().filter(clip -> clip.format().equals(format));
    }

    /** Begins at the beginning with the next {@link #fill}. */
    void restart() {
        nextFrame = 0;
    }

    /** To be called each turn; goes round and round, and gives way to what a bot had said before. */
    void fill() {
        if (filler.isEmpty() || !feeder.isIdle()) {
            return;
        }
        AudioClip clip = filler.get();
        while (line.isWritable() && line.queuedFrames() < FRAMES_AHEAD) {
            if (!line.offer(clip.frame(nextFrame), line.epoch()).isAccepted()) {
                return;
            }
            plays = true;
            nextFrame = (nextFrame + 1) % clip.frameCount();
        }
    }

    /** A bot is here: what it says is a playback of its own. */
    void stop() {
        if (plays) {
            plays = false;
            // Refused when a clear has ended it already.
            var _ = line.endPlayback(line.epoch());
        }
    }

    void sayFarewell() {
        farewell.ifPresent(clip -> {
            for (int i = 0; i < clip.frameCount(); i++) {
                feeder.announce(clip.frame(i).payloadBytes());
                feeder.audio(clip.frame(i).payload(), 0);
            }
        });
    }
}
