package io.steadyline.stt.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Wire;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call. Its state belongs to the thread of the events: what others ask for is put there, in order.
 *
 * <p>A message counts as written when the call takes another one, so that a server that stops reading is seen.
 */
final class GrpcLink extends ClientCall.Listener<byte[]> implements Link {

    private final Executor thread;
    private final LinkEvents events;
    private @Nullable ClientCall<byte[], byte[]> call;
    private boolean opened;
    private boolean writing;
    private boolean ended;

    GrpcLink(Executor thread, LinkEvents events) {
        this.thread = thread;
        this.events = events;
    }

    void start(ClientCall<byte[], byte[]> fresh) {
        thread.execute(() -> {
            if (ended) {
                return;
            }
            call = fresh;
            fresh.start(this, new Metadata());
            fresh.request(1);
        });
    }

    void fail(Status status) {
        thread.execute(() -> onClose(status, new Metadata()));
    }

    @Override
    public void send(Wire message) {
        byte[] data = switch (message) {
            case Wire.Binary(byte[] bytes) -> bytes;
            case Wire.Text(String text) ->
                throw new IllegalArgumentException("message: text of " + text.length() + " chars (expected: binary)");
        };
        whileOpen(running -> {
            running.sendMessage(data);
            writing = true;
            reportWritten(running);
        });
    }

    @Override
    public void finish() {
        whileOpen(running -> {
            running.halfClose();
            events.written();
        });
    }

    @Override
    public void abort() {
        thread.execute(() -> {
            ended = true;
            if (call != null) {
                call.cancel("given up", null);
                call = null;
            }
        });
    }

    @Override
    public void onReady() {
        if (ended || call == null) {
            return;
        }
        if (!opened) {
            opened = true;
            events.opened();
        }
        reportWritten(call);
    }

    @Override
    public void onMessage(byte[] message) {
        if (!ended && call != null) {
            events.received(new Wire.Binary(message));
            call.request(1);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (!ended) {
            ended = true;
            call = null;
            String reason = status.getDescription();
            events.closed(new Closing(status.getCode().value(), reason == null ? "" : reason));
        }
    }

    private void reportWritten(ClientCall<byte[], byte[]> running) {
        if (writing && running.isReady()) {
            writing = false;
            events.written();
        }
    }

    /** What is asked for before the call has begun, or after its end, is lost with the link: its events tell. */
    private void whileOpen(Use use) {
        thread.execute(() -> {
            if (!ended && call != null) {
                use.of(call);
            }
        });
    }

    private interface Use {
        void of(ClientCall<byte[], byte[]> running);
    }
}
