package io.steadyline.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogBufferTest {

    private final LoggerContext context = new LoggerContext();
    private final LogBuffer buffer = new LogBuffer();

    @Nested
    class WhenFullOfOrdinaryLines {

        @Test
        void shouldDiscardTheNextAndSayHowMany() throws InterruptedException {
            offer(Level.INFO, LogBuffer.ORDINARY_LIMIT);
            offer(Level.DEBUG, 3);
            assertThat(buffer.depth()).isEqualTo(LogBuffer.ORDINARY_LIMIT);
            assertThat(take().discarded()).isEqualTo(3);
            assertThat(take().discarded()).isZero();
        }

        @Test
        void shouldKeepWarningsAndErrors() {
            offer(Level.INFO, LogBuffer.ORDINARY_LIMIT);
            offer(Level.WARN, 500);
            offer(Level.ERROR, 500);
            assertThat(buffer.depth()).isEqualTo(LogBuffer.ORDINARY_LIMIT + 1000);
        }

        @Test
        void shouldBoundEvenWarnings() throws InterruptedException {
            offer(Level.WARN, LogBuffer.TOTAL_LIMIT + 7);
            assertThat(buffer.depth()).isEqualTo(LogBuffer.TOTAL_LIMIT);
            assertThat(take().discarded()).isEqualTo(7);
        }
    }

    @Nested
    class WhenClosed {

        @Test
        void shouldStillGiveWhatIsQueuedInOrderThenEnd() throws InterruptedException {
            buffer.offer(event(Level.INFO, "first"));
            buffer.offer(event(Level.INFO, "second"));
            buffer.close();
            buffer.offer(event(Level.ERROR, "too late"));
            assertThat(Objects.requireNonNull(take().event()).getMessage()).isEqualTo("first");
            assertThat(Objects.requireNonNull(take().event()).getMessage()).isEqualTo("second");
            assertThat(buffer.take()).isNull();
        }
    }

    private LogBuffer.Taken take() throws InterruptedException {
        return Objects.requireNonNull(buffer.take());
    }

    private void offer(Level level, int count) {
        ILoggingEvent event = event(level, "x");
        for (int i = 0; i < count; i++) {
            buffer.offer(event);
        }
    }

    private ILoggingEvent event(Level level, String message) {
        return new LoggingEvent("", context.getLogger("test"), level, message, null, null);
    }
}
