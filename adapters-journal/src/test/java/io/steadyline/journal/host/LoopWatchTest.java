package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopWatchTest {

    private static final long SECOND = 1_000_000_000L;

    /** Three seconds before the clock's numbers wrap around. */
    private static final long START = shortBeforeTheWrap();

    private final AtomicLong turn = new AtomicLong(START);
    private LoopWatch watch = new LoopWatch(turn::get, Duration.ofSeconds(5), Thread.currentThread(), START);

    @BeforeEach
    void setUp() {
        watch = new LoopWatch(turn::get, Duration.ofSeconds(5), Thread.currentThread(), START);
    }

    private static long shortBeforeTheWrap() {
        return Long.MAX_VALUE - 3 * SECOND;
    }

    private boolean lookAfter(int seconds) {
        return watch.isStuck(START + seconds * SECOND);
    }

    @Test
    void shouldFindALoopStuckAtItsBound() {
        for (int second = 1; second < 5; second++) {
            assertThat(lookAfter(second)).isFalse();
        }
        assertThat(watch.isStuck(START + 5 * SECOND - 1)).isFalse();
        assertThat(lookAfter(5)).isTrue();
        assertThat(lookAfter(6)).isTrue();
        assertThat(watch.silentFor()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void shouldBeginAnewWithEachTurn() {
        lookAfter(4);
        turn.addAndGet(1);

        assertThat(lookAfter(5)).isFalse();
        assertThat(watch.silentFor()).isZero();
        assertThat(watch.stack()).isEmpty();
        assertThat(lookAfter(6)).isFalse();
    }

    @Test
    void shouldNotBlameALoopForTheTimeThatTheWholeProcessStoodStill() {
        assertThat(lookAfter(1)).isFalse();

        assertThat(lookAfter(3600)).isFalse();

        assertThat(watch.silentFor()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldKeepWhereTheLoopHangs() throws InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        Thread loop = Thread.ofPlatform().name("media-loop").daemon().start(() -> {
            try {
                hang.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        Awaitility.await().until(() -> loop.getState() == Thread.State.WAITING);
        watch = new LoopWatch(turn::get, Duration.ofSeconds(5), loop, START);

        lookAfter(1);
        assertThat(watch.stack()).isEmpty();
        lookAfter(2);
        lookAfter(3);

        assertThat(watch.stack()).anyMatch(frame -> frame.getMethodName().contains("shouldKeepWhereTheLoopHangs"));
        assertThat(watch.sentence())
                .startsWith("media-loop has not come round for 3000 ms; it is WAITING\n    at ")
                .contains("LoopWatchTest");
        hang.countDown();
        loop.join();
    }

    @Test
    void shouldRefuseABoundOfNothing() {
        assertThatThrownBy(() -> new LoopWatch(turn::get, Duration.ZERO, Thread.currentThread(), START))
                .hasMessage("bound: PT0S (expected: more than 0)");
    }
}
