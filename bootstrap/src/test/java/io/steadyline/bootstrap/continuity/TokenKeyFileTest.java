package io.steadyline.bootstrap.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeyFileTest {

    @TempDir
    private Path dataDir;

    @Test
    void shouldBeCreatedForTheOwnerAndBeTheSameTheNextTime() throws IOException {
        TokenKeyFile.Found first = TokenKeyFile.in(dataDir);
        assertThat(first.note()).isEmpty();
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(Files.readAllBytes(file())).isEqualTo(first.key().bytes());
        assertThat(TokenKeyFile.in(dataDir).key().bytes()).isEqualTo(first.key().bytes());
        try (var files = Files.list(dataDir)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void shouldBeReplacedWhenOthersCouldReadIt() throws IOException {
        byte[] seen = TokenKeyFile.in(dataDir).key().bytes();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(TokenKeyFile.in(dataDir).key().bytes()).isNotEqualTo(seen);
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void shouldBeReplacedWhenItIsCut() throws IOException {
        byte[] whole = TokenKeyFile.in(dataDir).key().bytes();
        Files.write(file(), new byte[16]);
        assertThat(TokenKeyFile.in(dataDir).key().bytes()).isNotEqualTo(whole).isEqualTo(Files.readAllBytes(file()));
    }

    @Test
    void shouldNotMindWhatAStartThatWasKilledHasLeft() throws IOException {
        Files.write(dataDir.resolve("nonce.key.new"), new byte[3]);
        assertThat(TokenKeyFile.in(dataDir).note()).isEmpty();
        assertThat(Files.size(file())).isEqualTo(32);
    }

    @Test
    void shouldGoOnWithoutAFileAndSaySo() throws IOException {
        Files.createDirectory(file());
        TokenKeyFile.Found found = TokenKeyFile.in(dataDir);
        assertThat(found.note().orElseThrow()).contains("nonce.key", "refused after");
        assertThat(found.key().bytes()).hasSize(32);
    }

    @Test
    void shouldNotFollowALink() throws IOException {
        Path elsewhere = Files.write(dataDir.resolve("elsewhere"), new byte[32]);
        Files.createSymbolicLink(file(), elsewhere);
        assertThat(TokenKeyFile.in(dataDir).note()).isPresent();
    }

    private Path file() {
        return dataDir.resolve("nonce.key");
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
    }
}
