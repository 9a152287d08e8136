package io.steadyline.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.steadyline.signal.Printable;
import java.net.SocketAddress;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Who calls, for the log: address, and the certificate's subject where there is one. */
public final class Caller implements ServerInterceptor {

    private static final Context.Key<String> CALLER = Context.keyWithDefault("caller", "unknown");

    /** Of the call that this thread handles. */
    public static String current() {
        return CALLER.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        return Contexts.interceptCall(
                Context.current().withValue(CALLER, address + subject(session)), call, headers, next);
    }

    private static String subject(@Nullable SSLSession session) {
        if (session == null) {
            return "";
        }
        try {
            return " (" + Printable.of(session.getPeerPrincipal().getName()) + ")";
        } catch (SSLPeerUnverifiedException e) {
            // TLS without a client certificate: there is no subject to name
            return "";
        }
    }
}
