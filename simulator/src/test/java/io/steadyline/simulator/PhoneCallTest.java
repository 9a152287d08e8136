package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.steadyline.simulator.voice.PhoneCall;
import io.steadyline.simulator.voice.PhoneReport;
import io.steadyline.simulator.voice.PhoneReport.Outcome;
import io.steadyline.simulator.voice.PhoneSummary;
import io.steadyline.simulator.voice.VoiceClient;
import io.steadyline.simulator.voice.VoicePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PhoneCallTest {

    private static final Duration SHORT = Duration.ofMillis(600);

    private final Simulator simulator = Simulator.start();
    private final VoiceClient client = new VoiceClient(simulator);

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    private PhoneReport call(VoicePlan.Builder plan) throws Exception {
        return client.call(plan.build()).report().get(20, TimeUnit.SECONDS);
    }

    private static String twiml(String verbs) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>" + verbs + "</Response>\n";
    }

    private static String connect(ScriptedServer server) {
        return "<Connect><Stream url=\"" + server.uri() + "\"><Parameter name=\"a\" value=\"1 &amp; 2\"/></Stream>"
                + "</Connect>";
    }

    private static final String REDIRECT = "<Redirect method=\"POST\">/twilio/voice?resume=1</Redirect>";

    /** What the webhook was asked. */
    private record Asked(String uri, Map<String, String> form, String signature) {}

    /** The answer to a request. */
    private record Reply(int status, String body) {}

    /** A voice webhook on loopback; answers come from the number of the request, from 0. */
    private static final class Webhook implements AutoCloseable {

        private final HttpServer server;
        private final List<Asked> asked = new CopyOnWriteArrayList<>();
        private final IntFunction<Reply> replies;

        Webhook(IntFunction<Reply> replies) {
            this(0, replies);
        }

        Webhook(int port, IntFunction<Reply> replies) {
            this.replies = replies;
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                int number = asked.size();
                asked.add(new Asked(
                        exchange.getRequestURI().toString(),
                        form(body),
                        String.valueOf(exchange.getRequestHeaders().getFirst(TwilioSignature.HEADER))));
                Reply reply = replies.apply(number);
                byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }

        private static Map<String, String> form(String body) {
            Map<String, String> form = new TreeMap<>();
            for (String pair : body.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    form.put(
                            pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
            return form;
        }

        String base() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static IntFunction<Reply> always(String verbs) {
        return number -> new Reply(200, twiml(verbs));
    }

    private static int freePort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }

    @Nested
    class WhenAllIsWell {

        @Test
        void shouldAskTheWebhookAndDialTheStreamWithItsParameters() throws Exception {
            CompletableFuture<String> start = new CompletableFuture<>();
            try (ScriptedServer media = new ScriptedServer(peer -> {
                        start.complete(peer.readEvent("start"));
                        peer.readUntilClose();
                        peer.close(1000, "");
                    });
                    Webhook webhook = new Webhook(always(connect(media) + REDIRECT))) {
                PhoneReport report = call(VoicePlan.to(webhook.base())
                        .callSid("CA77")
                        .from("+4930123")
                        .duration(SHORT));
                assertThat(report.outcome()).isEqualTo(Outcome.CALLER_HUNG_UP);
                assertThat(report.wasHungUp()).isTrue();
                assertThat(report.streams()).singleElement().matches(CallReport::wasCompleted);
                assertThat(report.gaps()).isEmpty();
                assertThat(start.get(10, TimeUnit.SECONDS))
                        .contains("\"callSid\":\"CA77\"", "\"customParameters\":{\"a\":\"1 & 2\"}");
                assertThat(webhook.asked).singleElement().satisfies(asked -> {
                    assertThat(asked.uri()).isEqualTo("/twilio/voice");
                    assertThat(asked.signature()).isEqualTo("null");
                    assertThat(asked.form())
                            .containsEntry("CallSid", "CA77")
                            .containsEntry("From", "+4930123")
                            .containsEntry("CallStatus", "ringing")
                            .containsKeys("AccountSid", "To");
                });
            }
        }

        @Test
        void shouldSignTheAddressOfTheOutsideAndGoPastTheProxy() throws Exception {
            try (Webhook webhook = new Webhook(always("<Connect><Stream url=\"wss://gw.example.com/bot/media\"/>"
                    + "</Connect><Redirect>https://gw.example.com/bot/twilio/voice?resume=1</Redirect>"))) {
                String outside = "https://gw.example.com/bot";
                VoicePlan.Builder plan = VoicePlan.to(webhook.base())
                        .publicBase(outside)
                        .authToken("12345")
                        .maxDocuments(2);
                PhoneReport report = call(plan);
                // The webhook's port has no WebSocket: the stream is refused, and the call comes back.
                assertThat(report.outcome()).isEqualTo(Outcome.TOO_MANY_DOCUMENTS);
                assertThat(report.streams())
                        .allMatch(stream -> stream.plan().media().toString().startsWith("ws://127.0.0.1:"))
                        .allSatisfy(stream -> assertThat(stream.plan().headers())
                                .containsEntry(
                                        TwilioSignature.HEADER,
                                        TwilioSignature.of("12345", "wss://gw.example.com/bot/media")));
                assertThat(webhook.asked).extracting(Asked::uri).contains("/twilio/voice", "/twilio/voice?resume=1");
                assertThat(webhook.asked)
                        .filteredOn(asked -> asked.uri().equals("/twilio/voice?resume=1"))
                        .allMatch(asked -> asked.signature()
                                .equals(TwilioSignature.of("12345", outside + "/twilio/voice?resume=1", asked.form())));
            }
        }

        @Test
        void shouldDoVerbByVerb() throws Exception {
            try (Webhook webhook =
                    new Webhook(always("<Say>Good  bye.</Say><Pause length=\"0\"/><Hangup/><Say>Never.</Say>"))) {
                PhoneReport report = call(VoicePlan.to(webhook.base()));
                assertThat(report.outcome()).isEqualTo(Outcome.SERVER_HUNG_UP);
                assertThat(report.said()).containsExactly("Good  bye.");
            }
        }

        @Test
        void shouldBeOverWhenThereIsNoVerbLeft() throws Exception {
            try (Webhook webhook = new Webhook(always("<Say>Hello</Say>"))) {
                assertThat(call(VoicePlan.to(webhook.base())).outcome()).isEqualTo(Outcome.OUT_OF_VERBS);
            }
        }
    }

    @Nested
    class WhenTheStreamEnds {

        @Test
        void shouldComeBackWithANewStreamOfTheSameCall() throws Exception {
            AtomicInteger streams = new AtomicInteger();
            try (ScriptedServer media = new ScriptedServer(peer -> {
                        if (streams.getAndIncrement() == 0) {
                            String sid = ScriptedServer.streamSidIn(peer.readEvent("start"));
                            for (int i = 0; i < 5; i++) {
                                peer.echo(peer.read(), sid);
                            }
                            peer.reset();
                        } else {
                            ScriptedServer.echo(peer);
                        }
                    });
                    Webhook webhook = new Webhook(always(connect(media) + REDIRECT))) {
                PhoneReport report = call(VoicePlan.to(webhook.base())
                        .duration(Duration.ofSeconds(2))
                        .eachLeg((leg, stream) -> stream.echoProbe(true).drainFor(Duration.ofMillis(300))));
                assertThat(report.outcome()).isEqualTo(Outcome.CALLER_HUNG_UP);
                assertThat(report.streams())
                        .extracting(stream -> stream.ending().outcome())
                        .containsExactly(CallReport.Outcome.BROKEN, CallReport.Outcome.HUNG_UP);
                assertThat(report.streams())
                        .extracting(stream -> stream.plan().callSid())
                        .containsOnly(report.plan().callSid());
                assertThat(report.streams())
                        .extracting(stream -> stream.plan().streamSid())
                        .doesNotHaveDuplicates();
                assertThat(Objects.requireNonNull(report.streams().get(1).echo())
                                .isComplete())
                        .isTrue();
                assertThat(report.gaps()).singleElement().satisfies(gap -> {
                    assertThat(gap.lengthMs()).isPositive();
                    assertThat(gap.untilMediaMs()).isPresent();
                });
                assertThat(webhook.asked)
                        .extracting(Asked::uri)
                        .containsExactly("/twilio/voice", "/twilio/voice?resume=1");
                assertThat(webhook.asked.get(1).form()).containsEntry("CallStatus", "in-progress");
                assertThat(PhoneSummary.of(report))
                        .contains(": CALLER_HUNG_UP after ", " asked http://127.0.0.1:", "  no stream for ")
                        .contains("longest silence");
            }
        }

        @Test
        void shouldGoOnWithTheActionOfTheConnect() throws Exception {
            try (ScriptedServer media = new ScriptedServer(peer -> {
                        peer.readEvent("media");
                        peer.close(1000, "");
                        peer.readUntilClose();
                    });
                    Webhook webhook = new Webhook(number -> new Reply(
                            200,
                            twiml(
                                    number == 0
                                            ? connect(media).replace("<Connect>", "<Connect action=\"next\">")
                                            : "<Hangup/>")))) {
                PhoneReport report = call(VoicePlan.to(webhook.base()));
                assertThat(report.outcome()).isEqualTo(Outcome.SERVER_HUNG_UP);
                assertThat(webhook.asked).extracting(Asked::uri).containsExactly("/twilio/voice", "/twilio/next");
            }
        }

        @Test
        void shouldComeBackWhenTheStreamIsLostOnTheWay() throws Exception {
            CompletableFuture<Boolean> isUp = new CompletableFuture<>();
            try (ScriptedServer media = new ScriptedServer(peer -> {
                        isUp.complete(true);
                        ScriptedServer.echo(peer);
                    });
                    Webhook webhook = new Webhook(
                            number -> new Reply(200, twiml(number == 0 ? connect(media) + REDIRECT : "<Hangup/>")))) {
                PhoneCall call = client.call(VoicePlan.to(webhook.base())
                        .duration(Duration.ofMinutes(5))
                        .build());
                isUp.get(10, TimeUnit.SECONDS);
                await().until(() -> call.loseStream(HangUp.RESET));
                PhoneReport report = call.report().get(10, TimeUnit.SECONDS);
                assertThat(report.outcome()).isEqualTo(Outcome.SERVER_HUNG_UP);
                assertThat(report.legs()).hasSize(1);
                assertThat(call.stream()).isEmpty();
            }
        }

        @Test
        void shouldGiveUpACircleOfRedirects() throws Exception {
            try (Webhook webhook = new Webhook(always("<Redirect/>"))) {
                PhoneReport report = call(VoicePlan.to(webhook.base()).maxDocuments(7));
                assertThat(report.outcome()).isEqualTo(Outcome.TOO_MANY_DOCUMENTS);
                assertThat(report.answers()).hasSize(7);
            }
        }
    }

    @Nested
    class WhenTheWebhookFails {

        @Test
        void shouldAskOnceMoreAndThenBeOver() throws Exception {
            try (Webhook webhook = new Webhook(number -> new Reply(503, ""))) {
                PhoneReport report = call(VoicePlan.to(webhook.base()));
                assertThat(report.outcome()).isEqualTo(Outcome.WEBHOOK_FAILED);
                assertThat(report.detail()).endsWith("/twilio/voice: HTTP 503");
                assertThat(report.answers()).singleElement().satisfies(answer -> {
                    assertThat(answer.attempts()).isEqualTo(2);
                    assertThat(answer.status()).isEqualTo(503);
                });
                assertThat(webhook.asked).hasSize(2);
            }
        }

        @Test
        void shouldNotAskAgainWhenItIsRefused() throws Exception {
            try (Webhook webhook = new Webhook(number -> new Reply(403, ""))) {
                assertThat(call(VoicePlan.to(webhook.base())).outcome()).isEqualTo(Outcome.WEBHOOK_FAILED);
                assertThat(webhook.asked).hasSize(1);
            }
        }

        @Test
        void shouldAskTheFallback() throws Exception {
            try (Webhook fallback = new Webhook(always("<Say>Sorry</Say>"))) {
                String base = "http://127.0.0.1:" + freePort();
                PhoneReport report = call(VoicePlan.to(base).fallback(fallback.base() + "/sorry"));
                assertThat(report.outcome()).isEqualTo(Outcome.OUT_OF_VERBS);
                assertThat(report.said()).containsExactly("Sorry");
                assertThat(report.answers())
                        .extracting(PhoneReport.Answer::status)
                        .containsExactly(0, 200);
                assertThat(fallback.asked.getFirst().form())
                        .containsEntry("ErrorCode", "11200")
                        .containsEntry("ErrorUrl", base + "/twilio/voice");
            }
        }

        @Test
        void shouldWaitForAServerThatIsBeingRestarted() throws Exception {
            int port = freePort();
            PhoneCall call = client.call(VoicePlan.to("http://127.0.0.1:" + port)
                    .retryFor(Duration.ofSeconds(15), Duration.ofMillis(20))
                    .build());
            // Long enough for some attempts; with fewer the test would still hold.
            assertThatThrownBy(() -> call.report().get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            try (Webhook webhook = new Webhook(port, always("<Hangup/>"))) {
                PhoneReport report = call.report().get(15, TimeUnit.SECONDS);
                assertThat(report.outcome()).isEqualTo(Outcome.SERVER_HUNG_UP);
                assertThat(report.answers().getFirst().attempts()).isGreaterThan(1);
                assertThat(webhook.asked).isNotEmpty();
            }
        }

        @Test
        void shouldNotTakeAnythingForTwiml() throws Exception {
            try (Webhook webhook = new Webhook(number -> new Reply(200, "Hello"))) {
                assertThat(call(VoicePlan.to(webhook.base())).outcome()).isEqualTo(Outcome.BAD_TWIML);
            }
            try (Webhook webhook = new Webhook(always("<Connect><Stream url=\"wss://gw.example.com/\"/></Connect>"))) {
                PhoneReport report = call(VoicePlan.to(webhook.base()));
                assertThat(report.outcome()).isEqualTo(Outcome.BAD_TWIML);
                assertThat(report.detail()).contains("does not speak TLS");
            }
            try (Webhook webhook = new Webhook(always("<Redirect>ftp://gw/</Redirect>"))) {
                assertThat(call(VoicePlan.to(webhook.base())).outcome()).isEqualTo(Outcome.WEBHOOK_FAILED);
            }
        }
    }

    @Nested
    class WhenTheCallerEndsIt {

        @Test
        void shouldHangUpTheStream() throws Exception {
            CompletableFuture<Boolean> isUp = new CompletableFuture<>();
            try (ScriptedServer media = new ScriptedServer(peer -> {
                        isUp.complete(true);
                        ScriptedServer.echo(peer);
                    });
                    Webhook webhook = new Webhook(always(connect(media) + REDIRECT))) {
                PhoneCall call = client.call(VoicePlan.to(webhook.base())
                        .duration(Duration.ofMinutes(5))
                        .build());
                isUp.get(10, TimeUnit.SECONDS);
                call.hangUp();
                PhoneReport report = call.report().get(10, TimeUnit.SECONDS);
                assertThat(report.outcome()).isEqualTo(Outcome.CALLER_HUNG_UP);
                assertThat(webhook.asked).hasSize(1);
            }
        }

        @Test
        void shouldNotWaitForAPauseOrAnAnswer() throws Exception {
            try (Webhook webhook = new Webhook(always("<Pause length=\"300\"/>"));
                    ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                PhoneCall pausing =
                        client.call(VoicePlan.to(webhook.base()).duration(SHORT).build());
                PhoneCall asking = client.call(
                        VoicePlan.to("http://127.0.0.1:" + mute.getLocalPort()).build());
                assertThat(pausing.report().get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CALLER_HUNG_UP);
                asking.hangUp();
                assertThat(asking.report().get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CALLER_HUNG_UP);
            }
        }

        @Test
        void shouldReportCallsThatTheClientsEndCuts() throws Exception {
            try (ScriptedServer media = new ScriptedServer(ScriptedServer::echo);
                    Webhook webhook = new Webhook(always(connect(media) + REDIRECT))) {
                PhoneCall call = client.call(VoicePlan.to(webhook.base()).build());
                client.close();
                assertThat(call.report().get(10, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
            }
        }
    }
}
