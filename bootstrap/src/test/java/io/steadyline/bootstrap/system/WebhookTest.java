package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallState;
import io.steadyline.simulator.TwilioSignature;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Twilio is told when it asks what a call does next. */
class WebhookTest {

    private static final String PUBLIC_URL = "https://gw.example.com/bot";
    private static final String TOKEN = "auth-token";

    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = RunningGateway.with(
                "TWILIO_AUTH_TOKEN", TOKEN,
                "STEADYLINE_TWILIO_PUBLIC_URL", PUBLIC_URL,
                "STEADYLINE_TWILIO_MAX_RETURNS", "2");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private HttpPeer.Reply voice(String query, Map<String, String> form) throws IOException {
        StringBuilder body = new StringBuilder();
        new TreeMap<>(form)
                .forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(value));
        return raw(
                "POST", query, body.toString(), TwilioSignature.of(TOKEN, PUBLIC_URL + "/twilio/voice" + query, form));
    }

    private HttpPeer.Reply raw(String method, String query, String body, String signature) throws IOException {
        try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
            Map<String, String> headers =
                    Map.of(TwilioSignature.HEADER, signature, "Content-Type", "application/x-www-form-urlencoded");
            return peer.ask(method, "/twilio/voice" + query, headers, body);
        }
    }

    private RawPeer stream() throws IOException {
        return RawPeer.open(
                gateway.media(),
                Map.of(TwilioSignature.HEADER, TwilioSignature.of(TOKEN, "wss://gw.example.com/bot/twilio/media")));
    }

    @Test
    void shouldConnectANewCallToThePublicAddress() throws IOException {
        HttpPeer.Reply reply = voice("", Map.of("CallSid", "CA1", "CallStatus", "ringing"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().get("content-type")).startsWith("text/xml");
        assertThat(reply.body())
                .contains("<Connect>", "<Stream url=\"wss://gw.example.com/bot/twilio/media\"")
                .contains("<Redirect method=\"POST\">https://gw.example.com/bot/twilio/voice?resume=1</Redirect>");
    }

    @Test
    void shouldHangUpWhenTheCallWasEndedHere() throws IOException {
        StreamText call = StreamText.fresh();
        try (RawPeer peer = stream()) {
            peer.text(call.start()).settle();
            gateway.parts()
                    .server()
                    .requestEnd(
                            gateway.view(call.callSid()).facts().callId(),
                            new CallEnd(CallEnd.Party.OPERATOR, CallEnd.Reason.ADMIN_END, "test"));
            assertThat(peer.awaitClose()).isEqualTo(1000);
        }
        gateway.awaitEnd(call.callSid());
        assertThat(voice("?resume=1", Map.of("CallSid", call.callSid())).body())
                .contains("<Hangup")
                .doesNotContain("<Connect");
    }

    @Test
    void shouldConnectAgainAfterALostStreamAndGiveUpAfterTheLimit() throws IOException {
        StreamText call = StreamText.fresh();
        RawPeer peer = stream();
        peer.text(call.start()).settle().reset();
        await().atMost(RunningGateway.PATIENCE)
                .until(() -> gateway.view(call.callSid()).state() == CallState.LINGERING);
        Map<String, String> form = Map.of("CallSid", call.callSid(), "CallStatus", "in-progress");
        assertThat(voice("?resume=1", form).body()).contains("<Connect>");
        assertThat(voice("?resume=1", form).body()).contains("<Connect>");
        assertThat(voice("?resume=1", form).body()).contains("<Hangup").doesNotContain("<Connect");
    }

    @Test
    void shouldRefuseOtherMethods() throws IOException {
        HttpPeer.Reply reply = gateway.get("/twilio/voice");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.headers()).containsEntry("allow", "POST");
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeWithOrWithoutALength() throws IOException {
        assertThat(raw("POST", "", "a=" + "x".repeat(20_000), "").status()).isEqualTo(413);
        String head = "POST /twilio/voice HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = Integer.toHexString(10_000) + "\r\n" + "x".repeat(10_000) + "\r\n";
        for (int chunks : List.of(2, 20)) {
            try (HttpPeer peer = new HttpPeer(gateway.httpPort())) {
                peer.write(head + chunk.repeat(chunks) + "0\r\n\r\n");
                assertThat(peer.read().status()).as("%d chunks", chunks).isEqualTo(413);
            }
        }
    }

    @Test
    void shouldRefuseAMalformedForm() throws IOException {
        assertThat(raw("POST", "", "CallSid=%zz", "").status()).isEqualTo(400);
        assertThat(voice("", Map.of("CallSid", "")).status()).isEqualTo(400);
        assertThat(voice("", Map.of("From", "nobody")).status()).isEqualTo(400);
    }
}
