package io.steadyline.websocket.downstream;

import io.steadyline.media.AudioFormat;
import io.steadyline.port.AgentDoor.Search;
import io.steadyline.port.AgentDoor.Wanted;
import io.steadyline.port.AgentLeg;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.Resumption;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A bot that has taken a call, from both ends. */
final class Attached implements AutoCloseable {

    static final CallFacts FACTS = facts(AudioFormat.MULAW_8K, Map.of("tenant", "acme", "lang", "de"));

    private final TwilioAgentDoor door;
    private final FakeSeat seat = new FakeSeat();
    private final BotServer.Connection bot;
    private final AgentLeg leg;

    /** With the two messages at its beginning read. */
    Attached(BotServer server, DownstreamConfig config, CallFacts facts) throws Exception {
        door = new TwilioAgentDoor(config);
        Search _ = door.seek(wanted(facts), seat);
        bot = server.upgraded();
        leg = seat.leg();
        if (!seat.next().equals("taken")) {
            throw new IOException("the seat was not taken");
        }
        leg.begin(briefing(facts, Optional.empty()));
        bot.readText();
        bot.readText();
    }

    Attached(BotServer server) throws Exception {
        this(server, DownstreamConfig.to(server.url()), FACTS);
    }

    FakeSeat seat() {
        return seat;
    }

    BotServer.Connection bot() {
        return bot;
    }

    AgentLeg leg() {
        return leg;
    }

    TwilioAgentDoor door() {
        return door;
    }

    static CallFacts facts(AudioFormat format, Map<String, String> parameters) {
        return new CallFacts(
                new CallId("CA00112233445566778899aabbccddeeff"),
                new StreamId("MZ5f0e1d2c3b4a59687746352413021100"),
                "twilio",
                "AC0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                format,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                parameters);
    }

    static Wanted wanted(CallFacts facts) {
        return new Wanted(facts, "", Optional.empty(), Optional.empty());
    }

    static AgentLeg.Briefing briefing(CallFacts facts, Optional<Resumption> resumption) {
        return new AgentLeg.Briefing(facts, resumption, new byte[0], 1, 7, 0, 0);
    }

    static String media(byte[] payload) {
        return "{\"event\":\"media\",\"streamSid\":\"" + FACTS.streamId() + "\",\"media\":{\"payload\":\""
                + Base64.getEncoder().encodeToString(payload) + "\"}}";
    }

    static String mark(String name) {
        return "{\"event\":\"mark\",\"streamSid\":\"" + FACTS.streamId() + "\",\"mark\":{\"name\":\"" + name + "\"}}";
    }

    static String clear() {
        return "{\"event\":\"clear\",\"streamSid\":\"" + FACTS.streamId() + "\"}";
    }

    @Override
    public void close() throws IOException {
        bot.close();
        door.close();
    }
}
