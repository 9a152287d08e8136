package io.steadyline.stt.google;

import com.google.cloud.speech.v2.SpeechRecognitionAlternative;
import com.google.cloud.speech.v2.StreamingRecognitionResult;
import com.google.cloud.speech.v2.StreamingRecognizeResponse;
import com.google.cloud.speech.v2.WordInfo;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.List;
import java.util.OptionalDouble;

/** One stream of {@code StreamingRecognize}. A final is the end of an utterance: Google tells it no other way. */
final class GoogleDialect implements Dialect {

    private final Opening opening;
    private boolean finished;
    private boolean singleUtteranceOver;

    GoogleDialect(Opening opening) {
        this.opening = opening;
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        out.binary(GoogleRequests.first(opening, hints(hearing)).toByteArray());
        // Nothing answers the configuration; the request id comes with the results.
        hearing.ready("");
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(GoogleRequests.audio(chunk).toByteArray());
    }

    @Override
    public void endOfInput(Outlet out) {
        finished = true;
        out.close();
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        throw new Garbled("a text of " + text.length() + " characters (expected: binary only)");
    }

    @Override
    public void onBinary(byte[] data, Outlet out, Hearing hearing) throws Garbled {
        try {
            read(StreamingRecognizeResponse.parseFrom(data), hearing);
        } catch (InvalidProtocolBufferException unreadable) {
            throw new Garbled(
                    "a message of " + data.length + " bytes (expected: a StreamingRecognizeResponse)", unreadable);
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return GoogleFailures.of(closing, finished, singleUtteranceOver);
    }

    private void read(StreamingRecognizeResponse response, Hearing hearing) {
        // An end of speech that comes with the final belongs before it, a begin after what was said earlier.
        long offsetMs = response.hasSpeechEventOffset() ? ms(response.getSpeechEventOffset()) : Hearing.UNKNOWN;
        switch (response.getSpeechEventType()) {
            case SPEECH_ACTIVITY_BEGIN -> {
                results(response.getResultsList(), hearing);
                hearing.speechStarted(offsetMs);
                return;
            }
            case SPEECH_ACTIVITY_END -> hearing.speechEnded(offsetMs);
            case END_OF_SINGLE_UTTERANCE -> singleUtteranceOver = true;
            case SPEECH_EVENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
        results(response.getResultsList(), hearing);
    }

    /** Zero or one final, then what follows it, in pieces of growing uncertainty. */
    private static void results(List<StreamingRecognitionResult> results, Hearing hearing) {
        StringBuilder unsettled = new StringBuilder();
        for (StreamingRecognitionResult result : results) {
            if (result.getAlternativesCount() == 0) {
                continue;
            }
            SpeechRecognitionAlternative best = result.getAlternatives(0);
            if (result.getIsFinal()) {
                settled(result, best, hearing);
            } else {
                unsettled.append(best.getTranscript());
            }
        }
        String text = unsettled.toString().strip();
        if (!text.isEmpty()) {
            hearing.interim(text);
        }
    }

    private static void settled(StreamingRecognitionResult result, SpeechRecognitionAlternative best, Hearing hearing) {
        String text = best.getTranscript().strip();
        if (text.isEmpty()) {
            return;
        }
        List<Hearing.SaidWord> words =
                best.getWordsList().stream().map(GoogleDialect::word).toList();
        long endMs = result.hasResultEndOffset() ? ms(result.getResultEndOffset()) : Hearing.UNKNOWN;
        long startMs = words.isEmpty() ? Hearing.UNKNOWN : words.getFirst().startMs();
        hearing.finalText(new Hearing.Said(text, startMs, endMs, confidence(best.getConfidence()), words));
        hearing.utteranceEnded(endMs);
    }

    private static Hearing.SaidWord word(WordInfo word) {
        // A first word at 0 has a start offset of zero, and a stream without offsets has no end offset either.
        boolean timed = word.hasEndOffset();
        return new Hearing.SaidWord(
                word.getWord(),
                timed ? ms(word.getStartOffset()) : Hearing.UNKNOWN,
                timed ? ms(word.getEndOffset()) : Hearing.UNKNOWN,
                confidence(word.getConfidence()));
    }

    /** Zero is how the proto writes that there is none. */
    private static OptionalDouble confidence(float value) {
        return value == 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private List<String> hints(Hearing hearing) {
        if (opening.hints().isEmpty()) {
            return List.of();
        }
        if (!GoogleOptions.sendsHints(opening.options())) {
            hearing.warned("hints: not sent (expected: a model other than "
                    + opening.options().text(GoogleOptions.MODEL) + ", or adaptation: true)");
            return List.of();
        }
        List<String> fit = opening.hints().stream()
                .filter(hint -> hint.length() <= GoogleOptions.MAX_HINT_CHARS)
                .toList();
        if (fit.size() < opening.hints().size()) {
            hearing.warned("hints: " + (opening.hints().size() - fit.size()) + " not sent (expected: at most "
                    + GoogleOptions.MAX_HINT_CHARS + " characters)");
        }
        return fit;
    }

    private static long ms(Duration offset) {
        return offset.getSeconds() * 1000 + offset.getNanos() / 1_000_000;
    }
}
