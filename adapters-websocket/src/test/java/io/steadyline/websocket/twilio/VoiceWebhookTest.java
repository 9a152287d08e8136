package io.steadyline.websocket.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.websocket.twilio.VoiceWebhook.Answer;
import io.steadyline.websocket.twilio.VoiceWebhook.Decision;
import io.steadyline.websocket.twilio.VoiceWebhook.KnownCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VoiceWebhookTest {

    private static final TwilioUrls URLS = new TwilioUrls("https://gw.example.com");
    private static final VoiceWebhook WEBHOOK = new VoiceWebhook(URLS, 3, null);
    private static final Map<String, String> PARAMETERS = Map.of("token", "t-1");

    private static FormBody form(String callSid, String status) {
        return new FormBody(Map.of("CallSid", List.of(callSid), "CallStatus", List.of(status)));
    }

    private static Answer answer(VoiceWebhook webhook, @Nullable String query, KnownCall known, int returns) {
        return webhook.answer(form("CA0001", "in-progress"), query, known, returns, _ -> PARAMETERS);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // query,  known,        returns so far, decision
                "-,        NEW,          0, CONNECT",
                "-,        NEW,          9, CONNECT",
                "other=1,  NEW,          9, CONNECT",
                "resume=1, NEW,          0, RECONNECT",
                "resume=1, NEW,          2, RECONNECT",
                "resume=1, NEW,          3, GIVE_UP",
                "-,        LIVE_OR_LOST, 0, RECONNECT",
                "resume=1, LIVE_OR_LOST, 0, RECONNECT",
                "resume=1, LIVE_OR_LOST, 2, RECONNECT",
                "resume=1, LIVE_OR_LOST, 3, GIVE_UP",
                "-,        LIVE_OR_LOST, 4, GIVE_UP",
                "-,        FINISHED,     0, HANG_UP",
                "resume=1, FINISHED,     0, HANG_UP",
                "resume=1, FINISHED,     9, HANG_UP",
            })
    void shouldDecide(@Nullable String query, KnownCall known, int returns, Decision decision) {
        Answer answer = answer(WEBHOOK, query, known, returns);
        assertThat(answer.decision()).isEqualTo(decision);
        boolean connects = decision == Decision.CONNECT || decision == Decision.RECONNECT;
        String expected = connects
                ? TwiML.connect("wss://gw.example.com/twilio/media", PARAMETERS, URLS.resumeUrl())
                : TwiML.hangUp();
        assertThat(answer.twiml()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // query,  known,        returns so far, tokens
                "-,        NEW,          0, 1",
                "resume=1, LIVE_OR_LOST, 0, 1",
                "resume=1, LIVE_OR_LOST, 3, 0",
                "-,        FINISHED,     0, 0",
            })
    void shouldAskForAFreshTokenForEachStreamAndForNothingElse(
            @Nullable String query, KnownCall known, int returns, int tokens) {
        List<String> given = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            Answer answer = WEBHOOK.answer(form("CA0001", "in-progress"), query, known, returns, callSid -> {
                given.add(callSid + "-token-" + given.size());
                return Map.of(CallTokens.PARAMETER, given.getLast());
            });
            assertThat(given).hasSize(i * tokens);
            given.forEach(token -> assertThat(answer.reason()).doesNotContain(token));
            if (tokens > 0) {
                assertThat(answer.twiml())
                        .contains("<Parameter name=\"steadyline-token\" value=\"" + given.getLast() + "\"/>");
            }
        }
        assertThat(given).doesNotHaveDuplicates();
    }

    @Test
    void shouldPutARealTokenIntoTheStreamAsItIs() {
        String token = new CallTokens(TokenKey.random(), 1).issue("CA0001", 0);
        Answer answer = WEBHOOK.answer(
                form("CA0001", "ringing"), null, KnownCall.NEW, 0, _ -> Map.of(CallTokens.PARAMETER, token));
        assertThat(answer.twiml()).contains("value=\"" + token + "\"");
    }

    @Test
    void shouldNotAskForATokenWithoutACall() {
        Answer answer = WEBHOOK.answer(form("CA 1", "ringing"), null, KnownCall.NEW, 0, callSid -> {
            throw new AssertionError("a token for " + callSid);
        });
        assertThat(answer.decision()).isEqualTo(Decision.REFUSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "busy", "failed", "no-answer", "canceled"})
    void shouldNotConnectACallThatIsOver(String status) {
        Answer answer = WEBHOOK.answer(form("CA0001", status), null, KnownCall.NEW, 0, _ -> Map.of());
        assertThat(answer.decision()).isEqualTo(Decision.HANG_UP);
        assertThat(answer.twiml()).isEqualTo(TwiML.hangUp());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "CA 1", "CA\n1", "<x>", "CA0001CA0001CA0001CA0001CA0001CA0001CA0001CA0001CA0001CA0001CA0001"
            })
    void shouldRefuseWithoutACallId(String callSid) {
        Answer answer = WEBHOOK.answer(form(callSid, "ringing"), null, KnownCall.NEW, 0, _ -> Map.of());
        assertThat(answer.decision()).isEqualTo(Decision.REFUSE);
        assertThat(answer.reason()).startsWith("CallSid: '").doesNotContain("\n");
        assertThat(answer.twiml()).isEqualTo(TwiML.hangUp());
    }

    @Test
    void shouldRefuseAnEmptyForm() {
        assertThat(WEBHOOK.answer(FormBody.empty(), null, KnownCall.NEW, 0, _ -> Map.of())
                        .decision())
                .isEqualTo(Decision.REFUSE);
    }

    @Test
    void shouldSayFarewellWhenItGivesUp() {
        VoiceWebhook polite = new VoiceWebhook(URLS, 0, "Please call again.");
        Answer answer = answer(polite, TwilioUrls.RESUME_QUERY, KnownCall.LIVE_OR_LOST, 0);
        assertThat(answer)
                .isEqualTo(new Answer(
                        Decision.GIVE_UP, "returns: 0 (expected: less than 0)", TwiML.farewell("Please call again.")));
    }

    @Test
    void shouldHandACallBackThatNoBotWasThereFor() {
        VoiceWebhook webhook = new VoiceWebhook(URLS, 10, null, "https://flows.example.com/people?lang=de&a=b");
        Answer answer = answer(webhook, TwilioUrls.RESUME_QUERY, KnownCall.WITHOUT_BOT, 1);
        assertThat(answer.decision()).isEqualTo(Decision.HAND_BACK);
        assertThat(answer.twiml())
                .contains("<Redirect method=\"POST\">https://flows.example.com/people?lang=de&amp;a=b</Redirect>")
                .doesNotContain("<Connect>");
        assertThat(answer(webhook, TwilioUrls.RESUME_QUERY, KnownCall.FINISHED, 1)
                        .decision())
                .isEqualTo(Decision.HANG_UP);
    }

    @Test
    void shouldHangUpACallThatNoBotWasThereForWithoutAFallback() {
        assertThat(answer(WEBHOOK, TwilioUrls.RESUME_QUERY, KnownCall.WITHOUT_BOT, 1)
                        .decision())
                .isEqualTo(Decision.HANG_UP);
    }

    @Test
    void shouldNotBeBuiltWithLessThanNoReturns() {
        assertThatThrownBy(() -> new VoiceWebhook(URLS, -1, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxReturns: -1 (expected: 0 or more)");
    }

    @Test
    void shouldEndARoundThatNeverGetsAStream() {
        CallReturns returns = new CallReturns(10, 3, 60_000_000_000L);
        int connects = 0;
        for (long nowNs = 0; nowNs < 20_000_000_000L; nowNs += 1_000_000_000L) {
            int soFar = returns.note("CA0001", nowNs);
            connects += answer(WEBHOOK, "resume=1", KnownCall.NEW, soFar).decision() == Decision.RECONNECT ? 1 : 0;
        }
        assertThat(connects).isEqualTo(3);
    }
}
