package io.steadyline.stt.azure;

import com.microsoft.cognitiveservices.speech.OutputFormat;
import com.microsoft.cognitiveservices.speech.ProfanityOption;
import com.microsoft.cognitiveservices.speech.PropertyId;
import com.microsoft.cognitiveservices.speech.SpeechConfig;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import java.util.Map;

/** Options as the SDK takes them. */
final class AzureConfig {

    private static final Map<String, PropertyId> PROPERTIES = Map.of(
            AzureOptions.STABLE, PropertyId.SpeechServiceResponse_StablePartialResultThreshold,
            AzureOptions.SEGMENTATION_SILENCE, PropertyId.Speech_SegmentationSilenceTimeoutMs,
            AzureOptions.SEGMENTATION_MAX, PropertyId.Speech_SegmentationMaximumTimeMs,
            AzureOptions.SEGMENTATION_STRATEGY, PropertyId.Speech_SegmentationStrategy,
            AzureOptions.INITIAL_SILENCE, PropertyId.SpeechServiceConnection_InitialSilenceTimeoutMs);

    /**
     * The SDK's own name, of which it has no constant; without it the SDK waits ten seconds for a service that says nothing: measured
     * with client-sdk 1.50.0, AzureSdkTest.
     */
    private static final String STOP_TIMEOUT = "SPEECH-StopRecognitionTimeoutInSeconds";

    private AzureConfig() {}

    /** For the caller to close. */
    static SpeechConfig of(Opening opening) {
        Options options = opening.options();
        SpeechConfig config = place(options);
        config.setSpeechRecognitionLanguage(opening.language());
        config.setOutputFormat(OutputFormat.Detailed);
        // When it is told to stop nobody listens any more.
        config.setProperty(STOP_TIMEOUT, "0");
        config.setProfanity(profanity(options.text(AzureOptions.PROFANITY)));
        options.find(AzureOptions.ENDPOINT_ID).ifPresent(config::setEndpointId);
        if (options.flag(AzureOptions.WORDS)) {
            config.requestWordLevelTimestamps();
        }
        if (options.flag(AzureOptions.DICTATION)) {
            config.enableDictation();
        }
        if (options.has(AzureOptions.ALTERNATIVE_LANGUAGES)) {
            config.setProperty(PropertyId.SpeechServiceConnection_LanguageIdMode, "Continuous");
        }
        PROPERTIES.forEach(
                (name, property) -> options.find(name).ifPresent(value -> config.setProperty(property, value)));
        return config;
    }

    private static SpeechConfig place(Options options) {
        if (options.has(AzureOptions.URL)) {
            return SpeechConfig.fromEndpoint(options.address(AzureOptions.URL), options.text(AzureOptions.KEY));
        }
        if (options.has(AzureOptions.HOST)) {
            return options.has(AzureOptions.KEY)
                    ? SpeechConfig.fromHost(options.address(AzureOptions.HOST), options.text(AzureOptions.KEY))
                    : SpeechConfig.fromHost(options.address(AzureOptions.HOST));
        }
        return SpeechConfig.fromSubscription(options.text(AzureOptions.KEY), options.text(AzureOptions.REGION));
    }

    private static ProfanityOption profanity(String name) {
        return switch (name) {
            case "removed" -> ProfanityOption.Removed;
            case "raw" -> ProfanityOption.Raw;
            default -> ProfanityOption.Masked;
        };
    }
}
