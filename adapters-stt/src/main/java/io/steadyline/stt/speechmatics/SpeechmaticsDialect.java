package io.steadyline.stt.speechmatics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Speechmatics' messages. Finals come in fragments; an end of utterance says that the fragments are one. */
final class SpeechmaticsDialect implements Dialect {

    private final ObjectNode start;
    private long sentChunks;
    private long addedChunks;
    private boolean flushing;
    /** Finals came since the last end of an utterance. */
    private boolean said;

    SpeechmaticsDialect(ObjectNode start) {
        this.start = start;
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        out.text(Json.write(start));
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        sentChunks++;
        out.binary(chunk);
    }

    @Override
    public void flush(Outlet out) {
        flushing = true;
        out.text(Json.write(message("ForceEndOfUtterance")));
    }

    @Override
    public void endOfInput(Outlet out) {
        out.text(Json.write(message("EndOfStream").put("last_seq_no", sentChunks)));
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        switch (message.path("message").asText()) {
            case "RecognitionStarted" -> hearing.ready(message.path("id").asText(""));
            case "AudioAdded" -> onAdded(message.path("seq_no"));
            case "AddPartialTranscript" -> onPartial(message, hearing);
            case "AddTranscript" -> onFinal(message, hearing);
            case "EndOfUtterance" -> onEndOfUtterance(message, hearing);
            case "EndOfTranscript" -> hearing.ended();
            case "Warning" ->
                hearing.warned(message.path("type").asText() + ": "
                        + message.path("reason").asText());
            case "Error" ->
                hearing.failed(SpeechmaticsFailures.ofError(
                        message.path("type").asText("unknown_error"),
                        message.path("reason").asText("")));
            default -> {
                // Info and what may be added: nothing to be done.
            }
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return SpeechmaticsFailures.ofClose(closing);
    }

    /** A count of messages, not a place: it cannot go on after a loss. */
    private void onAdded(JsonNode sequence) throws Garbled {
        if (!sequence.canConvertToLong() || sequence.asLong() > sentChunks || sequence.asLong() < addedChunks) {
            throw new Garbled(
                    "seq_no: " + sequence + " (expected: a number from " + addedChunks + " to " + sentChunks + ")");
        }
        addedChunks = sequence.asLong();
    }

    private static void onPartial(JsonNode message, Hearing hearing) throws Garbled {
        String text = transcript(message);
        if (!text.isEmpty()) {
            hearing.interim(text);
        }
    }

    private void onFinal(JsonNode message, Hearing hearing) throws Garbled {
        String text = transcript(message);
        if (text.isEmpty()) {
            return;
        }
        said = true;
        JsonNode metadata = message.path("metadata");
        hearing.finalText(new Hearing.Said(
                text,
                Json.secondsAsMs(metadata.path("start_time")),
                Json.secondsAsMs(metadata.path("end_time")),
                OptionalDouble.empty(),
                words(message.path("results"))));
    }

    private void onEndOfUtterance(JsonNode message, Hearing hearing) {
        if (said) {
            said = false;
            hearing.utteranceEnded(Json.secondsAsMs(message.path("metadata").path("end_time")));
        }
        if (flushing && message.path("forced").asBoolean()) {
            flushing = false;
            hearing.flushed();
        }
    }

    private static String transcript(JsonNode message) throws Garbled {
        JsonNode text = message.path("metadata").path("transcript");
        if (!text.isTextual()) {
            throw new Garbled("metadata.transcript: " + text + " (expected: text)");
        }
        return text.asText().strip();
    }

    private static List<Hearing.SaidWord> words(JsonNode results) {
        List<Hearing.SaidWord> words = new ArrayList<>();
        for (JsonNode result : results) {
            if (!"punctuation".equals(result.path("type").asText())) {
                JsonNode best = result.path("alternatives").path(0);
                words.add(new Hearing.SaidWord(
                        best.path("content").asText(),
                        Json.secondsAsMs(result.path("start_time")),
                        Json.secondsAsMs(result.path("end_time")),
                        Json.confidence(best.path("confidence"))));
            }
        }
        return words;
    }

    private static ObjectNode message(String name) {
        return Json.object().put("message", name);
    }
}
