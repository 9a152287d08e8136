package io.steadyline.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.grpc.client.AdminTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class AdminOptionsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "localhost:5001, localhost, 5001",
        "10.0.0.7:1, 10.0.0.7, 1",
        "gateway.example.com:65535, gateway.example.com, 65535"
    })
    void shouldNameHostAndPort(String address, String host, int port) {
        assertThat(target("--admin", address)).isEqualTo(AdminTarget.plaintext(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5001", "localhost", ":5001"})
    void shouldRefuseAnAddressWithoutBoth(String address) {
        assertThatThrownBy(() -> target("--admin", address))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--admin: '" + address + "' (expected: HOST:PORT)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "", "5001x"})
    void shouldRefuseAPortThatIsNone(String port) {
        assertThatThrownBy(() -> target("--admin", "localhost:" + port))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--admin: port '" + port + "' (expected: 1 to 65535)");
    }

    @Test
    void shouldTakeTheTokenWithoutItsLineEnd() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "s3cret\n");
        assertThat(target("--admin", "localhost:5001", "--token-file", file.toString())
                        .token())
                .contains("s3cret");
    }

    @Test
    void shouldNameATokenFileThatIsNotThere() {
        Path file = directory.resolve("missing");
        assertThatThrownBy(() -> target("--admin", "localhost:5001", "--token-file", file.toString()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--token-file: " + file + " (expected: a readable file)");
    }

    @Test
    void shouldUseTlsWithTheGivenCertificates() {
        AdminTarget target = target("--admin", "localhost:5001", "--tls-ca", "ca.pem");
        assertThat(target.tls()).contains(new AdminTarget.Tls(Optional.of(Path.of("ca.pem")), Optional.empty()));
    }

    private static AdminTarget target(String... arguments) {
        Client client = new Client();
        new CommandLine(client).parseArgs(arguments);
        return client.admin.target();
    }

    /** Any client command. */
    @Command
    private static final class Client {
        @Mixin
        private final AdminOptions admin = new AdminOptions();
    }
}
