package io.steadyline.grpc;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/** Answers that are no success: a status, a sentence, and a reason for programs ({@code google.rpc.ErrorInfo}). */
public final class Refusals {

    static final String DOMAIN = "steadyline.io";

    private Refusals() {}

    public static StatusRuntimeException invalid(String field, Object value, String expected) {
        return of(
                Code.INVALID_ARGUMENT,
                "INVALID_FIELD",
                field + ": " + value + " (expected: " + expected + ")",
                Map.of("field", field));
    }

    static StatusRuntimeException unexpected(String errorId) {
        return of(
                Code.INTERNAL,
                "UNEXPECTED",
                "unexpected error " + errorId + " in the server; its log has the details under this id",
                Map.of("error_id", errorId));
    }

    public static StatusRuntimeException of(Code code, String reason, String sentence) {
        return of(code, reason, sentence, Map.of());
    }

    private static StatusRuntimeException of(Code code, String reason, String sentence, Map<String, String> metadata) {
        ErrorInfo info = ErrorInfo.newBuilder()
                .setReason(reason)
                .setDomain(DOMAIN)
                .putAllMetadata(metadata)
                .build();
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(sentence)
                .addDetails(Any.pack(info))
                .build());
    }
}
