package io.steadyline.stt.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link AzureMessages}. A recognised phrase is the end of an utterance: the service cuts where speech pauses. */
final class AzureDialect implements Dialect {

    private static final long TICKS_PER_MS = 10_000;

    private boolean finished;
    private boolean ready;
    private boolean ended;

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        // The SDK has begun; whether the service answers is not known yet.
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(chunk);
    }

    @Override
    public void endOfInput(Outlet out) {
        finished = true;
        out.close();
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        JsonNode message = Json.read(text);
        JsonNode result = message.path(AzureMessages.RESULT);
        switch (message.path(AzureMessages.EVENT).asText()) {
            case AzureMessages.CONNECTED -> connected(message, hearing);
            case AzureMessages.SPEECH_START -> hearing.speechStarted(ms(message.path(AzureMessages.OFFSET)));
            case AzureMessages.SPEECH_END -> hearing.speechEnded(ms(message.path(AzureMessages.OFFSET)));
            case AzureMessages.RECOGNIZING -> interim(result, hearing);
            case AzureMessages.RECOGNIZED -> settled(result, hearing);
            case AzureMessages.CANCELED -> canceled(message, hearing);
            case AzureMessages.STOPPED -> stopped(hearing);
            default -> {
                // Of a later version; nothing that is needed here.
            }
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return new VendorFailure(
                finished && closing.code() != Closing.BROKEN ? FailureKind.LOCAL : FailureKind.TRANSIENT,
                String.valueOf(closing.code()),
                "ended " + closing.reason());
    }

    @Override
    public VendorFailure onRefused(Refusal refusal) {
        return new VendorFailure(FailureKind.CONFIG, "sdk", refusal.body());
    }

    /** Told again when the SDK has connected anew, which concerns nobody else. */
    private void connected(JsonNode message, Hearing hearing) {
        if (!ready) {
            ready = true;
            hearing.ready(message.path(AzureMessages.SESSION).asText());
        }
    }

    private static void interim(JsonNode result, Hearing hearing) {
        String text = result.path("Text").asText().strip();
        if (!text.isEmpty()) {
            hearing.interim(text);
        }
    }

    private static void settled(JsonNode result, Hearing hearing) {
        JsonNode best = result.path("NBest").path(0);
        String text =
                best.path("Display").asText(result.path("DisplayText").asText()).strip();
        if (text.isEmpty()) {
            // Nothing was matched, or only silence.
            return;
        }
        List<Hearing.SaidWord> words = new ArrayList<>();
        best.path("Words").forEach(word -> words.add(word(word)));
        long startMs = ms(result.path("Offset"));
        long endMs = endMs(result);
        hearing.finalText(new Hearing.Said(text, startMs, endMs, Json.confidence(best.path("Confidence")), words));
        hearing.utteranceEnded(endMs);
    }

    private static Hearing.SaidWord word(JsonNode word) {
        return new Hearing.SaidWord(
                word.path("Word").asText(),
                ms(word.path("Offset")),
                endMs(word),
                Json.confidence(word.path("Confidence")));
    }

    private void canceled(JsonNode message, Hearing hearing) {
        switch (message.path(AzureMessages.REASON).asText()) {
            case "EndOfStream", "CancelledByUser" -> stopped(hearing);
            default ->
                hearing.failed(AzureFailures.of(
                        message.path(AzureMessages.CODE).asText(),
                        message.path(AzureMessages.DETAILS).asText()));
        }
    }

    /** The end of the stream is told twice, and once is enough. */
    private void stopped(Hearing hearing) {
        if (finished && !ended) {
            ended = true;
            hearing.ended();
        }
    }

    private static long endMs(JsonNode spoken) {
        return spoken.path("Offset").isNumber() && spoken.path("Duration").isNumber()
                ? (spoken.path("Offset").asLong() + spoken.path("Duration").asLong()) / TICKS_PER_MS
                : Hearing.UNKNOWN;
    }

    private static long ms(JsonNode ticks) {
        return ticks.isNumber() ? ticks.asLong() / TICKS_PER_MS : Hearing.UNKNOWN;
    }
}
