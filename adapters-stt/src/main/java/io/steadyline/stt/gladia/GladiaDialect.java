package io.steadyline.stt.gladia;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.OpenTexts;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gladia's messages. Places count from the first byte of the session, over all connections that go on with it; so one
 * dialect serves them all.
 */
final class GladiaDialect implements Dialect {

    private static final int FIRST_FINAL_CODE = 4400;
    private static final int LAST_FINAL_CODE = 4499;
    private static final int CODE_OF_STATUS_ZERO = 4000;
    private static final int NO_AUDIO_IN_TIME = 408;

    private final GladiaSession session;
    private final int bytesPerMs;
    private final OpenTexts open = new OpenTexts();
    private boolean inputEnded;
    private boolean sessionOver;

    GladiaDialect(GladiaSession session, int bytesPerMs) {
        this.session = session;
        this.bytesPerMs = bytesPerMs;
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        open.clear();
        hearing.ready(session.id());
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(chunk);
    }

    @Override
    public void endOfInput(Outlet out) {
        inputEnded = true;
        out.text(Json.write(Json.object().put("type", "stop_recording")));
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        JsonNode data = message.path("data");
        switch (message.path("type").asText()) {
            case "transcript" -> onTranscript(data, hearing);
            case "speech_start" -> hearing.speechStarted(Json.secondsAsMs(data.path("time")));
            case "speech_end" -> hearing.speechEnded(Json.secondsAsMs(data.path("time")));
            case "audio_chunk" -> onAcknowledged(message, data, hearing);
            case "stop_recording" -> onStopped(message, hearing);
            case "end_session" -> onSessionEnd(hearing);
            case "error" -> hearing.warned(reason(message));
            default -> {
                // start_session, start_recording, end_recording and what may be added: nothing to be done.
            }
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        boolean refused = closing.code() >= FIRST_FINAL_CODE && closing.code() <= LAST_FINAL_CODE;
        sessionOver |= refused || closing.code() == Closing.NORMAL || closing.code() == Closing.GOING_AWAY;
        if (!refused) {
            return new VendorFailure(
                    FailureKind.TRANSIENT,
                    String.valueOf(closing.code()),
                    "closed with " + closing.code() + " " + closing.reason());
        }
        int status = closing.code() - CODE_OF_STATUS_ZERO;
        FailureKind kind = status == NO_AUDIO_IN_TIME ? FailureKind.IDLE : VendorFailure.kindOfStatus(status);
        return new VendorFailure(kind, String.valueOf(closing.code()), closing.reason());
    }

    /** By the status; 413 is named among those that are tried again (vendor's SDK, 2026-07). */
    @Override
    public VendorFailure onRefused(Refusal refusal) {
        VendorFailure failure = VendorFailure.ofHttp(refusal);
        if (refusal.status() == 413) {
            return new VendorFailure(FailureKind.TRANSIENT, failure.code(), failure.message(), failure.retryAfter());
        }
        sessionOver |= !failure.kind().isWorthRetry();
        return failure;
    }

    @Override
    public Optional<Route> resumption() {
        return sessionOver ? Optional.empty() : session.route();
    }

    private void onTranscript(JsonNode data, Hearing hearing) throws Garbled {
        String id = data.path("id").asText("");
        JsonNode utterance = data.path("utterance");
        if (id.isEmpty() || !utterance.isObject()) {
            throw new Garbled("transcript: without id or utterance (expected: both)");
        }
        String text = utterance.path("text").asText("").strip();
        if (!data.path("is_final").asBoolean()) {
            if (open.put(id, text)) {
                hearing.interim(open.joined());
            }
        } else if (open.finish(id) && !text.isEmpty()) {
            long endMs = Json.secondsAsMs(utterance.path("end"));
            hearing.finalText(new Hearing.Said(
                    text,
                    Json.secondsAsMs(utterance.path("start")),
                    endMs,
                    Json.confidence(utterance.path("confidence")),
                    words(utterance.path("words"))));
            hearing.utteranceEnded(endMs);
            if (!open.isEmpty()) {
                hearing.interim(open.joined());
            }
        }
    }

    private void onAcknowledged(JsonNode message, JsonNode data, Hearing hearing) throws Garbled {
        if (!message.path("acknowledged").asBoolean()) {
            hearing.failed(new VendorFailure(FailureKind.AUDIO, "audio_chunk", reason(message)));
            return;
        }
        JsonNode end = data.path("byte_range").path(1);
        if (!end.canConvertToLong()) {
            throw new Garbled("byte_range: " + data.path("byte_range") + " (expected: two numbers)");
        }
        hearing.acknowledged(end.asLong() / bytesPerMs);
    }

    private static void onStopped(JsonNode message, Hearing hearing) {
        if (!message.path("acknowledged").asBoolean()) {
            hearing.failed(new VendorFailure(FailureKind.TRANSIENT, "stop_recording", reason(message)));
        }
    }

    /** Nobody asked for it: the session lived as long as it may. */
    private void onSessionEnd(Hearing hearing) {
        sessionOver = true;
        if (inputEnded) {
            hearing.ended();
        } else {
            hearing.failed(
                    new VendorFailure(FailureKind.EXPIRED, "end_session", "the session was ended by the vendor"));
        }
    }

    private static String reason(JsonNode message) {
        JsonNode error = message.path("error");
        return error.path("message").asText(error.isTextual() ? error.asText() : "no reason given");
    }

    private static List<Hearing.SaidWord> words(JsonNode words) {
        List<Hearing.SaidWord> said = new ArrayList<>();
        for (JsonNode word : words) {
            said.add(new Hearing.SaidWord(
                    word.path("word").asText().strip(),
                    Json.secondsAsMs(word.path("start")),
                    Json.secondsAsMs(word.path("end")),
                    Json.confidence(word.path("confidence"))));
        }
        return said;
    }
}
