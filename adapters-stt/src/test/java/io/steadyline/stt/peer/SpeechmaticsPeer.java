package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.Map;
import java.util.Optional;

/** Speechmatics' side. It looks at the key after the upgrade. The key is {@value #KEY}. */
public final class SpeechmaticsPeer implements PeerDialect {

    static final String KEY = "good-key";

    private enum State {
        /** Waits for StartRecognition. */
        NEW,
        RECOGNISING,
        /** EndOfStream came. */
        ENDED
    }

    private State state = State.NEW;
    private boolean authorised;
    private boolean partials;
    private long chunks;
    private long lastEndMs;

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (!request.path().startsWith("/v2")) {
            return Optional.of(new PeerRefusal(404, Map.of(), "not found"));
        }
        Optional<String> authorization = request.header("authorization");
        if (authorization.isEmpty()) {
            return Optional.of(new PeerRefusal(401, Map.of(), "Unauthorized"));
        }
        authorised = authorization.get().equals("Bearer " + KEY) && !trouble.equals(Optional.of(Trouble.AUTH));
        return Optional.empty();
    }

    @Override
    public void onOpened(PeerOut out) {
        if (!authorised) {
            trouble(Trouble.AUTH, out);
        }
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (Dialect.Garbled notJson) {
            fail("invalid_message", String.valueOf(notJson.getMessage()), 1003, out);
            return;
        }
        String name = message.path("message").asText();
        switch (state) {
            case NEW -> {
                if (name.equals("StartRecognition")) {
                    onStart(message, out);
                } else {
                    fail("protocol_error", name + " (expected: StartRecognition)", 1003, out);
                }
            }
            case RECOGNISING -> {
                switch (name) {
                    case "ForceEndOfUtterance" -> ear.flush();
                    case "EndOfStream" -> onEnd(message, out, ear);
                    default -> fail("protocol_error", name + " (expected: another message)", 1003, out);
                }
            }
            case ENDED -> fail("protocol_error", name + " (expected: nothing after EndOfStream)", 1003, out);
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (state != State.RECOGNISING) {
            fail("protocol_error", "AddAudio (expected: after RecognitionStarted, before EndOfStream)", 1003, out);
        } else if (data.length == 0) {
            fail("data_error", "AddAudio without audio", 1003, out);
        } else {
            chunks++;
            out.text(Json.write(message("AudioAdded").put("seq_no", chunks)));
            ear.audio(data);
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        // It tells nothing of that.
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        if (partials) {
            out.text(Json.write(transcript("AddPartialTranscript", segment)));
        }
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        lastEndMs = segment.endMs();
        out.text(Json.write(transcript("AddTranscript", segment)));
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        out.text(Json.write(endOfUtterance(offsetMs)));
    }

    @Override
    public void flushed(PeerOut out) {
        out.text(Json.write(endOfUtterance(lastEndMs).put("forced", true)));
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.text(Json.write(message("EndOfTranscript")));
        out.close(Closing.NORMAL, "");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH -> fail("not_authorised", "not authorised", 4001, out);
            case QUOTA -> fail("timelimit_exceeded", "usage quota has been reached", 4006, out);
            case LIMIT_REACHED -> fail("session_timeout", "session lived too long", Closing.POLICY, out);
            case SERVER_ERROR -> fail("internal_error", "internal error", Closing.INTERNAL_ERROR, out);
            case IDLE -> fail("idle_timeout", "no audio for too long", Closing.POLICY, out);
        }
    }

    private void onStart(JsonNode message, PeerOut out) {
        JsonNode audio = message.path("audio_format");
        JsonNode config = message.path("transcription_config");
        if (!audio.path("type").asText().equals("raw")
                || !audio.path("encoding").asText().matches("mulaw|pcm_s16le|pcm_f32le")
                || audio.path("sample_rate").asInt() < 8_000) {
            fail("invalid_audio_type", "audio_format: " + audio, 1003, out);
        } else if (!config.path("language").asText().matches("[a-z]{2,3}(_[a-z]{2})*")) {
            fail("invalid_model", "language: " + config.path("language"), 4004, out);
        } else if (!config.path("operating_point").asText("enhanced").matches("standard|enhanced")) {
            fail("invalid_model", "operating_point: " + config.path("operating_point"), 4004, out);
        } else if (!within(config.path("max_delay"), 0.7, 4)
                || !within(config.path("conversation_config").path("end_of_utterance_silence_trigger"), 0, 2)) {
            fail("invalid_config", "max_delay or end_of_utterance_silence_trigger", 1003, out);
        } else {
            state = State.RECOGNISING;
            partials = config.path("enable_partials").asBoolean();
            ObjectNode started = message("RecognitionStarted").put("id", "recognition-1");
            started.putObject("language_pack_info").put("word_delimiter", " ");
            out.text(Json.write(started));
        }
    }

    private void onEnd(JsonNode message, PeerOut out, Ear ear) {
        if (message.path("last_seq_no").asLong(-1) != chunks) {
            fail(
                    "protocol_error",
                    "last_seq_no: " + message.path("last_seq_no") + " (expected: " + chunks + ")",
                    1003,
                    out);
            return;
        }
        state = State.ENDED;
        ear.endOfInput();
    }

    private static boolean within(JsonNode number, double min, double max) {
        return number.isMissingNode() || (number.isNumber() && number.asDouble() >= min && number.asDouble() <= max);
    }

    private static void fail(String type, String reason, int code, PeerOut out) {
        out.text(Json.write(message("Error").put("type", type).put("reason", reason)));
        out.close(code, type);
    }

    private static ObjectNode endOfUtterance(long offsetMs) {
        ObjectNode message = message("EndOfUtterance");
        message.putObject("metadata").put("start_time", offsetMs / 1000.0).put("end_time", offsetMs / 1000.0);
        return message;
    }

    private static ObjectNode transcript(String name, Segment segment) {
        ObjectNode message = message(name);
        message.putObject("metadata")
                .put("start_time", segment.startMs() / 1000.0)
                .put("end_time", segment.endMs() / 1000.0)
                .put("transcript", segment.text() + " ");
        ArrayNode results = message.putArray("results");
        for (SegmentWord word : segment.words()) {
            ObjectNode result = results.addObject()
                    .put("type", "word")
                    .put("start_time", word.startMs() / 1000.0)
                    .put("end_time", word.endMs() / 1000.0);
            result.putArray("alternatives")
                    .addObject()
                    .put("content", word.text())
                    .put("confidence", 0.95)
                    .put("language", "en");
        }
        return message;
    }

    private static ObjectNode message(String name) {
        return Json.object().put("message", name);
    }
}
