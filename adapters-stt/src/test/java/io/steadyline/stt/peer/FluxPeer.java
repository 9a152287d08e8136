package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deepgram's side of {@code /v2/listen}. A final of its recogniser is the end of a turn. */
public final class FluxPeer implements PeerDialect {

    private static final Set<String> NAMES = Set.of(
            "model",
            "encoding",
            "sample_rate",
            "eot_threshold",
            "eager_eot_threshold",
            "eot_timeout_ms",
            "keyterm",
            "language_hint",
            "profanity_filter",
            "numerals",
            "redact",
            "mip_opt_out",
            "tag");

    private int turnIndex;
    private int sequenceId;
    private boolean isTurnOpen;
    private boolean isEnded;

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (trouble.equals(Optional.of(Trouble.AUTH)) || !DeepgramPeer.isKeyGood(request)) {
            return DeepgramPeer.refusal(401, "INVALID_AUTH", "Invalid credentials.");
        }
        if (trouble.equals(Optional.of(Trouble.QUOTA))) {
            return DeepgramPeer.refusal(402, "ASR_PAYMENT_REQUIRED", "Project does not have enough credits.");
        }
        if (!request.path().equals("/v2/listen")) {
            return DeepgramPeer.refusal(404, "NOT_FOUND", "No such path.");
        }
        return wrong(request.query()).flatMap(what -> DeepgramPeer.refusal(400, "Bad Request", what));
    }

    private static Optional<String> wrong(Map<String, String> query) {
        String model = query.getOrDefault("model", "");
        if (!NAMES.containsAll(query.keySet())) {
            return Optional.of("unknown parameter among " + query.keySet());
        }
        if (!Set.of("flux-general-en", "flux-general-multi").contains(model)) {
            return Optional.of("model " + model);
        }
        if (query.containsKey("language_hint") && !model.endsWith("multi")) {
            return Optional.of("language_hint with " + model);
        }
        if (!Set.of("linear16", "mulaw", "alaw").contains(query.getOrDefault("encoding", ""))
                || !Set.of("8000", "16000", "24000", "44100", "48000")
                        .contains(query.getOrDefault("sample_rate", ""))) {
            return Optional.of("encoding or sample_rate");
        }
        return Optional.empty();
    }

    @Override
    public void onOpened(PeerOut out) {
        out.text(Json.write(message("Connected")));
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        switch (text) {
            case "{\"type\":\"ForceEndTurn\"}" -> {
                if (isTurnOpen) {
                    ear.flush();
                }
            }
            case "{\"type\":\"CloseStream\"}" -> {
                isEnded = true;
                ear.endOfInput();
            }
            default -> fail("UNPARSABLE_CLIENT_MESSAGE", "not a message of v2", out);
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (data.length == 0 || isEnded || sequenceId == 0) {
            fail("DATA-0000", "empty, before Connected or after CloseStream", out);
        } else {
            ear.audio(data);
        }
    }

    private void fail(String code, String description, PeerOut out) {
        out.text(Json.write(message("Error").put("code", code).put("description", description)));
        out.close(1011, code);
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        isTurnOpen = true;
        out.text(Json.write(turn("StartOfTurn", new Segment(0, "", offsetMs, offsetMs, List.of()))));
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        isTurnOpen = true;
        out.text(Json.write(turn("Update", segment)));
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        isTurnOpen = false;
        out.text(Json.write(turn("EndOfTurn", segment)));
        turnIndex++;
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

    private ObjectNode turn(String event, Segment segment) {
        ObjectNode message = message("TurnInfo")
                .put("event", event)
                .put("turn_index", turnIndex)
                .put("audio_window_start", segment.startMs() / 1000.0)
                .put("audio_window_end", segment.endMs() / 1000.0)
                .put("transcript", segment.text())
                .put("end_of_turn_confidence", 0.5);
        ArrayNode words = message.putArray("words");
        segment.words()
                .forEach(word -> words.addObject().put("word", word.text()).put("confidence", 0.8));
        return message;
    }

    private ObjectNode message(String type) {
        return Json.object().put("type", type).put("request_id", "peer-2").put("sequence_id", sequenceId++);
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.close(1000, "");
    }

    /** No limit of a connection's age is documented: its end looks like any restart of the server. */
    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH, QUOTA -> throw new IllegalStateException("trouble: " + trouble + " (expected: at the request)");
            case LIMIT_REACHED -> out.close(1001, "going away");
            case SERVER_ERROR -> fail("INTERNAL_SERVER_ERROR", "something went wrong", out);
            case IDLE -> fail("NET-0001", "no audio was received", out);
        }
    }
}
