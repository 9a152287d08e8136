package io.steadyline.stt.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.OpenTexts;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Transcribe's events. Says nothing of where speech starts or ends, and has no goodbye: it closes. */
final class AwsDialect implements Dialect {

    private static final byte[] NOTHING = {};

    private final String sessionId;
    private final OpenTexts open = new OpenTexts();
    private boolean admitted;

    AwsDialect(String sessionId) {
        this.sessionId = sessionId;
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        hearing.ready(sessionId);
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(EventMessage.ofAudio(chunk));
    }

    @Override
    public void endOfInput(Outlet out) {
        out.binary(EventMessage.ofAudio(NOTHING));
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        throw new Garbled("a text message of " + text.length() + " characters (expected: events only)");
    }

    @Override
    public void onBinary(byte[] data, Outlet out, Hearing hearing) throws Garbled {
        EventMessage message = EventMessage.read(data);
        switch (message.header(":message-type")) {
            case "event" -> onEvent(message, hearing);
            case "exception" ->
                hearing.failed(AwsFailures.of(
                        message.header(":exception-type"), exceptionText(message.payloadText()), admitted));
            case "error" ->
                hearing.failed(
                        AwsFailures.of(message.header(":error-code"), message.header(":error-message"), admitted));
            default ->
                throw new Garbled(
                        ":message-type: " + message.header(":message-type") + " (expected: event, exception or error)");
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return VendorFailure.ofClose(closing);
    }

    private void onEvent(EventMessage message, Hearing hearing) throws Garbled {
        if (!"TranscriptEvent".equals(message.header(":event-type"))) {
            return;
        }
        admitted = true;
        JsonNode results = Json.read(message.payloadText()).path("Transcript").path("Results");
        boolean changed = false;
        for (JsonNode result : results) {
            changed |= onResult(result, hearing);
        }
        if (changed && !open.isEmpty()) {
            hearing.interim(open.joined());
        }
    }

    /** @return whether the text of the open results is another one now */
    private boolean onResult(JsonNode result, Hearing hearing) throws Garbled {
        String id = result.path("ResultId").asText("");
        if (id.isEmpty()) {
            throw new Garbled("ResultId: missing (expected: in each result)");
        }
        JsonNode best = result.path("Alternatives").path(0);
        String text = best.path("Transcript").asText("");
        if (result.path("IsPartial").asBoolean()) {
            return open.put(id, text);
        }
        if (!open.finish(id)) {
            return false;
        }
        if (!text.isEmpty()) {
            hearing.finalText(new Hearing.Said(
                    text,
                    Json.secondsAsMs(result.path("StartTime")),
                    Json.secondsAsMs(result.path("EndTime")),
                    OptionalDouble.empty(),
                    words(best.path("Items"))));
        }
        return !open.isEmpty();
    }

    private static List<Hearing.SaidWord> words(JsonNode items) {
        List<Hearing.SaidWord> words = new ArrayList<>();
        for (JsonNode item : items) {
            if ("pronunciation".equals(item.path("Type").asText())) {
                words.add(new Hearing.SaidWord(
                        item.path("Content").asText(),
                        Json.secondsAsMs(item.path("StartTime")),
                        Json.secondsAsMs(item.path("EndTime")),
                        Json.confidence(item.path("Confidence"))));
            }
        }
        return words;
    }

    /** Its reason, whichever way the name is written; the whole payload when it is not JSON. */
    private static String exceptionText(String payload) {
        try {
            JsonNode node = Json.read(payload);
            return node.path("Message").asText(node.path("message").asText(""));
        } catch (Garbled notJson) {
            return payload;
        }
    }
}
