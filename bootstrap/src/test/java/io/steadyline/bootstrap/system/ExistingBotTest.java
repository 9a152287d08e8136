package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.agent.AgentSettings;
import io.steadyline.agent.AttachedAgents;
import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.G711;
import io.steadyline.media.Ptime;
import io.steadyline.signal.CallMoment;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.downstream.DownstreamConfig;
import io.steadyline.websocket.downstream.TwilioAgentDoor;
import io.steadyline.websocket.twilio.TwilioDialect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bot that was written for Twilio, unchanged, behind providers of two kinds; over sockets all the way. */
@Timeout(120)
class ExistingBotTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAMES = 25;
    private static final long EPOCH_MS = 1_767_322_000_000L;

    private EchoBot bot;
    private TwilioAgentDoor door;
    private BareServer server;

    @BeforeEach
    void start() {
        bot = new EchoBot();
        door = new TwilioAgentDoor(DownstreamConfig.to(bot.url()));
        server = new BareServer(
                CallSettings.DEFAULT,
                new LateRecogniser(Duration.ZERO),
                new AttachedAgents(door, AgentSettings.DEFAULT, false, _ -> ""),
                List.of(new TwilioDialect(DialectLimits.defaults()), new PlivoLikeDialect()));
    }

    @AfterEach
    void stop() {
        server.close();
        door.close();
        bot.close();
    }

    @Test
    void shouldServeACallOfTwilio() throws Exception {
        StreamText stream = StreamText.fresh();
        List<byte[]> spoken = speech();
        try (RawPeer peer = RawPeer.open(server.media())) {
            peer.text(StreamText.CONNECTED).text(stream.start());
            for (int i = 0; i < FRAMES; i++) {
                peer.text(stream.media(i + 1, spoken.get(i)));
                aFrameLater();
            }
            peer.text(stream.dtmf('7'));
            List<byte[]> heard = hear(peer, "media", "mark", name -> """
                {"event":"mark","streamSid":"%s","sequenceNumber":"90","mark":{"name":"%s"}}\
                """.formatted(stream.streamSid(), name));
            assertThat(heard).usingElementComparator(Arrays::compare).containsExactlyElementsOf(spoken);
            assertBotWasTold(stream.callSid(), stream.streamSid(), "acme");
            peer.text(stream.stop());
            server.awaitEnd(stream.callSid());
        }
        assertBotIsReleased(stream.callSid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio/x-mulaw", "audio/x-l16"})
    void shouldServeACallOfAnotherProvider(String encoding) throws Exception {
        List<byte[]> spoken = encoding.equals("audio/x-l16")
                ? speech().stream().map(ExistingBotTest::linear).toList()
                : speech();
        try (RawPeer peer = RawPeer.open(server.at("/plivo-like/media"))) {
            peer.text("""
                {"event":"start","sequenceNumber":1,"start":{"callId":"c-%1$s","streamId":"s-1","accountId":"MA1",\
                "tracks":["inbound"],"mediaFormat":{"encoding":"%1$s","sampleRate":8000}},\
                "extra_headers":"tenant=acme;token=abc123"}\
                """.formatted(encoding).replace("c-audio/x-", "c-"));
            for (int i = 0; i < FRAMES; i++) {
                peer.text("""
                    {"event":"media","sequenceNumber":%d,"streamId":"s-1","media":{"track":"inbound",\
                    "timestamp":"%d","chunk":%d,"payload":"%s"}}\
                    """.formatted(
                        i + 2, EPOCH_MS + 20L * i, i + 1, Base64.getEncoder().encodeToString(spoken.get(i))));
                aFrameLater();
            }
            peer.text("""
                {"event":"dtmf","sequenceNumber":40,"streamId":"s-1","dtmf":{"track":"inbound","digit":"7"}}\
                """);
            List<byte[]> heard = hear(
                    peer,
                    "playAudio",
                    "checkpoint",
                    name -> "{\"event\":\"playedStream\",\"sequenceNumber\":60,\"streamId\":\"s-1\",\"name\":\"" + name
                            + "\"}");
            assertThat(heard).usingElementComparator(Arrays::compare).containsExactlyElementsOf(spoken);
            String callId = encoding.replace("audio/x-", "c-");
            assertBotWasTold(callId, "s-1", "acme");
            peer.text("{\"event\":\"stop\",\"sequenceNumber\":70}");
            server.awaitEnd(callId);
            assertBotIsReleased(callId);
        }
    }

    @Test
    void shouldDialTheBotAgainWhenItsConnectionsAreGone() throws Exception {
        StreamText stream = StreamText.fresh();
        try (RawPeer peer = RawPeer.open(server.media())) {
            peer.text(StreamText.CONNECTED).text(stream.start());
            await().atMost(RunningGateway.PATIENCE)
                    .untilAsserted(() -> assertThat(bot.messages("start")).hasSize(1));
            bot.die();
            await().atMost(RunningGateway.PATIENCE)
                    .untilAsserted(() -> assertThat(bot.messages("start")).hasSize(2));
            JsonNode again = bot.messages("start").get(1).path("start");
            assertThat(again.path("callSid").asText()).isEqualTo(stream.callSid());
            assertThat(again.path("customParameters").path("steadyline_resumed").asText())
                    .isEqualTo("true");
            assertThat(again.path("customParameters").path("steadyline_gap_ms").asText())
                    .matches("\\d+");
            peer.text(stream.media(1, speech().getFirst()));
            peer.awaitSeen(message -> message.contains("\"event\":\"media\""));
            peer.text(stream.stop());
            server.awaitEnd(stream.callSid());
        }
    }

    /** What is played, until all marks have come; each mark is returned as if its audio had been heard. */
    private static List<byte[]> hear(RawPeer peer, String audio, String mark, UnaryOperator<String> returned)
            throws IOException {
        List<byte[]> heard = new ArrayList<>();
        int looked = 0;
        int marks = 0;
        while (marks < FRAMES) {
            int seen = looked;
            peer.awaitSeen(_ -> peer.seen().size() > seen);
            for (; looked < peer.seen().size(); looked++) {
                JsonNode message = JSON.readTree(peer.seen().get(looked).substring("text ".length()));
                String event = message.path("event").asText();
                if (event.equals(audio)) {
                    heard.add(Base64.getDecoder()
                            .decode(message.path("media").path("payload").asText()));
                } else if (event.equals(mark)) {
                    marks++;
                    peer.text(returned.apply(message.findPath("name").asText()));
                }
            }
        }
        return heard;
    }

    private void assertBotWasTold(String callSid, String streamSid, String tenant) {
        await().atMost(RunningGateway.PATIENCE)
                .untilAsserted(() -> assertThat(bot.messages("mark")).hasSize(FRAMES));
        assertThat(bot.messages("connected")).hasSize(1);
        assertThat(bot.messages("start")).singleElement().satisfies(start -> {
            assertThat(start.path("streamSid").asText()).isEqualTo(streamSid);
            assertThat(start.path("start").path("callSid").asText()).isEqualTo(callSid);
            assertThat(start.path("start")
                            .path("customParameters")
                            .path("tenant")
                            .asText())
                    .isEqualTo(tenant);
        });
        assertThat(bot.messages("media"))
                .extracting(media -> media.path("media").path("chunk").asText())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, FRAMES)
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(bot.messages("media"))
                .extracting(media -> media.path("media").path("timestamp").asText())
                .containsExactlyElementsOf(IntStream.range(0, FRAMES)
                        .mapToObj(i -> String.valueOf(20 * i))
                        .toList());
        assertThat(bot.messages("mark"))
                .extracting(mark -> mark.path("mark").path("name").asText())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, FRAMES)
                        .mapToObj(i -> "said-" + i)
                        .toList());
        assertThat(bot.messages("dtmf"))
                .singleElement()
                .satisfies(dtmf ->
                        assertThat(dtmf.path("dtmf").path("digit").asText()).isEqualTo("7"));
    }

    private void assertBotIsReleased(String callSid) {
        await().atMost(RunningGateway.PATIENCE)
                .untilAsserted(() -> assertThat(bot.messages("stop")).hasSize(1));
        assertThat(server.moments(callSid, CallMoment.InputRefused.class)).isEmpty();
        assertThat(server.failures()).isEmpty();
    }

    /** Each frame has a µ-law value of its own, and no value that linear samples know two of. */
    private static List<byte[]> speech() {
        return IntStream.range(0, FRAMES)
                .mapToObj(i -> {
                    byte[] frame = new byte[AudioFormat.MULAW_8K.frameBytes()];
                    Arrays.fill(frame, (byte) (i + 1));
                    return frame;
                })
                .toList();
    }

    private static byte[] linear(byte[] mulaw) {
        byte[] samples = new byte[new AudioFormat(Encoding.L16, 8000, Ptime.MS_20).frameBytes()];
        for (int i = 0; i < mulaw.length; i++) {
            short sample = G711.fromMulaw(mulaw[i]);
            samples[2 * i] = (byte) sample;
            samples[2 * i + 1] = (byte) (sample >> 8);
        }
        return samples;
    }

    private static void aFrameLater() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
}
