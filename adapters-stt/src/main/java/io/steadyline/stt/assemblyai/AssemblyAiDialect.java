package io.steadyline.stt.assemblyai;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Hearing.SaidWord;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection: raw audio out, turns in. A transcript is always the whole turn so far. */
final class AssemblyAiDialect implements Dialect {

    private final Instant openedAt;
    private final boolean formatsTurns;
    private final ChunkFloor floor;
    private final int bytesPerMs;
    private boolean hasBegun;
    private boolean isFlushing;
    private boolean isTurnOpen;
    private long takenBytes;
    private long flushedAtMs;

    /** Turns up to this one have been told: their formatted text may come once more. */
    private int lastToldTurn = -1;

    /** A turn that has ended, but whose formatted text is still to come. */
    private @Nullable JsonNode unformatted;

    AssemblyAiDialect(Opening opening) {
        openedAt = opening.at();
        formatsTurns = opening.options().flag("format-turns");
        bytesPerMs = opening.audio().bytesPerMs();
        floor = new ChunkFloor(opening.audio(), opening.options().whole("min-chunk-ms"));
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        // The server speaks first.
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        takenBytes += chunk.length;
        floor.add(chunk).ifPresent(out::binary);
    }

    @Override
    public void keepAlive(Outlet out) {
        out.text("{\"type\":\"KeepAlive\"}");
    }

    /** The last frames may be too short for a message: they wait, since padding would shift all later offsets. */
    @Override
    public void flush(Outlet out) {
        isFlushing = true;
        flushedAtMs = takenBytes / bytesPerMs;
        out.text("{\"type\":\"ForceEndpoint\"}");
    }

    @Override
    public void endOfInput(Outlet out) {
        floor.rest().ifPresent(out::binary);
        out.text("{\"type\":\"Terminate\"}");
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        switch (message.path("type").asText("")) {
            case "Begin" -> onBegin(message, hearing);
            case "SpeechStarted" -> onSpeech(ms(message.path("timestamp")), hearing);
            case "Turn" -> onTurn(message, hearing);
            case "Termination" -> {
                tellUnformatted(hearing);
                hearing.ended();
            }
            case "Warning" ->
                hearing.warned("warning " + message.path("warning_code").asText("") + ": "
                        + message.path("warning").asText(""));
            case "Error" -> hearing.failed(failure(message));
            default -> {
                // Heartbeat, SpeakerRevision, and messages that were added since.
            }
        }
    }

    private void onBegin(JsonNode begin, Hearing hearing) {
        if (hasBegun) {
            return;
        }
        hasBegun = true;
        hearing.ready(begin.path("id").asText(""));
        Optional<Instant> end = instant(begin.path("expires_at"));
        if (end.isEmpty()) {
            return;
        }
        // From the request on, not from now: shorter by the time of the handshake, which is on the safe side.
        Duration left = Duration.between(openedAt, end.get());
        if (left.isPositive()) {
            hearing.expiresIn(left);
        } else {
            hearing.warned("expires_at: " + end.get() + " (expected: later than " + openedAt + ")");
        }
    }

    /** Seconds of the epoch in the messages; the SDK reads a date too. */
    private static Optional<Instant> instant(JsonNode time) {
        if (time.isNumber()) {
            return Optional.of(Instant.ofEpochSecond(time.asLong()));
        }
        try {
            return time.isTextual() ? Optional.of(Instant.parse(time.asText(""))) : Optional.empty();
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }

    private void onSpeech(long startMs, Hearing hearing) {
        answerSilentFlush(startMs, hearing);
        hearing.speechStarted(startMs);
    }

    /** A flush without an open turn has no answer of its own: speech that begins behind it tells that there was none. */
    private void answerSilentFlush(long startMs, Hearing hearing) {
        if (isFlushing && !isTurnOpen && startMs >= flushedAtMs) {
            isFlushing = false;
            hearing.flushed();
        }
    }

    private void onTurn(JsonNode turn, Hearing hearing) throws Garbled {
        if (!turn.path("turn_order").isInt()) {
            throw new Garbled("turn_order: " + turn.path("turn_order") + " (expected: a number)");
        }
        int order = turn.path("turn_order").asInt();
        if (order <= lastToldTurn) {
            return;
        }
        if (unformatted != null && unformatted.path("turn_order").asInt() < order) {
            tellUnformatted(hearing);
        }
        answerSilentFlush(ms(turn.path("words").path(0).path("start")), hearing);
        isTurnOpen = true;
        boolean ends = turn.path("end_of_turn").asBoolean();
        if (ends && (!formatsTurns || turn.path("turn_is_formatted").asBoolean())) {
            tell(turn, hearing);
            return;
        }
        unformatted = ends ? turn : unformatted;
        String transcript = transcript(turn);
        if (!transcript.isEmpty()) {
            hearing.interim(transcript);
        }
    }

    /** The next turn is here, or the end: the formatted text will not come any more. */
    private void tellUnformatted(Hearing hearing) {
        if (unformatted != null) {
            tell(unformatted, hearing);
        }
    }

    private void tell(JsonNode turn, Hearing hearing) {
        unformatted = null;
        isTurnOpen = false;
        lastToldTurn = turn.path("turn_order").asInt();
        String transcript = transcript(turn);
        if (!transcript.isEmpty()) {
            // end_of_turn_confidence is about the turn, not about its text.
            Hearing.Said said = Hearing.Said.of(transcript, words(turn.path("words")));
            hearing.finalText(said);
            hearing.utteranceEnded(said.endMs());
        }
        if (isFlushing) {
            isFlushing = false;
            hearing.flushed();
        }
    }

    private static String transcript(JsonNode turn) {
        return turn.path("transcript").asText("").strip();
    }

    private static List<SaidWord> words(JsonNode words) {
        List<SaidWord> said = new ArrayList<>();
        for (JsonNode word : words) {
            String text = word.path("text").asText("");
            if (!text.isEmpty()) {
                said.add(new SaidWord(
                        text, ms(word.path("start")), ms(word.path("end")), Json.confidence(word.path("confidence"))));
            }
        }
        return said;
    }

    private static long ms(JsonNode ms) {
        return ms.isNumber() ? ms.asLong() : Hearing.UNKNOWN;
    }

    private static VendorFailure failure(JsonNode error) {
        return AssemblyAiFailures.ofMessage(
                error.path("error_code").asInt(), error.path("error").asText(""));
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return AssemblyAiFailures.ofClose(closing);
    }
}
