package io.steadyline.websocket.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.signal.StreamMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TwilioUrlsTest {

    @ParameterizedTest
    @CsvSource({
        "https://gw.example.com,      wss://gw.example.com/twilio/media",
        "https://gw.example.com/,     wss://gw.example.com/twilio/media",
        "https://GW.Example.com/Bot/, wss://GW.Example.com/Bot/twilio/media",
        "https://gw.example.com:8443, wss://gw.example.com:8443/twilio/media",
        "http://127.0.0.1:5000,       ws://127.0.0.1:5000/twilio/media",
        "https://[::1]:5000/a/b,      wss://[::1]:5000/a/b/twilio/media",
    })
    void shouldGiveTheSocketUrl(String base, String url) {
        assertThat(new TwilioUrls(base).mediaUrl(StreamMode.BIDIRECTIONAL)).isEqualTo(url);
    }

    @Test
    void shouldGiveTheWebhookUrlsAsTheyAreSigned() {
        TwilioUrls urls = new TwilioUrls("https://gw.example.com/bot");
        assertThat(urls.mediaUrl(StreamMode.LISTEN_ONLY)).isEqualTo("wss://gw.example.com/bot/twilio/listen");
        assertThat(urls.voiceUrl()).isEqualTo("https://gw.example.com/bot/twilio/voice");
        assertThat(urls.resumeUrl()).isEqualTo("https://gw.example.com/bot/twilio/voice?resume=1");
        assertThat(urls.webhookUrl("/twilio/voice", "resume=1")).isEqualTo(urls.resumeUrl());
        assertThat(urls.webhookUrl("/twilio/voice", "a=%2f&b=+")).endsWith("/twilio/voice?a=%2f&b=+");
        assertThat(urls.webhookUrl("/twilio/voice", "")).isEqualTo(urls.voiceUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gw.example.com",
                "wss://gw.example.com",
                "ftp://gw.example.com",
                "https://",
                "https:///x",
                "https://user:pw@gw.example.com",
                "https://gw.example.com?x=1",
                "https://gw.example.com#x",
                "https://gw example.com",
                "https://gw.example.com/\n",
                "https://gw.example.com/\"",
                "https://gw.exämple.com/ü"
            })
    void shouldRefuseWhatIsNoPublicUrl(String base) {
        assertThatThrownBy(() -> new TwilioUrls(base))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("publicBaseUrl: '")
                .hasMessageEndingWith("(expected: https://host with an optional path, no user, query or fragment)");
    }
}
