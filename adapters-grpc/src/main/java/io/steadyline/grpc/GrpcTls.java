package io.steadyline.grpc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files for TLS, all PEM.
 *
 * @param certificateChain the server's own first
 * @param privateKey PKCS #8, not encrypted
 * @param clientCa when given, a client has to show a certificate that one of these signed (mutual TLS)
 */
public record GrpcTls(Path certificateChain, Path privateKey, Optional<Path> clientCa) {

    public GrpcTls {
        requireReadable("tls.certificateChain", certificateChain);
        requireReadable("tls.privateKey", privateKey);
        clientCa.ifPresent(file -> requireReadable("tls.clientCa", file));
    }

    private static void requireReadable(String name, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(name + ": " + file + " (expected: a readable PEM file)");
        }
    }
}
