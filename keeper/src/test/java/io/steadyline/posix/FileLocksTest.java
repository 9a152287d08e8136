package io.steadyline.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest {

    @TempDir
    Path dir;

    @Test
    void shouldLockForOneOpenFileOnly() throws IOException {
        int first = FileLocks.open(dir.resolve("lock"));
        int second = FileLocks.open(dir.resolve("lock"));

        assertThat(FileLocks.tryLock(first)).isTrue();
        assertThat(FileLocks.tryLock(second)).isFalse();
        FileLocks.close(first);
        assertThat(FileLocks.tryLock(second)).isTrue();
        FileLocks.close(second);
    }

    @Test
    void shouldKeepTheLockWhenTheFileIsReadInTheSameProcess() throws IOException {
        int first = FileLocks.open(dir.resolve("lock"));
        int second = FileLocks.open(dir.resolve("lock"));
        assertThat(FileLocks.tryLock(first)).isTrue();

        assertThat(Files.readAllBytes(dir.resolve("lock"))).isEmpty();

        assertThat(FileLocks.tryLock(second)).isFalse();
        FileLocks.close(first);
        FileLocks.close(second);
    }

    @Test
    void shouldMakeAFileForItsOwnerOnly() throws IOException {
        FileLocks.close(FileLocks.open(dir.resolve("lock")));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldSayWhyAFileCannotBeOpened() {
        assertThatThrownBy(() -> FileLocks.open(dir.resolve("absent/lock")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent/lock: no such directory (errno 2)");
        assertThatThrownBy(() -> FileLocks.open(dir)).hasMessageContaining("is a directory");
    }

    @Test
    void shouldSayWhyADescriptorCannotBeLocked() {
        assertThatThrownBy(() -> FileLocks.tryLock(-1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("errno 9");
    }
}
