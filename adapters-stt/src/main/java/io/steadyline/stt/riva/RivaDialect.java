package io.steadyline.stt.riva;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.steadyline.generated.riva.SpeechRecognitionAlternative;
import io.steadyline.generated.riva.StreamingRecognitionResult;
import io.steadyline.generated.riva.StreamingRecognizeResponse;
import io.steadyline.generated.riva.WordInfo;
import io.steadyline.stt.grpc.GrpcFailure;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;
import java.util.List;
import java.util.OptionalDouble;

/** One stream of {@code StreamingRecognize}. A final is the end of an utterance: Riva tells it no other way. */
final class RivaDialect implements Dialect {

    private final Opening opening;
    private boolean finished;

    RivaDialect(Opening opening) {
        this.opening = opening;
    }

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        out.binary(RivaRequests.first(opening).toByteArray());
        hearing.ready("");
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(RivaRequests.audio(chunk).toByteArray());
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
            results(StreamingRecognizeResponse.parseFrom(data).getResultsList(), hearing);
        } catch (InvalidProtocolBufferException unreadable) {
            throw new Garbled(
                    "a message of " + data.length + " bytes (expected: a StreamingRecognizeResponse)", unreadable);
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return finished && GrpcFailure.code(closing) == Status.Code.OK
                ? GrpcFailure.of(closing, FailureKind.LOCAL)
                : GrpcFailure.of(closing);
    }

    /** What is not final comes in pieces of growing uncertainty; a piece of stability 1 before a final is one of them. */
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
                best.getWordsList().stream().map(RivaDialect::word).toList();
        long processedMs =
                result.getAudioProcessed() > 0 ? Math.round(result.getAudioProcessed() * 1000.0) : Hearing.UNKNOWN;
        long startMs = words.isEmpty() ? Hearing.UNKNOWN : words.getFirst().startMs();
        long endMs = words.isEmpty() ? processedMs : words.getLast().endMs();
        hearing.finalText(new Hearing.Said(text, startMs, endMs, confidence(best.getConfidence()), words));
        hearing.utteranceEnded(processedMs == Hearing.UNKNOWN ? endMs : processedMs);
    }

    private static Hearing.SaidWord word(WordInfo word) {
        boolean timed = word.getEndTime() > 0;
        return new Hearing.SaidWord(
                word.getWord(),
                timed ? word.getStartTime() : Hearing.UNKNOWN,
                timed ? word.getEndTime() : Hearing.UNKNOWN,
                confidence(word.getConfidence()));
    }

    /** Some models give a score like a logarithm, which is not a confidence and must not be bent into one. */
    private static OptionalDouble confidence(float value) {
        return value > 0 && value <= 1 ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
