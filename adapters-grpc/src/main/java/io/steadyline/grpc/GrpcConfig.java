package io.steadyline.grpc;

import java.util.Optional;

/**
 * Where the control plane listens and who may use it.
 *
 * @param bindAddress name or address; anything but loopback needs {@code tls} or {@code bearerToken}
 * @param port 0 to 65535; 0 lets the system choose
 * @param bearerToken when given, every call but health needs it
 */
public record GrpcConfig(
        String bindAddress, int port, Optional<GrpcTls> tls, Optional<TokenSource> bearerToken, GrpcLimits limits) {

    public GrpcConfig {
        if (bindAddress.isBlank()) {
            throw new IllegalArgumentException(
                    "admin bindAddress: '" + bindAddress + "' (expected: an address or a host name)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("admin port: " + port + " (expected: 0 to 65535)");
        }
    }

    /** Without TLS and token, reachable from this host only. */
    public static GrpcConfig loopback(int port) {
        return new GrpcConfig("127.0.0.1", port, Optional.empty(), Optional.empty(), GrpcLimits.DEFAULTS);
    }

    public GrpcConfig withTls(GrpcTls newTls) {
        return new GrpcConfig(bindAddress, port, Optional.of(newTls), bearerToken, limits);
    }

    public GrpcConfig withBearerToken(TokenSource source) {
        return new GrpcConfig(bindAddress, port, tls, Optional.of(source), limits);
    }

    public GrpcConfig withLimits(GrpcLimits newLimits) {
        return new GrpcConfig(bindAddress, port, tls, bearerToken, newLimits);
    }
}
