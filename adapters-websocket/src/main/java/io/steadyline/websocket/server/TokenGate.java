package io.steadyline.websocket.server;

import io.steadyline.signal.CallFacts;
import io.steadyline.websocket.twilio.CallTokens;
import io.steadyline.websocket.twilio.CallTokens.Verdict;
import java.util.Map;
import java.util.Optional;

/** Gives each stream of the webhook a one-time token, and asks the stream for it. Media loop only. */
final class TokenGate {

    private final CallTokens tokens;
    private final boolean required;

    TokenGate(ServerConfig config) {
        // A used token is remembered for its lifetime, and no more sockets than these are let in meanwhile.
        int maxUsed = config.maxCallsPerSecond() * (int) (CallTokens.LIFETIME.toSeconds() + 1);
        this.tokens = new CallTokens(config.tokenKey(), maxUsed);
        this.required = config.tokenRequired();
    }

    /** Goes into the webhook's answer. */
    Map<String, String> parametersFor(String callSid) {
        return Map.of(CallTokens.PARAMETER, tokens.issue(callSid, System.currentTimeMillis()));
    }

    /** Why this stream must not start, without the token itself; empty: its token was good and is used now. */
    Optional<String> refusalOf(CallFacts facts) {
        String token = facts.parameters().get(CallTokens.PARAMETER);
        if (token == null) {
            return required
                    ? Optional.of("no " + CallTokens.PARAMETER + " (expected: the one of the voice webhook's answer)")
                    : Optional.empty();
        }
        Verdict verdict = redeem(facts, token);
        return verdict == Verdict.VALID ? Optional.empty() : Optional.of(CallTokens.PARAMETER + ": " + verdict.words());
    }

    /** The worker before has checked it: it only must not be used again. */
    void onAdopted(CallFacts facts) {
        String token = facts.parameters().get(CallTokens.PARAMETER);
        if (token != null) {
            redeem(facts, token);
        }
    }

    /** What calls, agents, logs and the journal may know. */
    static CallFacts withoutToken(CallFacts facts) {
        return facts.withoutParameter(CallTokens.PARAMETER);
    }

    private Verdict redeem(CallFacts facts, String token) {
        return tokens.redeem(facts.callId().value(), token, System.currentTimeMillis());
    }
}
