package io.steadyline.stt.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import io.steadyline.generated.riva.AudioEncoding;
import io.steadyline.generated.riva.RecognitionConfig;
import io.steadyline.generated.riva.RivaSpeechRecognitionGrpc;
import io.steadyline.generated.riva.SpeechRecognitionAlternative;
import io.steadyline.generated.riva.StreamingRecognitionResult;
import io.steadyline.generated.riva.StreamingRecognizeRequest;
import io.steadyline.generated.riva.StreamingRecognizeResponse;
import io.steadyline.generated.riva.WordInfo;
import java.util.Map;
import java.util.Optional;

/** NVIDIA Riva behind a proxy that asks for a key, as its protos describe it. */
public final class RivaPeer implements PeerDialect {

    private static final String PATH = "/nvidia.riva.asr.RivaSpeechRecognition/StreamingRecognize";

    private static final int INVALID_ARGUMENT = 3;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    private boolean configured;
    private boolean refused;
    private boolean interim;
    private RecognitionConfig config = RecognitionConfig.getDefaultInstance();

    /** The service of a {@link GrpcPeer}. */
    public static BindableService service(GrpcPeer.Door door) {
        return new RivaSpeechRecognitionGrpc.RivaSpeechRecognitionImplBase() {
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
            return refusal(12, "unknown method " + request.path());
        }
        if (trouble.equals(Optional.of(Trouble.QUOTA))) {
            return refusal(RESOURCE_EXHAUSTED, "too many requests");
        }
        boolean known = request.header("authorization").equals(Optional.of("Bearer good-key"));
        return known && !trouble.equals(Optional.of(Trouble.AUTH))
                ? Optional.empty()
                : refusal(UNAUTHENTICATED, "invalid api key");
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
            ear.audio(request.getAudioContent().toByteArray());
        } else {
            configured = true;
            config = request.getStreamingConfig().getConfig();
            interim = request.getStreamingConfig().getInterimResults();
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        // Not told.
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        if (interim) {
            out.binary(response(result(segment, "").setStability(0.1f)));
        }
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        if (interim) {
            // Two passes: an interim that is sure of itself goes before.
            out.binary(response(result(segment, "").setStability(1)));
        }
        StreamingRecognitionResult.Builder settled = result(segment, " ").setIsFinal(true);
        if (config.getEnableWordTimeOffsets()) {
            segment.words().forEach(word -> settled.getAlternativesBuilder(0).addWords(word(word)));
        }
        out.binary(response(settled));
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // The final says it.
    }

    @Override
    public void flushed(PeerOut out) {
        throw new IllegalStateException("flush (expected: none, it is not in the protocol)");
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.close(0, "");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH -> out.close(UNAUTHENTICATED, "invalid api key");
            case QUOTA -> out.close(RESOURCE_EXHAUSTED, "too many requests");
            case LIMIT_REACHED -> out.close(UNAVAILABLE, "max connection age reached");
            case SERVER_ERROR -> out.close(UNAVAILABLE, "inference server is not ready");
            case IDLE -> out.close(UNAVAILABLE, "idle stream closed by the load balancer");
        }
    }

    private static Optional<String> problemOfFirst(StreamingRecognizeRequest request) {
        if (!request.hasStreamingConfig()) {
            return Optional.of("the first request must have streaming_config");
        }
        RecognitionConfig config = request.getStreamingConfig().getConfig();
        if (config.getEncoding() == AudioEncoding.ENCODING_UNSPECIFIED || config.getSampleRateHertz() < 8_000) {
            return Optional.of("unknown encoding or sample rate");
        }
        if (config.getAudioChannelCount() != 1) {
            return Optional.of("only mono is supported");
        }
        return config.getLanguageCode().isEmpty() ? Optional.of("language_code is missing") : Optional.empty();
    }

    private static Optional<String> problemOfAudio(StreamingRecognizeRequest request) {
        return request.hasAudioContent() && !request.getAudioContent().isEmpty()
                ? Optional.empty()
                : Optional.of("all requests after the first must have audio_content");
    }

    private static StreamingRecognitionResult.Builder result(Segment segment, String end) {
        return StreamingRecognitionResult.newBuilder()
                .addAlternatives(SpeechRecognitionAlternative.newBuilder()
                        .setTranscript(segment.text() + end)
                        .setConfidence(0.7f))
                .setChannelTag(1)
                .setAudioProcessed(segment.endMs() / 1000f);
    }

    private static WordInfo word(SegmentWord word) {
        return WordInfo.newBuilder()
                .setWord(word.text())
                .setStartTime((int) word.startMs())
                .setEndTime((int) word.endMs())
                .setConfidence(0.6f)
                .build();
    }

    private static byte[] response(StreamingRecognitionResult.Builder result) {
        return StreamingRecognizeResponse.newBuilder()
                .addResults(result)
                .build()
                .toByteArray();
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
