package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.agent.AgentSettings;
import io.steadyline.agent.AttachedAgents;
import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFormat;
import io.steadyline.testkit.Frames;
import io.steadyline.websocket.downstream.DownstreamConfig;
import io.steadyline.websocket.downstream.TwilioAgentDoor;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * By hand, with a bot that nobody here wrote: the echo server of Twilio's own samples (github.com/twilio/media-streams,
 * node/connect-basic), which sends back each second of the caller in one piece, with a mark behind it. Start it, then
 * {@code mvn verify -Dtest=PublicBotTest -Dsteadyline.public-bot=ws://127.0.0.1:8080/}.
 */
@Timeout(60)
@EnabledIfSystemProperty(named = PublicBotTest.URL, matches = "ws://.+")
class PublicBotTest {

    static final String URL = "steadyline.public-bot";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAMES = 50;
    private static final long EPOCH_MS = 1_767_322_000_000L;
    private static final long FRAME_NS = 20_000_000;

    @Test
    void shouldServeACallOfAProviderThatItDoesNotKnow() throws Exception {
        URI url = URI.create(System.getProperty(URL));
        try (TwilioAgentDoor door = new TwilioAgentDoor(DownstreamConfig.to(url));
                BareServer server = new BareServer(
                        CallSettings.DEFAULT,
                        new LateRecogniser(Duration.ZERO),
                        new AttachedAgents(door, AgentSettings.DEFAULT, false, _ -> ""),
                        List.of(new PlivoLikeDialect()));
                RawPeer peer = RawPeer.open(server.at("/plivo-like/media"))) {
            peer.text("""
                {"event":"start","sequenceNumber":1,"start":{"callId":"c-1","streamId":"s-1","accountId":"MA1",\
                "tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000}}}\
                """);
            List<byte[]> spoken = new ArrayList<>();
            for (int i = 0; i < FRAMES; i++) {
                byte[] frame = Frames.payload(i, AudioFormat.MULAW_8K);
                spoken.add(frame);
                peer.text("""
                    {"event":"media","sequenceNumber":%d,"streamId":"s-1","media":{"track":"inbound",\
                    "timestamp":"%d","chunk":%d,"payload":"%s"}}\
                    """.formatted(
                        i + 2, EPOCH_MS + 20L * i, i + 1, Base64.getEncoder().encodeToString(frame)));
                LockSupport.parkNanos(FRAME_NS);
            }
            peer.awaitSeen(message -> message.contains("checkpoint"));
            List<byte[]> heard = new ArrayList<>();
            for (String message : peer.seen()) {
                JsonNode said = JSON.readTree(message.substring("text ".length()));
                if (said.path("event").asText().equals("playAudio")) {
                    heard.add(Base64.getDecoder()
                            .decode(said.path("media").path("payload").asText()));
                }
            }
            assertThat(heard).usingElementComparator(Arrays::compare).containsExactlyElementsOf(spoken);
        }
    }
}
