package io.steadyline.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeverBlockingAppenderTest {

    /** An output like a pipe whose reader has stopped reading: the first write waits until it is opened. */
    private static final class Output extends AppenderBase<ILoggingEvent> {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final CountDownLatch reached = new CountDownLatch(1);
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            reached.countDown();
            try {
                opened.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            lines.add(event.getFormattedMessage());
        }
    }

    private final LoggerContext context = new LoggerContext();
    private final Output output = new Output();
    private final NeverBlockingAppender appender = new NeverBlockingAppender();
    private final Logger logger = context.getLogger("test");

    @BeforeEach
    void setUp() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        output.setContext(context);
        output.start();
        appender.setContext(context);
        appender.addAppender(output);
        appender.start();
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    @AfterEach
    void release() {
        output.opened.countDown();
        appender.stop();
    }

    @Test
    void shouldReturnAtOnceWhileTheOutputIsBlockedAndReportWhatWasLost() throws InterruptedException {
        logger.info("first");
        assertThat(output.reached.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < LogBuffer.ORDINARY_LIMIT + 10; i++) {
            logger.info("line {}", i);
        }
        logger.error("the one that matters");
        output.opened.countDown();
        await().until(() -> output.lines.contains("the one that matters"));
        assertThat(output.lines)
                .contains("10 log lines were discarded: the output did not take them in time")
                .hasSize(1 + LogBuffer.ORDINARY_LIMIT + 1 + 1);
    }

    @Test
    void shouldWriteWhatIsQueuedBeforeItStops() {
        output.opened.countDown();
        for (int i = 0; i < 100; i++) {
            logger.info("line {}", i);
        }
        appender.stop();
        assertThat(output.lines).hasSize(100).startsWith("line 0").endsWith("line 99");
    }

    @Test
    void shouldStopThoughTheOutputStaysBlocked() throws InterruptedException {
        logger.info("first");
        assertThat(output.reached.await(10, TimeUnit.SECONDS)).isTrue();
        appender.stop();
        assertThat(appender.isStarted()).isFalse();
        assertThat(output.lines).isEmpty();
    }
}
