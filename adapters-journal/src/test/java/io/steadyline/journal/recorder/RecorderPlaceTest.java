package io.steadyline.journal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderPlaceTest {

    private static final RecorderSettings SMALL = new RecorderSettings(1);

    @TempDir
    Path dataDir;

    private Path shm = Path.of("unset");
    private boolean isTmpfs;

    @BeforeEach
    void directoryOfOurOwnInMemory() throws IOException {
        Path real = Path.of("/dev/shm");
        isTmpfs = Files.isWritable(real) && Files.getFileStore(real).type().equals("tmpfs");
        shm = isTmpfs ? Files.createTempDirectory(real, "steadyline-test-") : dataDir;
    }

    @AfterEach
    void cleanUp() throws IOException {
        if (isTmpfs) {
            try (var files = Files.walk(shm)) {
                for (Path file : files.toList().reversed()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void shouldBeTheConfiguredOne() {
        Path wanted = dataDir.resolve("here");
        RecorderPlace place = RecorderPlace.choose(dataDir, Optional.of(wanted), SMALL);
        assertThat(place.file()).isEqualTo(wanted);
        assertThat(place.sentence()).contains("configured");
    }

    @Test
    void shouldBeInMemoryAndTheSameForTheSameDataDirectory() throws IOException {
        assumeTrue(isTmpfs);
        RecorderPlace place = RecorderPlace.choose(dataDir, shm, SMALL);
        assertThat(place.file()).startsWithRaw(shm);
        assertThat(place.sentence()).contains("in memory");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(place.file().getParent())))
                .isEqualTo("rwx------");
        assertThat(RecorderPlace.choose(dataDir.resolve("x").resolve(".."), shm, SMALL))
                .isEqualTo(place);
        Path other = Files.createDirectory(dataDir.resolve("other"));
        assertThat(RecorderPlace.choose(other, shm, SMALL).file()).isNotEqualTo(place.file());
        assertThat(Recorder.open(place.file(), SMALL, Samples.boot(1)).isDurable())
                .isTrue();
    }

    @Test
    void shouldBeOnDiskWhenTheDirectoryInMemoryIsALink() throws IOException {
        assumeTrue(isTmpfs);
        Files.createSymbolicLink(shm.resolve("steadyline-" + OwnFiles.uid()), dataDir);
        RecorderPlace place = RecorderPlace.choose(dataDir, shm, SMALL);
        assertThat(place.file()).isEqualTo(dataDir.resolve("recorder.slots"));
        assertThat(place.sentence()).contains("on disk").contains("no directory");
    }

    @Test
    void shouldBeOnDiskWhenOthersMayEnterTheDirectoryInMemory() throws IOException {
        assumeTrue(isTmpfs);
        Path directory = Files.createDirectory(shm.resolve("steadyline-" + OwnFiles.uid()));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(RecorderPlace.choose(dataDir, shm, SMALL).sentence()).contains("on disk", "has mode rwxrwxrwx");
    }

    @Test
    void shouldBeOnDiskWhenThereIsNoMemoryToWriteTo() {
        assertThat(RecorderPlace.choose(dataDir, dataDir.resolve("none"), SMALL).sentence())
                .contains("on disk", "there is no");
        Path proc = Path.of("/proc");
        assertThat(RecorderPlace.choose(dataDir, proc, SMALL).sentence()).contains("on disk", "expected tmpfs");
    }
}
