package io.steadyline.simulator.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressesTest {

    private final Addresses addresses = new Addresses("https://gw.example.com/bot", "http://127.0.0.1:5000");

    @Test
    void shouldGoPastTheProxy() {
        assertThat(addresses.near("https://gw.example.com/bot/twilio/voice?resume=1"))
                .hasToString("http://127.0.0.1:5000/twilio/voice?resume=1");
        assertThat(addresses.near("wss://gw.example.com/bot/twilio/media"))
                .hasToString("ws://127.0.0.1:5000/twilio/media");
    }

    @Test
    void shouldLeaveOtherServersAsTheyAre() {
        assertThat(addresses.near("https://gw.example.com/bottle")).hasToString("https://gw.example.com/bottle");
        assertThat(addresses.near("http://other/bot")).hasToString("http://other/bot");
    }

    @Test
    void shouldBeTheSameWithoutAnOutside() {
        Addresses plain = new Addresses("", "http://127.0.0.1:5000");
        assertThat(plain.outside("/twilio/voice")).isEqualTo("http://127.0.0.1:5000/twilio/voice");
        assertThat(plain.near("ws://127.0.0.1:5000/a")).hasToString("ws://127.0.0.1:5000/a");
    }

    @Test
    void shouldKeepAbsoluteAddressesByteForByte() {
        assertThat(Addresses.resolve("http://a/b/c?d=1", "")).isEqualTo("http://a/b/c?d=1");
        assertThat(Addresses.resolve("http://a/b/c", "https://x/%2f/../y?b=+")).isEqualTo("https://x/%2f/../y?b=+");
        assertThat(Addresses.resolve("http://a/b/c?d=1", "e")).isEqualTo("http://a/b/e");
        assertThat(Addresses.resolve("http://a/b/c", "/e?f=1")).isEqualTo("http://a/e?f=1");
    }
}
