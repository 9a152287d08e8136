package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
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
 * OpenAI's side of a transcription session. Without turn detection what its recogniser has heard waits for a commit.
 */
public final class OpenAiPeer implements PeerDialect {

    private static final Set<String> MODELS = Set.of(
            "gpt-4o-transcribe",
            "gpt-4o-mini-transcribe",
            "gpt-transcribe",
            "gpt-live-transcribe",
            "gpt-realtime-whisper",
            "whisper-1");
    private static final int MIN_COMMIT_MS = 100;
    private static final int BYTES_PER_MS = 8;

    private final long expiresAtS;
    private boolean isConfigured;
    private boolean usesVad;
    private long uncommittedBytes;
    private boolean isCommitUnderWay;

    /** Finals that wait for a commit. */
    private final List<String> waiting = new ArrayList<>();

    private int itemNumber = 1;
    private int committedItems;
    private boolean isItemStarted;

    /** Of the open item, as far as deltas have told it. */
    private String told = "";

    /** @param expiresAtS what a session names, seconds of the epoch */
    public OpenAiPeer(long expiresAtS) {
        this.expiresAtS = expiresAtS;
    }

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (trouble.equals(Optional.of(Trouble.AUTH))
                || !request.header("authorization").equals(Optional.of("Bearer good-key"))) {
            return refusal(401, "invalid_request_error", "invalid_api_key");
        }
        if (trouble.equals(Optional.of(Trouble.QUOTA))) {
            return refusal(429, "insufficient_quota", "insufficient_quota");
        }
        if (!request.path().equals("/v1/realtime")) {
            return refusal(404, "invalid_request_error", "not_found");
        }
        // With a model in the address the session would be a conversation.
        return request.query().equals(Map.of("intent", "transcription"))
                ? Optional.empty()
                : refusal(400, "invalid_request_error", "invalid_query");
    }

    private static Optional<PeerRefusal> refusal(int status, String type, String code) {
        return Optional.of(new PeerRefusal(status, Map.of(), Json.write(error(type, code))));
    }

    private static ObjectNode error(String type, String code) {
        ObjectNode message = Json.object().put("type", "error");
        message.putObject("error").put("type", type).put("code", code).put("message", "the peer says " + code);
        return message;
    }

    @Override
    public void onOpened(PeerOut out) {
        out.text(session("session.created"));
    }

    private String session(String type) {
        ObjectNode message = Json.object().put("type", type);
        message.putObject("session")
                .put("type", "transcription")
                .put("id", "peer-5")
                .put("expires_at", expiresAtS);
        return Json.write(message);
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        try {
            JsonNode message = Json.read(text);
            switch (message.path("type").asText("")) {
                case "session.update" -> onUpdate(message.path("session"), out);
                case "input_audio_buffer.append" -> onAppend(message, out, ear);
                case "input_audio_buffer.commit" -> onCommit(out, ear);
                default -> remark("unknown_event", out);
            }
        } catch (Dialect.Garbled | IllegalArgumentException notReadable) {
            remark("invalid_json", out);
        }
    }

    /** Most errors are mere remarks. */
    private static void remark(String code, PeerOut out) {
        out.text(Json.write(error("invalid_request_error", code)));
    }

    private void onUpdate(JsonNode session, PeerOut out) {
        JsonNode input = session.path("audio").path("input");
        boolean isNull = input.path("turn_detection").isNull();
        String detection = input.path("turn_detection").path("type").asText("");
        String model = input.path("transcription").path("model").asText("");
        if (!session.path("type").asText("").equals("transcription")
                || !Set.of("audio/pcmu", "audio/pcma")
                        .contains(input.path("format").path("type").asText(""))
                || !MODELS.contains(model)
                || !(isNull || Set.of("server_vad", "semantic_vad").contains(detection))
                || (model.equals("gpt-realtime-whisper") && !isNull)) {
            remark("invalid_value", out);
            return;
        }
        isConfigured = true;
        usesVad = !isNull;
        out.text(session("session.updated"));
    }

    private void onAppend(JsonNode message, PeerOut out, Ear ear) {
        byte[] audio = Base64.getDecoder().decode(message.path("audio").asText(""));
        if (!isConfigured || audio.length == 0) {
            remark("invalid_audio", out);
        } else {
            uncommittedBytes += audio.length;
            ear.audio(audio);
        }
    }

    private void onCommit(PeerOut out, Ear ear) {
        if (uncommittedBytes < MIN_COMMIT_MS * BYTES_PER_MS) {
            remark("input_audio_buffer_commit_empty", out);
        } else {
            uncommittedBytes = 0;
            isCommitUnderWay = true;
            ear.flush();
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        out.close(1003, "binary is not supported");
    }

    private String item(int number) {
        return "item-" + number;
    }

    private ObjectNode aboutItem(String type) {
        return Json.object().put("type", type).put("item_id", item(itemNumber));
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        if (usesVad) {
            isItemStarted = true;
            out.text(Json.write(aboutItem("input_audio_buffer.speech_started").put("audio_start_ms", offsetMs)));
        }
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        List<String> texts = new ArrayList<>(waiting);
        texts.add(segment.text());
        String text = String.join(" ", texts);
        // A delta can only add.
        if (text.startsWith(told) && text.length() > told.length()) {
            out.text(Json.write(aboutItem("conversation.item.input_audio_transcription.delta")
                    .put("content_index", 0)
                    .put("delta", text.substring(told.length()))));
            told = text;
        }
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        if (!usesVad) {
            waiting.add(segment.text());
            return;
        }
        if (!isCommitUnderWay) {
            if (!isItemStarted) {
                // Speech that goes on after the longest item is the next one's.
                speechStarted(segment.startMs(), out);
            }
            out.text(Json.write(aboutItem("input_audio_buffer.speech_stopped").put("audio_end_ms", segment.endMs())));
        }
        uncommittedBytes = 0;
        isCommitUnderWay = false;
        complete(segment.text(), out);
    }

    private void complete(String transcript, PeerOut out) {
        ObjectNode committed = aboutItem("input_audio_buffer.committed");
        if (committedItems == 0) {
            committed.putNull("previous_item_id");
        } else {
            committed.put("previous_item_id", item(committedItems));
        }
        out.text(Json.write(committed));
        out.text(Json.write(aboutItem("conversation.item.input_audio_transcription.completed")
                .put("content_index", 0)
                .put("transcript", transcript)));
        committedItems = itemNumber++;
        isItemStarted = false;
        told = "";
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // The item has said it.
    }

    /** A commit makes an item, with an empty text too. */
    @Override
    public void flushed(PeerOut out) {
        if (isCommitUnderWay) {
            isCommitUnderWay = false;
            complete(String.join(" ", waiting), out);
            waiting.clear();
        }
    }

    /** No goodbye is known: the client leaves. */
    @Override
    public void ended(long totalMs, PeerOut out) {
        flushed(out);
    }

    /** No idle limit is documented: the end of the session stands for it. */
    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH, QUOTA -> throw new IllegalStateException("trouble: " + trouble + " (expected: at the request)");
            case LIMIT_REACHED, IDLE -> {
                remark("session_expired", out);
                out.close(1001, "session_expired");
            }
            case SERVER_ERROR -> {
                out.text(Json.write(error("server_error", "internal")));
                out.close(1011, "");
            }
        }
    }
}
