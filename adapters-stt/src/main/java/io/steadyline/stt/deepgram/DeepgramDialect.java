package io.steadyline.stt.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.Arrays;

/** One connection to {@code /v1/listen}: raw audio out, JSON in. */
final class DeepgramDialect implements Dialect {

    private static final int PRIMER_MS = 20;

    private final VendorAudio audio;
    private boolean hasSentAudio;
    private boolean isEnding;

    /** Audio of our own that came before all else: Deepgram counts it, the runtime does not. */
    private long primerMs;

    /** Finals of an utterance that has no end yet. */
    private boolean utteranceHasText;

    DeepgramDialect(VendorAudio audio) {
        this.audio = audio;
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        hearing.ready("");
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        hasSentAudio = true;
        out.binary(chunk);
    }

    /** KeepAlive alone does not hold a connection that never had audio. */
    @Override
    public void keepAlive(Outlet out) {
        if (!hasSentAudio) {
            byte[] silence = new byte[PRIMER_MS * audio.bytesPerMs()];
            Arrays.fill(silence, audio.encoding().silence());
            primerMs = PRIMER_MS;
            audio(silence, out);
        }
        out.text("{\"type\":\"KeepAlive\"}");
    }

    /** Not always answered: with nothing buffered it says nothing. */
    @Override
    public void flush(Outlet out) {
        out.text("{\"type\":\"Finalize\"}");
    }

    @Override
    public void endOfInput(Outlet out) {
        isEnding = true;
        out.text("{\"type\":\"CloseStream\"}");
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        switch (message.path("type").asText("")) {
            case "Results" -> onResults(message, hearing);
            case "SpeechStarted" -> hearing.speechStarted(DeepgramAudio.ms(message.path("timestamp"), primerMs));
            case "UtteranceEnd" -> endUtterance(DeepgramAudio.ms(message.path("last_word_end"), primerMs), hearing);
            case "Metadata" -> onMetadata(hearing);
            case "Error" ->
                hearing.warned("error: " + message.path("description").asText(""));
            default -> {
                // Messages that were added since: nothing of ours depends on them.
            }
        }
    }

    private void onResults(JsonNode results, Hearing hearing) {
        JsonNode best = results.path("channel").path("alternatives").path(0);
        String transcript = best.path("transcript").asText("").strip();
        if (!results.path("is_final").asBoolean()) {
            if (!transcript.isEmpty()) {
                hearing.interim(transcript);
            }
            return;
        }
        long startMs = DeepgramAudio.ms(results.path("start"), primerMs);
        long endMs = endMs(results);
        if (!transcript.isEmpty()) {
            utteranceHasText = true;
            hearing.finalText(new Hearing.Said(
                    transcript,
                    startMs,
                    endMs,
                    Json.confidence(best.path("confidence")),
                    DeepgramAudio.words(best.path("words"), primerMs)));
        }
        if (results.path("speech_final").asBoolean()) {
            endUtterance(endMs, hearing);
        }
        if (results.path("from_finalize").asBoolean()) {
            hearing.flushed();
        }
    }

    private long endMs(JsonNode results) {
        long startMs = Json.secondsAsMs(results.path("start"));
        long durationMs = Json.secondsAsMs(results.path("duration"));
        return startMs < 0 || durationMs < 0 ? Hearing.UNKNOWN : Math.max(0, startMs + durationMs - primerMs);
    }

    /** Told twice, by speech_final and by UtteranceEnd, and for noise too: only text can end. */
    private void endUtterance(long offsetMs, Hearing hearing) {
        if (utteranceHasText) {
            utteranceHasText = false;
            hearing.utteranceEnded(offsetMs);
        }
    }

    private void onMetadata(Hearing hearing) {
        if (isEnding) {
            hearing.ended();
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return DeepgramFailures.ofClose(closing);
    }

    @Override
    public VendorFailure onRefused(Refusal refusal) {
        return DeepgramFailures.ofRefusal(refusal);
    }
}
