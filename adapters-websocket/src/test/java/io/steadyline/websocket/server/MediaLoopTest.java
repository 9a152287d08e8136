package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.Call;
import io.steadyline.call.CallLoop;
import io.steadyline.call.CallParts;
import io.steadyline.call.CallSettings;
import io.steadyline.pacing.LoadLimits;
import io.steadyline.signal.StreamMode;
import io.steadyline.testkit.CallHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.XnioWorker;

/** On XNIO's own thread. */
class MediaLoopTest {

    private OneIoThread io;
    private MediaLoop loop;

    @BeforeEach
    void open() throws IOException {
        io = new OneIoThread();
        loop = new MediaLoop(io.thread());
    }

    @AfterEach
    void close() {
        io.close();
    }

    @Test
    void shouldPauseOnceForEachRoundOfManyMessages() {
        long startNs = System.nanoTime();
        for (int round = 0; round < 50; round++) {
            io.call(this::fourMessages);
            // Runs behind the pause, which was asked for on the loop itself.
            io.call(() -> true);
        }
        assertThat(System.nanoTime() - startNs).as("50 rounds, ns").isGreaterThan(45 * TurnSpacing.SPACING_NS);
    }

    @Test
    void shouldWriteBehindEverythingThatIsReady() {
        List<String> order = new ArrayList<>();
        io.call(() -> {
            // As two sockets that are ready in one round, or a bot's audio and a socket.
            io.thread().execute(() -> order.add("second message"));
            loop.writeAtRoundEnd(() -> order.add("first write"));
            loop.writeAtRoundEnd(() -> order.add("second write"));
            return order.add("first message");
        });
        io.call(() -> true);
        assertThat(order).containsExactly("first message", "second message", "first write", "second write");
    }

    @Test
    void shouldWriteForTheOthersWhenOneWriteFails() {
        List<String> order = new ArrayList<>();
        io.call(() -> {
            loop.writeAtRoundEnd(() -> {
                throw new IllegalStateException("a failure of our own");
            });
            loop.writeAtRoundEnd(() -> order.add("written"));
            return true;
        });
        io.call(() -> true);
        io.call(() -> true);
        assertThat(order).containsExactly("written");
    }

    @Test
    void shouldWriteInTheSameRoundWhatAWriteBringsAbout() {
        List<String> order = new ArrayList<>();
        io.call(() -> {
            loop.writeAtRoundEnd(() -> {
                io.thread().execute(() -> order.add("next task"));
                loop.writeAtRoundEnd(() -> order.add("next of the same call"));
            });
            return true;
        });
        io.call(() -> true);
        io.call(() -> true);
        assertThat(order).containsExactly("next of the same call", "next task");
    }

    @Test
    void shouldNotLetMoreThan64WritesWaitForTheRest() {
        List<Integer> written = new ArrayList<>();
        io.call(() -> {
            for (int i = 1; i < 64; i++) {
                loop.writeAtRoundEnd(() -> written.add(0));
                loop.onMessage(loop.nowNs());
            }
            assertThat(written).isEmpty();
            loop.writeAtRoundEnd(() -> written.add(0));
            loop.onMessage(loop.nowNs());
            assertThat(written).hasSize(64);
            return true;
        });
    }

    /** As when 60 frames of a thousand calls are ready at once: nobody's audio waits for all of them. */
    @Test
    void shouldMeetDeadlinesAndWriteInTheMiddleOfALongRound() {
        List<String> order = new ArrayList<>();
        io.call(() -> {
            CallLoop calls = serveOneCall(new Nobody());
            long dueNs = calls.nextDueNs();
            waitUntil(dueNs + MediaLoop.OVERDUE_LIMIT_NS);
            loop.writeAtRoundEnd(() -> order.add("written"));
            assertThat(calls.nextDueNs()).isEqualTo(dueNs);
            loop.onMessage(loop.nowNs());
            assertThat(calls.nextDueNs()).isGreaterThan(dueNs);
            assertThat(order).containsExactly("written");
            return true;
        });
    }

    /** The timer is up to two milliseconds late, and what it brings about would be written a round later. */
    @Test
    void shouldMeetDeadlinesAtTheEndOfARoundBeforeTheTimerComes() {
        List<Boolean> met = new ArrayList<>();
        io.call(() -> {
            CallLoop calls = serveOneCall(new Nobody());
            long dueNs = calls.nextDueNs();
            waitUntil(dueNs);
            loop.writeAtRoundEnd(() -> met.add(calls.nextDueNs() > dueNs));
            return true;
        });
        io.call(() -> true);
        assertThat(met).containsExactly(true);
    }

    @Test
    void shouldEndAPauseInTheMillisecondInWhichDeadlinesFallDue() {
        CallLoop calls = io.call(() -> serveOneCall(new Nobody()));
        long firstNs = io.call(calls::nextDueNs);
        for (int round = 0; round < 50; round++) {
            io.call(this::fourMessages);
            io.call(() -> {
                long nowNs = loop.nowNs();
                long dueNs = calls.nextDueNs();
                assertThat((dueNs - firstNs) % TurnSpacing.SPACING_NS)
                        .as("deadlines, ns apart")
                        .isZero();
                long pauseNs = loop.pauseNs(nowNs);
                if (pauseNs > 0) {
                    assertThat((dueNs - nowNs - pauseNs) % TurnSpacing.SPACING_NS)
                            .as("end of the pause before a deadline, ns")
                            .isZero();
                }
                return pauseNs;
            });
        }
        assertThat(io.call(calls::nextDueNs)).isGreaterThan(firstNs);
    }

    @Test
    void shouldHaveTheNameByWhichItsThreadIsLookedFor() {
        XnioWorker worker = GatewayServer.newWorker();
        try {
            assertThat(worker.getIoThread().getName()).startsWith(GatewayServer.LOOP_THREAD_PREFIX);
            assertThat(GatewayServer.LOOP_THREAD_PREFIX.length()).isLessThanOrEqualTo(15);
        } finally {
            worker.shutdownNow();
        }
    }

    /** For two seconds, with deadlines that are met in the middle of each: so only the rounds are late. */
    @Test
    void shouldTellHowLongRoundsAreAlsoWhenOneWriteBringsAboutAnother() {
        Nobody observer = new Nobody();
        io.call(() -> serveOneCall(observer));
        for (int round = 0; round < 150; round++) {
            io.call(() -> {
                loop.writeAtRoundEnd(() -> loop.writeAtRoundEnd(() -> {}));
                waitUntil(loop.nowNs() + 15_000_000);
                loop.onMessage(loop.nowNs());
                return true;
            });
        }
        assertThat(io.call(() -> observer.latenessNs)).isGreaterThan(14_000_000);
    }

    private CallLoop serveOneCall(Nobody observer) {
        CallHarness fakes = new CallHarness(CallSettings.DEFAULT);
        CallParts parts = new CallParts(CallSettings.DEFAULT, fakes.recogniser, fakes.agent, fakes.observer, () -> 0);
        CallLoop calls = new CallLoop(
                (facts, link, nowNs, waker) -> new Call(facts, link, parts, nowNs, waker),
                fakes.observer,
                loop,
                loop.nowNs());
        LoadLimits limits = new LoadLimits(Duration.ofMillis(10), 85, 0);
        loop.serve(calls, new LoadWatch(limits, loop, calls, observer, new BusyTime(Path.of("/none"))), () -> {});
        calls.onStreamStarted(
                CallHarness.facts(CallHarness.CALL_ID, "MZ1", StreamMode.BIDIRECTIONAL), fakes.peer, loop.nowNs());
        loop.rearm();
        return calls;
    }

    private void waitUntil(long atNs) {
        while (loop.nowNs() - atNs < 0) {
            Thread.onSpinWait();
        }
    }

    private boolean fourMessages() {
        for (int i = 0; i < TurnSpacing.MANY; i++) {
            loop.onMessage(System.nanoTime());
        }
        return true;
    }
}
