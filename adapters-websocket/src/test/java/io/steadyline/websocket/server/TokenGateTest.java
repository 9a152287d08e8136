package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.websocket.twilio.CallTokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TokenGateTest {

    private final TokenGate gate = new TokenGate(ServerConfig.onLoopback());

    private static CallFacts facts(Map<String, String> parameters) {
        return new CallFacts(
                new CallId("CA1"),
                new StreamId("MZ1"),
                "twilio",
                "AC1",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                parameters);
    }

    @Test
    void shouldLetAStreamInOnceAndNotSayTheTokenWhenItRefuses() {
        CallFacts facts = facts(gate.parametersFor("CA1"));
        assertThat(gate.refusalOf(facts)).isEmpty();
        assertThat(gate.refusalOf(facts)).contains("steadyline-token: used before");
        assertThat(gate.refusalOf(facts(gate.parametersFor("CA2"))))
                .contains("steadyline-token: not given by this gateway for this call");
    }

    @Test
    void shouldLetAStreamInWithoutATokenWhenNoneIsRequired() {
        assertThat(gate.refusalOf(facts(Map.of("tenant", "acme")))).isEmpty();
    }

    @Test
    void shouldNotLetTheTokenOfAnAdoptedCallInAgain() {
        CallFacts facts = facts(gate.parametersFor("CA1"));
        gate.onAdopted(facts);
        assertThat(gate.refusalOf(facts)).contains("steadyline-token: used before");
    }

    @Test
    void shouldTakeAnAdoptedCallWithoutOrWithAnOldToken() {
        gate.onAdopted(facts(Map.of()));
        gate.onAdopted(facts(Map.of(CallTokens.PARAMETER, "of long ago")));
        assertThat(gate.refusalOf(facts(gate.parametersFor("CA1")))).isEmpty();
    }

    @Test
    void shouldHideTheTokenAndNothingElse() {
        Map<String, String> parameters = new HashMap<>(gate.parametersFor("CA1"));
        parameters.put("tenant", "acme");
        assertThat(TokenGate.withoutToken(facts(parameters))).isEqualTo(facts(Map.of("tenant", "acme")));
        assertThat(TokenGate.withoutToken(facts(Map.of("tenant", "acme")))).isEqualTo(facts(Map.of("tenant", "acme")));
    }
}
