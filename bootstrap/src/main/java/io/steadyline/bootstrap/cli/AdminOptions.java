package io.steadyline.bootstrap.cli;

import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminTarget;
import io.steadyline.grpc.client.AdminTarget.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a client command, or a subcommand of it, reaches the control plane. */
final class AdminOptions {

    private static final int DEFAULT_PORT = 5001;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Control plane; default: 127.0.0.1 and STEADYLINE_GRPC_PORT, else 5001.")
    private @Nullable String address;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the bearer token.")
    private @Nullable Path tokenFile;

    @Option(names = "--tls-ca", paramLabel = "FILE", description = "Use TLS; PEM certificates that sign the server's.")
    private @Nullable Path serverCa;

    /** The address given, or the one where a gateway on this machine listens. */
    AdminTarget target() {
        return protect(address == null ? AdminTarget.plaintext("127.0.0.1", portFromEnvironment()) : parse(address));
    }

    /** These, if any of them was given; else those of the command above: {@code sessions --admin X show ID}. */
    AdminOptions orElse(AdminOptions above) {
        return address == null && tokenFile == null && serverCa == null ? above : this;
    }

    AdminClient connect() {
        return AdminClient.of(target());
    }

    private AdminTarget protect(AdminTarget plain) {
        AdminTarget target = plain;
        if (serverCa != null) {
            target = target.withTls(new Tls(Optional.of(serverCa), Optional.empty()));
        }
        if (tokenFile != null) {
            try {
                target = target.withToken(Files.readString(tokenFile).strip());
            } catch (IOException unreadable) {
                throw new CommandFailure("--token-file: " + tokenFile + " (expected: a readable file)", unreadable);
            }
        }
        return target;
    }

    private static int portFromEnvironment() {
        String port = System.getenv("STEADYLINE_GRPC_PORT");
        if (port == null || port.isBlank()) {
            return DEFAULT_PORT;
        }
        return port("STEADYLINE_GRPC_PORT", port);
    }

    private static AdminTarget parse(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new UsageFailure("--admin: '" + address + "' (expected: HOST:PORT)");
        }
        return AdminTarget.plaintext(address.substring(0, colon), port("--admin", address.substring(colon + 1)));
    }

    private static int port(String name, String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw new UsageFailure(name + ": port '" + text + "' (expected: 1 to 65535)", notANumber);
        }
        throw new UsageFailure(name + ": port '" + text + "' (expected: 1 to 65535)");
    }
}
