package io.steadyline.stt.peer;

import com.google.cloud.speech.v2.ExplicitDecodingConfig;
import com.google.cloud.speech.v2.RecognitionConfig;
import com.google.cloud.speech.v2.SpeechGrpc;
import com.google.cloud.speech.v2.SpeechRecognitionAlternative;
import com.google.cloud.speech.v2.StreamingRecognitionFeatures;
import com.google.cloud.speech.v2.StreamingRecognitionResult;
import com.google.cloud.speech.v2.StreamingRecognizeRequest;
import com.google.cloud.speech.v2.StreamingRecognizeResponse;
import com.google.cloud.speech.v2.StreamingRecognizeResponse.SpeechEventType;
import com.google.cloud.speech.v2.WordInfo;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Google Cloud Speech-to-Text v2, as its protos describe it, with the limits and texts that clients have met. */
public final class GooglePeer implements PeerDialect {

    private static final String PATH = "/google.cloud.speech.v2.Speech/StreamingRecognize";
    private static final Pattern RECOGNIZER = Pattern.compile("projects/[^/]+/locations/[^/]+/recognizers/[^/]+");
    private static final int MAX_AUDIO_BYTES = 15 * 1024;
    private static final int MAX_PHRASE_CHARS = 100;

    private static final int INVALID_ARGUMENT = 3;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int ABORTED = 10;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    private boolean configured;
    private boolean refused;
    private RecognitionConfig config = RecognitionConfig.getDefaultInstance();
    private StreamingRecognitionFeatures features = StreamingRecognitionFeatures.getDefaultInstance();

    /** The service of a {@link GrpcPeer}. */
    public static BindableService service(GrpcPeer.Door door) {
        return new SpeechGrpc.SpeechImplBase() {
            @Override
            public StreamObserver<StreamingRecognizeRequest> streamingRecognize(
                    StreamObserver<StreamingRecognizeResponse> answers) {
                return door.call(answers, StreamingRecognizeResponse.parser());
            }
        };
    }

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (!request.path().equals(PATH)) {
            return refusal(12, "Method not found: " + request.path());
        }
        if (trouble.isPresent() && trouble.get() == Trouble.QUOTA) {
            return refusal(RESOURCE_EXHAUSTED, "Quota exceeded for quota metric.");
        }
        boolean known = request.header("authorization").equals(Optional.of("Bearer good-key"));
        return known && !trouble.equals(Optional.of(Trouble.AUTH))
                ? Optional.empty()
                : refusal(UNAUTHENTICATED, "Request had invalid authentication credentials.");
    }

    @Override
    public void onOpened(PeerOut out) {
        // The first word is the client's.
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        throw new IllegalArgumentException("text: " + text + " (expected: binary)");
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (refused) {
            return;
        }
        StreamingRecognizeRequest request = parsed(data);
        Optional<String> problem = configured ? problemOfAudio(request) : problemOfFirst(request);
        if (problem.isPresent()) {
            refused = true;
            out.close(INVALID_ARGUMENT, problem.get());
        } else if (configured) {
            ear.audio(request.getAudio().toByteArray());
        } else {
            configured = true;
            config = request.getStreamingConfig().getConfig();
            features = request.getStreamingConfig().getStreamingFeatures();
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        event(SpeechEventType.SPEECH_ACTIVITY_BEGIN, offsetMs, out);
    }

    /** In two pieces: what will hardly change, and the rest. */
    @Override
    public void interim(Segment segment, PeerOut out) {
        if (!features.getInterimResults()) {
            return;
        }
        int space = segment.text().lastIndexOf(' ');
        StreamingRecognizeResponse.Builder response = StreamingRecognizeResponse.newBuilder();
        if (space > 0) {
            response.addResults(piece(segment.text().substring(0, space), 0.9f, segment.endMs()));
        }
        response.addResults(piece(segment.text().substring(Math.max(space, 0)), 0.1f, segment.endMs()));
        out.binary(response.build().toByteArray());
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        SpeechRecognitionAlternative.Builder best = SpeechRecognitionAlternative.newBuilder()
                .setTranscript(segment.text())
                .setConfidence(0.92f);
        if (config.getFeatures().getEnableWordTimeOffsets()) {
            segment.words().forEach(word -> best.addWords(word(word)));
        }
        out.binary(StreamingRecognizeResponse.newBuilder()
                .addResults(StreamingRecognitionResult.newBuilder()
                        .setIsFinal(true)
                        .addAlternatives(best)
                        .setResultEndOffset(offset(segment.endMs()))
                        .setLanguageCode(config.getLanguageCodes(0)))
                .build()
                .toByteArray());
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        event(SpeechEventType.SPEECH_ACTIVITY_END, offsetMs, out);
    }

    @Override
    public void flushed(PeerOut out) {
        throw new IllegalStateException("flush (expected: none, it is not in the protocol)");
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        if (configured) {
            out.close(0, "");
        } else {
            out.close(INVALID_ARGUMENT, "Missing StreamingRecognizeRequest with streaming_config.");
        }
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH -> out.close(UNAUTHENTICATED, "Request had invalid authentication credentials.");
            case QUOTA -> out.close(RESOURCE_EXHAUSTED, "Quota exceeded for quota metric.");
            case LIMIT_REACHED -> out.close(ABORTED, "Max duration of 5 minutes reached for stream.");
            case SERVER_ERROR -> out.close(UNAVAILABLE, "The service is currently unavailable.");
            case IDLE -> out.close(ABORTED, "Stream timed out after receiving no more client requests.");
        }
    }

    private static Optional<String> problemOfFirst(StreamingRecognizeRequest request) {
        if (!request.hasStreamingConfig()) {
            return Optional.of("The first message must be of streaming_config.");
        }
        RecognitionConfig config = request.getStreamingConfig().getConfig();
        ExplicitDecodingConfig decoding = config.getExplicitDecodingConfig();
        if (!RECOGNIZER.matcher(request.getRecognizer()).matches()) {
            return Optional.of("Invalid resource field recognizer: " + request.getRecognizer());
        }
        if (decoding.getSampleRateHertz() < 8_000
                || decoding.getSampleRateHertz() > 48_000
                || decoding.getAudioChannelCount() != 1
                || decoding.getEncoding() == ExplicitDecodingConfig.AudioEncoding.AUDIO_ENCODING_UNSPECIFIED) {
            return Optional.of("Invalid explicit_decoding_config.");
        }
        if (config.getModel().isEmpty() || config.getLanguageCodesCount() == 0) {
            return Optional.of("Missing model or language_codes.");
        }
        if (config.hasAdaptation() && config.getModel().startsWith("telephony")) {
            return Optional.of("Recognizer does not support feature: adaptation");
        }
        boolean longPhrase = config.getAdaptation().getPhraseSetsList().stream()
                .flatMap(set -> set.getInlinePhraseSet().getPhrasesList().stream())
                .anyMatch(phrase -> phrase.getValue().length() > MAX_PHRASE_CHARS);
        return longPhrase ? Optional.of("Phrase is too long.") : Optional.empty();
    }

    private static Optional<String> problemOfAudio(StreamingRecognizeRequest request) {
        if (!request.hasAudio() || request.getAudio().isEmpty()) {
            return Optional.of("All messages after the first must be of audio.");
        }
        return request.getAudio().size() > MAX_AUDIO_BYTES
                ? Optional.of("Request audio can be of a maximum of " + MAX_AUDIO_BYTES + " bytes.")
                : Optional.empty();
    }

    private void event(SpeechEventType type, long offsetMs, PeerOut out) {
        if (features.getEnableVoiceActivityEvents()) {
            out.binary(StreamingRecognizeResponse.newBuilder()
                    .setSpeechEventType(type)
                    .setSpeechEventOffset(offset(offsetMs))
                    .build()
                    .toByteArray());
        }
    }

    private static StreamingRecognitionResult piece(String text, float stability, long endMs) {
        return StreamingRecognitionResult.newBuilder()
                .addAlternatives(SpeechRecognitionAlternative.newBuilder().setTranscript(text))
                .setStability(stability)
                .setResultEndOffset(offset(endMs))
                .build();
    }

    private WordInfo word(SegmentWord word) {
        WordInfo.Builder info = WordInfo.newBuilder()
                .setWord(word.text())
                .setStartOffset(offset(word.startMs()))
                .setEndOffset(offset(word.endMs()));
        return config.getFeatures().getEnableWordConfidence()
                ? info.setConfidence(0.8f).build()
                : info.build();
    }

    private static Duration offset(long ms) {
        return Duration.newBuilder()
                .setSeconds(ms / 1000)
                .setNanos((int) (ms % 1000) * 1_000_000)
                .build();
    }

    private static StreamingRecognizeRequest parsed(byte[] data) {
        try {
            return StreamingRecognizeRequest.parseFrom(data);
        } catch (InvalidProtocolBufferException notOfTheVendor) {
            throw new IllegalArgumentException("request: not the vendor's message", notOfTheVendor);
        }
    }

    private static Optional<PeerRefusal> refusal(int status, String reason) {
        return Optional.of(new PeerRefusal(status, Map.of(), reason));
    }
}
