package io.steadyline.stt.grpc;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.concurrent.Executor;

/** Fetches the headers away from the thread of the events; the call waits for them before it begins. */
final class HeaderCredentials extends CallCredentials {

    private final GrpcHeaders headers;
    private final Executor mayBlock;

    HeaderCredentials(GrpcHeaders headers, Executor mayBlock) {
        this.headers = headers;
        this.mayBlock = mayBlock;
    }

    @Override
    public void applyRequestMetadata(RequestInfo request, Executor events, MetadataApplier applier) {
        mayBlock.execute(() -> fetch(applier));
    }

    private void fetch(MetadataApplier applier) {
        try {
            Metadata metadata = new Metadata();
            headers.of()
                    .forEach((name, value) ->
                            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
            applier.apply(metadata);
        } catch (GrpcHeaders.Refused | RuntimeException forGood) {
            fail(applier, Status.UNAUTHENTICATED, forGood);
        } catch (IOException thisTime) {
            fail(applier, Status.UNAVAILABLE, thisTime);
        }
    }

    /** The cause's message is the library's own and names a file or an address, never a token. */
    private static void fail(MetadataApplier applier, Status status, Exception cause) {
        applier.fail(
                status.withDescription("credentials: " + cause.getMessage()).withCause(cause));
    }
}
