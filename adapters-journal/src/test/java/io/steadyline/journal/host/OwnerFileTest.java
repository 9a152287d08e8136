package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerFileTest {

    private static final OwnerDetails OWNER = new OwnerDetails(
            7,
            5000,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            "java -jar \"a b\".jar",
            List.of("bash", "sshd"),
            "boot-1",
            "/data");

    @TempDir
    Path temp;

    private Path file = Path.of("");

    @BeforeEach
    void setUp() {
        file = temp.resolve("worker.owner");
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        new OwnerFile(file).write(OWNER);

        assertThat(new OwnerFile(file).read()).contains(OWNER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldWriteNamesThatPeopleAndScriptsCanRead() throws IOException {
        new OwnerFile(file).write(OWNER);

        assertThat(Files.readString(file))
                .isEqualTo("{\"pid\":7,\"start_ticks\":5000,\"started_at\":\"2026-01-02T03:04:05.678Z\","
                        + "\"command_line\":\"java -jar \\\"a b\\\".jar\",\"parents\":[\"bash\",\"sshd\"],"
                        + "\"boot_id\":\"boot-1\",\"data_dir\":\"/data\"}");
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() throws IOException {
        Files.writeString(file, "{\"new\":{\"a\":[1,2]},\"pid\":7,\"started_at\":\"2026-01-02T03:04:05Z\",\"x\":null}");

        OwnerDetails read = new OwnerFile(file).read().orElseThrow();

        assertThat(read.pid()).isEqualTo(7);
        assertThat(read.parents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{}", "{\"pid\":7}", "{\"pid\":\"x\"}", "not json"})
    void shouldTakeADamagedFileForNone(String content) throws IOException {
        Files.writeString(file, content);

        assertThat(new OwnerFile(file).read()).isEmpty();
    }

    @Test
    void shouldTakeAnAbsentFileForNone() {
        assertThat(new OwnerFile(file).read()).isEmpty();
    }
}
