package io.steadyline.stt.grpc;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server, and how it is spoken to. Calls with equal targets share one connection.
 *
 * @param tls false: nothing is encrypted
 * @param authorities certificates to trust; empty: those of the JDK
 * @param identity our own certificate; empty: none is shown
 * @param keepAlive a ping after so long without a word from the server
 */
public record GrpcTarget(
        String host,
        int port,
        boolean tls,
        Optional<Path> authorities,
        Optional<Identity> identity,
        Duration keepAlive) {

    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /** Files in PEM. */
    public record Identity(Path certificate, Path key) {}

    /** @param address {@code https://host:port}, or {@code http://} for one without TLS; the path is not looked at */
    public static GrpcTarget of(URI address, Duration keepAlive) {
        boolean tls = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        return new GrpcTarget(address.getHost(), port, tls, Optional.empty(), Optional.empty(), keepAlive);
    }

    public GrpcTarget withTls(Optional<Path> trusted, Optional<Identity> own) {
        return new GrpcTarget(host, port, tls, trusted, own, keepAlive);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }
}
