package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** AssemblyAI's side of {@code /v3/ws}. A final of its recogniser is the end of a turn. */
public final class AssemblyAiPeer implements PeerDialect {

    private static final Set<String> MODELS = Set.of(
            "universal-streaming-english",
            "universal-streaming-multilingual",
            "u3-rt-pro",
            "universal-3-5-pro",
            "whisper-rt");

    /** How it ends: the code of a close, told by an Error before. */
    private record End(int code, String error) {}

    private final long expiresAtS;
    private Optional<End> refused = Optional.empty();
    private int bytesPerMs;
    private boolean formatsTurns;
    private boolean isTurnOpen;
    private boolean isEnded;
    private int turnOrder;

    /** @param expiresAtS what Begin names, seconds of the epoch */
    public AssemblyAiPeer(long expiresAtS) {
        this.expiresAtS = expiresAtS;
    }

    /** Keys and parameters are looked at after the upgrade. */
    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        Map<String, String> query = request.query();
        if (!request.path().equals("/v3/ws")) {
            return Optional.of(new PeerRefusal(404, Map.of(), "not found"));
        }
        boolean isKeyGood = request.header("authorization").equals(Optional.of("good-key"));
        if (trouble.equals(Optional.of(Trouble.AUTH)) || !isKeyGood) {
            refused = Optional.of(new End(1008, "Unauthorized connection"));
        } else if (trouble.equals(Optional.of(Trouble.QUOTA))) {
            refused = Optional.of(end(Trouble.QUOTA));
        } else {
            refused = wrong(query).map(what -> new End(3006, what));
        }
        formatsTurns = query.getOrDefault("format_turns", "false").equals("true");
        return Optional.empty();
    }

    private Optional<String> wrong(Map<String, String> query) {
        if (!MODELS.contains(query.getOrDefault("speech_model", ""))) {
            return Optional.of("speech_model is missing or unknown");
        }
        int bytesPerSample = switch (query.getOrDefault("encoding", "pcm_s16le")) {
            case "pcm_mulaw" -> 1;
            case "pcm_s16le" -> 2;
            default -> 0;
        };
        bytesPerMs = bytesPerSample * Integer.parseInt(query.getOrDefault("sample_rate", "0")) / 1_000;
        if (bytesPerMs == 0) {
            return Optional.of("encoding or sample_rate");
        }
        String terms = query.getOrDefault("keyterms_prompt", "[]");
        return terms.startsWith("[") ? Optional.empty() : Optional.of("keyterms_prompt is no JSON array");
    }

    @Override
    public void onOpened(PeerOut out) {
        refused.ifPresentOrElse(
                end -> fail(end, out),
                () -> out.text(Json.write(
                        Json.object().put("type", "Begin").put("id", "peer-3").put("expires_at", expiresAtS))));
    }

    private static void fail(End end, PeerOut out) {
        out.text(Json.write(
                Json.object().put("type", "Error").put("error_code", end.code()).put("error", end.error())));
        out.close(end.code(), end.error());
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        switch (text) {
            case "{\"type\":\"ForceEndpoint\"}" -> {
                if (isTurnOpen) {
                    ear.flush();
                }
            }
            case "{\"type\":\"Terminate\"}" -> {
                isEnded = true;
                ear.endOfInput();
            }
            case "{\"type\":\"KeepAlive\"}" -> {
                // Only resets the timeout.
            }
            default -> fail(new End(4101, "unknown message"), out);
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (refused.isPresent()) {
            return;
        }
        int ms = data.length / bytesPerMs;
        if (ms < 50 || ms > 1_000) {
            fail(new End(3007, "Input duration: " + ms + " ms (expected: between 50 and 1000 ms)"), out);
        } else if (isEnded) {
            fail(new End(3006, "audio after Terminate"), out);
        } else {
            ear.audio(data);
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        isTurnOpen = true;
        out.text(Json.write(Json.object().put("type", "SpeechStarted").put("timestamp", offsetMs)));
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        isTurnOpen = true;
        out.text(turn(segment, false, false));
    }

    /** Twice when turns are formatted. */
    @Override
    public void finalText(Segment segment, PeerOut out) {
        isTurnOpen = false;
        out.text(turn(segment, true, false));
        if (formatsTurns) {
            out.text(turn(segment, true, true));
        }
        turnOrder++;
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // The end of the turn has said it.
    }

    /** The forced end of a turn is the answer: without text too. */
    @Override
    public void flushed(PeerOut out) {
        if (isTurnOpen) {
            finalText(new Segment(0, "", 0, 0, List.of()), out);
        }
    }

    private String turn(Segment segment, boolean ends, boolean isFormatted) {
        ObjectNode message = Json.object()
                .put("type", "Turn")
                .put("turn_order", turnOrder)
                .put("turn_is_formatted", isFormatted)
                .put("end_of_turn", ends)
                .put("transcript", segment.text())
                .put("end_of_turn_confidence", 0.5);
        ArrayNode words = message.putArray("words");
        segment.words()
                .forEach(word -> words.addObject()
                        .put("text", word.text())
                        .put("start", word.startMs())
                        .put("end", word.endMs())
                        .put("confidence", 0.8)
                        .put("word_is_final", true));
        return Json.write(message);
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.text(Json.write(Json.object()
                .put("type", "Termination")
                .put("audio_duration_seconds", totalMs / 1_000)
                .put("session_duration_seconds", totalMs / 1_000)));
        out.close(1000, "");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        fail(end(trouble), out);
    }

    private static End end(Trouble trouble) {
        return switch (trouble) {
            case AUTH -> new End(1008, "Unauthorized connection");
            case QUOTA -> new End(4002, "Insufficient funds");
            case LIMIT_REACHED -> new End(3008, "Session expired: maximum session duration exceeded");
            case SERVER_ERROR -> new End(3005, "Server error");
            case IDLE -> new End(4031, "Session idle for too long");
        };
    }
}
