package io.steadyline.stt.riva;

import com.google.protobuf.ByteString;
import io.steadyline.generated.riva.AudioEncoding;
import io.steadyline.generated.riva.EndpointingConfig;
import io.steadyline.generated.riva.RecognitionConfig;
import io.steadyline.generated.riva.SpeechContext;
import io.steadyline.generated.riva.StreamingRecognitionConfig;
import io.steadyline.generated.riva.StreamingRecognizeRequest;
import io.steadyline.media.Encoding;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;

/** What is sent to Riva. */
final class RivaRequests {

    private RivaRequests() {}

    /** The first message of a stream. */
    static StreamingRecognizeRequest first(Opening opening) {
        Options options = opening.options();
        RecognitionConfig.Builder config = RecognitionConfig.newBuilder()
                .setEncoding(encoding(opening.audio().encoding()))
                .setSampleRateHertz(opening.audio().sampleRateHz())
                .setLanguageCode(opening.language())
                .setMaxAlternatives(1)
                .setProfanityFilter(options.flag(RivaOptions.PROFANITY_FILTER))
                .setAudioChannelCount(1)
                .setEnableWordTimeOffsets(options.flag(RivaOptions.WORDS))
                .setEnableAutomaticPunctuation(options.flag(RivaOptions.PUNCTUATION))
                .setModel(options.text(RivaOptions.MODEL))
                .setVerbatimTranscripts(options.flag(RivaOptions.VERBATIM))
                .putAllCustomConfiguration(RivaOptions.custom(options));
        if (!opening.hints().isEmpty()) {
            config.addSpeechContexts(
                    SpeechContext.newBuilder().addAllPhrases(opening.hints()).setBoost((float)
                            options.decimal(RivaOptions.BOOST)));
        }
        EndpointingConfig endpointing = endpointing(options);
        if (!endpointing.equals(EndpointingConfig.getDefaultInstance())) {
            config.setEndpointingConfig(endpointing);
        }
        return StreamingRecognizeRequest.newBuilder()
                .setStreamingConfig(StreamingRecognitionConfig.newBuilder()
                        .setConfig(config)
                        .setInterimResults(options.flag(RivaOptions.INTERIM)))
                .build();
    }

    static StreamingRecognizeRequest audio(byte[] chunk) {
        return StreamingRecognizeRequest.newBuilder()
                .setAudioContent(ByteString.copyFrom(chunk))
                .build();
    }

    private static AudioEncoding encoding(Encoding encoding) {
        return switch (encoding) {
            case MULAW -> AudioEncoding.MULAW;
            case ALAW -> AudioEncoding.ALAW;
            case L16 -> AudioEncoding.LINEAR_PCM;
        };
    }

    private static EndpointingConfig endpointing(Options options) {
        EndpointingConfig.Builder config = EndpointingConfig.newBuilder();
        options.find(RivaOptions.START_HISTORY).map(Integer::valueOf).ifPresent(config::setStartHistory);
        options.find(RivaOptions.START_THRESHOLD).map(Float::valueOf).ifPresent(config::setStartThreshold);
        options.find(RivaOptions.STOP_HISTORY).map(Integer::valueOf).ifPresent(config::setStopHistory);
        options.find(RivaOptions.STOP_THRESHOLD).map(Float::valueOf).ifPresent(config::setStopThreshold);
        options.find(RivaOptions.STOP_HISTORY_EOU).map(Integer::valueOf).ifPresent(config::setStopHistoryEou);
        options.find(RivaOptions.STOP_THRESHOLD_EOU).map(Float::valueOf).ifPresent(config::setStopThresholdEou);
        return config.build();
    }
}
