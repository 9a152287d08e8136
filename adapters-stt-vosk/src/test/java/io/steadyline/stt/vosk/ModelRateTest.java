package io.steadyline.stt.vosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRateTest {

    @TempDir
    private Path model;

    private boolean takesTelephoneAudio(String file, String text) throws IOException {
        Path written = model.resolve(file);
        Files.createDirectories(written.getParent());
        Files.writeString(written, text, StandardCharsets.ISO_8859_1);
        return ModelRate.takesTelephoneAudio(model);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--sample-frequency=8000",
                "--sample-frequency=8000.0",
                "--use-energy=false\n--sample_frequency=8000 # telephone",
                "--sample-frequency=16000\n--allow-upsample=true",
                "--allow-upsample\n"
            })
    void shouldTakeTelephoneAudioWhereTheModelSaysSo(String options) throws IOException {
        assertThat(takesTelephoneAudio("conf/mfcc.conf", options)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--sample-frequency=16000",
                "--use-energy=false",
                "",
                "# --allow-upsample=true",
                "--sample-frequency=16000\n--allow-upsample=false\n--allow-downsample=true"
            })
    void shouldWantTwiceTheRateElsewhere(String options) throws IOException {
        assertThat(takesTelephoneAudio("conf/mfcc.conf", options)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mfcc.conf", "conf/fbank.conf"})
    void shouldFindTheOptionsOfOtherModels(String file) throws IOException {
        assertThat(takesTelephoneAudio(file, "--sample-frequency=16000")).isFalse();
    }

    /** Such a model was given 8 kHz, and heard nothing. */
    @Test
    void shouldReadACommentThatIsNotUtf8() throws IOException {
        assertThat(takesTelephoneAudio("conf/mfcc.conf", "# fréquence\n--sample-frequency=16000"))
                .isFalse();
    }

    @Test
    void shouldLeaveWhatCannotBeReadToTheLibrary() throws IOException {
        assertThat(ModelRate.takesTelephoneAudio(model)).isTrue();
        assertThat(takesTelephoneAudio("conf/mfcc.conf", "--sample-frequency=fast"))
                .isTrue();
    }
}
