package io.steadyline.stt.vosk;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The JSON of Vosk's recogniser, and one message of our own: the flush, which comes back when it is done. */
final class VoskDialect implements Dialect {

    static final String FLUSH = "{\"flush\":true}";

    private boolean finished;

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        hearing.ready("");
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(chunk);
    }

    @Override
    public void flush(Outlet out) {
        out.text(FLUSH);
    }

    @Override
    public void endOfInput(Outlet out) {
        finished = true;
        out.close();
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        if (message.path("flush").asBoolean()) {
            hearing.flushed();
        } else if (message.path("text").isTextual()) {
            settled(message, hearing);
        } else if (!message.path("partial").asText().isBlank()) {
            hearing.interim(message.path("partial").asText().strip());
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return new VendorFailure(
                finished ? FailureKind.LOCAL : FailureKind.TRANSIENT,
                String.valueOf(closing.code()),
                "ended " + closing.reason());
    }

    @Override
    public VendorFailure onRefused(Refusal refusal) {
        return new VendorFailure(FailureKind.CONFIG, "library", refusal.body());
    }

    private static void settled(JsonNode message, Hearing hearing) {
        String text = message.path("text").asText().strip();
        if (text.isEmpty()) {
            return;
        }
        List<Hearing.SaidWord> words = new ArrayList<>();
        message.path("result")
                .forEach(word -> words.add(new Hearing.SaidWord(
                        word.path("word").asText(),
                        Json.secondsAsMs(word.path("start")),
                        Json.secondsAsMs(word.path("end")),
                        Json.confidence(word.path("conf")))));
        hearing.finalText(new Hearing.Said(
                text,
                words.isEmpty() ? Hearing.UNKNOWN : words.getFirst().startMs(),
                words.isEmpty() ? Hearing.UNKNOWN : words.getLast().endMs(),
                OptionalDouble.empty(),
                words));
    }
}
