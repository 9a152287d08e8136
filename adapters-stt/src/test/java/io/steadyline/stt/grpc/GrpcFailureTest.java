package io.steadyline.stt.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.VendorFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcFailureTest {

    @ParameterizedTest
    @CsvSource({
        "UNAUTHENTICATED, AUTH",
        "PERMISSION_DENIED, AUTH",
        "INVALID_ARGUMENT, CONFIG",
        "NOT_FOUND, CONFIG",
        "ALREADY_EXISTS, CONFIG",
        "FAILED_PRECONDITION, CONFIG",
        "UNIMPLEMENTED, CONFIG",
        "RESOURCE_EXHAUSTED, RATE_LIMIT",
        "UNAVAILABLE, TRANSIENT",
        "ABORTED, TRANSIENT",
        "INTERNAL, TRANSIENT",
        "DEADLINE_EXCEEDED, TRANSIENT",
        "OUT_OF_RANGE, TRANSIENT",
        "UNKNOWN, TRANSIENT",
        "DATA_LOSS, TRANSIENT",
        "CANCELLED, TRANSIENT",
        "OK, TRANSIENT",
    })
    void shouldHaveAKindForEachStatus(Status.Code code, FailureKind kind) {
        VendorFailure failure = GrpcFailure.of(new Closing(code.value(), "why"));

        assertThat(failure).isEqualTo(new VendorFailure(kind, code.name(), "ended with " + code + " why"));
    }

    @Test
    void shouldTakeANumberThatIsNoStatusForAnUnknownOne() {
        assertThat(GrpcFailure.of(new Closing(99, "")).code()).isEqualTo("UNKNOWN");
    }

    @Test
    void shouldFindAPartOfTheTextInAnyCaseOfLetters() {
        Closing closing = new Closing(10, "Max Duration of 5 minutes");

        assertThat(GrpcFailure.says(closing, "idle", "max duration")).isTrue();
        assertThat(GrpcFailure.says(closing, "idle")).isFalse();
    }
}
