package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deepgram's side of {@code /v1/listen}. */
public final class DeepgramPeer implements PeerDialect {

    private static final Set<String> ENCODINGS =
            Set.of("linear16", "linear32", "flac", "alaw", "mulaw", "opus", "speex");
    private static final Set<String> NAMES = Set.of(
            "channels",
            "detect_entities",
            "diarize_model",
            "dictation",
            "encoding",
            "endpointing",
            "extra",
            "interim_results",
            "keyterm",
            "keywords",
            "language",
            "mip_opt_out",
            "model",
            "numerals",
            "profanity_filter",
            "punctuate",
            "redact",
            "replace",
            "sample_rate",
            "search",
            "smart_format",
            "tag",
            "utterance_end_ms",
            "vad_events",
            "version");

    private boolean sendsInterim;
    private boolean sendsVad;
    private boolean sendsUtteranceEnd;
    private boolean isEnded;

    /** A Finalize with nothing buffered is not answered. */
    private boolean hasSaidSinceFlush;

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (trouble.equals(Optional.of(Trouble.AUTH)) || !isKeyGood(request)) {
            return refusal(401, "INVALID_AUTH", "Invalid credentials.");
        }
        if (trouble.equals(Optional.of(Trouble.QUOTA))) {
            return refusal(402, "ASR_PAYMENT_REQUIRED", "Project does not have enough credits.");
        }
        if (!request.path().equals("/v1/listen")) {
            return refusal(404, "NOT_FOUND", "No such path.");
        }
        Map<String, String> query = request.query();
        sendsInterim = isTrue(query, "interim_results");
        sendsVad = isTrue(query, "vad_events");
        sendsUtteranceEnd = query.containsKey("utterance_end_ms");
        return wrong(query).flatMap(what -> refusal(400, "Bad Request", what));
    }

    static boolean isKeyGood(PeerRequest request) {
        return request.header("authorization")
                .filter(value -> value.equals("Token good-key") || value.equals("Bearer good-key"))
                .isPresent();
    }

    static Optional<PeerRefusal> refusal(int status, String code, String message) {
        ObjectNode body =
                Json.object().put("err_code", code).put("err_msg", message).put("request_id", "peer-1");
        return Optional.of(
                new PeerRefusal(status, Map.of("dg-request-id", "peer-1", "dg-error", message), Json.write(body)));
    }

    private Optional<String> wrong(Map<String, String> query) {
        if (!NAMES.containsAll(query.keySet())) {
            return Optional.of("unknown parameter among " + query.keySet());
        }
        if (!ENCODINGS.contains(query.getOrDefault("encoding", "")) || !query.containsKey("sample_rate")) {
            return Optional.of("encoding and sample_rate are both needed for raw audio");
        }
        if (sendsUtteranceEnd && !sendsInterim) {
            return Optional.of("utterance_end_ms needs interim_results");
        }
        if (sendsUtteranceEnd && Integer.parseInt(query.getOrDefault("utterance_end_ms", "0")) < 1_000) {
            return Optional.of("utterance_end_ms below 1000");
        }
        boolean nova3 = query.getOrDefault("model", "").startsWith("nova-3");
        return query.containsKey(nova3 ? "keywords" : "keyterm")
                ? Optional.of("keyterm is for nova-3, keywords for older models")
                : Optional.empty();
    }

    private static boolean isTrue(Map<String, String> query, String name) {
        return query.getOrDefault(name, "false").equals("true");
    }

    @Override
    public void onOpened(PeerOut out) {
        // The client speaks first.
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        switch (text) {
            case "{\"type\":\"KeepAlive\"}" -> {
                // Nothing is answered.
            }
            case "{\"type\":\"Finalize\"}" -> {
                hasSaidSinceFlush = false;
                ear.flush();
            }
            case "{\"type\":\"CloseStream\"}" -> {
                isEnded = true;
                ear.endOfInput();
            }
            default -> out.close(1008, "DATA-0000: a text message that is no control message");
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (data.length == 0 || data[0] == '{' || isEnded) {
            out.close(1008, "DATA-0000: not audio, or after CloseStream");
        } else {
            ear.audio(data);
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        if (sendsVad) {
            ObjectNode message = Json.object().put("type", "SpeechStarted").put("timestamp", offsetMs / 1000.0);
            message.putArray("channel").add(0).add(1);
            out.text(Json.write(message));
        }
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        if (sendsInterim) {
            out.text(Json.write(results(segment, false, false)));
        }
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        hasSaidSinceFlush = true;
        out.text(Json.write(results(segment, true, false)));
    }

    /** Told in both ways: an empty result with speech_final, and UtteranceEnd. */
    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        out.text(Json.write(results(empty(offsetMs), true, true)));
        if (sendsUtteranceEnd) {
            ObjectNode message = Json.object().put("type", "UtteranceEnd").put("last_word_end", offsetMs / 1000.0);
            message.putArray("channel").add(0).add(1);
            out.text(Json.write(message));
        }
    }

    @Override
    public void flushed(PeerOut out) {
        if (hasSaidSinceFlush) {
            out.text(Json.write(results(empty(0), true, false).put("from_finalize", true)));
        }
    }

    private static Segment empty(long offsetMs) {
        return new Segment(0, "", offsetMs, offsetMs, List.of());
    }

    private static ObjectNode results(Segment segment, boolean isFinal, boolean speechFinal) {
        ObjectNode message = Json.object()
                .put("type", "Results")
                .put("start", segment.startMs() / 1000.0)
                .put("duration", (segment.endMs() - segment.startMs()) / 1000.0)
                .put("is_final", isFinal)
                .put("speech_final", speechFinal);
        message.putArray("channel_index").add(0).add(1);
        ObjectNode best = message.putObject("channel").putArray("alternatives").addObject();
        best.put("transcript", segment.text()).put("confidence", segment.text().isEmpty() ? 0 : 0.9);
        ArrayNode words = best.putArray("words");
        segment.words()
                .forEach(word -> words.addObject()
                        .put("word", word.text())
                        .put("start", word.startMs() / 1000.0)
                        .put("end", word.endMs() / 1000.0)
                        .put("confidence", 0.8));
        message.putObject("metadata").put("request_id", "peer-1");
        return message;
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.text(Json.write(Json.object()
                .put("type", "Metadata")
                .put("request_id", "peer-1")
                .put("duration", totalMs / 1000.0)
                .put("channels", 1)));
        out.close(1000, "");
    }

    /** No limit of a connection's age is documented: its end looks like any restart of the server. */
    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH, QUOTA -> throw new IllegalStateException("trouble: " + trouble + " (expected: at the request)");
            case LIMIT_REACHED -> out.close(1001, "going away");
            case SERVER_ERROR -> out.close(1011, "NET-0000: the server sent no data");
            case IDLE -> out.close(1011, "NET-0001: no audio was received within the timeout window");
        }
    }
}
