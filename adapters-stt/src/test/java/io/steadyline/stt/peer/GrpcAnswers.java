package io.steadyline.stt.peer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The way back to the client, in bytes. One thread at a time. */
final class GrpcAnswers<A extends MessageLite> {

    private final ServerCallStreamObserver<A> answers;
    private final Parser<A> parser;
    private final ServerCall<?, InputStream> wire;
    private boolean closed;

    GrpcAnswers(ServerCallStreamObserver<A> answers, Parser<A> parser, ServerCall<?, InputStream> wire) {
        this.answers = answers;
        this.parser = parser;
        this.wire = wire;
    }

    void begin(Runnable onCancel) {
        answers.disableAutoRequest();
        answers.setOnCancelHandler(onCancel);
    }

    /** Any thread. */
    void request() {
        answers.request(1);
    }

    boolean isClosed() {
        return closed || answers.isCancelled();
    }

    void message(byte[] data) {
        if (!isClosed()) {
            try {
                answers.onNext(parser.parseFrom(data));
            } catch (InvalidProtocolBufferException notOfTheVendor) {
                throw new IllegalArgumentException("answer: not the vendor's message", notOfTheVendor);
            }
        }
    }

    /** As it stands, whether it is a message or not. */
    void bytes(byte[] data) {
        if (!isClosed()) {
            wire.sendMessage(new ByteArrayInputStream(data));
        }
    }

    void close(int code, String reason) {
        if (isClosed()) {
            return;
        }
        closed = true;
        if (code == 0) {
            answers.onCompleted();
        } else {
            answers.onError(Status.fromCodeValue(code).withDescription(reason).asException());
        }
    }
}
