package io.steadyline.call;

import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallEnd.Party;
import io.steadyline.signal.CallEnd.Reason;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.FaultSide;
import io.steadyline.telemetry.HealthLimits;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.SecondsStore;
import io.steadyline.telemetry.TxSecond;
import io.steadyline.testkit.CallHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LiveCallsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long ANCHOR_NS = 1_000_000_000;
    private static final CallEnd HANG_UP = new CallEnd(Party.CALLER, Reason.HANG_UP, "the peer said stop");

    private final List<CallEnd> asked = new ArrayList<>();
    private final SecondsStore store = new SecondsStore();
    private final LiveCalls calls = new LiveCalls(
            (id, end) -> id.value().equals("CA1") && asked.add(end), HealthLimits.R17, NOON, ANCHOR_NS, store);

    @Nested
    class OneCall {

        @Test
        void shouldBeKnownFromItsStart() {
            start("CA1", "MZ1", 0);
            CallView view = calls.find("CA1").orElseThrow();
            assertThat(view)
                    .isEqualTo(new CallView(
                            facts("CA1", "MZ1"),
                            CallState.CONNECTING,
                            NOON,
                            Duration.ZERO,
                            "",
                            "",
                            List.of(),
                            Optional.empty(),
                            CallVerdict.UNJUDGED,
                            0,
                            Optional.empty()));
            assertThat(calls.seconds(new CallId("CA1"))).isEmpty();
        }

        @Test
        void shouldShowWhatHappenedToIt() {
            start("CA1", "MZ1", 250);
            CallFacts facts = facts("CA1", "MZ1");
            calls.onMoment(facts, new CallMoment.SttRequested(at(250), "builtin"));
            calls.onMoment(facts, new CallMoment.AgentAttached(at(250), "echo"));
            calls.onMoment(
                    facts, new CallMoment.StateChanged(at(300), CallState.CONNECTING, CallState.ACTIVE, "first frame"));
            List<QueueCounts> queues = List.of(new QueueCounts(QueueName.RX, 5, 5, 0, 0, 0, 0, 0, 1, 0));
            calls.onSecond(facts, second("CA1", 0, 50), queues);
            CallFacts resumed = facts("CA1", "MZ2");
            calls.onMoment(resumed, new CallMoment.StreamResumed(at(1750), new StreamId("MZ2"), 5));
            CallView view = calls.find("CA1").orElseThrow();
            assertThat(view.startedAt()).isEqualTo(NOON.plusMillis(250));
            assertThat(view.age()).isEqualTo(Duration.ofMillis(1500));
            assertThat(view.recogniser()).isEqualTo("builtin");
            assertThat(view.agent()).isEqualTo("echo");
            assertThat(view.state()).isEqualTo(CallState.ACTIVE);
            assertThat(view.queues()).isEqualTo(queues);
            assertThat(view.lastSecond()).contains(second("CA1", 0, 50));
            assertThat(view.verdict()).isEqualTo(new CallVerdict(FaultSide.NONE, 1, 0, ""));
            assertThat(view.resumes()).isEqualTo(1);
            assertThat(view.facts()).isEqualTo(resumed);
            assertThat(view.end()).isEmpty();
        }

        /** Symptom: after an upgrade a call was as old as the new worker, and the oldest came last. */
        @Test
        void shouldBeAsOldAsItsFirstStreamWhereItGoesOnAfterARestart() {
            start("CA1", "MZ1", 250);
            calls.onMoment(
                    facts("CA1", "MZ1"),
                    new CallMoment.CallContinued(at(250), "boot-1", 17_000, 438, 0, 0, "exited with 75", true));
            calls.onSecond(facts("CA1", "MZ1"), second("CA1", 4, 50), List.of());
            CallView view = calls.find("CA1").orElseThrow();
            assertThat(view.startedAt()).isEqualTo(NOON.plusMillis(250 - 17_000));
            assertThat(view.age()).isEqualTo(Duration.ofMillis(5_000 + 17_000 - 250));
        }

        @Test
        void shouldAgeWithItsSeconds() {
            start("CA1", "MZ1", 0);
            calls.onSecond(facts("CA1", "MZ1"), second("CA1", 4, 50), List.of());
            assertThat(calls.find("CA1").orElseThrow().age()).isEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void shouldBeFoundByTheIdOfItsCurrentStream() {
            start("CA1", "MZ1", 0);
            start("CA2", "MZ2", 0);
            assertThat(calls.find("MZ2").orElseThrow().facts().callId().value()).isEqualTo("CA2");
            calls.onMoment(facts("CA2", "MZ3"), new CallMoment.StreamResumed(at(1), new StreamId("MZ3"), 5));
            assertThat(calls.find("MZ2")).isEmpty();
            assertThat(calls.find("MZ3")).isPresent();
            assertThat(calls.find("")).isEmpty();
            assertThat(calls.find("nobody")).isEmpty();
        }

        @Test
        void shouldBeJudged() {
            start("CA1", "MZ1", 0);
            assertThat(calls.judge(new CallId("CA1")).orElseThrow().go()).isFalse();
            calls.onSecond(facts("CA1", "MZ1"), second("CA1", 0, 50), List.of());
            assertThat(calls.judge(new CallId("CA1")).orElseThrow().go()).isTrue();
            calls.onSecond(facts("CA1", "MZ1"), second("CA1", 1, 20), List.of());
            assertThat(calls.judge(new CallId("CA1")).orElseThrow().go()).isFalse();
            assertThat(calls.judge(new CallId("nobody"))).isEmpty();
        }

        @Test
        void shouldRememberTwoMinutesOfSeconds() {
            start("CA1", "MZ1", 0);
            for (int second = 0; second < 125; second++) {
                calls.onSecond(facts("CA1", "MZ1"), second("CA1", second, 50), List.of());
            }
            assertThat(calls.seconds(new CallId("CA1")))
                    .hasSize(120)
                    .startsWith(second("CA1", 5, 50))
                    .endsWith(second("CA1", 124, 50));
            assertThat(calls.seconds(new CallId("nobody"))).isEmpty();
        }
    }

    @Nested
    class ManyCalls {

        @Test
        void shouldBeListedLiveFirst() {
            start("CA1", "MZ1", 100);
            start("CA2", "MZ2", 200);
            start("CA3", "MZ3", 300);
            start("CA4", "MZ4", 400);
            start("CA5", "MZ5", 50);
            end("CA2", 500);
            end("CA3", 600);
            assertThat(calls.calls())
                    .extracting(view -> view.facts().callId().value())
                    .containsExactly("CA5", "CA1", "CA4", "CA3", "CA2");
            assertThat(calls.calls().getLast().end()).contains(HANG_UP);
        }

        @Test
        void shouldForgetTheOldestOfTheEndedOnes() {
            start("live", "MZ", 0);
            for (int i = 0; i < 500; i++) {
                start("CA-" + i, "MZ-" + i, i);
                end("CA-" + i, i);
            }
            assertThat(calls.find("CA-0")).isPresent();
            start("one more", "MZ-x", 600);
            end("one more", 600);
            assertThat(calls.find("CA-0")).isEmpty();
            assertThat(calls.find("CA-1")).isPresent();
            assertThat(calls.find("live")).isPresent();
            assertThat(calls.calls()).hasSize(501);
        }

        @Test
        void shouldKeepTheSecondsOfACallWhoseNamesakeIsForgotten() {
            start("again", "MZ-1", 0);
            calls.onSecond(facts("again", "MZ-1"), second("again", 0, 10), List.of());
            end("again", 5);
            start("again", "MZ-2", 10);
            assertThat(calls.seconds(new CallId("again"))).isEmpty();
            CallSecond second = second("again", 0, 50);
            calls.onSecond(facts("again", "MZ-2"), second, List.of());

            for (int i = 0; i < 501; i++) {
                start("CA-" + i, "MZ-" + i, i);
                calls.onSecond(facts("CA-" + i, "MZ-" + i), second("CA-" + i, 0, 20), List.of());
                end("CA-" + i, i);
            }

            assertThat(calls.seconds(new CallId("again"))).containsExactly(second);
            assertThat(store.taken())
                    .as("500 that are remembered, and the live one")
                    .isEqualTo(501);
        }

        @Test
        void shouldForgetTheSecondsOfACallWhoseIdComesAgain() {
            for (int i = 0; i < 600; i++) {
                start("again", "MZ-" + i, i);
                calls.onSecond(facts("again", "MZ-" + i), second("again", 0, 10), List.of());
            }
            assertThat(store.taken()).isEqualTo(1);
        }

        @Test
        void shouldNotForgetALiveCallForAnEndedOneWithItsId() {
            start("again", "MZ1", 0);
            end("again", 1);
            start("again", "MZ2", 2);
            for (int i = 0; i < 501; i++) {
                start("CA-" + i, "MZ-" + i, i);
                end("CA-" + i, i);
            }
            assertThat(calls.find("again").orElseThrow().end()).isEmpty();
        }

        @Test
        void shouldTakeNoNoticeOfCallsThatItNeverSawStart() {
            calls.onMoment(facts("ghost", "MZ"), new CallMoment.FirstFrame(at(0)));
            calls.onSecond(facts("ghost", "MZ"), second("ghost", 0, 50), List.of());
            calls.onSendLateness(1);
            calls.onSttWrite(1);
            assertThat(calls.calls()).isEmpty();
        }
    }

    @Nested
    class Watching {

        @Test
        void shouldTellOfEverySecondUntilItIsClosed() {
            List<CallSecond> seen = new ArrayList<>();
            start("CA1", "MZ1", 0);
            calls.onSecond(facts("CA1", "MZ1"), second("CA1", 0, 50), List.of());
            CallDirectory.Watch watch = calls.watch(seen::add);
            calls.onSecond(facts("CA1", "MZ1"), second("CA1", 1, 50), List.of());
            calls.onSecond(facts("CA2", "MZ2"), second("CA2", 0, 50), List.of());
            watch.close();
            calls.onSecond(facts("CA1", "MZ1"), second("CA1", 2, 50), List.of());
            assertThat(seen).containsExactly(second("CA1", 1, 50), second("CA2", 0, 50));
        }
    }

    @Nested
    class Ending {

        @Test
        void shouldAskTheLoop() {
            assertThat(calls.end(new CallId("CA1"), "main\ntenance")).isTrue();
            assertThat(asked).containsExactly(new CallEnd(Party.OPERATOR, Reason.ADMIN_END, "main\\u000atenance"));
            assertThat(calls.end(new CallId("CA2"), "maintenance")).isFalse();
        }
    }

    @Test
    void shouldBeReadWhileItIsWritten() throws InterruptedException, ExecutionException {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService readers = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reads.add(readers.submit(() -> readUntil(done)));
            }
            for (int i = 0; i < 700; i++) {
                start("CA-" + i, "MZ-" + i, i);
                calls.onSecond(facts("CA-" + i, "MZ-" + i), second("CA-" + i, 0, 50), List.of());
                end("CA-" + i, i);
            }
            done.set(true);
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isPositive();
            }
        }
        assertThat(calls.calls()).hasSize(500);
    }

    private int readUntil(AtomicBoolean done) {
        int rounds = 0;
        do {
            for (CallView view : calls.calls()) {
                String id = view.facts().callId().value();
                calls.find(id)
                        .ifPresent(found ->
                                assertThat(found.facts().callId().value()).isEqualTo(id));
            }
            rounds++;
        } while (!done.get());
        return rounds;
    }

    private void start(String callId, String streamId, long ms) {
        CallFacts facts = facts(callId, streamId);
        CallObserver observer = calls;
        observer.onMoment(facts, new CallMoment.CallStarted(at(ms), facts));
    }

    private void end(String callId, long ms) {
        calls.onMoment(facts(callId, "MZ"), new CallMoment.CallEnded(at(ms), HANG_UP));
    }

    private static long at(long ms) {
        return ANCHOR_NS + ns(ms);
    }

    private static CallFacts facts(String callId, String streamId) {
        return CallHarness.facts(new CallId(callId), streamId, StreamMode.BIDIRECTIONAL);
    }

    private static CallSecond second(String callId, int number, double fpsIn) {
        RxSecond rx = new RxSecond(RxMode.NORMAL, fpsIn, 0, 1, 0, 0.01, 50, 0, 0, 0, 0, 20);
        TxSecond tx = new TxSecond(0, 0, 0, 0, false, 0, 0, 0);
        return new CallSecond(new CallId(callId), number, at(1000L * (number + 1)), CallState.ACTIVE, rx, tx, 0);
    }
}
