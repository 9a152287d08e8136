package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ElevenLabs' side of Scribe v2 realtime. With the manual strategy what its recogniser has heard waits for a commit. A
 * segment of which timestamps were asked for is told twice.
 */
public final class ElevenLabsPeer implements PeerDialect {

    private static final Set<String> FORMATS = Set.of("ulaw_8000", "pcm_8000", "pcm_16000", "pcm_24000");
    private static final int MIN_COMMIT_MS = 300;
    private static final int MAX_PREVIOUS_TEXT = 50;

    private Optional<String> refused = Optional.empty();
    private boolean usesVad;
    private boolean sendsTimestamps;
    private int sampleRateHz;
    private int bytesPerMs;
    private boolean hasAudio;
    private long uncommittedBytes;
    private boolean isCommitUnderWay;
    private final List<Segment> waiting = new ArrayList<>();

    /** The key and the parameters are looked at after the upgrade; errors have a message type each. */
    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (!request.path().equals("/v1/speech-to-text/realtime")) {
            return Optional.of(new PeerRefusal(404, Map.of(), "not found"));
        }
        Map<String, String> query = request.query();
        boolean isKeyGood = request.header("xi-api-key").equals(Optional.of("good-key"));
        if (trouble.equals(Optional.of(Trouble.AUTH)) || !isKeyGood) {
            refused = Optional.of("auth_error");
        } else if (trouble.equals(Optional.of(Trouble.QUOTA))) {
            refused = Optional.of("quota_exceeded");
        } else if (!query.getOrDefault("model_id", "").equals("scribe_v2_realtime")
                || !FORMATS.contains(query.getOrDefault("audio_format", ""))
                || !Set.of("manual", "vad").contains(query.getOrDefault("commit_strategy", "manual"))) {
            refused = Optional.of("input_error");
        }
        usesVad = query.getOrDefault("commit_strategy", "manual").equals("vad");
        sendsTimestamps = query.getOrDefault("include_timestamps", "false").equals("true")
                || query.getOrDefault("include_language_detection", "false").equals("true");
        if (refused.isEmpty()) {
            String format = query.getOrDefault("audio_format", "");
            sampleRateHz = Integer.parseInt(format.substring(format.indexOf('_') + 1));
            bytesPerMs = sampleRateHz / 1_000 * (format.startsWith("ulaw") ? 1 : 2);
        }
        return Optional.empty();
    }

    @Override
    public void onOpened(PeerOut out) {
        refused.ifPresentOrElse(
                error -> fail(error, out),
                () -> out.text(Json.write(message("session_started").put("session_id", "peer-4"))));
    }

    private static ObjectNode message(String type) {
        return Json.object().put("message_type", type);
    }

    private static void fail(String error, PeerOut out) {
        out.text(Json.write(message(error).put("error", "the peer says " + error)));
        out.close(error.equals("auth_error") ? 1008 : 1000, error);
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        try {
            onChunk(Json.read(text), out, ear);
        } catch (Dialect.Garbled | IllegalArgumentException notAChunk) {
            fail("input_error", out);
        }
    }

    private void onChunk(JsonNode chunk, PeerOut out, Ear ear) {
        String previous = chunk.path("previous_text").asText("");
        if (!chunk.path("message_type").asText("").equals("input_audio_chunk")
                || chunk.path("sample_rate").asInt() != sampleRateHz
                || !chunk.path("commit").isBoolean()
                || !chunk.path("audio_base_64").isTextual()
                || previous.length() > MAX_PREVIOUS_TEXT
                || (hasAudio && !previous.isEmpty())) {
            fail("input_error", out);
            return;
        }
        byte[] audio = Base64.getDecoder().decode(chunk.path("audio_base_64").asText(""));
        if (audio.length > 1_000 * bytesPerMs) {
            fail("chunk_size_exceeded", out);
            return;
        }
        if (audio.length > 0) {
            hasAudio = true;
            uncommittedBytes += audio.length;
            ear.audio(audio);
        }
        if (chunk.path("commit").asBoolean()) {
            onCommit(out, ear);
        }
    }

    private void onCommit(PeerOut out, Ear ear) {
        if (uncommittedBytes < MIN_COMMIT_MS * (long) bytesPerMs) {
            out.text(Json.write(message("commit_throttled").put("error", "too little uncommitted audio")));
        } else {
            uncommittedBytes = 0;
            isCommitUnderWay = true;
            ear.flush();
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        fail("input_error", out);
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        // Not told by this vendor.
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        List<String> texts = new ArrayList<>(waiting.stream().map(Segment::text).toList());
        texts.add(segment.text());
        out.text(Json.write(message("partial_transcript").put("text", String.join(" ", texts))));
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        waiting.add(segment);
        if (usesVad) {
            tellWaiting(out);
        }
    }

    /** The vendor has no message of its own for it. */
    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // A commit ends it.
    }

    /** A commit is answered, with an empty text too. */
    @Override
    public void flushed(PeerOut out) {
        if (isCommitUnderWay) {
            tellWaiting(out);
        }
    }

    private void tellWaiting(PeerOut out) {
        isCommitUnderWay = false;
        String text = String.join(" ", waiting.stream().map(Segment::text).toList());
        out.text(Json.write(message("committed_transcript").put("text", text)));
        if (sendsTimestamps) {
            ObjectNode twin = message("committed_transcript_with_timestamps")
                    .put("text", text)
                    .put("language_code", "en");
            ArrayNode words = twin.putArray("words");
            waiting.stream().flatMap(segment -> segment.words().stream()).forEach(word -> {
                if (!words.isEmpty()) {
                    words.addObject().put("text", " ").put("type", "spacing");
                }
                words.addObject()
                        .put("text", word.text())
                        .put("start", word.startMs() / 1000.0)
                        .put("end", word.endMs() / 1000.0)
                        .put("type", "word")
                        .put("logprob", 0);
            });
            out.text(Json.write(twin));
        }
        waiting.clear();
    }

    /** No goodbye is known: the client leaves. */
    @Override
    public void ended(long totalMs, PeerOut out) {
        flushed(out);
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        fail(
                switch (trouble) {
                    case AUTH -> "auth_error";
                    case QUOTA -> "quota_exceeded";
                    case LIMIT_REACHED -> "session_time_limit_exceeded";
                    case SERVER_ERROR -> "transcriber_error";
                    case IDLE -> "insufficient_audio_activity";
                },
                out);
    }
}
