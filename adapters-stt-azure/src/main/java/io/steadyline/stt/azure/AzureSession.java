package io.steadyline.stt.azure;

import com.microsoft.cognitiveservices.speech.AutoDetectSourceLanguageConfig;
import com.microsoft.cognitiveservices.speech.Connection;
import com.microsoft.cognitiveservices.speech.PhraseListGrammar;
import com.microsoft.cognitiveservices.speech.PropertyId;
import com.microsoft.cognitiveservices.speech.SpeechConfig;
import com.microsoft.cognitiveservices.speech.SpeechRecognitionEventArgs;
import com.microsoft.cognitiveservices.speech.SpeechRecognitionResult;
import com.microsoft.cognitiveservices.speech.SpeechRecognizer;
import com.microsoft.cognitiveservices.speech.audio.AudioConfig;
import com.microsoft.cognitiveservices.speech.audio.AudioInputStream;
import com.microsoft.cognitiveservices.speech.audio.AudioStreamFormat;
import com.microsoft.cognitiveservices.speech.audio.AudioStreamWaveFormat;
import com.microsoft.cognitiveservices.speech.audio.PushAudioInputStream;
import io.steadyline.media.Encoding;
import io.steadyline.stt.library.LibrarySession;
import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One recogniser of the SDK, with all that belongs to it. */
final class AzureSession implements LibrarySession {

    private static final int START_TIMEOUT_S = 5;
    private static final int STOP_TIMEOUT_S = 3;

    /**
     * The SDK connects anew by itself, four times within about a second, and may say nothing at all after that: measured with
     * client-sdk 1.50.0, AzureSdkTest. Three times as long, so that it is not given up while it still tries.
     */
    private static final int RECONNECT_TIMEOUT_S = 3;

    private static final Executor AFTER_RECONNECTING =
            CompletableFuture.delayedExecutor(RECONNECT_TIMEOUT_S, TimeUnit.SECONDS);

    /** How the SDK's own exceptions begin that are about what it was given. */
    private static final String INVALID = "Invalid argument";

    private final LibraryVoice voice;
    private final AzureParts parts;
    private final PushAudioInputStream stream;
    private final SpeechRecognizer recognizer;
    private final Connection connection;

    /** Connections made and lost. */
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * @throws IOException options that the SDK does not take, or its native code does not load here
     */
    static AzureSession open(Opening opening, LibraryVoice voice) throws IOException {
        AzureParts parts = new AzureParts();
        try {
            return parts.orNone(() -> {
                AzureSession session = new AzureSession(opening, voice, parts);
                session.start();
                return session;
            });
        } catch (LinkageError noNatives) {
            throw AzureFailures.notLoaded(noNatives);
        } catch (RuntimeException failed) {
            if (String.valueOf(failed.getMessage()).startsWith(INVALID)) {
                throw new IOException(failed.getMessage(), failed);
            }
            throw failed;
        }
    }

    private AzureSession(Opening opening, LibraryVoice voice, AzureParts parts) {
        this.voice = voice;
        this.parts = parts;
        SpeechConfig config = parts.add(AzureConfig.of(opening));
        AudioStreamFormat format = format(opening.audio());
        parts.add(format::close);
        stream = parts.add(AudioInputStream.createPushStream(format));
        AudioConfig input = parts.add(AudioConfig.fromStreamInput(stream));
        recognizer = parts.add(recognizer(opening, config, input));
        connection = parts.add(Connection.fromRecognizer(recognizer));
        hints(opening.hints());
    }

    @Override
    public void audio(byte[] data) {
        stream.write(data);
    }

    @Override
    public void control(String text) {
        throw new IllegalArgumentException("message: " + text + " (expected: audio only)");
    }

    @Override
    public void endOfInput() {
        stream.close();
    }

    @Override
    public void close() {
        parts.close();
    }

    private void start() {
        connection.connected.addEventListener((from, event) -> {
            changes.incrementAndGet();
            voice.text(AzureMessages.connected(event.getSessionId()));
        });
        connection.disconnected.addEventListener((from, event) -> lost(changes.incrementAndGet()));
        recognizer.speechStartDetected.addEventListener(
                (from, event) -> voice.text(AzureMessages.speech(AzureMessages.SPEECH_START, event.offset)));
        recognizer.speechEndDetected.addEventListener(
                (from, event) -> voice.text(AzureMessages.speech(AzureMessages.SPEECH_END, event.offset)));
        recognizer.recognizing.addEventListener((from, event) -> result(AzureMessages.RECOGNIZING, event));
        recognizer.recognized.addEventListener((from, event) -> result(AzureMessages.RECOGNIZED, event));
        recognizer.canceled.addEventListener((from, event) -> {
            voice.text(AzureMessages.canceled(event.getReason(), event.getErrorCode(), event.getErrorDetails()));
            // After an error the SDK may never say that it has stopped.
            voice.over(new Closing(Closing.COMPLETE, event.getReason().name()));
        });
        recognizer.sessionStopped.addEventListener((from, event) -> {
            voice.text(AzureMessages.stopped());
            voice.over(new Closing(Closing.COMPLETE, "stopped"));
        });
        await(recognizer.startContinuousRecognitionAsync(), START_TIMEOUT_S, "start");
        parts.add(() -> await(recognizer.stopContinuousRecognitionAsync(), STOP_TIMEOUT_S, "stop"));
    }

    private void lost(int change) {
        AFTER_RECONNECTING.execute(() -> {
            if (changes.get() == change) {
                voice.over(new Closing(Closing.BROKEN, "lost"));
            }
        });
    }

    private void result(String kind, SpeechRecognitionEventArgs event) {
        try (SpeechRecognitionResult result = event.getResult()) {
            voice.text(AzureMessages.result(
                    kind, result.getProperties().getProperty(PropertyId.SpeechServiceResponse_JsonResult)));
        }
    }

    private void hints(List<String> hints) {
        if (!hints.isEmpty()) {
            PhraseListGrammar phrases = parts.add(PhraseListGrammar.fromRecognizer(recognizer));
            hints.forEach(phrases::addPhrase);
        }
    }

    private SpeechRecognizer recognizer(Opening opening, SpeechConfig config, AudioConfig input) {
        List<String> others = opening.options().many(AzureOptions.ALTERNATIVE_LANGUAGES);
        if (others.isEmpty()) {
            return new SpeechRecognizer(config, input);
        }
        AutoDetectSourceLanguageConfig languages = parts.add(AutoDetectSourceLanguageConfig.fromLanguages(
                Stream.concat(Stream.of(opening.language()), others.stream()).toList()));
        return new SpeechRecognizer(config, languages, input);
    }

    private static AudioStreamFormat format(VendorAudio audio) {
        return audio.encoding() == Encoding.MULAW
                ? AudioStreamFormat.getWaveFormat(
                        audio.sampleRateHz(), (short) 8, (short) 1, AudioStreamWaveFormat.MULAW)
                : AudioStreamFormat.getWaveFormatPCM(audio.sampleRateHz(), (short) 16, (short) 1);
    }

    private static void await(Future<Void> done, int timeoutS, String what) {
        try {
            done.get(timeoutS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + ": interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(what + ": " + failed.getMessage(), failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException(what + ": not done (expected: within " + timeoutS + " s)", late);
        }
    }
}
