package io.steadyline.stt.soniox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;

/** Soniox's messages: parts of words, each final one once, the others again and again; marks between them. */
final class SonioxDialect implements Dialect {

    private static final String END = "<end>";
    private static final String FINALIZED = "<fin>";
    /** Said in long calls as a matter of course: another request goes on. */
    private static final String GO_ON_ELSEWHERE = "Cannot continue request";

    private final String sessionId;
    private final ObjectNode start;
    private final ObjectNode finalize;
    private final TokenText finals = new TokenText();
    private String lastInterim = "";
    private long utteranceEndMs = Hearing.UNKNOWN;
    /** Finals came since the last end of an utterance. */
    private boolean said;

    SonioxDialect(String sessionId, ObjectNode start, ObjectNode finalize) {
        this.sessionId = sessionId;
        this.start = start;
        this.finalize = finalize;
    }

    /** Nothing answers the first message: audio may follow it. */
    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        out.text(Json.write(start));
        hearing.ready(sessionId);
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(chunk);
    }

    @Override
    public void keepAlive(Outlet out) {
        out.text(Json.write(Json.object().put("type", "keepalive")));
    }

    @Override
    public void flush(Outlet out) {
        out.text(Json.write(finalize));
    }

    /** An empty message is the end of the audio. */
    @Override
    public void endOfInput(Outlet out) {
        out.text("");
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        if (message.path("error_code").isNumber()) {
            hearing.failed(failure(
                    message.path("error_code").asInt(),
                    message.path("error_message").asText("")));
            return;
        }
        JsonNode tokens = message.path("tokens");
        if (!tokens.isArray() && !tokens.isMissingNode()) {
            throw new Garbled("tokens: " + tokens.getNodeType() + " (expected: an array)");
        }
        TokenText open = new TokenText();
        for (JsonNode token : tokens) {
            if (token.path("is_final").asBoolean()) {
                onFinal(token, hearing);
            } else {
                open.add(token);
            }
        }
        if (message.path("finished").asBoolean()) {
            tellFinals(hearing);
            hearing.ended();
        } else {
            tellInterim((finals.raw() + open.raw()).strip(), hearing);
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return VendorFailure.ofClose(closing);
    }

    private void onFinal(JsonNode token, Hearing hearing) {
        switch (token.path("text").asText("")) {
            case END -> {
                tellFinals(hearing);
                if (said) {
                    said = false;
                    hearing.utteranceEnded(utteranceEndMs);
                }
            }
            case FINALIZED -> {
                tellFinals(hearing);
                hearing.flushed();
            }
            default -> finals.add(token);
        }
    }

    private void tellFinals(Hearing hearing) {
        if (!finals.isEmpty()) {
            utteranceEndMs = finals.endMs();
            said = true;
            hearing.finalText(finals.take());
        }
        lastInterim = "";
    }

    private void tellInterim(String text, Hearing hearing) {
        if (!text.isEmpty() && !text.equals(lastInterim)) {
            hearing.interim(text);
        }
        lastInterim = text;
    }

    private static VendorFailure failure(int code, String message) {
        FailureKind kind = switch (code) {
            case 408 -> FailureKind.IDLE;
            case 503 -> message.contains(GO_ON_ELSEWHERE) ? FailureKind.EXPIRED : FailureKind.TRANSIENT;
            default -> VendorFailure.kindOfStatus(code);
        };
        return new VendorFailure(kind, String.valueOf(code), message);
    }
}
