package io.steadyline.bootstrap.check;

import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.Speech;
import io.steadyline.simulator.audio.Audio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The check's call.
 *
 * @param record where the answer is written to, if anywhere
 */
public record CheckPlan(CallPlan.Builder call, Optional<Path> record) {

    /** The gateway writes a second's record when it is over: a little longer, so that the last one is a full one too. */
    private static final Duration LAST_RECORD = Duration.ofMillis(150);

    /** A shorter silence between two frames counts as a hole that the caller hears, a longer one as a new playback. */
    private static final Duration LONGEST_HOLE = Duration.ofSeconds(1);

    public static CheckPlan of(URI media, int seconds, @Nullable Path speech, @Nullable Path record) {
        Duration duration = Duration.ofSeconds(seconds).plus(LAST_RECORD);
        CallPlan.Builder call =
                CallPlan.to(media).duration(duration).keepAnswer(record != null).newPlaybackAfter(LONGEST_HOLE);
        if (speech != null) {
            call.speech(read(speech));
        }
        return new CheckPlan(call, Optional.ofNullable(record));
    }

    /** Signed as the provider signs, with the token in the file; unsigned without one. */
    public CheckPlan signed(@Nullable Path authTokenFile, @Nullable String publicUrl) {
        if (authTokenFile != null) {
            try {
                String url = publicUrl == null ? call.build().media().toString() : publicUrl;
                call.signedWith(Files.readString(authTokenFile).strip(), url);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(
                        "auth token file: " + authTokenFile + " (expected: a readable file)", unreadable);
            }
        }
        return this;
    }

    private static Speech read(Path speech) {
        try {
            return Speech.looped(Audio.read(speech));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("speech: " + unreadable.getMessage(), unreadable);
        }
    }
}
