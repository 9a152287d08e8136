package io.steadyline.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineLayoutTest {

    private final LoggerContext context = new LoggerContext();
    private final LineLayout layout = new LineLayout();
    private Map<String, String> mdc = Map.of();

    @BeforeEach
    void setUp() {
        context.putProperty(Logs.BOOT_ID, "7-3fa2");
    }

    @Nested
    class AnEvent {

        @Test
        void shouldBeOneLineWithAllThatOnCallNeeds() {
            mdc = Map.of(Logs.CALL_ID, "CA123");
            assertThat(line("RX: entering DRAIN mode (q=100)", null))
                    .isEqualTo("2026-01-01T12:00:00.007Z INFO  [boot 7-3fa2] [call CA123] CallLoop (media-loop): "
                            + "RX: entering DRAIN mode (q=100)\n");
        }

        @Test
        void shouldLeaveOutTheCallThatIsNotKnown() {
            assertThat(line("started", null)).contains("[boot 7-3fa2] CallLoop").doesNotContain("[call");
        }
    }

    @Nested
    class UntrustedText {

        static List<Arguments> texts() {
            return List.of(
                    Arguments.of("a\nb", "a\\nb"),
                    Arguments.of("a\rb", "a\\rb"),
                    Arguments.of("a\tb", "a\\tb"),
                    Arguments.of("\u001b[2J", "\\u001b[2J"),
                    Arguments.of("a\u2028b", "a\\u2028b"),
                    Arguments.of("a\u202eb", "a\\u202eb"),
                    Arguments.of("a\u0085b", "a\\u0085b"),
                    Arguments.of("größer …", "größer …"));
        }

        @ParameterizedTest
        @MethodSource("texts")
        void shouldNotForgeALineOrSteerATerminal(String text, String shown) {
            assertThat(line(text, null)).endsWith("): " + shown + "\n");
        }

        @Test
        void shouldNotForgeALineByACallIdOrAnException() {
            mdc = Map.of(Logs.CALL_ID, "CA1]\nFAKE");
            String line = line("x", new IllegalStateException("bad\nFAKE"));
            assertThat(line.lines()).hasSize(1);
        }

        @Test
        void shouldBeCutWhenItIsVeryLong() {
            assertThat(line("x".repeat(OneLine.MAX_CHARS + 5), null)).endsWith("x… (5 more characters)\n");
            assertThat(line("x".repeat(OneLine.MAX_CHARS), null)).endsWith("x\n");
        }
    }

    @Test
    void shouldKeepAnExceptionAndItsCausesInTheLine() {
        Exception thrown = new IllegalStateException("outer", new java.io.IOException("inner"));
        assertThat(line("call ended", thrown))
                .contains("call ended | java.lang.IllegalStateException: outer < io.steadyline.bootstrap.logging.")
                .contains(" | caused by java.io.IOException: inner")
                .satisfies(line -> assertThat(line.lines()).hasSize(1));
    }

    private String line(String message, @Nullable Throwable thrown) {
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("io.steadyline.call.CallLoop"), Level.INFO, message, thrown, null);
        event.setThreadName("media-loop");
        event.setInstant(Instant.parse("2026-01-01T12:00:00.007Z"));
        event.setMDCPropertyMap(mdc);
        return layout.doLayout(event);
    }
}
