package io.steadyline.stt.jambonz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.List;

/** Start, binary audio, stop; transcriptions and errors come back. After stop the server says the last word and closes. */
final class JambonzDialect implements Dialect {

    private final Opening opening;
    private final boolean endpointing;
    private boolean stopped;

    JambonzDialect(Opening opening) {
        this.opening = opening;
        this.endpointing = opening.options().flag(JambonzVendor.ENDPOINTING);
    }

    /** Nothing answers the start. */
    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        out.text(start());
        hearing.ready("");
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(chunk);
    }

    /** The server closes, not we: the last transcription is still to come. */
    @Override
    public void endOfInput(Outlet out) {
        stopped = true;
        out.text("{\"type\":\"stop\"}");
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        switch (message.path("type").asText()) {
            case "transcription" -> onTranscription(message, hearing);
            case "error" -> onError(message, hearing);
            default -> {
                // The protocol says that others are discarded.
            }
        }
    }

    /** There are no codes of the protocol's own, only those of WebSocket. */
    @Override
    public VendorFailure onClosed(Closing closing) {
        if (stopped && (closing.code() == Closing.NORMAL || closing.code() == Closing.NO_CODE)) {
            return new VendorFailure(FailureKind.LOCAL, String.valueOf(closing.code()), "closed after stop");
        }
        return VendorFailure.ofClose(closing);
    }

    private String start() {
        Options options = opening.options();
        ObjectNode start = Json.object()
                .put("type", "start")
                .put("language", opening.language())
                .put("format", "raw")
                .put("encoding", "LINEAR16")
                .put("interimResults", options.flag(JambonzVendor.INTERIM))
                .put("sampleRateHz", opening.audio().sampleRateHz());
        ObjectNode others = start.putObject("options");
        if (!opening.hints().isEmpty()) {
            opening.hints().forEach(others.putArray("hints")::add);
            if (options.has(JambonzVendor.HINTS_BOOST)) {
                others.put("hintsBoost", options.decimal(JambonzVendor.HINTS_BOOST));
            }
        }
        options.find(JambonzVendor.EXTRA).ifPresent(extra -> others.setAll(checked(extra)));
        return Json.write(start);
    }

    private static ObjectNode checked(String extra) {
        try {
            return (ObjectNode) Json.read(extra);
        } catch (Garbled notAnObject) {
            // Without the cause: it shows the text, which may hold keys.
            throw new IllegalArgumentException(
                    JambonzVendor.EXTRA + ": something else (expected: a JSON object, as problems() has checked)");
        }
    }

    /** Channels are not told apart: a call sends one, and bridges count it from 0 or from 1. */
    private void onTranscription(JsonNode message, Hearing hearing) throws Garbled {
        JsonNode alternatives = message.path("alternatives");
        if (!alternatives.isArray()) {
            throw new Garbled("alternatives: " + alternatives.getNodeType() + " (expected: an array)");
        }
        JsonNode best = alternatives.path(0);
        String transcript = best.path("transcript").asText("").strip();
        if (transcript.isEmpty()) {
            return;
        }
        if (!message.path("is_final").asBoolean(false)) {
            hearing.interim(transcript);
            return;
        }
        hearing.finalText(new Hearing.Said(
                transcript, Hearing.UNKNOWN, Hearing.UNKNOWN, Json.confidence(best.path("confidence")), List.of()));
        if (endpointing) {
            hearing.utteranceEnded(Hearing.UNKNOWN);
        }
    }

    /** Says nothing of the kind of error: worth one more try. */
    private static void onError(JsonNode message, Hearing hearing) {
        hearing.failed(new VendorFailure(
                FailureKind.TRANSIENT, "error", message.path("error").asText("an error without a text")));
    }
}
