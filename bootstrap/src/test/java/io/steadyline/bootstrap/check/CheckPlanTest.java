package io.steadyline.bootstrap.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.simulator.CallPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckPlanTest {

    private static final URI MEDIA = URI.create("ws://127.0.0.1:5000/twilio/media");

    @TempDir
    private Path directory;

    @Test
    void shouldBeOneCallOfTheGivenLength() {
        CheckPlan plan = CheckPlan.of(MEDIA, 7, null, null);
        CallPlan call = plan.call().build();
        assertThat(call.media()).isEqualTo(MEDIA);
        // A little longer, so that the last second has a full record.
        assertThat(call.duration()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_500));
        assertThat(call.keepsAnswer()).isFalse();
        assertThat(plan.record()).isEmpty();
    }

    @Test
    void shouldKeepTheAnswerOnlyToWriteIt() {
        Path file = directory.resolve("heard.wav");
        CheckPlan plan = CheckPlan.of(MEDIA, 7, null, file);
        assertThat(plan.call().build().keepsAnswer()).isTrue();
        assertThat(plan.record()).contains(file);
    }

    @Test
    void shouldBeSignedForThePublicAddress() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "secret\n");
        CallPlan forCalled =
                CheckPlan.of(MEDIA, 7, null, null).signed(token, null).call().build();
        CallPlan forPublic = CheckPlan.of(MEDIA, 7, null, null)
                .signed(token, "wss://voice.example.com/twilio/media")
                .call()
                .build();
        assertThat(forCalled.headers()).hasSize(1);
        assertThat(forPublic.headers().keySet()).isEqualTo(forCalled.headers().keySet());
        assertThat(forPublic.headers()).isNotEqualTo(forCalled.headers());
        assertThat(CheckPlan.of(MEDIA, 7, null, null)
                        .signed(null, null)
                        .call()
                        .build()
                        .headers())
                .isEmpty();
    }

    @Test
    void shouldNameATokenFileThatIsNotThere() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> CheckPlan.of(MEDIA, 7, null, null).signed(missing, null))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("auth token file: " + missing + " (expected: a readable file)");
    }

    @Test
    void shouldNameSpeechThatIsNotThere() {
        Path missing = directory.resolve("missing.wav");
        assertThatThrownBy(() -> CheckPlan.of(MEDIA, 7, missing, null))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("speech: ")
                .hasMessageContaining(missing.toString());
    }
}
