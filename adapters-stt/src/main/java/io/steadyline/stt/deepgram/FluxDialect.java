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
import java.util.List;
import java.util.OptionalDouble;

/** One connection to {@code /v2/listen}: raw audio out, turns in. A transcript is always the whole turn so far. */
final class FluxDialect implements Dialect {

    private final int bytesPerMs;
    private boolean isConnected;
    private boolean isTurnOpen;
    private boolean isFlushing;
    private long sentBytes;
    private long flushedAtMs;

    FluxDialect(VendorAudio audio) {
        bytesPerMs = audio.bytesPerMs();
    }

    /** Audio is welcome only after Connected. */
    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        // The server speaks first.
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        sentBytes += chunk.length;
        out.binary(chunk);
    }

    /** Ignored by the server when no turn is open: see {@link #answersFlush}. */
    @Override
    public void flush(Outlet out) {
        isFlushing = true;
        flushedAtMs = sentBytes / bytesPerMs;
        forceEndOfTurn(out);
    }

    @Override
    public void endOfInput(Outlet out) {
        if (isTurnOpen) {
            forceEndOfTurn(out);
        }
        out.text("{\"type\":\"CloseStream\"}");
    }

    private static void forceEndOfTurn(Outlet out) {
        out.text("{\"type\":\"ForceEndTurn\"}");
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        switch (message.path("type").asText("")) {
            case "Connected" -> onConnected(message, hearing);
            case "TurnInfo" -> onTurnInfo(message, hearing);
            case "Error" ->
                hearing.failed(DeepgramFailures.ofMessage(
                        message.path("code").asText(""),
                        message.path("description").asText("")));
            default -> {
                // Answers to Configure, which is never sent, and messages that were added since.
            }
        }
    }

    private void onConnected(JsonNode connected, Hearing hearing) {
        if (!isConnected) {
            isConnected = true;
            hearing.ready(connected.path("request_id").asText(""));
        }
    }

    private void onTurnInfo(JsonNode turn, Hearing hearing) {
        switch (turn.path("event").asText("")) {
            case "StartOfTurn" -> {
                isTurnOpen = true;
                hearing.speechStarted(startMs(turn));
                onTranscript(turn, hearing);
            }
            // An early end may be taken back: until the turn has ended its text is only an interim.
            case "Update", "EagerEndOfTurn", "TurnResumed" -> onTranscript(turn, hearing);
            case "EndOfTurn" -> onEndOfTurn(turn, hearing);
            default -> {
                // Events that were added since.
            }
        }
        if (isFlushing && answersFlush(turn)) {
            isFlushing = false;
            hearing.flushed();
        }
    }

    /** A turn that ended, or that there was none: the server has heard all up to the flush, and no turn is open. */
    private boolean answersFlush(JsonNode turn) {
        return switch (turn.path("event").asText("")) {
            case "EndOfTurn" -> true;
            case "Update" -> !isTurnOpen && DeepgramAudio.ms(turn.path("audio_window_end"), 0) >= flushedAtMs;
            default -> false;
        };
    }

    private void onTranscript(JsonNode turn, Hearing hearing) {
        String transcript = transcript(turn);
        if (!transcript.isEmpty()) {
            isTurnOpen = true;
            hearing.interim(transcript);
        }
    }

    private void onEndOfTurn(JsonNode turn, Hearing hearing) {
        isTurnOpen = false;
        String transcript = transcript(turn);
        long endMs = DeepgramAudio.ms(turn.path("audio_window_end"), 0);
        if (!transcript.isEmpty()) {
            List<Hearing.SaidWord> words = DeepgramAudio.words(turn.path("words"), 0);
            hearing.finalText(new Hearing.Said(transcript, startMs(turn), endMs, OptionalDouble.empty(), words));
            hearing.utteranceEnded(endMs);
        }
    }

    private static String transcript(JsonNode turn) {
        return turn.path("transcript").asText("").strip();
    }

    /** Of the first word where that is told, else of the turn's window. */
    private static long startMs(JsonNode turn) {
        long wordMs = DeepgramAudio.ms(turn.path("words").path(0).path("start"), 0);
        return wordMs == Hearing.UNKNOWN ? DeepgramAudio.ms(turn.path("audio_window_start"), 0) : wordMs;
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
