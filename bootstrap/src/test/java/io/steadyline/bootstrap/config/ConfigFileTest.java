package io.steadyline.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.config.LoadOutcome.Loaded;
import io.steadyline.bootstrap.config.LoadOutcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

    private final MemoryFiles files = new MemoryFiles();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing\n", "---\n", "http:\n  # port: 1\n", "http.port: 80\n", "\"http\": {\"port\": 80}"
            })
    void shouldReadFilesThatSayLittle(String yaml) {
        assertThat(files.load(yaml)).isInstanceOf(Loaded.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: [80] | steadyline.yaml:1: http: a list or a nested section",
                "http: {port: {a: 1}} | steadyline.yaml:1: http.port: a list or a nested section",
                "http: {port: } | steadyline.yaml:1: http.port: no value",
                "http: {port: 1, port: 2} | steadyline.yaml:1: http.port: given again",
                "just words | steadyline.yaml:1: configuration file: no mapping",
                "{a: 1}\\n---\\n{b: 2} | steadyline.yaml:3: configuration file: a second document",
                "http:\\n  port: 80\\n bad | steadyline.yaml:3: syntax",
                "a: &x [*x] | steadyline.yaml:1: a: a list or a nested section",
                "a: &x {b: *x} | steadyline.yaml:1: a.b: a list or a nested section",
                "? [a] : 1 | steadyline.yaml:1: (no plain key)",
                "http: !!java.lang.ProcessBuilder [ls] | steadyline.yaml:1: syntax: Global tag is not allowed",
            })
    void shouldRefuseWithTheLine(String yaml, String start) {
        assertThat(firstProblem(files.load(yaml.replace("\\n", "\n")))).startsWith(start);
    }

    @Test
    void shouldRefuseAFileThatIsNotThere(@TempDir Path dir) {
        Path missing = dir.resolve("none.yaml");
        LoadOutcome outcome = Settings.load(SettingsInput.of(Optional.of(missing), Map.of()));
        assertThat(firstProblem(outcome))
                .contains("none.yaml: configuration file: cannot be read: NoSuchFileException");
    }

    @Test
    void shouldRefuseWhatIsNoUtf8AndWhatIsNoConfiguration(@TempDir Path dir) throws IOException {
        Path latin = Files.write(dir.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
        Path huge = Files.write(dir.resolve("huge.yaml"), new byte[(int) FileAccess.MAX_BYTES + 1]);
        assertThat(firstProblem(Settings.load(SettingsInput.of(Optional.of(latin), Map.of()))))
                .contains("cannot be read", "UTF-8");
        assertThat(firstProblem(Settings.load(SettingsInput.of(Optional.of(huge), Map.of()))))
                .contains("longer than 262144 bytes");
    }

    @Test
    void shouldFindTheFileByTheVariableUnlessTheCommandLineNamesOne(@TempDir Path dir) throws IOException {
        Path one = Files.writeString(dir.resolve("one.yaml"), "http.port: 1001");
        Path two = Files.writeString(dir.resolve("two.yaml"), "http.port: 1002");
        Map<String, String> variables = Map.of("STEADYLINE_CONFIG", one.toString());
        assertThat(portOf(SettingsInput.of(Optional.empty(), variables))).isEqualTo(1001);
        assertThat(portOf(SettingsInput.of(Optional.of(two), variables))).isEqualTo(1002);
        assertThat(portOf(SettingsInput.of(Optional.empty(), Map.of("STEADYLINE_CONFIG", ""))))
                .isEqualTo(5000);
    }

    /** Whatever is in the file: settings or problems, never an exception. */
    @Test
    void shouldSurviveAnyText() {
        long seed = 20260101;
        Random random = new Random(seed);
        String alphabet = "ab:-#&*!|>'\"%@`{}[],?\n \t<\\\u0000\u00e4httport.0189~";
        for (int round = 0; round < 1000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(files.load(text.toString()))
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isNotNull();
        }
    }

    private static int portOf(SettingsInput input) {
        return ((Loaded) Settings.load(input)).settings().http().port();
    }

    private static String firstProblem(LoadOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).problems().getFirst().toString();
    }
}
