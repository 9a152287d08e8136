package io.steadyline.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaUriTest {

    @ParameterizedTest
    @CsvSource({
        "ws://127.0.0.1:5000/twilio/media, ws://127.0.0.1:5000/twilio/media",
        "wss://voice.example.com/media,    wss://voice.example.com/media",
        "ws://127.0.0.1:5000,              ws://127.0.0.1:5000/twilio/media",
        "ws://127.0.0.1:5000/,             ws://127.0.0.1:5000/twilio/media",
        "http://127.0.0.1:5000,            ws://127.0.0.1:5000/twilio/media",
        "http://127.0.0.1:5000/x,          ws://127.0.0.1:5000/x",
        "127.0.0.1:5000,                   ws://127.0.0.1:5000/twilio/media",
        "localhost:5000/twilio/media,      ws://localhost:5000/twilio/media",
        "[::1]:5000,                       ws://[::1]:5000/twilio/media"
    })
    void shouldBeWhatPeopleMean(String given, String meant) {
        assertThat(CheckCommand.mediaUri(given)).hasToString(meant);
    }

    @Test
    void shouldBeNamedWhenItCannotBeRead() {
        assertThatThrownBy(() -> CheckCommand.mediaUri("ws://a b"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("URL: 'ws://a b' (expected: ws://host:port/twilio/media)");
    }
}
