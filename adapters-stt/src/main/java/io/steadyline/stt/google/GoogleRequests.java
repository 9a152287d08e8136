package io.steadyline.stt.google;

import com.google.cloud.speech.v2.ExplicitDecodingConfig;
import com.google.cloud.speech.v2.PhraseSet;
import com.google.cloud.speech.v2.RecognitionConfig;
import com.google.cloud.speech.v2.RecognitionFeatures;
import com.google.cloud.speech.v2.SpeechAdaptation;
import com.google.cloud.speech.v2.StreamingRecognitionConfig;
import com.google.cloud.speech.v2.StreamingRecognitionFeatures;
import com.google.cloud.speech.v2.StreamingRecognitionFeatures.EndpointingSensitivity;
import com.google.cloud.speech.v2.StreamingRecognitionFeatures.VoiceActivityTimeout;
import com.google.cloud.speech.v2.StreamingRecognizeRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.steadyline.media.Encoding;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.List;
import java.util.Locale;

/** What is sent to Google. */
final class GoogleRequests {

    private GoogleRequests() {}

    /** The first message of a stream. */
    static StreamingRecognizeRequest first(Opening opening, List<String> hints) {
        Options options = opening.options();
        RecognitionConfig.Builder config = RecognitionConfig.newBuilder()
                .setExplicitDecodingConfig(decoding(opening.audio()))
                .setModel(options.text(GoogleOptions.MODEL))
                .addLanguageCodes(opening.language())
                .addAllLanguageCodes(options.many(GoogleOptions.ALTERNATIVE_LANGUAGES))
                .setFeatures(RecognitionFeatures.newBuilder()
                        .setEnableAutomaticPunctuation(options.flag(GoogleOptions.PUNCTUATION))
                        .setProfanityFilter(options.flag(GoogleOptions.PROFANITY_FILTER))
                        .setEnableWordTimeOffsets(options.flag(GoogleOptions.WORDS))
                        .setEnableWordConfidence(options.flag(GoogleOptions.WORD_CONFIDENCE))
                        .setMaxAlternatives(1));
        if (!hints.isEmpty()) {
            config.setAdaptation(adaptation(options, hints));
        }
        return StreamingRecognizeRequest.newBuilder()
                .setRecognizer(GoogleOptions.recognizer(options))
                .setStreamingConfig(StreamingRecognitionConfig.newBuilder()
                        .setConfig(config)
                        .setStreamingFeatures(streaming(options)))
                .build();
    }

    static StreamingRecognizeRequest audio(byte[] chunk) {
        return StreamingRecognizeRequest.newBuilder()
                .setAudio(ByteString.copyFrom(chunk))
                .build();
    }

    private static ExplicitDecodingConfig decoding(VendorAudio audio) {
        return ExplicitDecodingConfig.newBuilder()
                .setEncoding(encoding(audio.encoding()))
                .setSampleRateHertz(audio.sampleRateHz())
                .setAudioChannelCount(1)
                .build();
    }

    private static ExplicitDecodingConfig.AudioEncoding encoding(Encoding encoding) {
        return switch (encoding) {
            case MULAW -> ExplicitDecodingConfig.AudioEncoding.MULAW;
            case ALAW -> ExplicitDecodingConfig.AudioEncoding.ALAW;
            case L16 -> ExplicitDecodingConfig.AudioEncoding.LINEAR16;
        };
    }

    private static StreamingRecognitionFeatures streaming(Options options) {
        StreamingRecognitionFeatures.Builder features = StreamingRecognitionFeatures.newBuilder()
                .setInterimResults(options.flag(GoogleOptions.INTERIM))
                .setEnableVoiceActivityEvents(options.flag(GoogleOptions.VAD_EVENTS));
        VoiceActivityTimeout.Builder timeout = VoiceActivityTimeout.newBuilder();
        if (options.has(GoogleOptions.SPEECH_START_TIMEOUT)) {
            timeout.setSpeechStartTimeout(ofMs(options.whole(GoogleOptions.SPEECH_START_TIMEOUT)));
        }
        if (options.has(GoogleOptions.SPEECH_END_TIMEOUT)) {
            timeout.setSpeechEndTimeout(ofMs(options.whole(GoogleOptions.SPEECH_END_TIMEOUT)));
        }
        if (timeout.hasSpeechStartTimeout() || timeout.hasSpeechEndTimeout()) {
            features.setVoiceActivityTimeout(timeout);
        }
        options.find(GoogleOptions.SENSITIVITY)
                .map(name -> EndpointingSensitivity.valueOf("ENDPOINTING_SENSITIVITY_" + name.toUpperCase(Locale.ROOT)))
                .ifPresent(features::setEndpointingSensitivity);
        return features.build();
    }

    private static SpeechAdaptation adaptation(Options options, List<String> hints) {
        PhraseSet.Builder phrases = PhraseSet.newBuilder();
        hints.forEach(hint -> phrases.addPhrases(PhraseSet.Phrase.newBuilder().setValue(hint)));
        if (options.has(GoogleOptions.BOOST)) {
            phrases.setBoost((float) options.decimal(GoogleOptions.BOOST));
        }
        return SpeechAdaptation.newBuilder()
                .addPhraseSets(SpeechAdaptation.AdaptationPhraseSet.newBuilder().setInlinePhraseSet(phrases))
                .build();
    }

    private static Duration ofMs(long ms) {
        return Duration.newBuilder()
                .setSeconds(ms / 1000)
                .setNanos((int) (ms % 1000) * 1_000_000)
                .build();
    }
}
