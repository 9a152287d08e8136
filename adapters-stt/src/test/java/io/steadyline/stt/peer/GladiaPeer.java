package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.peer.GladiaSessions.Session;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gladia's side of a WebSocket. A session goes on over several of them; its places count from its own first byte. */
public final class GladiaPeer implements PeerDialect {

    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final int BAD_MESSAGE = 4400;

    private final GladiaSessions sessions;
    private @Nullable Session session;
    private long baseMs;

    public GladiaPeer(GladiaSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (!request.path().equals(GladiaSessions.PATH)) {
            return Optional.of(new PeerRefusal(404, Map.of(), "no such path"));
        }
        Optional<Session> found = sessions.byToken(request.query().getOrDefault("token", ""));
        if (found.isEmpty() || trouble.equals(Optional.of(Trouble.AUTH))) {
            return Optional.of(new PeerRefusal(401, Map.of(), "token not found"));
        }
        session = found.get();
        return Optional.empty();
    }

    @Override
    public void onOpened(PeerOut out) {
        baseMs = session().receivedBytes / session().bytesPerMs();
        if (session().wants("receive_lifecycle_events")) {
            say("start_session", Json.object(), out);
        }
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (Dialect.Garbled notJson) {
            out.close(BAD_MESSAGE, String.valueOf(notJson.getMessage()));
            return;
        }
        switch (message.path("type").asText()) {
            case "audio_chunk" -> onAudioText(message.path("data").path("chunk").asText(), out, ear);
            case "stop_recording" -> onStop(out, ear);
            default -> out.close(BAD_MESSAGE, "type (expected: audio_chunk or stop_recording)");
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (data.length == 0 || data.length >= MAX_FRAME_BYTES) {
            out.close(BAD_MESSAGE, "a frame of " + data.length + " bytes");
            return;
        }
        if (session().stopped) {
            out.close(BAD_MESSAGE, "audio after stop_recording");
            return;
        }
        long from = session().receivedBytes;
        session().receivedBytes += data.length;
        ear.audio(data);
        if (session().wants("receive_acknowledgments")) {
            ObjectNode ranges = Json.object();
            ranges.putArray("byte_range").add(from).add(session().receivedBytes);
            ranges.putArray("time_range").add(seconds(from)).add(seconds(session().receivedBytes));
            out.text(Json.write(
                    message("audio_chunk", ranges).put("acknowledged", true).putNull("error")));
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        if (session().wants("receive_speech_events")) {
            say("speech_start", Json.object().put("time", inSession(offsetMs)).put("channel", 0), out);
        }
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        if (session().wants("receive_partial_transcripts")) {
            say("transcript", transcript(segment, false), out);
        }
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        if (session().wants("receive_final_transcripts")) {
            say("transcript", transcript(segment, true), out);
        }
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        if (session().wants("receive_speech_events")) {
            say("speech_end", Json.object().put("time", inSession(offsetMs)).put("channel", 0), out);
        }
    }

    @Override
    public void flushed(PeerOut out) {
        throw new AssertionError("flush (expected: nobody can ask it for one)");
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        if (session().wants("receive_lifecycle_events")) {
            say("end_recording", Json.object().put("recording_duration", seconds(session().receivedBytes)), out);
        }
        endSession(out);
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH -> out.close(4401, "token not found");
            case QUOTA -> out.close(4402, "no credit is left");
            case LIMIT_REACHED -> endSession(out);
            case SERVER_ERROR -> out.close(Closing.INTERNAL_ERROR, "internal error");
            case IDLE -> out.close(4408, "no audio for too long");
        }
    }

    private void onAudioText(String base64, PeerOut out, Ear ear) {
        byte[] data;
        try {
            data = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            out.close(BAD_MESSAGE, "chunk (expected: base64)");
            return;
        }
        onBinary(data, out, ear);
    }

    private void onStop(PeerOut out, Ear ear) {
        if (session().stopped) {
            out.close(BAD_MESSAGE, "stop_recording twice");
            return;
        }
        session().stopped = true;
        if (session().wants("receive_acknowledgments")) {
            ObjectNode left = Json.object()
                    .put("recording_duration", seconds(session().receivedBytes))
                    .put("recording_left_to_process", 0);
            out.text(Json.write(
                    message("stop_recording", left).put("acknowledged", true).putNull("error")));
        }
        ear.endOfInput();
    }

    private void endSession(PeerOut out) {
        session().over = true;
        if (session().wants("receive_lifecycle_events")) {
            say("end_session", Json.object(), out);
        }
        out.close(Closing.NORMAL, "");
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("session: none (expected: after an accepted request)");
        }
        return session;
    }

    private void say(String type, ObjectNode data, PeerOut out) {
        out.text(Json.write(message(type, data)));
    }

    private ObjectNode message(String type, ObjectNode data) {
        ObjectNode message = Json.object()
                .put("type", type)
                .put("session_id", session().id)
                .put("created_at", "2026-11-29T12:00:01.000Z");
        message.set("data", data);
        return message;
    }

    private ObjectNode transcript(Segment segment, boolean last) {
        ObjectNode data = Json.object()
                .put("id", session().id + "_" + baseMs + "-" + segment.number())
                .put("is_final", last);
        ObjectNode utterance = data.putObject("utterance")
                .put("text", " " + segment.text())
                .put("start", inSession(segment.startMs()))
                .put("end", inSession(segment.endMs()))
                .put("confidence", 0.91)
                .put("channel", 0)
                .put("language", "en");
        ArrayNode words = utterance.putArray("words");
        segment.words()
                .forEach(word -> words.addObject()
                        .put("word", " " + word.text())
                        .put("start", inSession(word.startMs()))
                        .put("end", inSession(word.endMs()))
                        .put("confidence", 0.9));
        return data;
    }

    private double inSession(long offsetMs) {
        return (baseMs + offsetMs) / 1000.0;
    }

    private double seconds(long bytes) {
        return bytes / (1000.0 * session().bytesPerMs());
    }
}
