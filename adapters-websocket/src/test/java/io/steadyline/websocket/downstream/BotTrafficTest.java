package io.steadyline.websocket.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.testkit.Frames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What bots send, well or badly. */
@Timeout(120)
class BotTrafficTest {

    private static final long SEED = 20_260_801;

    private BotServer server;

    @BeforeEach
    void start() throws Exception {
        server = new BotServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(SEED).nextBytes(noise);
        return noise;
    }

    private DownstreamConfig small(int maxMessageBytes, Duration backlog) {
        return new DownstreamConfig(
                server.url(), Optional.empty(), Duration.ofSeconds(5), Map.of(), maxMessageBytes, backlog);
    }

    @Test
    void shouldTakeOneHugeChunkWhole() throws Exception {
        byte[] audio = noise(5 * 1024 * 1024);
        try (Attached attached = new Attached(server)) {
            attached.bot()
                    .text(Attached.media(audio))
                    .text(Attached.mark("end"))
                    .text(Attached.clear());
            assertThat(attached.seat().next()).isEqualTo("audio " + audio.length);
            assertThat(attached.seat().next()).isEqualTo("mark end");
            assertThat(attached.seat().next()).isEqualTo("clear");
            assertThat(Arrays.equals(attached.seat().audio(), audio))
                    .as("seed %d", SEED)
                    .isTrue();
        }
    }

    @Test
    void shouldTakeABurstOfAnySizesWholeAndInOrder() throws Exception {
        byte[] audio = noise(2 * 1024 * 1024);
        Random sizes = new Random(SEED);
        try (Attached attached = new Attached(server)) {
            int marks = 0;
            for (int at = 0; at < audio.length; ) {
                int bytes = Math.min(1 + sizes.nextInt(4_000), audio.length - at);
                attached.bot().text(Attached.media(Arrays.copyOfRange(audio, at, at + bytes)));
                at += bytes;
                if (marks < at / 262_144) {
                    attached.bot().text(Attached.mark("m" + ++marks));
                }
            }
            for (int i = 1; i <= marks; i++) {
                assertThat(attached.seat().nextBesidesAudio()).isEqualTo("mark m" + i);
            }
            attached.bot().text(Attached.clear());
            assertThat(attached.seat().nextBesidesAudio()).isEqualTo("clear");
            assertThat(Arrays.equals(attached.seat().audio(), audio))
                    .as("seed %d", SEED)
                    .isTrue();
            assertThat(attached.seat().faults()).isEmpty();
        }
    }

    @Test
    void shouldJoinAMessageInManyFramesWithAPingAmongThem() throws Exception {
        byte[] audio = noise(3_000);
        byte[] message = Attached.media(audio).getBytes(StandardCharsets.UTF_8);
        try (Attached attached = new Attached(server)) {
            BotServer.Connection bot = attached.bot();
            for (int at = 0; at < message.length; at += 7) {
                int end = Math.min(at + 7, message.length);
                int opcode = at == 0 ? BotServer.Connection.TEXT : BotServer.Connection.CONTINUATION;
                bot.frame(end == message.length, opcode, Arrays.copyOfRange(message, at, end));
                if (at == 700) {
                    bot.frame(true, BotServer.Connection.PING, new byte[] {1, 2, 3});
                }
            }
            BotServer.Frame pong = bot.read();
            assertThat(pong.opcode()).isEqualTo(BotServer.Connection.PONG);
            assertThat(pong.payload()).containsExactly(1, 2, 3);
            assertThat(attached.seat().next()).isEqualTo("audio 3000");
            assertThat(attached.seat().audio()).isEqualTo(audio);
        }
    }

    @Test
    void shouldNotReadWhileTheSeatHasEnough() throws Exception {
        try (Attached attached = new Attached(server)) {
            attached.seat().writable(false);
            String message = Attached.media(new byte[8_000]);
            long upTo = 256L * 1024 * 1024;
            long taken = attached.bot().fill(message, upTo);
            // One message, and what the buffers of two sockets and of the client hold.
            assertThat(taken).isLessThan(upTo / 2);
            assertThat(attached.seat().next()).isEqualTo("audio 8000");
            assertThat(attached.seat().isSilent()).isTrue();
            attached.seat().writable(true);
            for (long seen = 1; seen < taken / message.length(); seen++) {
                assertThat(attached.seat().next()).isEqualTo("audio 8000");
            }
        }
    }

    @Test
    void shouldCutABotThatNeverReads() throws Exception {
        try (BotServer narrow = new BotServer().withReceiveBuffer(4_096)) {
            DownstreamConfig config = new DownstreamConfig(
                    narrow.url(), Optional.empty(), Duration.ofSeconds(5), Map.of(), 65_536, Duration.ofSeconds(1));
            try (Attached attached = new Attached(narrow, config, Attached.FACTS)) {
                int frames = 0;
                while (attached.seat().isSilent() && frames < 1_000_000) {
                    attached.leg()
                            .onCallerFrame(
                                    new AudioFrame(Frames.payload(frames, AudioFormat.MULAW_8K), frames++), false);
                }
                assertThat(attached.seat().next())
                        .isEqualTo("left does not read: more than 1000 ms of caller audio wait");
                attached.leg().end("gone");
            }
        }
    }

    @Test
    void shouldIgnoreGarbageAndCutTheBotThatSendsNothingElse() throws Exception {
        try (Attached attached = new Attached(server)) {
            BotServer.Connection bot = attached.bot();
            String badPayload = "{\"event\":\"media\",\"streamSid\":\"" + Attached.FACTS.streamId()
                    + "\",\"media\":{\"payload\":\"?!\"}}";
            for (int i = 0; i < 12; i++) {
                bot.text("{").text("[]").text(badPayload).frame(true, BotServer.Connection.BINARY, new byte[] {1, 2});
            }
            bot.text("{\"event\":\"media\",\"streamSid\":\"" + Attached.FACTS.streamId() + "\"}")
                    .text("{\"event\":5}");
            bot.text(Attached.media(new byte[160]));
            assertThat(attached.seat().next()).isEqualTo("audio 160");
            bot.text("one too many");
            assertThat(attached.seat().next())
                    .startsWith("left more than 50 messages that cannot be used, the last one: message: ");
            assertThat(bot.awaitClose().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void shouldIgnoreOtherStreamsAndUnknownEventsWithoutEnd() throws Exception {
        try (Attached attached = new Attached(server)) {
            for (int i = 0; i < 200; i++) {
                attached.bot()
                        .text("{\"event\":\"clear\",\"streamSid\":\"MZother\"}")
                        .text("{\"event\":\"clear\"}")
                        .text("{\"event\":\"hello\"}");
            }
            attached.bot().text(Attached.media(new byte[0])).text(Attached.clear());
            assertThat(attached.seat().next()).isEqualTo("clear");
        }
    }

    @Test
    void shouldCutABotWhoseMessageIsTooLong() throws Exception {
        try (Attached attached = new Attached(server, small(65_536, Duration.ofSeconds(1)), Attached.FACTS)) {
            attached.bot().text(Attached.media(new byte[40_000]));
            assertThat(attached.seat().next()).isEqualTo("audio 40000");
            attached.bot().text(Attached.media(new byte[50_000]));
            assertThat(attached.seat().next())
                    .isEqualTo("left message: more than 65536 bytes (expected: at most that)");
            assertThat(attached.bot().awaitClose().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void shouldCutABotThatMarksWithoutEnd() throws Exception {
        try (Attached attached = new Attached(server)) {
            for (int i = 0; i <= PendingMarks.MAX; i++) {
                attached.bot().text(Attached.mark("m"));
            }
            for (int i = 0; i < PendingMarks.MAX; i++) {
                assertThat(attached.seat().next()).isEqualTo("mark m");
            }
            assertThat(attached.seat().next()).isEqualTo("left more than 2048 marks wait");
        }
    }

    @Test
    void shouldSayThatTheBotHasClosed() throws Exception {
        try (Attached attached = new Attached(server)) {
            attached.bot().text(Attached.media(new byte[160])).sendClose(1001, "going away\n");
            assertThat(attached.seat().next()).isEqualTo("audio 160");
            assertThat(attached.seat().next()).isEqualTo("left closed by the bot: 1001 going away\\u000a");
            assertThat(attached.bot().awaitClose().closeCode()).isEqualTo(1001);
            attached.leg().end("gone");
        }
    }

    @Test
    void shouldSayThatTheConnectionIsLost() throws Exception {
        try (Attached attached = new Attached(server)) {
            attached.bot().reset();
            assertThat(attached.seat().next()).startsWith("left connection lost: ");
        }
    }

    @Test
    void shouldSayThatTheConnectionEndedWithoutAClose() throws Exception {
        try (Attached attached = new Attached(server)) {
            attached.bot().close();
            assertThat(attached.seat().next()).startsWith("left connection lost: ");
        }
    }
}
