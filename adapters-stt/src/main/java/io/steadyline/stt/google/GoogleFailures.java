package io.steadyline.stt.google;

import io.grpc.Status;
import io.steadyline.stt.grpc.GrpcFailure;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;

/** What Google means by a status; the texts as clients have seen them. */
final class GoogleFailures {

    private GoogleFailures() {}

    /**
     * @param finished we said that no audio follows
     * @param singleUtteranceOver the model hears one utterance only, and it is over
     */
    static VendorFailure of(Closing closing, boolean finished, boolean singleUtteranceOver) {
        Status.Code code = GrpcFailure.code(closing);
        if (code == Status.Code.OK && finished) {
            return GrpcFailure.of(closing, FailureKind.LOCAL);
        }
        if (code == Status.Code.OK && singleUtteranceOver) {
            return GrpcFailure.of(closing, FailureKind.EXPIRED);
        }
        if (code == Status.Code.ABORTED || code == Status.Code.OUT_OF_RANGE) {
            return ofLimit(closing);
        }
        return GrpcFailure.of(closing);
    }

    /** Both statuses are used for a stream that is too old and for one that got no audio. */
    private static VendorFailure ofLimit(Closing closing) {
        if (GrpcFailure.says(closing, "max duration", "maximum allowed stream duration")) {
            return GrpcFailure.of(closing, FailureKind.EXPIRED);
        }
        if (GrpcFailure.says(closing, "timed out", "timeout", "without audio", "no more client requests")) {
            return GrpcFailure.of(closing, FailureKind.IDLE);
        }
        return GrpcFailure.of(closing);
    }
}
