package io.steadyline.stt.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Hearing.Said;
import io.steadyline.stt.vendor.Hearing.SaidWord;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;

/** One connection: audio as base64 in JSON, a final for each commit, whoever commits. */
final class ElevenLabsDialect implements Dialect {

    /** The most that previous_text may hold. */
    private static final int MAX_CONTEXT_CHARS = 50;

    private final VendorAudio audio;
    private final boolean usesVad;
    private final long minCommitBytes;
    private final CommittedTexts committed;
    private String previousText;

    private boolean isReady;
    private boolean isEnding;

    /** Sent since the last commit, of ours or of the server's as far as we know. */
    private long uncommittedBytes;

    /** Commits of ours that have no answer yet, by the bytes that each is about. */
    private final ArrayDeque<Long> commitsUnderWay = new ArrayDeque<>();

    ElevenLabsDialect(Opening opening) {
        Options options = opening.options();
        audio = opening.audio();
        usesVad = ElevenLabsVendor.usesVad(options);
        minCommitBytes = options.whole("min-commit-ms") * audio.bytesPerMs();
        committed =
                new CommittedTexts(options.flag("include-timestamps") || options.flag("include-language-detection"));
        previousText = options.flag("previous-text") ? lastPart(opening.context()) : "";
    }

    private static String lastPart(String context) {
        String text = context.strip();
        if (text.length() <= MAX_CONTEXT_CHARS) {
            return text;
        }
        String part = text.substring(text.length() - MAX_CONTEXT_CHARS);
        // Not from the middle of a word.
        return part.substring(part.indexOf(' ') + 1);
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        // The server speaks first.
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        uncommittedBytes += chunk.length;
        ObjectNode message = chunk(Base64.getEncoder().encodeToString(chunk), false);
        if (!previousText.isEmpty()) {
            // Only allowed in the first chunk.
            message.put("previous_text", previousText);
            previousText = "";
        }
        out.text(Json.write(message));
    }

    @Override
    public void keepAlive(Outlet out) {
        out.text(Json.write(chunk("", false)));
    }

    /** Less than the least stays for the next commit. */
    @Override
    public void flush(Outlet out) {
        if (uncommittedBytes > 0 && uncommittedBytes >= minCommitBytes) {
            commit(out);
        }
    }

    /** There is no goodbye: the text of the last commit is the end, or ours where nothing was left to commit. */
    @Override
    public void endOfInput(Outlet out) {
        isEnding = true;
        if (uncommittedBytes > 0) {
            silence(minCommitBytes - uncommittedBytes, out);
            commit(out);
        } else if (commitsUnderWay.isEmpty()) {
            out.close();
        }
    }

    private void silence(long bytes, Outlet out) {
        if (bytes > 0) {
            byte[] chunk = new byte[(int) bytes];
            Arrays.fill(chunk, audio.encoding().silence());
            audio(chunk, out);
        }
    }

    private void commit(Outlet out) {
        commitsUnderWay.addLast(uncommittedBytes);
        uncommittedBytes = 0;
        out.text(Json.write(chunk("", true)));
    }

    private ObjectNode chunk(String base64, boolean commit) {
        return Json.object()
                .put("message_type", "input_audio_chunk")
                .put("audio_base_64", base64)
                .put("commit", commit)
                .put("sample_rate", audio.sampleRateHz());
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        String type = message.path("message_type").asText("");
        String said = message.path("text").asText("").strip();
        switch (type) {
            case "session_started" -> onStarted(message, hearing);
            case "partial_transcript" -> onPartial(said, hearing);
            case "committed_transcript" -> {
                committed.overdue().ifPresent(overdue -> tell(overdue, hearing));
                committed.onPlain(said).ifPresent(now -> tell(now, hearing));
            }
            case "committed_transcript_with_timestamps" ->
                committed.onWords(withWords(said, message.path("words"))).ifPresent(now -> tell(now, hearing));
            case "commit_throttled" -> onThrottled(message, out, hearing);
            default ->
                ElevenLabsFailures.ofMessage(type, message.path("error").asText(""))
                        .ifPresent(failure -> onError(failure, hearing));
        }
    }

    private void onStarted(JsonNode started, Hearing hearing) {
        if (!isReady) {
            isReady = true;
            hearing.ready(started.path("session_id").asText(""));
        }
    }

    private void onPartial(String text, Hearing hearing) {
        committed.overdue().ifPresent(overdue -> tell(overdue, hearing));
        if (!text.isEmpty()) {
            hearing.interim(text);
        }
    }

    private void tell(Said said, Hearing hearing) {
        if (!said.text().isEmpty()) {
            hearing.finalText(said);
            if (usesVad) {
                hearing.utteranceEnded(said.endMs());
            }
        }
        onCommitAnswered(hearing);
    }

    private void onCommitAnswered(Hearing hearing) {
        if (commitsUnderWay.poll() == null) {
            return;
        }
        if (!isEnding) {
            hearing.flushed();
        } else if (commitsUnderWay.isEmpty()) {
            hearing.ended();
        }
    }

    /** Only this commit is refused: its audio stays for the next one, and the connection lives. */
    private void onThrottled(JsonNode message, Outlet out, Hearing hearing) {
        hearing.warned("commit_throttled: " + message.path("error").asText(""));
        Long refusedBytes = commitsUnderWay.poll();
        if (refusedBytes == null) {
            return;
        }
        Long nextBytes = commitsUnderWay.poll();
        if (nextBytes != null) {
            commitsUnderWay.addFirst(refusedBytes + nextBytes);
        } else {
            uncommittedBytes += refusedBytes;
        }
        if (!isEnding) {
            hearing.flushed();
        } else if (nextBytes == null) {
            // Too soon or too short: again, with more, for as long as the session waits for its end.
            silence(minCommitBytes, out);
            commit(out);
        }
    }

    private void onError(VendorFailure failure, Hearing hearing) {
        committed.overdue().ifPresent(overdue -> tell(overdue, hearing));
        hearing.failed(failure);
    }

    private static Said withWords(String text, JsonNode words) {
        List<SaidWord> said = new ArrayList<>();
        for (JsonNode word : words) {
            // Spacing and sounds are no words.
            if (word.path("type").asText("word").equals("word")) {
                said.add(new SaidWord(
                        word.path("text").asText(""),
                        Json.secondsAsMs(word.path("start")),
                        Json.secondsAsMs(word.path("end")),
                        probability(word.path("logprob"))));
            }
        }
        return Said.of(text, said);
    }

    private static OptionalDouble probability(JsonNode logprob) {
        return logprob.isNumber() ? OptionalDouble.of(Math.exp(logprob.asDouble())) : OptionalDouble.empty();
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return ElevenLabsFailures.ofClose(closing);
    }

    @Override
    public VendorFailure onRefused(Refusal refusal) {
        return ElevenLabsFailures.ofRefusal(refusal);
    }
}
