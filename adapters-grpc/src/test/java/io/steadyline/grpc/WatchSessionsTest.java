package io.steadyline.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.Session;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.admin.v1.Snapshot;
import io.steadyline.signal.CallState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WatchSessionsTest {

    private final TestPlane plane = new TestPlane(GrpcConfig.loopback(0)
            .withLimits(new GrpcLimits(1 << 20, Duration.ofSeconds(30), 100, 3, 256, 4096, Duration.ofSeconds(2))));

    @AfterEach
    void stop() {
        plane.close();
    }

    private static void awaitSnapshot(WatchReader reader) {
        Waits.until(() -> reader.snapshots().stream().anyMatch(Snapshot::getComplete));
    }

    private void publish(String callId, int second, CallState state) {
        plane.directory.publish(TestCalls.second(callId, second, state));
    }

    private static Status.Code code(Throwable status) {
        return Status.fromThrowable(status).getCode();
    }

    @Nested
    class OfAllCalls {

        @Test
        void shouldBeginWithTheLiveCalls() {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.put(TestCalls.live("CA2", 2));
            plane.directory.put(TestCalls.ended("CA3", 3));

            WatchReader reader = WatchReader.reading(plane, "");
            awaitSnapshot(reader);

            assertThat(reader.snapshots()).hasSize(1);
            assertThat(reader.snapshots().getFirst().getSessionsList())
                    .extracting(Session::getCallId)
                    .containsExactly("CA1", "CA2");
        }

        @Test
        void shouldBeginWithAnEmptySnapshotWhenThereAreNoCalls() {
            WatchReader reader = WatchReader.reading(plane, "");
            awaitSnapshot(reader);

            assertThat(reader.snapshots())
                    .containsExactly(Snapshot.newBuilder().setComplete(true).build());
        }

        @Test
        void shouldSendAGreatSnapshotInParts() {
            IntStream.range(0, 401).forEach(i -> plane.directory.put(TestCalls.live("CA" + i, i)));

            WatchReader reader = WatchReader.reading(plane, "");
            awaitSnapshot(reader);

            assertThat(reader.snapshots())
                    .extracting(Snapshot::getSessionsCount)
                    .containsExactly(200, 200, 1);
            assertThat(reader.snapshots()).extracting(Snapshot::getComplete).containsExactly(false, false, true);
        }

        @Test
        void shouldSendOneRecordPerCallAndSecondInOrder() {
            WatchReader reader = WatchReader.reading(plane, "");
            awaitSnapshot(reader);

            publish("CA1", 0, CallState.ACTIVE);
            publish("CA2", 0, CallState.ACTIVE);
            publish("CA1", 1, CallState.CLOSED);
            publish("CA2", 1, CallState.ACTIVE);

            Waits.until(() -> reader.seconds().size() == 4);
            assertThat(reader.seconds())
                    .extracting(second -> second.getCallId() + " " + second.getSecond())
                    .containsExactly("CA1 0", "CA2 0", "CA1 1", "CA2 1");
            assertThat(reader.isOver()).isFalse();
        }

        @Test
        void shouldLeaveTheDirectoryAloneAfterItWasCancelled() {
            WatchReader reader = WatchReader.reading(plane, "");
            awaitSnapshot(reader);
            assertThat(plane.directory.watchers()).isOne();

            reader.cancel();

            Waits.until(() -> plane.directory.watchers() == 0);
        }
    }

    @Nested
    class OfOneCall {

        @Test
        void shouldSendThatCallOnly() {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.put(TestCalls.live("CA2", 2));

            WatchReader reader = WatchReader.reading(plane, "MZ2");
            awaitSnapshot(reader);
            publish("CA1", 0, CallState.ACTIVE);
            publish("CA2", 5, CallState.ACTIVE);

            Waits.until(() -> !reader.seconds().isEmpty());
            assertThat(reader.snapshots().getFirst().getSessionsList())
                    .extracting(Session::getCallId)
                    .containsExactly("CA2");
            assertThat(reader.seconds()).extracting(SecondRecord::getSecond).containsExactly(5);
        }

        @Test
        void shouldEndWithTheFinalRecordWhenTheCallEnds() {
            plane.directory.put(TestCalls.live("CA1", 1));
            WatchReader reader = WatchReader.reading(plane, "CA1");
            awaitSnapshot(reader);

            publish("CA1", 0, CallState.LINGERING);
            publish("CA1", 1, CallState.CLOSED);

            assertThat(code(reader.end())).isEqualTo(Status.Code.OK);
            assertThat(reader.seconds())
                    .extracting(SecondRecord::getState)
                    .containsExactly(SessionState.SESSION_STATE_LINGERING, SessionState.SESSION_STATE_CLOSED);
            Waits.until(() -> plane.directory.watchers() == 0);
        }

        @Test
        void shouldEndWhenTheCallHasEndedWithoutAFinalRecord() {
            plane.directory.put(TestCalls.live("CA1", 1));
            WatchReader reader = WatchReader.reading(plane, "CA1");
            awaitSnapshot(reader);

            plane.directory.put(TestCalls.ended("CA1", 1));

            assertThat(code(reader.end())).isEqualTo(Status.Code.OK);
        }

        @Test
        void shouldEndWhenTheCallIsForgotten() {
            plane.directory.put(TestCalls.live("CA1", 1));
            WatchReader reader = WatchReader.reading(plane, "CA1");
            awaitSnapshot(reader);

            plane.directory.forget("CA1");

            assertThat(code(reader.end())).isEqualTo(Status.Code.OK);
        }

        @Test
        void shouldSendTheSnapshotOfAnEndedCallAndEnd() {
            plane.directory.put(TestCalls.ended("CA1", 1));

            WatchReader reader = WatchReader.reading(plane, "CA1");

            assertThat(code(reader.end())).isEqualTo(Status.Code.OK);
            assertThat(reader.snapshots().getFirst().getSessions(0).hasEnd()).isTrue();
        }

        @Test
        void shouldRefuseAnUnknownCall() {
            StatusRuntimeException refusal =
                    (StatusRuntimeException) WatchReader.reading(plane, "CA9").end();

            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(TestPlane.details(refusal).getReason()).isEqualTo("UNKNOWN_SESSION");
        }
    }

    @Nested
    class ASlowReader {

        private static final int BATCH = 100;

        /** More than the buffer and all that two sockets and gRPC can hold; a record is about 240 bytes. */
        private static final int MAX_BATCHES = 2000;

        @Test
        void shouldBeCutWhileAFastOneGoesOn() {
            plane.directory.put(TestCalls.live("CA1", 1));
            WatchReader fast = WatchReader.reading(plane, "CA1");
            awaitSnapshot(fast);
            WatchReader slow = WatchReader.notReading(plane, "CA1");
            awaitSnapshot(slow);
            assertThat(plane.directory.watchers()).isEqualTo(2);

            int published = 0;
            while (plane.directory.watchers() == 2 && published < BATCH * MAX_BATCHES) {
                for (int i = 0; i < BATCH; i++) {
                    publish("CA1", published++, CallState.ACTIVE);
                }
                int expected = published;
                Waits.until(() -> fast.seconds().size() == expected);
            }
            slow.readOn();
            StatusRuntimeException cut = (StatusRuntimeException) slow.end();

            assertThat(cut.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(cut.getStatus().getDescription())
                    .isEqualTo("watch of call CA1 cut: its reader fell more than 256 records behind (expected: a reader"
                            + " that keeps up with one record per call and second). Read faster, or watch one call"
                            + " by its id; watch again to continue with a fresh snapshot.");
            assertThat(TestPlane.details(cut).getReason()).isEqualTo("SLOW_READER");
            assertThat(inOrderFromZero(slow.seconds())).isTrue();

            publish("CA1", published, CallState.CLOSED);
            assertThat(code(fast.end())).isEqualTo(Status.Code.OK);
            assertThat(fast.seconds()).hasSize(published + 1);
            assertThat(inOrderFromZero(fast.seconds())).isTrue();
        }

        @Test
        void shouldBeCutAtTheBoundOfItsBufferAndNotBefore() {
            plane.directory.put(TestCalls.live("CA1", 1));
            WatchReader slow = WatchReader.notReading(plane, "");
            awaitSnapshot(slow);

            // No thread takes that fast what one loop puts: the bound is met whatever the connection takes.
            try (LogLines lines = LogLines.of(SessionWatch.class)) {
                for (int i = 0; i < 100_000; i++) {
                    publish("CA1", i, CallState.ACTIVE);
                }
                Waits.until(() -> plane.directory.watchers() == 0);
                slow.readOn();

                assertThat(Status.fromThrowable(slow.end()).getDescription())
                        .startsWith("watch of all calls cut: its reader fell more than 4096 records behind");
                assertThat(lines.messages())
                        .singleElement()
                        .asString()
                        .matches("admin: watch of all calls by /127\\.0\\.0\\.1:\\d+ cut, reader 4096 records behind");
            }
        }

        private static boolean inOrderFromZero(List<SecondRecord> seconds) {
            return IntStream.range(0, seconds.size())
                    .allMatch(i -> seconds.get(i).getSecond() == i);
        }
    }

    @Nested
    class Limits {

        @Test
        void shouldRefuseOneWatchTooManyUntilAnotherEnds() {
            List<WatchReader> readers = List.of(
                    WatchReader.reading(plane, ""), WatchReader.reading(plane, ""), WatchReader.reading(plane, ""));
            readers.forEach(WatchSessionsTest::awaitSnapshot);

            StatusRuntimeException refusal =
                    (StatusRuntimeException) WatchReader.reading(plane, "").end();
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(refusal.getStatus().getDescription())
                    .isEqualTo("watches: 3 are open (expected: fewer; close one, then try again)");
            assertThat(TestPlane.details(refusal).getReason()).isEqualTo("TOO_MANY_WATCHES");

            readers.getFirst().cancel();
            Waits.until(() -> plane.directory.watchers() == 2);
            awaitSnapshot(WatchReader.reading(plane, ""));
        }
    }

    @Nested
    class WhenTheProcessStops {

        @Test
        void shouldSaySo() {
            WatchReader reader = WatchReader.reading(plane, "");
            awaitSnapshot(reader);

            plane.plane.close();

            StatusRuntimeException end = (StatusRuntimeException) reader.end();
            assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(TestPlane.details(end).getReason()).isEqualTo("STOPPING");
            Waits.until(() -> plane.directory.watchers() == 0);
        }
    }
}
