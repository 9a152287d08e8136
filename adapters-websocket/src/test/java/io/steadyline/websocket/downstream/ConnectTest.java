package io.steadyline.websocket.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import io.steadyline.port.AgentDoor.Search;
import io.steadyline.port.AgentDoor.Wanted;
import io.steadyline.websocket.twilio.TwilioSignature;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectTest {

    private final FakeSeat seat = new FakeSeat();
    private BotServer server;

    @BeforeEach
    void start() throws Exception {
        server = new BotServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private TwilioAgentDoor door() {
        return new TwilioAgentDoor(DownstreamConfig.to(server.url()));
    }

    @Test
    void shouldConnectToTheAddressWithItsHeaders() throws Exception {
        DownstreamConfig config = new DownstreamConfig(
                URI.create(server.url() + "?a=b"),
                Optional.empty(),
                Duration.ofSeconds(5),
                Map.of("X-Tenant", "acme"),
                1_048_576,
                Duration.ofSeconds(10));
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try (TwilioAgentDoor door = new TwilioAgentDoor(config)) {
            Search _ = door.seek(
                    new Wanted(Attached.FACTS, traceparent, Optional.empty(), Optional.of(server.name())), seat);
            BotServer.Connection bot = server.upgraded();
            assertThat(seat.leg().agent()).isEqualTo(server.name());
            assertThat(bot.requestLine()).isEqualTo("GET /media?a=b HTTP/1.1");
            assertThat(bot.header("User-Agent"))
                    .startsWith("Steadyline/")
                    .endsWith(" (Twilio Media Streams compatible)");
            assertThat(bot.header("X-Tenant")).isEqualTo("acme");
            assertThat(bot.header("traceparent")).isEqualTo(traceparent);
            assertThat(bot.header(TwilioSignature.HEADER)).isEmpty();
        }
    }

    @Test
    void shouldSignTheUpgradeAsTwilioDoes() throws Exception {
        DownstreamConfig config = DownstreamConfig.to(server.url()).withAuthToken("12345");
        try (TwilioAgentDoor door = new TwilioAgentDoor(config)) {
            Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
            String signature = server.upgraded().header(TwilioSignature.HEADER);
            String url = server.url().toString();
            assertThat(new TwilioSignature("12345", null).matchesGet(url, signature))
                    .isTrue();
            assertThat(new TwilioSignature("other", null).matchesGet(url, signature))
                    .isFalse();
            assertThat(new TwilioSignature("12345", null).matchesGet(url + "/", signature))
                    .isFalse();
        }
    }

    @Test
    void shouldSayWhenNobodyListens() throws Exception {
        server.close();
        try (TwilioAgentDoor door = door()) {
            Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
            assertThat(seat.next()).isEqualTo("refused " + server.url() + ": connection refused");
        }
    }

    @Test
    void shouldSayWhenTheHostIsUnknown() throws Exception {
        try (TwilioAgentDoor door =
                new TwilioAgentDoor(DownstreamConfig.to(URI.create("ws://bot.invalid/x?k=secret")))) {
            Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
            assertThat(seat.next()).isEqualTo("refused ws://bot.invalid/x: host unknown");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 503, 302})
    void shouldSayHowTheUpgradeWasAnswered(int status) throws Exception {
        try (TwilioAgentDoor door = door()) {
            Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
            server.accept().raw("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
            assertThat(seat.next())
                    .isEqualTo("refused " + server.url() + ": upgrade answered with " + status + " (expected: 101)");
        }
    }

    @Test
    void shouldSayWhenTheAnswerIsNoWebSocket() throws Exception {
        try (TwilioAgentDoor door = door()) {
            Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
            server.accept().raw("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            assertThat(seat.next()).startsWith("refused " + server.url() + ": no WebSocket upgrade: ");
        }
    }

    @Test
    void shouldSayWhenThereIsNoAnswer() throws Exception {
        DownstreamConfig config = new DownstreamConfig(
                server.url(), Optional.empty(), Duration.ofMillis(200), Map.of(), 1_048_576, Duration.ofSeconds(10));
        try (TwilioAgentDoor door = new TwilioAgentDoor(config)) {
            Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
            assertThat(seat.next()).isEqualTo("refused " + server.url() + ": no answer within 200 ms");
        }
    }

    @Test
    void shouldDropTheConnectionOfASearchThatWasCancelled() throws Exception {
        try (TwilioAgentDoor door = door()) {
            Search search = door.seek(Attached.wanted(Attached.FACTS), seat);
            BotServer.Connection bot = server.accept();
            search.cancel();
            bot.upgrade();
            assertThat(bot.isEnded()).isTrue();
            assertThat(seat.isSilent()).isTrue();
        }
    }

    @Test
    void shouldSayThatAnotherBotIsNotHere() throws Exception {
        try (TwilioAgentDoor door = door()) {
            Search _ = door.seek(new Wanted(Attached.FACTS, "", Optional.empty(), Optional.of("sales")), seat);
            assertThat(seat.next())
                    .isEqualTo("refused bot 'sales' is not behind this door (expected: '" + server.name() + "')");
        }
    }

    @Test
    void shouldRefuseACallOfAnotherRate() throws Exception {
        AudioFormat wide = new AudioFormat(Encoding.L16, 16_000, Ptime.MS_20);
        try (TwilioAgentDoor door = door()) {
            Search _ = door.seek(Attached.wanted(Attached.facts(wide, Map.of())), seat);
            assertThat(seat.next())
                    .startsWith("refused format: ")
                    .contains("16000")
                    .contains("expected: 8000 Hz");
        }
    }

    @Test
    void shouldTakeNoCallsAfterItsClose() throws Exception {
        TwilioAgentDoor door = door();
        door.close();
        Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
        assertThat(seat.next()).startsWith("refused ").endsWith("the gateway stops");
    }

    @Nested
    class AConfiguration {

        @ParameterizedTest
        @CsvSource({
            "wss://gw.example.com/twilio/stream, wss://gw.example.com/twilio/stream, gw.example.com:443",
            "wss://gw.example.com:443/twilio/stream, wss://gw.example.com/twilio/stream, gw.example.com:443",
            "wss://gw.example.com:8443/s, wss://gw.example.com:8443/s, gw.example.com:8443",
            "ws://h:80/a:80/b, ws://h/a:80/b, h:80",
            "ws://h:80, ws://h, h:80",
            "ws://h:443/x, ws://h:443/x, h:443",
            "ws://[::1]:80/x?y=1, ws://[::1]/x?y=1, [::1]:80",
        })
        void shouldNameAndSignItsBot(String url, String signed, String agent) {
            DownstreamConfig config = DownstreamConfig.to(URI.create(url));
            assertThat(config.signedUrl()).isEqualTo(signed);
            assertThat(config.agent()).isEqualTo(agent);
        }

        @Test
        void shouldSignTheVectorOfTheUpgrade() {
            DownstreamConfig config = DownstreamConfig.to(URI.create("wss://gw.example.com/twilio/stream"));
            assertThat(new TwilioSignature("12345", null).signGet(config.signedUrl()))
                    .isEqualTo("6kSFM47d6TDx1JKKQp6JOiRv5eY=");
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://h/x", "ws:/x", "localhost:8080", "/x", "ws://h/x#f", "ws://u:secret@h/x"})
        void shouldRefuseWhatIsNoAddressOfASocket(String url) {
            assertThatThrownBy(() -> DownstreamConfig.to(URI.create(url)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("url: ")
                    .hasMessageContaining("expected: ws:// or wss://")
                    .hasMessageNotContaining("secret");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Host", "Sec-WebSocket-Key", "X-Twilio-Signature", "Upgrade"})
        void shouldRefuseAHeaderOfTheUpgradeItself(String header) {
            assertThatThrownBy(() -> new DownstreamConfig(
                            server.url(),
                            Optional.empty(),
                            Duration.ofSeconds(5),
                            Map.of(header, "x"),
                            1_048_576,
                            Duration.ofSeconds(10)))
                    .hasMessageContaining(header);
        }

        @Test
        void shouldKeepItsTokenToItself() {
            assertThat(DownstreamConfig.to(server.url()).withAuthToken("very-secret"))
                    .asString()
                    .doesNotContain("very-secret");
        }
    }
}
