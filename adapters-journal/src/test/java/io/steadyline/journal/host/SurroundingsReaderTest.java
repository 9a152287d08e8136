package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurroundingsReaderTest {

    @TempDir
    Path root;

    @Test
    void shouldTakeNoMoreOfTheEnvironmentThanItNeeds() {
        Map<String, String> env = Map.of("TWILIO_AUTH_TOKEN", "secret", "K_SERVICE", "gw", "RAILWAY_TOKEN", "secret");

        assertThat(SurroundingsReader.read(env, root).env()).containsOnlyKeys("K_SERVICE");
    }

    @Test
    void shouldSeeTheParentsAndOptionsOfThisProcess() {
        Surroundings.Facts facts = SurroundingsReader.read();

        assertThat(facts.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(facts.parents().getFirst().pid())
                .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
        assertThat(facts.jvmArgs()).anyMatch(option -> option.startsWith("--enable-native-access"));
    }

    @ParameterizedTest
    @CsvSource({
        "0::/, false",
        "0::/init.scope, false",
        "1:cpu:/docker/0123, true",
        "0::/kubepods.slice/kubepods-pod1.slice, true"
    })
    void shouldTellAContainerByTheGroupOfTheFirstProcess(String line, boolean container) throws IOException {
        Files.createDirectories(root.resolve("proc/1"));
        Files.writeString(root.resolve("proc/1/cgroup"), line + "\n");

        assertThat(SurroundingsReader.isContainer(root)).isEqualTo(container);
    }

    @Test
    void shouldTellAContainerByItsMark() throws IOException {
        assertThat(SurroundingsReader.isContainer(root)).isFalse();

        Files.createFile(root.resolve(".dockerenv"));

        assertThat(SurroundingsReader.isContainer(root)).isTrue();
    }
}
