package io.steadyline.bootstrap.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class FailureLineTest {

    @Test
    void shouldBeOneLineWithTheCauseAndWithoutItsStackTrace() {
        Throwable failure = Status.UNAVAILABLE
                .withDescription("io exception\n  Channel pipeline: [a, b]")
                .withCause(new ConnectException("Connection refused: /127.0.0.1:5001"))
                .asRuntimeException();
        assertThat(FailureLine.of(failure))
                .isEqualTo("UNAVAILABLE: io exception (Connection refused: /127.0.0.1:5001)");
    }

    @Test
    void shouldNameWhatSaysNothing() {
        assertThat(FailureLine.of(Status.CANCELLED.asRuntimeException())).isEqualTo("CANCELLED");
        assertThat(FailureLine.of(new IOException())).isEqualTo("UNKNOWN (IOException)");
    }
}
