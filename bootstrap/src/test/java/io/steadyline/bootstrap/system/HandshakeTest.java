package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.simulator.TwilioSignature;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who is let in, and what everyone else is told. */
class HandshakeTest {

    private static final String MEDIA = "/twilio/media";
    private static final Map<String, String> UPGRADE = Map.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version", "13");

    private static HttpPeer.Reply upgrade(RunningGateway gateway, String target, Map<String, String> headers)
            throws IOException {
        try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
            Map<String, String> all = new HashMap<>(UPGRADE);
            all.putAll(headers);
            return peer.ask("GET", target, all, "");
        }
    }

    @Nested
    class WithATokenConfigured {

        private static final String MEDIA_URL = "wss://gw.example.com/twilio/media";
        private static final String VOICE_URL = "https://gw.example.com/twilio/voice";

        private static RunningGateway gateway;

        @BeforeAll
        static void start() {
            gateway = RunningGateway.with(
                    "TWILIO_AUTH_TOKEN", "first-token",
                    "TWILIO_SECONDARY_AUTH_TOKEN", "second-token",
                    "STEADYLINE_TWILIO_PUBLIC_URL", "https://gw.example.com");
        }

        @AfterAll
        static void stop() {
            gateway.close();
        }

        private int status(Map<String, String> headers) throws IOException {
            return upgrade(gateway, MEDIA, headers).status();
        }

        private Map<String, String> signed(String token, String url) {
            return Map.of(TwilioSignature.HEADER, TwilioSignature.of(token, url));
        }

        @Test
        void shouldUpgradeWhenTheSignatureIsGood() throws IOException {
            assertThat(status(signed("first-token", MEDIA_URL))).isEqualTo(101);
        }

        @Test
        void shouldUpgradeWhenTheSignatureIsMadeWithTheSecondaryToken() throws IOException {
            assertThat(status(signed("second-token", MEDIA_URL))).isEqualTo(101);
        }

        @Test
        void shouldRefuseBeforeTheUpgradeWhenTheSignatureIsMissingOrBad() throws IOException {
            double before = gateway.metric("steadyline_sockets_refused_total", "signature");
            assertThat(status(Map.of())).isEqualTo(403);
            assertThat(status(signed("other-token", MEDIA_URL))).isEqualTo(403);
            assertThat(status(signed("first-token", MEDIA_URL + "/"))).isEqualTo(403);
            assertThat(status(Map.of(TwilioSignature.HEADER, "\u00e4\u0001 not base64")))
                    .isIn(400, 403);
            assertThat(gateway.metric("steadyline_sockets_refused_total", "signature"))
                    .isGreaterThanOrEqualTo(before + 3);
        }

        @Test
        void shouldRefuseAQueryEvenWhenItIsSigned() throws IOException {
            String url = MEDIA_URL + "?a=1";
            assertThat(upgrade(gateway, MEDIA + "?a=1", signed("first-token", url))
                            .status())
                    .isEqualTo(403);
            assertThat(upgrade(gateway, MEDIA + "?a=1", signed("first-token", MEDIA_URL))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        void shouldCheckTheFormOfTheWebhook() throws IOException {
            String good = TwilioSignature.of("first-token", VOICE_URL, Map.of("CallSid", "CA1", "From", "+15550001"));
            assertThat(voice("CallSid=CA1&From=%2B15550001", good).status()).isEqualTo(200);
            assertThat(voice("CallSid=CA2&From=%2B15550001", good).status()).isEqualTo(403);
            assertThat(voice("CallSid=CA1&From=%2B15550001", "").status()).isEqualTo(403);
        }

        private HttpPeer.Reply voice(String form, String signature) throws IOException {
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                Map<String, String> headers =
                        Map.of(TwilioSignature.HEADER, signature, "Content-Type", "application/x-www-form-urlencoded");
                return peer.ask("POST", "/twilio/voice", headers, form);
            }
        }
    }

    @Nested
    class WithoutAToken {

        private static RunningGateway gateway;

        @BeforeAll
        static void start() {
            gateway = RunningGateway.with();
        }

        @AfterAll
        static void stop() {
            gateway.close();
        }

        @Test
        void shouldServeThisMachineAndWarnOnceAboutOthers() throws IOException {
            try (RunningGateway fresh = RunningGateway.with();
                    CallLines log = CallLines.of("io.steadyline.websocket.server.PeerGuard")) {
                assertThat(upgrade(fresh, MEDIA, Map.of()).status()).isEqualTo(101);
                for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Forwarded-For")) {
                    HttpPeer.Reply reply = upgrade(fresh, MEDIA, Map.of(header, "for=203.0.113.7"));
                    assertThat(reply.status()).isEqualTo(403);
                    assertThat(reply.body()).contains("twilio.auth-token");
                }
                assertThat(log.all().stream().filter(line -> line.contains("WARN")))
                        .hasSize(1);
                assertThat(fresh.metric("steadyline_sockets_refused_total", "local"))
                        .isEqualTo(3);
            }
        }

        @Test
        void shouldAskForAnUpgradeWhenThereIsNone() throws IOException {
            HttpPeer.Reply plain = gateway.get(MEDIA);
            assertThat(plain.status()).isEqualTo(426);
            assertThat(plain.headers()).containsEntry("upgrade", "websocket");
        }

        @Test
        void shouldNotUpgradeWhoDidNotAskForWebSocket() throws IOException {
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                Map<String, String> keyOnly = Map.of("Sec-WebSocket-Key", "x", "Sec-WebSocket-Version", "13");
                assertThat(peer.ask("GET", MEDIA, keyOnly, "").status()).isEqualTo(426);
            }
            assertThat(upgrade(gateway, MEDIA, Map.of("Upgrade", "h2c")).status())
                    .isEqualTo(426);
        }

        @Test
        void shouldNotUpgradeAPostOrAnUnknownVersion() throws IOException {
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                assertThat(peer.ask("POST", MEDIA, UPGRADE, "").status()).isBetween(400, 426);
            }
            assertThat(upgrade(gateway, MEDIA, Map.of("Sec-WebSocket-Version", "12"))
                            .status())
                    .isBetween(400, 426);
        }

        @Test
        void shouldKnowNoOtherPath() throws IOException {
            for (String path : List.of("/", "/twilio", "/twilio/media/", "/livez/../twilio/media", "/%2e%2e/etc")) {
                assertThat(gateway.get(path).status()).as(path).isEqualTo(404);
            }
        }

        @Test
        void shouldTakeNoExtensionThatIsOffered() throws IOException {
            HttpPeer.Reply reply = upgrade(
                    gateway, MEDIA, Map.of("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"));
            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.headers()).doesNotContainKeys("sec-websocket-extensions", "server");
            assertThat(reply.headers()).containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        }

        @Test
        void shouldAnswerHealthInJsonAndWithoutAServerHeader() throws IOException {
            HttpPeer.Reply ready = gateway.get("/readyz");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.headers())
                    .containsEntry("content-type", "application/json")
                    .doesNotContainKey("server");
            JsonNode json = new ObjectMapper().readTree(ready.body());
            assertThat(json.get("ready").asBoolean()).isTrue();
            assertThat(json.get("reasons")).isEmpty();
            assertThat(gateway.get("/livez").status()).isEqualTo(200);
            assertThat(gateway.get("/livez").headers()).doesNotContainKey("server");
        }

        @Test
        void shouldServeMetricsToThisMachineOnly() throws IOException {
            HttpPeer.Reply page = gateway.get("/metrics");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.headers().get("content-type")).startsWith("text/plain");
            assertThat(page.body()).contains("# TYPE steadyline_calls_live");
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                HttpPeer.Reply proxied = peer.ask("GET", "/metrics", Map.of("X-Forwarded-For", "203.0.113.7"), "");
                assertThat(proxied.status()).isEqualTo(403);
                assertThat(proxied.body()).doesNotContain("steadyline_calls");
            }
        }

        @Test
        void shouldKeepAnIdleConnectionForSeventyFiveSeconds() throws IOException {
            assertThat(gateway.settings().http().keepAlive()).isEqualTo(Duration.ofSeconds(75));
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                assertThat(peer.ask("GET", "/livez", Map.of(), "").status()).isEqualTo(200);
                // Longer than the limit for reading one request, which must not count while there is none.
                await().pollDelay(Duration.ofMillis(5_500)).until(() -> true);
                assertThat(peer.ask("GET", "/livez", Map.of(), "").status()).isEqualTo(200);
            }
        }

        @Test
        void shouldAnswerPipelinedRequestsInOrder() throws IOException {
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                peer.write(HttpPeer.request("GET", "/livez", Map.of(), "")
                        + HttpPeer.request("GET", "/nowhere", Map.of(), "")
                        + HttpPeer.request("GET", "/readyz", Map.of(), ""));
                assertThat(List.of(
                                peer.read().status(),
                                peer.read().status(),
                                peer.read().status()))
                        .containsExactly(200, 404, 200);
            }
        }

        @Test
        void shouldSpeakHttp10() throws IOException {
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                peer.write("GET /livez HTTP/1.0\r\n\r\n");
                assertThat(peer.read().status()).isEqualTo(200);
                assertThat(peer.isClosedByServer()).isTrue();
            }
        }

        @Test
        void shouldSurviveJunkInsteadOfARequest() throws IOException {
            for (String junk : List.of(
                    "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
                    "GET\r\n\r\n",
                    "GET /livez HTTP/9.9\r\n\r\n",
                    "GET /livez HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100) + "\r\n",
                    "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")) {
                try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                    peer.write(junk);
                    assertThat(answerOrEnd(peer)).as(junk.substring(0, 5)).isNotEqualTo(101);
                }
            }
            assertThat(gateway.get("/livez").status()).isEqualTo(200);
        }

        private int answerOrEnd(HttpPeer peer) {
            try {
                return peer.read().status();
            } catch (IOException ended) {
                return 0;
            }
        }
    }

    @Nested
    class WithLimits {

        @Test
        void shouldCloseAnIdleConnectionAfterTheConfiguredKeepAlive() throws IOException {
            try (RunningGateway gateway = RunningGateway.with("STEADYLINE_HTTP_KEEP_ALIVE", "1 s");
                    HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                assertThat(peer.ask("GET", "/livez", Map.of(), "").status()).isEqualTo(200);
                assertThat(peer.isClosedByServer()).isTrue();
            }
        }

        @Test
        void shouldRefuseMoreSocketsThanMayBePending() throws IOException {
            try (RunningGateway gateway = RunningGateway.with("STEADYLINE_LIMITS_PENDING_SOCKETS", "1");
                    RawPeer pending = RawPeer.open(gateway.media())) {
                HttpPeer.Reply refused = upgrade(gateway, MEDIA, Map.of());
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.headers()).containsEntry("retry-after", "2");
                pending.text(StreamText.fresh().start()).settle();
                assertThat(upgrade(gateway, MEDIA, Map.of()).status()).isEqualTo(101);
            }
        }

        @Test
        void shouldRefuseMoreSocketsASecondThanTheLimit() {
            try (RunningGateway gateway = RunningGateway.with("STEADYLINE_LIMITS_CALLS_PER_SECOND", "2")) {
                List<Integer> answers = new ArrayList<>();
                await().atMost(RunningGateway.PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> {
                            answers.add(upgrade(gateway, MEDIA, Map.of()).status());
                            return answers.contains(503);
                        });
                assertThat(answers).startsWith(101, 101).containsOnly(101, 503);
                await().atMost(RunningGateway.PATIENCE)
                        .until(() -> upgrade(gateway, MEDIA, Map.of()).status() == 101);
            }
        }

        @Test
        void shouldCloseACallBeyondTheLimitAndTakeItWhenThereIsRoom() throws IOException {
            try (RunningGateway gateway = RunningGateway.with("STEADYLINE_LIMITS_MAX_CALLS", "1");
                    RawPeer first = RawPeer.open(gateway.media())) {
                StreamText call = StreamText.fresh();
                first.text(call.start()).settle();
                try (RawPeer second = RawPeer.open(gateway.media())) {
                    second.text(StreamText.fresh().start());
                    assertThat(second.awaitClose()).isEqualTo(1013);
                }
                assertThat(gateway.get("/readyz").status()).isEqualTo(503);
                assertThat(gateway.get("/readyz").body()).contains("\"full\"");
                first.text(call.stop());
                gateway.awaitEnd(call.callSid());
                await().atMost(RunningGateway.PATIENCE)
                        .until(() -> gateway.get("/readyz").status() == 200);
            }
        }

        @Test
        void shouldTakeOnlyCallsThatComeBackWhileItDrains() throws IOException {
            try (RunningGateway gateway = RunningGateway.with()) {
                StreamText call = StreamText.fresh();
                try (RawPeer first = RawPeer.open(gateway.media())) {
                    first.text(call.start()).settle();
                    gateway.parts().drainSwitch().setDraining(true, "test");
                    first.reset();
                }
                try (RawPeer stranger = RawPeer.open(gateway.media());
                        RawPeer back = RawPeer.open(gateway.media())) {
                    stranger.text(StreamText.fresh().start());
                    assertThat(stranger.awaitClose()).isEqualTo(1013);
                    back.text(call.again().start()).settle();
                    assertThat(gateway.view(call.callSid()).resumes()).isEqualTo(1);
                    back.text(call.again().stop()).text(call.again().stop());
                }
            }
        }

        @Test
        void shouldRefuseSocketsWhileItDrainsWithoutCalls() throws IOException {
            try (RunningGateway gateway = RunningGateway.with()) {
                gateway.parts().drainSwitch().setDraining(true, "test");
                HttpPeer.Reply refused = upgrade(gateway, MEDIA, Map.of());
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.headers()).containsKey("retry-after");
                assertThat(gateway.get("/readyz").status()).isEqualTo(503);
                assertThat(gateway.get("/livez").status()).isEqualTo(200);
            }
        }
    }
}
