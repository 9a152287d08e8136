package io.steadyline.stt.deepgram;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Hearing.SaidWord;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.ArrayList;
import java.util.List;

/** What both of Deepgram's interfaces say in the same way about audio and its words. */
final class DeepgramAudio {

    private DeepgramAudio() {}

    static String encoding(VendorAudio audio) {
        return switch (audio.encoding()) {
            case MULAW -> "mulaw";
            case ALAW -> "alaw";
            case L16 -> "linear16";
        };
    }

    /** @param shiftMs audio at the start of the connection that the runtime does not know of */
    static List<SaidWord> words(JsonNode words, long shiftMs) {
        List<SaidWord> said = new ArrayList<>();
        for (JsonNode word : words) {
            String text = word.path("punctuated_word").asText(word.path("word").asText(""));
            if (!text.isEmpty()) {
                said.add(new SaidWord(
                        text,
                        ms(word.path("start"), shiftMs),
                        ms(word.path("end"), shiftMs),
                        Json.confidence(word.path("confidence"))));
            }
        }
        return said;
    }

    /** Of seconds, which are negative where Deepgram does not know. */
    static long ms(JsonNode seconds, long shiftMs) {
        long ms = Json.secondsAsMs(seconds);
        return ms < 0 ? Hearing.UNKNOWN : Math.max(0, ms - shiftMs);
    }
}
