package io.steadyline.grpc;

import com.google.rpc.Code;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a call through that shows the token. Health needs none: load balancers and probes have no secrets. */
final class BearerInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "bearer ";

    private static final Logger log = LoggerFactory.getLogger(BearerInterceptor.class);
    private static final long LINE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);

    private final TokenSource expected;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong nextLineNs = new AtomicLong(System.nanoTime());

    BearerInterceptor(TokenSource expected) {
        this.expected = expected;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (!HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            try {
                requireToken(headers.get(AUTHORIZATION));
            } catch (StatusRuntimeException e) {
                logOnceInAWhile();
                throw e;
            }
        }
        return next.startCall(call, headers);
    }

    /** Somebody who tries tokens must not be able to flood the log as well. */
    private void logOnceInAWhile() {
        long refusedSoFar = refused.incrementAndGet();
        long nowNs = System.nanoTime();
        long dueNs = nextLineNs.get();
        if (nowNs - dueNs >= 0 && nextLineNs.compareAndSet(dueNs, nowNs + LINE_INTERVAL_NS)) {
            log.warn("admin: call without a valid token refused, from {} ({} so far)", Caller.current(), refusedSoFar);
        }
    }

    private void requireToken(@Nullable String header) {
        if (header == null) {
            throw refusal("NO_TOKEN", "authorization: missing");
        }
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw refusal("WRONG_TOKEN", "authorization: another scheme");
        }
        if (!sameSecret(header.substring(SCHEME.length()).strip(), expected.token())) {
            throw refusal("WRONG_TOKEN", "authorization: a token that is not this server's");
        }
    }

    private static StatusRuntimeException refusal(String reason, String found) {
        return Refusals.of(
                Code.UNAUTHENTICATED,
                reason,
                found + " (expected: metadata 'authorization: Bearer <token>' with the admin token of this server)");
    }

    /** Takes the same time wherever the two differ; digests also hide the expected length. */
    private static boolean sameSecret(String shown, String secret) {
        return MessageDigest.isEqual(sha256(shown), sha256(secret));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java run-time", e);
        }
    }
}
