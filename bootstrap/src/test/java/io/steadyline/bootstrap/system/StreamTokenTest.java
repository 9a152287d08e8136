package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.websocket.twilio.CallTokens;
import io.steadyline.websocket.twilio.TokenKey;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The one-time token between the webhook's answer and the stream that it leads to. */
class StreamTokenTest {

    private static final Pattern TOKEN =
            Pattern.compile("<Parameter name=\"steadyline-token\" value=\"([A-Za-z0-9_-]+)\"/>");
    private static final String USED = "close 1008 steadyline-token: used before";
    private static final String FOREIGN = "close 1008 steadyline-token: not given by this gateway for this call";

    private final TokenKey key = TokenKey.random();
    private final StreamText call = StreamText.fresh();
    private RunningGateway gateway = RunningGateway.with(key);

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void restart(String... environment) {
        gateway.close();
        gateway = RunningGateway.with(key, environment);
    }

    /** What the webhook gives the next stream of this call. */
    private String token(StreamText asking) throws IOException {
        try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
            HttpPeer.Reply reply = peer.ask(
                    "POST",
                    "/twilio/voice",
                    Map.of("Content-Type", "application/x-www-form-urlencoded"),
                    "CallSid=" + asking.callSid() + "&CallStatus=in-progress");
            Matcher given = TOKEN.matcher(reply.body());
            assertThat(given.find()).as(reply.body()).isTrue();
            return given.group(1);
        }
    }

    private void assertAccepted(String start) throws IOException {
        try (RawPeer peer = RawPeer.open(gateway.media())) {
            peer.text(start).settle();
            assertThat(peer.seen()).noneMatch(event -> event.startsWith("close "));
        }
    }

    private void assertRefused(String start, String close) throws IOException {
        try (RawPeer peer = RawPeer.open(gateway.media())) {
            peer.text(start);
            assertThat(peer.awaitSeen(event -> event.startsWith("close "))).isEqualTo(close);
        }
    }

    @Test
    void shouldLetAStreamInOnceAndBeCountedWhenItIsUsedAgain() throws IOException {
        String start = call.startWithToken(token(call));
        assertAccepted(start);
        assertRefused(start, USED);
        assertRefused(start, USED);
        await().atMost(RunningGateway.PATIENCE)
                .untilAsserted(() -> assertThat(gateway.metric("steadyline_sockets_refused_total", "bad_token"))
                        .isEqualTo(2));
    }

    @Test
    void shouldNotReachTheCall() throws IOException {
        try (RawPeer peer = RawPeer.open(gateway.media())) {
            peer.text(call.startWithToken(token(call))).settle();
            assertThat(gateway.view(call.callSid()).facts().parameters()).isEqualTo(Map.of("tenant", "acme"));
        }
    }

    @Test
    void shouldBeAFreshOneWhenTheCallComesBack() throws IOException {
        String first = token(call);
        RawPeer peer = RawPeer.open(gateway.media());
        peer.text(call.startWithToken(first)).settle().reset();
        String second = token(call);
        assertThat(second).isNotEqualTo(first);
        assertRefused(call.again().startWithToken(first), USED);
        assertAccepted(call.again().startWithToken(second));
    }

    @Test
    void shouldBelongToItsCall() throws IOException {
        String token = token(call);
        StreamText stranger = StreamText.fresh();
        assertRefused(stranger.startWithToken(token), FOREIGN);
        assertThat(gateway.isKnown(stranger.callSid())).isFalse();
        assertAccepted(call.startWithToken(token));
    }

    @Test
    void shouldNotBeMadeUp() throws IOException {
        assertRefused(call.startWithToken("made-up"), FOREIGN);
    }

    @Test
    void shouldBeTooOldAfterAMinute() throws IOException {
        long longAgoMs = System.currentTimeMillis() - CallTokens.LIFETIME.toMillis() - 1;
        String old = new CallTokens(key, 1).issue(call.callSid(), longAgoMs);
        assertRefused(call.startWithToken(old), "close 1008 steadyline-token: older than 60 s");
    }

    @Test
    void shouldNotBeNeededUnlessItIsRequired() throws IOException {
        assertAccepted(call.start());
        restart("STEADYLINE_TWILIO_NONCE", "required");
        StreamText next = StreamText.fresh();
        assertRefused(next.start(), "close 1008 no steadyline-token (expected: the one of the voice webhook's answer)");
        assertAccepted(next.startWithToken(token(next)));
    }

    @Nested
    class AfterARestart {

        @Test
        void shouldLetTheStreamInThatItWasGivenTo() throws IOException {
            String start = call.startWithToken(token(call));
            restart("STEADYLINE_TWILIO_NONCE", "required");
            assertAccepted(start);
            assertRefused(start, USED);
        }

        @Test
        void shouldBeWorthNothingWithAnotherKey() throws IOException {
            String start = call.startWithToken(token(call));
            gateway.close();
            gateway = RunningGateway.with();
            assertRefused(start, FOREIGN);
        }
    }
}
