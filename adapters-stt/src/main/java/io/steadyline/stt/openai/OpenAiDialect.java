package io.steadyline.stt.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;

/** One session: audio as base64 in JSON out, texts of items in. */
final class OpenAiDialect implements Dialect {

    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription.";

    private final Opening opening;
    private final boolean usesVad;
    private final long minCommitBytes;
    private final Items items = new Items();

    private boolean isConfigured;
    private boolean isReady;
    private boolean isEnding;

    /** Told when the session is created, when it is updated, or both; 0: not told. */
    private long expiresAtS;

    private long sentBytes;
    private long uncommittedBytes;

    /** Where the audio ended at each commit of ours that is not confirmed, ms. */
    private final Deque<Long> commitsUnderWay = new ArrayDeque<>();

    OpenAiDialect(Opening opening) {
        this.opening = opening;
        usesVad = OpenAiVendor.usesVad(opening.options());
        minCommitBytes =
                opening.options().whole("min-commit-ms") * opening.audio().bytesPerMs();
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        // The server speaks first.
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        sentBytes += chunk.length;
        uncommittedBytes += chunk.length;
        out.text(Json.write(Json.object()
                .put("type", "input_audio_buffer.append")
                .put("audio", Base64.getEncoder().encodeToString(chunk))));
    }

    /** A commit of nothing is an error; how much the server's own commits left is not known here. */
    @Override
    public void flush(Outlet out) {
        if (uncommittedBytes > 0 && uncommittedBytes >= minCommitBytes) {
            uncommittedBytes = 0;
            commitsUnderWay.add(sentBytes / opening.audio().bytesPerMs());
            out.text("{\"type\":\"input_audio_buffer.commit\"}");
        }
    }

    /** There is no goodbye: the text of the last item is the end, or ours where nothing is open. */
    @Override
    public void endOfInput(Outlet out) {
        isEnding = true;
        flush(out);
        if (isSettled()) {
            out.close();
        }
    }

    private boolean isSettled() {
        return commitsUnderWay.isEmpty() && items.isSettled();
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        String id = message.path("item_id").asText("");
        switch (message.path("type").asText("")) {
            case "session.created" -> onCreated(message.path("session"), out);
            case "session.updated" -> onUpdated(message.path("session"), hearing);
            case "input_audio_buffer.speech_started" -> {
                long offsetMs = ms(message.path("audio_start_ms"));
                items.of(id).startsAt(offsetMs);
                hearing.speechStarted(offsetMs);
            }
            case "input_audio_buffer.speech_stopped" -> {
                long offsetMs = ms(message.path("audio_end_ms"));
                items.of(id).endsAt(offsetMs);
                hearing.speechEnded(offsetMs);
            }
            case "input_audio_buffer.committed" ->
                onCommitted(id, message.path("previous_item_id").asText(""));
            case TRANSCRIPTION + "delta" -> {
                items.of(id).add(message.path("delta").asText(""));
                tellOpenText(hearing);
            }
            case TRANSCRIPTION + "completed" -> {
                items.completed(id, message.path("transcript").asText(""), confidence(message.path("logprobs")));
                release(hearing);
            }
            case TRANSCRIPTION + "failed" -> onItemFailed(id, message.path("error"), hearing);
            case "error" -> onError(message.path("error"), hearing);
            default -> {
                // rate_limits.updated, conversation.item.added, and messages that were added since.
            }
        }
    }

    private void onCreated(JsonNode session, Outlet out) {
        if (!isConfigured) {
            isConfigured = true;
            expiresAtS = session.path("expires_at").asLong();
            out.text(SessionUpdate.of(opening));
        }
    }

    private void onUpdated(JsonNode session, Hearing hearing) {
        if (isReady) {
            return;
        }
        isReady = true;
        hearing.ready(session.path("id").asText(""));
        expiresAtS = session.path("expires_at").asLong(expiresAtS);
        if (expiresAtS <= 0) {
            return;
        }
        Instant end = Instant.ofEpochSecond(expiresAtS);
        // From the request on, not from now: shorter by the time of the handshake, which is on the safe side.
        Duration left = Duration.between(opening.at(), end);
        if (left.isPositive()) {
            hearing.expiresIn(left);
        } else {
            hearing.warned("expires_at: " + end + " (expected: later than " + opening.at() + ")");
        }
    }

    /** The server's own commits follow an end of speech; one without is the answer to ours. */
    private void onCommitted(String id, String previous) {
        Items.Item item = items.committed(id, previous);
        if (!item.hasEnd() && !commitsUnderWay.isEmpty()) {
            item.asked();
            item.endsAt(commitsUnderWay.remove());
        }
    }

    private void release(Hearing hearing) {
        for (Optional<Items.Item> next = items.release(); next.isPresent(); next = items.release()) {
            Hearing.Said said = next.get().said();
            if (!said.text().isEmpty()) {
                hearing.finalText(said);
                if (usesVad) {
                    hearing.utteranceEnded(said.endMs());
                }
            }
            if (next.get().isAsked()) {
                hearing.flushed();
            }
        }
        tellOpenText(hearing);
        endWhenSettled(hearing);
    }

    private void tellOpenText(Hearing hearing) {
        String text = items.openText();
        if (!text.isEmpty()) {
            hearing.interim(text);
        }
    }

    private void endWhenSettled(Hearing hearing) {
        if (isEnding && isSettled()) {
            hearing.ended();
        }
    }

    private void onItemFailed(String id, JsonNode error, Hearing hearing) {
        OpenAiFailures.ofMessage(error).ifPresentOrElse(hearing::failed, () -> warn(error, hearing));
        items.completed(id, "", OptionalDouble.empty());
        release(hearing);
    }

    private void onError(JsonNode error, Hearing hearing) {
        Optional<VendorFailure> failure = OpenAiFailures.ofMessage(error);
        if (failure.isPresent()) {
            hearing.failed(failure.get());
        } else if (!isReady) {
            // Without our configuration the session is not what was asked for.
            hearing.failed(
                    new VendorFailure(FailureKind.CONFIG, OpenAiFailures.code(error), OpenAiFailures.message(error)));
        } else if (OpenAiFailures.code(error).equals(OpenAiFailures.COMMIT_EMPTY) && !commitsUnderWay.isEmpty()) {
            // The server had committed all before us: there is nothing more to wait for.
            commitsUnderWay.remove();
            hearing.flushed();
            endWhenSettled(hearing);
        } else {
            warn(error, hearing);
        }
    }

    private static void warn(JsonNode error, Hearing hearing) {
        hearing.warned(OpenAiFailures.code(error) + ": " + OpenAiFailures.message(error));
    }

    private static long ms(JsonNode ms) {
        return ms.isNumber() ? ms.asLong() : Hearing.UNKNOWN;
    }

    /** The geometric mean of the tokens' probabilities; absent when they were not asked for. */
    private static OptionalDouble confidence(JsonNode logprobs) {
        double sum = 0;
        int count = 0;
        for (JsonNode token : logprobs) {
            sum += token.path("logprob").asDouble();
            count++;
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(sum / count));
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return OpenAiFailures.ofClose(closing);
    }

    @Override
    public VendorFailure onRefused(Refusal refusal) {
        return OpenAiFailures.ofRefusal(refusal);
    }
}
