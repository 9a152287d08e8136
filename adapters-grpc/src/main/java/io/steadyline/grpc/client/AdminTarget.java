package io.steadyline.grpc.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which server, and how to be let in.
 *
 * @param port 1 to 65535
 * @param tls empty: plaintext
 * @param token sent with every call
 */
public record AdminTarget(String host, int port, Optional<Tls> tls, Optional<String> token) {

    /**
     * PEM files.
     *
     * @param serverCa who signed the server's certificate; empty: one of those that Java trusts
     * @param client shown to the server; empty: none
     */
    public record Tls(Optional<Path> serverCa, Optional<ClientCertificate> client) {}

    /** @param privateKey PKCS #8, not encrypted */
    public record ClientCertificate(Path certificateChain, Path privateKey) {}

    public AdminTarget {
        if (host.isBlank()) {
            throw new IllegalArgumentException("admin host: '" + host + "' (expected: an address or a host name)");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("admin port: " + port + " (expected: 1 to 65535)");
        }
        if (!token.orElse("").chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "admin token: has a character that is not printable ASCII (expected: letters, digits and signs)");
        }
    }

    public static AdminTarget plaintext(String host, int port) {
        return new AdminTarget(host, port, Optional.empty(), Optional.empty());
    }

    public AdminTarget withTls(Tls newTls) {
        return new AdminTarget(host, port, Optional.of(newTls), token);
    }

    public AdminTarget withToken(String newToken) {
        return new AdminTarget(host, port, tls, Optional.of(newToken));
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
