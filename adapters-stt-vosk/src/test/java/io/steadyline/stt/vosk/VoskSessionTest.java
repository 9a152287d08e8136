package io.steadyline.stt.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.library.LibraryVoice;
import io.steadyline.stt.vendor.Closing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When native code that fails is told from a caller who is silent; needs none of it. */
class VoskSessionTest {

    private static final String EMPTY = "{\"text\" : \"\"}";

    /** Answers as it is told; has no words of its own. */
    private static final class ToldRecogniser implements Recogniser {
        private boolean resultIsDue;
        private String result = EMPTY;

        @Override
        public boolean accept(byte[] samples) {
            return resultIsDue;
        }

        @Override
        public String result() {
            return result;
        }

        @Override
        public String partial() {
            return "{\"partial\" : \"\"}";
        }

        @Override
        public String finalResult() {
            return EMPTY;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    private final ToldRecogniser recogniser = new ToldRecogniser();
    private final List<String> said = new ArrayList<>();

    private VoskSession session(int rateHz) {
        return new VoskSession(recogniser, new VoskSettings(rateHz, true, List.of()), new LibraryVoice() {
            @Override
            public void text(String text) {
                said.add(text);
            }

            @Override
            public void over(Closing closing) {
                said.add("over");
            }
        });
    }

    /** Such as {@code empty:200}: a message of 200 ms that is answered with an empty result. */
    private void hear(VoskSession session, int rateHz, String step) {
        String[] parts = step.split(":", 2);
        recogniser.resultIsDue = !parts[0].equals("partial");
        recogniser.result = switch (parts[0]) {
            case "said" -> "{\"text\" : \"yes\"}";
            case "garbled" -> "{";
            default -> EMPTY;
        };
        session.audio(new byte[rateHz / 1000 * 2 * Integer.parseInt(parts[1])]);
    }

    private void hearAll(String steps, int rateHz) {
        VoskSession session = session(rateHz);
        for (String step : steps.split(" ", -1)) {
            hear(session, rateHz, step);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "empty:200 empty:200 empty:200, 8000",
        "empty:200 empty:200 empty:200, 16000",
        "empty:20 empty:20 empty:20, 8000",
        "empty:220 empty:220 empty:220 empty:220 empty:220 empty:220, 8000",
        "empty:220 empty:220 empty:220 empty:220 empty:220 empty:220, 16000",
        "empty:200 empty:200 empty:200 partial:200 empty:200 empty:200 empty:200, 8000",
        "empty:200 empty:200 empty:200 said:200 empty:200 empty:200 empty:200, 8000",
        "empty:200 empty:200 empty:200 empty:220 empty:200 empty:200 empty:200, 8000",
        "empty:200 empty:200 empty:200 garbled:200 empty:200 empty:200 empty:200, 8000",
        "partial:200 partial:200 partial:200 partial:200 partial:200, 8000",
        "said:20 said:20 said:20 said:20 said:20, 8000",
    })
    void shouldNotGiveUpACallerWhoIsSilent(String steps, int rateHz) {
        assertThatCode(() -> hearAll(steps, rateHz)).doesNotThrowAnyException();
        assertThat(said).hasSize(steps.split(" ", -1).length);
    }

    @ParameterizedTest
    @CsvSource({
        "empty:200 empty:200 empty:200 empty:200, 8000",
        "empty:200 empty:200 empty:200 empty:200, 16000",
        "empty:20 empty:100 empty:200 empty:20, 8000",
        "partial:200 said:200 empty:220 empty:200 empty:200 empty:200 empty:200, 8000",
    })
    void shouldGiveUpNativeCodeThatHearsNothingForEver(String steps, int rateHz) {
        assertThatThrownBy(() -> hearAll(steps, rateHz))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("empty results: 4 on end (expected: at most 3)");
        assertThat(said).as("all but the last").hasSize(steps.split(" ", -1).length - 1);
    }
}
