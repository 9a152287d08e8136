package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Soniox' side. The key is {@value #KEY}: in a header, as a subprotocol, or in the first message. */
public final class SonioxPeer implements PeerDialect {

    static final String KEY = "good-key";

    private enum State {
        /** Waits for the first message. */
        NEW,
        STARTED,
        /** The empty message came. */
        ENDED
    }

    private State state = State.NEW;
    private boolean authorised;
    private boolean endpoints;

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (!request.path().equals("/transcribe-websocket")) {
            return Optional.of(new PeerRefusal(404, Map.of(), "not found"));
        }
        Optional<String> key = request.header("authorization")
                .or(() -> request.header("sec-websocket-protocol").map(SonioxPeer::keyOf));
        authorised = key.isPresent();
        boolean good = key.isEmpty() || key.get().equals("Bearer " + KEY);
        return good && !trouble.equals(Optional.of(Trouble.AUTH))
                ? Optional.empty()
                : Optional.of(
                        new PeerRefusal(401, Map.of(), "{\"error_code\":401,\"error_message\":\"Invalid API key.\"}"));
    }

    @Override
    public void onOpened(PeerOut out) {
        // The client speaks first.
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        if (text.isEmpty() && state == State.STARTED) {
            state = State.ENDED;
            ear.endOfInput();
            return;
        }
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (Dialect.Garbled notJson) {
            fail(400, String.valueOf(notJson.getMessage()), out);
            return;
        }
        switch (state) {
            case NEW -> onStart(message, out);
            case STARTED -> {
                switch (message.path("type").asText()) {
                    case "keepalive" -> {
                        // It counts only that something came.
                    }
                    case "finalize" -> ear.flush();
                    default -> fail(400, "Invalid control message: " + message, out);
                }
            }
            case ENDED -> fail(400, "Message after the end of audio.", out);
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        switch (state) {
            case NEW -> fail(400, "Start request must be a text message.", out);
            case STARTED -> {
                if (data.length == 0) {
                    state = State.ENDED;
                    ear.endOfInput();
                } else {
                    ear.audio(data);
                }
            }
            case ENDED -> fail(400, "Audio after the end of audio.", out);
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        // It tells nothing of that.
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        say(segment, false, out);
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        say(segment, true, out);
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        if (endpoints) {
            mark("<end>", out);
        }
    }

    @Override
    public void flushed(PeerOut out) {
        mark("<fin>", out);
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        ObjectNode message = Json.object();
        message.putArray("tokens");
        message.put("final_audio_proc_ms", totalMs)
                .put("total_audio_proc_ms", totalMs)
                .put("finished", true);
        out.text(Json.write(message));
        out.close(Closing.NORMAL, "");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH -> fail(401, "Invalid API key.", out);
            case QUOTA -> fail(402, "Organization balance exhausted.", out);
            case LIMIT_REACHED -> fail(503, "Cannot continue request (code 7). Please restart the request.", out);
            case SERVER_ERROR -> fail(500, "The server had an error processing the request.", out);
            case IDLE -> fail(408, "Request timeout.", out);
        }
    }

    private void onStart(JsonNode start, PeerOut out) {
        String field = start.path("api_key").asText("");
        if (!authorised && !field.equals(KEY)) {
            fail(401, "Invalid API key.", out);
        } else if (!start.path("model").asText().startsWith("stt-rt-")) {
            fail(400, "Invalid model specified.", out);
        } else if (!start.path("audio_format").asText().matches("mulaw|alaw|pcm_s16le")
                || start.path("sample_rate").asInt() < 8_000
                || start.path("num_channels").asInt() != 1) {
            fail(400, "Invalid audio format, sample rate or channels.", out);
        } else if (!start.path("max_endpoint_delay_ms").isMissingNode()
                && (start.path("max_endpoint_delay_ms").asInt() < 500
                        || start.path("max_endpoint_delay_ms").asInt() > 3_000)) {
            fail(400, "max_endpoint_delay_ms must be from 500 to 3000.", out);
        } else if (badLanguage(start.path("language_hints"))) {
            fail(400, "Invalid language hint.", out);
        } else {
            state = State.STARTED;
            endpoints = start.path("enable_endpoint_detection").asBoolean();
        }
    }

    private static boolean badLanguage(JsonNode hints) {
        for (JsonNode hint : hints) {
            if (!hint.asText().matches("[a-z]{2}")) {
                return true;
            }
        }
        return false;
    }

    private static String keyOf(String protocols) {
        List<String> names =
                Arrays.stream(protocols.split(",", -1)).map(String::strip).toList();
        return names.size() == 2 && names.getFirst().equals("soniox-api-key") ? "Bearer " + names.getLast() : "";
    }

    private static void fail(int code, String reason, PeerOut out) {
        out.text(Json.write(Json.object().put("error_code", code).put("error_message", reason)));
        out.close(Closing.NORMAL, "");
    }

    private static void mark(String name, PeerOut out) {
        ObjectNode message = Json.object();
        message.putArray("tokens").addObject().put("text", name).put("is_final", true);
        out.text(Json.write(message));
    }

    /** Each word in two parts, as the service likes to cut them. */
    private static void say(Segment segment, boolean last, PeerOut out) {
        ObjectNode message = Json.object();
        ArrayNode tokens = message.putArray("tokens");
        if (segment.words().isEmpty()) {
            token(" " + segment.text(), segment.startMs(), segment.endMs(), last, tokens);
        }
        for (SegmentWord word : segment.words()) {
            int half = word.text().length() / 2;
            long middleMs = (word.startMs() + word.endMs()) / 2;
            token(" " + word.text().substring(0, half), word.startMs(), middleMs, last, tokens);
            token(word.text().substring(half), middleMs, word.endMs(), last, tokens);
        }
        message.put("final_audio_proc_ms", segment.endMs()).put("total_audio_proc_ms", segment.endMs());
        out.text(Json.write(message));
    }

    private static void token(String text, long startMs, long endMs, boolean last, ArrayNode tokens) {
        tokens.addObject()
                .put("text", text)
                .put("start_ms", startMs)
                .put("end_ms", endMs)
                .put("confidence", 0.9)
                .put("is_final", last);
    }
}
