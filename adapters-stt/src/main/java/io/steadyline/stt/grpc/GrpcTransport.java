package io.steadyline.stt.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Transport;

/**
 * Opens calls of one method. Messages are {@link io.steadyline.stt.vendor.Wire.Binary}: protobuf that a dialect writes and
 * reads. Every end is told by {@link LinkEvents#closed} with the status; {@link GrpcFailure} says what it means.
 */
public final class GrpcTransport implements Transport {

    private final GrpcChannels channels;
    private final GrpcTarget target;
    private final MethodDescriptor<byte[], byte[]> method;
    private final GrpcHeaders headers;

    /** @param method full name, such as {@code google.cloud.speech.v2.Speech/StreamingRecognize} */
    public GrpcTransport(GrpcChannels channels, GrpcTarget target, String method, GrpcHeaders headers) {
        this.channels = channels;
        this.target = target;
        this.method = MethodDescriptor.newBuilder(BytesMarshaller.BYTES, BytesMarshaller.BYTES)
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(method)
                .build();
        this.headers = headers;
    }

    @Override
    public Link open(LinkEvents events) {
        GrpcLink link = new GrpcLink(channels.events(), events);
        channels.mayBlock().execute(() -> start(link));
        return link;
    }

    private void start(GrpcLink link) {
        try {
            ManagedChannel channel = channels.channel(target);
            CallOptions options = CallOptions.DEFAULT
                    .withExecutor(channels.events())
                    .withCallCredentials(new HeaderCredentials(headers, channels.mayBlock()));
            link.start(channel.newCall(method, options));
        } catch (GrpcChannels.Unusable unusable) {
            link.fail(Status.FAILED_PRECONDITION.withDescription(unusable.getMessage()));
        }
    }
}
