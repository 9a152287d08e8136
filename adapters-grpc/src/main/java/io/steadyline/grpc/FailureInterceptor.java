package io.steadyline.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers a call whose handler threw; without it the client would read UNKNOWN and nobody would know why. */
final class FailureInterceptor implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ClosedOnce<Q, A> closable = new ClosedOnce<>(call);
        try {
            return new Guarded<>(next.startCall(closable, headers), closable);
        } catch (RuntimeException e) {
            closable.closeFor(e);
            return new ServerCall.Listener<>() {};
        }
    }

    /** A handler may have closed the call before it threw. */
    private static final class ClosedOnce<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final AtomicBoolean closed = new AtomicBoolean();

        ClosedOnce(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (closed.compareAndSet(false, true)) {
                super.close(status, trailers);
            }
        }

        void closeFor(RuntimeException thrown) {
            StatusRuntimeException answer =
                    Failures.answerTo(thrown, getMethodDescriptor().getFullMethodName());
            Metadata trailers = answer.getTrailers();
            close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
        }
    }

    private static final class Guarded<Q, A> extends SimpleForwardingServerCallListener<Q> {

        private final ClosedOnce<Q, A> call;

        Guarded(ServerCall.Listener<Q> handler, ClosedOnce<Q, A> call) {
            super(handler);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        @Override
        public void onCancel() {
            guard(super::onCancel);
        }

        @Override
        public void onComplete() {
            guard(super::onComplete);
        }

        private void guard(Runnable handling) {
            try {
                handling.run();
            } catch (RuntimeException e) {
                call.closeFor(e);
            }
        }
    }
}
