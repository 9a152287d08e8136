package io.steadyline.websocket.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.Encoding;
import io.steadyline.media.G711;
import io.steadyline.media.Ptime;
import io.steadyline.port.AgentDoor.Search;
import io.steadyline.port.AgentDoor.Wanted;
import io.steadyline.port.AgentLeg;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Resumption;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.testkit.Frames;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.twilio.TwilioDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call as the bot gets it on its socket. */
@Timeout(60)
class TwilioCallTest {

    private static final SpeechEvent.Stamp STAMP = new SpeechEvent.Stamp("builtin", 1, 1, Duration.ZERO);
    private static final AgentEvent.Ended ENDED =
            new AgentEvent.Ended(new CallEnd(CallEnd.Party.CALLER, CallEnd.Reason.HANG_UP, "the caller hung up"));

    private static AudioFrame frame(long position) {
        return new AudioFrame(Frames.payload(position, AudioFormat.MULAW_8K), position);
    }

    private static List<String> recorded(String name) throws IOException {
        try (InputStream in = TwilioCallTest.class.getResourceAsStream("/downstream/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void shouldBeTheRecordedConversation() throws Exception {
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        FakeSeat seat = new FakeSeat();
        List<String> heard = new ArrayList<>();
        try (BotServer server = new BotServer();
                TwilioAgentDoor door = new TwilioAgentDoor(DownstreamConfig.to(server.url()))) {
            CallFacts facts = Attached.facts(AudioFormat.MULAW_8K, Map.of("tenant", "acme", "greeting", "\"Hi\\ü\n\""));
            Search _ = door.seek(new Wanted(facts, traceparent, Optional.empty(), Optional.empty()), seat);
            BotServer.Connection bot = server.upgraded();
            AgentLeg leg = seat.leg();
            leg.begin(Attached.briefing(facts, Optional.empty()));
            leg.onCallerFrame(frame(0), false);
            leg.onCallerFrame(frame(1), false);
            leg.on(
                    1,
                    new AgentEvent.Speech(new SpeechEvent.DtmfHeard(STAMP, '5', Duration.ZERO, Duration.ZERO)),
                    false);
            leg.on(2, new AgentEvent.Dtmf('#', false), false);
            // Its tone is in the audio too: the same key.
            leg.on(
                    0,
                    new AgentEvent.Speech(new SpeechEvent.DtmfHeard(STAMP, '#', Duration.ZERO, Duration.ZERO)),
                    false);
            leg.on(0, new AgentEvent.Speech(new SpeechEvent.Interim(STAMP, "s1", "hello")), false);
            for (int i = 0; i < 5; i++) {
                heard.add(bot.readText());
            }
            heard.add(bot.readText());
            bot.text(Attached.mark("played")).text(Attached.mark("cleared")).text(Attached.mark("played"));
            assertThat(seat.next()).isEqualTo("taken");
            assertThat(seat.next()).isEqualTo("mark played");
            assertThat(seat.next()).isEqualTo("mark cleared");
            assertThat(seat.next()).isEqualTo("mark played");
            leg.on(4, new AgentEvent.MarkSettled("played", MarkOutcome.PLAYED, 20), false);
            leg.on(5, new AgentEvent.BargedIn(2), false);
            leg.on(6, new AgentEvent.MarkSettled("cleared", MarkOutcome.INTERRUPTED, 20), false);
            leg.on(7, new AgentEvent.MarkSettled("played", MarkOutcome.INTERRUPTED, 20), false);
            leg.on(9, new AgentEvent.StreamLost(), false);
            leg.on(10, new AgentEvent.Started(facts, Optional.of(Resumption.ofStream(40, "the stream broke"))), false);
            leg.onCallerFrame(frame(7), false);
            leg.onPlayback(new AgentLeg.Playback(20, 0, false));
            leg.on(11, ENDED, false);
            leg.end("the caller hung up");
            for (int i = 0; i < 5; i++) {
                heard.add(bot.readText());
            }
            BotServer.Frame close = bot.read();
            assertThat(close.opcode()).isEqualTo(BotServer.Connection.CLOSE);
            assertThat(close.closeCode()).isEqualTo(1000);
            bot.sendClose(1000, "");
            assertThat(bot.isEnded()).isTrue();
            assertThat(seat.isSilent()).isTrue();
        }
        assertThat(heard).isEqualTo(recorded("whole-call.jsonl"));
    }

    /** Nobody can tell where a mark was when its bot was killed; names may be meant to outlive it. */
    @Test
    void shouldTellMarksOfTheBotBefore() throws Exception {
        FakeSeat seat = new FakeSeat();
        try (BotServer server = new BotServer();
                TwilioAgentDoor door = new TwilioAgentDoor(DownstreamConfig.to(server.url()))) {
            Search _ = door.seek(new Wanted(Attached.FACTS, "", Optional.empty(), Optional.empty()), seat);
            BotServer.Connection bot = server.upgraded();
            AgentLeg leg = seat.leg();
            leg.begin(Attached.briefing(Attached.FACTS, Optional.empty()));
            leg.on(3, new AgentEvent.MarkSettled("of another bot", MarkOutcome.PLAYED, 0), true);
            bot.readText();
            bot.readText();
            assertThat(bot.readText()).contains("\"name\":\"of another bot\"");
        }
    }

    @Test
    void shouldTakeAPongForTheBotsWordThatItHasDealtWithWhatCameBefore() throws Exception {
        FakeSeat seat = new FakeSeat();
        try (BotServer server = new BotServer();
                TwilioAgentDoor door = new TwilioAgentDoor(DownstreamConfig.to(server.url()))) {
            Search _ = door.seek(new Wanted(Attached.FACTS, "", Optional.empty(), Optional.empty()), seat);
            BotServer.Connection bot = server.upgraded();
            AgentLeg leg = seat.leg();
            leg.begin(Attached.briefing(Attached.FACTS, Optional.empty()));
            leg.onCallerFrame(frame(0), false);
            leg.on(1, new AgentEvent.Dtmf('5', false), false);
            for (int i = 0; i < 4; i++) {
                bot.readText();
            }
            assertThat(leg.acknowledges()).isTrue();
            leg.onCallerFrame(frame(1), false);
            bot.readText();
            assertThat(seat.nextAcknowledged()).isEqualTo("1 0");
        }
    }

    @Test
    void shouldBeTwilioToWhoeverReadsTwilio() throws Exception {
        DialectCodec codec = new TwilioDialect(DialectLimits.defaults()).newCodec(StreamMode.BIDIRECTIONAL);
        for (String message : recorded("whole-call.jsonl")) {
            byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
            assertThat(codec.decode(utf8, 0, utf8.length)).as(message).isNotInstanceOf(PeerEvent.Unusable.class);
        }
    }

    @Test
    void shouldEndTheConnectionOfABotThatDoesNotAnswerTheClose() throws Exception {
        try (BotServer server = new BotServer();
                Attached attached = new Attached(server)) {
            attached.leg().end("over");
            assertThat(attached.bot().readText()).contains("\"event\":\"stop\"");
            assertThat(attached.bot().awaitClose().closeCode()).isEqualTo(1000);
            assertThat(attached.bot().isEnded()).isTrue();
            assertThat(attached.seat().isSilent()).isTrue();
        }
    }

    @Test
    void shouldEndInOrderWhileTheSeatHasEnough() throws Exception {
        try (BotServer server = new BotServer();
                Attached attached = new Attached(server)) {
            attached.seat().writable(false);
            attached.bot().text(Attached.media(new byte[160])).text(Attached.media(new byte[161]));
            assertThat(attached.seat().next()).isEqualTo("audio 160");
            attached.leg().end("over");
            assertThat(attached.bot().readText()).contains("\"event\":\"stop\"");
            BotServer.Frame close = attached.bot().awaitClose();
            assertThat(close.closeCode()).isEqualTo(1000);
            assertThat(close.text()).endsWith("over");
            attached.bot().sendClose(1000, "");
            assertThat(attached.bot().isEnded()).isTrue();
            assertThat(attached.seat().isSilent()).isTrue();
        }
    }

    @Test
    void shouldTellWhatWasMissedBeforeWhatIsLive() throws Exception {
        FakeSeat seat = new FakeSeat();
        try (BotServer server = new BotServer();
                TwilioAgentDoor door = new TwilioAgentDoor(DownstreamConfig.to(server.url()))) {
            Search _ = door.seek(Attached.wanted(Attached.FACTS), seat);
            BotServer.Connection bot = server.upgraded();
            AgentLeg leg = seat.leg();
            leg.begin(Attached.briefing(Attached.FACTS, Optional.of(Resumption.ofStream(3_480, "bot gone"))));
            // Far more than may wait of what is live.
            int missed = 3_000;
            for (int i = 0; i < missed; i++) {
                leg.onCallerFrame(frame(100 + i), true);
            }
            leg.on(4, new AgentEvent.Dtmf('1', false), true);
            leg.onCallerFrame(frame(100 + missed), false);
            assertThat(bot.readText()).isEqualTo(BotWriter.CONNECTED);
            assertThat(bot.readText())
                    .contains("\"customParameters\":{\"lang\":\"de\",\"steadyline_gap_ms\":\"3480\","
                            + "\"steadyline_resumed\":\"true\",\"tenant\":\"acme\"}");
            for (int i = 0; i < missed; i++) {
                assertThat(bot.readText())
                        .isEqualTo(media(i + 2, i + 1, 2_000 + 20L * i, Frames.payload(100 + i, AudioFormat.MULAW_8K)));
            }
            assertThat(bot.readText()).contains("\"event\":\"dtmf\"");
            assertThat(bot.readText()).contains("\"chunk\":\"3001\",\"timestamp\":\"62000\"");
            assertThat(seat.next()).isEqualTo("taken");
            assertThat(seat.isSilent()).isTrue();
        }
    }

    @Test
    void shouldPassIdsOfAnotherProviderOn() throws Exception {
        CallFacts facts = new CallFacts(
                new CallId("6f1f7a2e-c\"1"),
                new StreamId("stream/\u00e9"),
                "plivo",
                "",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                Map.of());
        FakeSeat seat = new FakeSeat();
        try (BotServer server = new BotServer();
                TwilioAgentDoor door = new TwilioAgentDoor(DownstreamConfig.to(server.url()))) {
            Search _ = door.seek(Attached.wanted(facts), seat);
            BotServer.Connection bot = server.upgraded();
            seat.leg().begin(Attached.briefing(facts, Optional.empty()));
            bot.readText();
            assertThat(bot.readText())
                    .isEqualTo("{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"\","
                                   + "\"streamSid\":\"stream/\u00e9\",\"callSid\":\"6f1f7a2e-c\\\"1\",\"tracks\":[\"inbound\"],"
                                   + "\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},"
                                   + "\"customParameters\":{}},\"streamSid\":\"stream/\u00e9\"}");
            bot.text("{\"event\":\"clear\",\"streamSid\":\"stream/\\u00e9\"}");
            assertThat(seat.next()).isEqualTo("taken");
            assertThat(seat.next()).isEqualTo("clear");
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void shouldSpeakMulawWhateverTheCallSpeaks(Encoding encoding) throws Exception {
        AudioFormat format = new AudioFormat(encoding, 8000, Ptime.MS_20);
        byte[] mulaw = Frames.payload(3, AudioFormat.MULAW_8K);
        byte[] ofCall = new byte[format.frameBytes()];
        for (int i = 0; i < mulaw.length; i++) {
            short sample = G711.fromMulaw(mulaw[i]);
            switch (encoding) {
                case MULAW -> ofCall[i] = mulaw[i];
                case ALAW -> ofCall[i] = G711.toAlaw(sample);
                case L16 -> {
                    ofCall[2 * i] = (byte) sample;
                    ofCall[2 * i + 1] = (byte) (sample >> 8);
                }
            }
        }
        try (BotServer server = new BotServer();
                Attached attached =
                        new Attached(server, DownstreamConfig.to(server.url()), Attached.facts(format, Map.of()))) {
            attached.leg().onCallerFrame(new AudioFrame(ofCall, 0), false);
            byte[] sent = payload(attached.bot().readText());
            assertThat(sent).hasSize(160);
            for (int i = 0; i < sent.length; i++) {
                // A-law has other steps than µ-law.
                int tolerance = encoding == Encoding.ALAW ? Math.abs(G711.fromMulaw(mulaw[i])) / 16 + 16 : 0;
                assertThat((int) G711.fromMulaw(sent[i]))
                        .isBetween(G711.fromMulaw(mulaw[i]) - tolerance, G711.fromMulaw(mulaw[i]) + tolerance);
            }
            attached.bot().text(Attached.media(mulaw));
            assertThat(attached.seat().next()).isEqualTo("audio " + format.frameBytes());
            assertThat(attached.seat().audio()).isEqualTo(ofCall);
        }
    }

    @Test
    void shouldSayStopWhenTheGatewayStops() throws Exception {
        try (BotServer server = new BotServer();
                Attached attached = new Attached(server)) {
            Thread closing = Thread.ofVirtual().start(attached.door()::close);
            assertThat(attached.bot().readText()).startsWith("{\"event\":\"stop\",\"sequenceNumber\":\"2\"");
            assertThat(attached.bot().awaitClose().closeCode()).isEqualTo(1000);
            attached.bot().sendClose(1000, "");
            closing.join();
            attached.leg().onCallerFrame(frame(1), false);
            attached.leg().end("over");
        }
    }

    private static String media(long sequence, long chunk, long timestampMs, byte[] payload) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + sequence
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + chunk + "\",\"timestamp\":\"" + timestampMs
                + "\",\"payload\":\"" + Base64.getEncoder().encodeToString(payload) + "\"},\"streamSid\":\""
                + Attached.FACTS.streamId() + "\"}";
    }

    private static byte[] payload(String media) {
        String begin = "\"payload\":\"";
        int from = media.indexOf(begin) + begin.length();
        return Base64.getDecoder().decode(media.substring(from, media.indexOf('"', from)));
    }
}
