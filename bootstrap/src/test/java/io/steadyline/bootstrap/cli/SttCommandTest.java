package io.steadyline.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SttCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // injected
    private Path directory;

    @Test
    void shouldListTheBuiltInOneAndThoseOfThisBuild() {
        assertThat(run("stt", "list")).isEqualTo(0);
        assertThat(out.toString().lines().skip(1).findFirst())
                .hasValueSatisfying(line -> assertThat(line).startsWith("builtin"));
    }

    @Test
    void shouldSendARecordingThroughTheBuiltInOne() throws IOException {
        byte[] silence = new byte[160 * 10];
        Arrays.fill(silence, (byte) 0xFF);
        Path audio = Files.write(directory.resolve("silence.ulaw"), silence);
        assertThat(run("stt", "try", "--vendor", "builtin", "--audio", audio.toString()))
                .isEqualTo(0);
        assertThat(out.toString())
                .contains("Sends 200 ms of audio to builtin in real time", "ready, connected in", "closed")
                .contains("connected in ", "frames lost           0", "text                  –");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "builtin | writes no words. | the keys endpointing.* and stt.builtin-words are for it",
                "none | hears nothing | has no options."
            })
    void shouldSayWhatTheOnesAreThatAreNoVendors(String name, String what, String options) {
        assertThat(run("stt", "list", name)).isEqualTo(0);
        assertThat(out.toString()).startsWith(name).contains(what, options);
    }

    @Test
    void shouldSayThatARecordingOfZeroBytesAloneIsNoWav() throws IOException {
        Path audio = Files.write(directory.resolve("zeros.wav"), new byte[100_000]);
        assertThat(run("stt", "try", "--audio", audio.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("--audio: " + audio + " (expected: WAV of PCM, float, µ-law or A-law, or raw µ-law");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stt | 2 | a subcommand is missing: list, try",
                "stt list nobody | 2 | vendor: 'nobody' (expected: one of",
                "stt list vosk | 2 | vendor: 'vosk' (expected: steadyline-stt-vosk.jar, a jar of its own",
                "stt try | 2 | --audio",
                "stt try --audio none.wav | 1 | --audio: ",
                "stt try --audio none.wav --wait 0 | 2 | --wait: 0 (expected: 1 to 120)",
                "stt try --audio AUDIO --vendor nobody | 2 | vendor: 'nobody' (expected: one of",
                "stt try --audio AUDIO --vendor builtin --option a=b | 2 | --option: [a] (expected: none, for builtin)"
            })
    void shouldNameWhatIsWrong(String line, int code, String message) throws IOException {
        Path audio = Files.write(directory.resolve("short.ulaw"), new byte[160]);
        assertThat(run(line.replace("AUDIO", audio.toString()).split(" ", -1))).isEqualTo(code);
        assertThat(err.toString()).contains(message);
    }

    private int run(String... arguments) {
        CommandLine command = SteadylineCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
