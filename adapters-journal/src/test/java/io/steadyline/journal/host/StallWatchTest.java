package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StallWatchTest {

    /** After a stop on a busy machine the process may wait even longer for a processor: then it is stopped once more. */
    private static final int TRIES = 10;

    @ParameterizedTest
    @ValueSource(longs = {300, 2000})
    void shouldTellThatTheProcessWasStopped(long lengthMs) throws Exception {
        try (ChildJvm child = ChildJvm.start(StallChild.class)) {
            assertThat(child.answer()).isEqualTo("ready");

            String told = stallOf(lengthMs, child);
            for (int i = 1; i < TRIES && !told.startsWith("STOPPED "); i++) {
                told = stallOf(lengthMs, child);
            }

            assertThat(told).startsWith("STOPPED ").contains("it was stopped from outside");
        }
    }

    private static String stallOf(long lengthMs, ChildJvm child) throws Exception {
        child.signal("STOP");
        Awaitility.await().pollDelay(Duration.ofMillis(lengthMs)).until(() -> true);
        child.signal("CONT");
        String told = child.answer();
        while (Long.parseLong(told.split(" ", 3)[1]) < lengthMs) {
            told = child.answer();
        }
        return told;
    }

    @Test
    void shouldTellThatGarbageWasCollected() throws Exception {
        try (ChildJvm child = ChildJvm.start(StallChild.class, "-Dgc=true", "-Xmx1g")) {
            assertThat(child.answer()).isEqualTo("ready");

            String told = child.answer();
            while (!told.startsWith("GC ")) {
                told = child.answer();
            }
            assertThat(told).contains("collecting garbage took ");
        }
    }

    @Test
    void shouldGiveASignOfLifeAgainAndAgain() throws Exception {
        CountDownLatch signs = new CountDownLatch(3);
        try (StallWatch watch = StallWatch.start(signs::countDown, stall -> {})) {
            assertThat(signs.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.isTicking()).isTrue();
        }
    }

    @Test
    void shouldEndItsThreadWhenClosed() throws Exception {
        StallWatch watch = StallWatch.start(() -> {}, stall -> {});
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals("stall-watch"))
                .findFirst()
                .orElseThrow();
        assertThat(thread.isDaemon()).isTrue();

        watch.close();

        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }
}
