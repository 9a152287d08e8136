package io.steadyline.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Whether the control plane may listen where it was told to: it can end calls, so it is not open to everybody. */
final class BindPolicy {

    private BindPolicy() {}

    /**
     * The address to listen on.
     *
     * @throws IllegalArgumentException the address is unknown, public without protection, or the token is no use
     */
    static InetSocketAddress checked(GrpcConfig config) {
        InetAddress address = resolve(config.bindAddress());
        config.bearerToken().ifPresent(source -> requireUsable(source.token()));
        if (!address.isLoopbackAddress()
                && config.tls().isEmpty()
                && config.bearerToken().isEmpty()) {
            throw new IllegalArgumentException("admin bindAddress: " + config.bindAddress()
                    + " (expected: a loopback address such as 127.0.0.1, or one of these configured as well:"
                    + " TLS certificate and key, preferably with a client CA, or a bearer token)."
                    + " Whoever reaches the control plane can end calls.");
        }
        return new InetSocketAddress(address, config.port());
    }

    /** What is allowed and still worth a warning; empty when nothing is. */
    static Optional<String> warning(GrpcConfig config, InetAddress address) {
        boolean mutual = config.tls().filter(tls -> tls.clientCa().isPresent()).isPresent();
        if (address.isLoopbackAddress()
                || mutual
                || (config.tls().isPresent() && config.bearerToken().isPresent())) {
            return Optional.empty();
        }
        return Optional.of(
                config.tls().isPresent()
                        ? "TLS without client CA or bearer token: whoever reaches it can end calls"
                        : "bearer token without TLS: the token crosses the network in the clear");
    }

    private static InetAddress resolve(String bindAddress) {
        try {
            return InetAddress.getByName(bindAddress);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "admin bindAddress: " + bindAddress + " (expected: an address of this host, or a name of one)", e);
        }
    }

    /** Header values are ASCII; a line end from a token file would not survive the way. */
    private static void requireUsable(String token) {
        if (token.length() < TokenSource.MIN_TOKEN_CHARS) {
            throw new IllegalArgumentException("admin bearer token: " + token.length()
                    + " characters (expected: at least " + TokenSource.MIN_TOKEN_CHARS + ")");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "admin bearer token: has a character that is not printable ASCII (expected: letters, digits and"
                            + " signs)");
        }
    }
}
