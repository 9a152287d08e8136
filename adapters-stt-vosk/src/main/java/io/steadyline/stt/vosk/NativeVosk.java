package io.steadyline.stt.vosk;

import java.io.IOException;
import java.nio.file.Path;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;
import org.vosk.Recognizer;

/** The library itself. */
final class NativeVosk implements VoskLibrary {

    @Override
    public Loaded load(Path directory) throws IOException {
        LibVosk.setLogLevel(LogLevel.WARNINGS);
        return new NativeModel(new Model(directory.toString()));
    }

    private record NativeModel(Model model) implements Loaded {

        @Override
        public Recogniser recogniser(VoskSettings settings) throws IOException {
            Recognizer recognizer = settings.grammar().isEmpty()
                    ? new Recognizer(model, settings.sampleRateHz())
                    : new Recognizer(model, settings.sampleRateHz(), settings.grammarJson());
            recognizer.setWords(true);
            return new NativeRecogniser(recognizer);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    private record NativeRecogniser(Recognizer recognizer) implements Recogniser {

        @Override
        public boolean accept(byte[] samples) {
            return recognizer.acceptWaveForm(samples, samples.length);
        }

        @Override
        public String result() {
            return recognizer.getResult();
        }

        @Override
        public String partial() {
            return recognizer.getPartialResult();
        }

        @Override
        public String finalResult() {
            return recognizer.getFinalResult();
        }

        @Override
        public void close() {
            recognizer.close();
        }
    }
}
