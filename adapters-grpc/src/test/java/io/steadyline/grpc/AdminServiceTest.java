package io.steadyline.grpc;

import static io.steadyline.grpc.Times.timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.admin.v1.AudioEncoding;
import io.steadyline.admin.v1.AudioFormat;
import io.steadyline.admin.v1.CallAge;
import io.steadyline.admin.v1.CheckFinding;
import io.steadyline.admin.v1.CheckSessionRequest;
import io.steadyline.admin.v1.CheckSessionResponse;
import io.steadyline.admin.v1.Drain;
import io.steadyline.admin.v1.Dropped;
import io.steadyline.admin.v1.EndSessionRequest;
import io.steadyline.admin.v1.EndSessionResponse;
import io.steadyline.admin.v1.GetServerInfoRequest;
import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.GetSessionRequest;
import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.ListSessionsResponse;
import io.steadyline.admin.v1.QueueCounters;
import io.steadyline.admin.v1.QueueName;
import io.steadyline.admin.v1.RxMode;
import io.steadyline.admin.v1.RxRecord;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.Session;
import io.steadyline.admin.v1.SessionEnd;
import io.steadyline.admin.v1.SessionEndParty;
import io.steadyline.admin.v1.SessionEndReason;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.admin.v1.SetDrainRequest;
import io.steadyline.admin.v1.SetDrainResponse;
import io.steadyline.admin.v1.Side;
import io.steadyline.admin.v1.StreamMode;
import io.steadyline.admin.v1.Track;
import io.steadyline.admin.v1.TxRecord;
import io.steadyline.admin.v1.Verdict;
import io.steadyline.admin.v1.WatchSessionsRequest;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.FaultSide;
import io.steadyline.telemetry.Finding;
import io.steadyline.telemetry.GoNoGo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServiceTest {

    private final TestPlane plane = TestPlane.loopback();
    private final AdminGrpc.AdminBlockingStub admin = plane.admin();

    @AfterEach
    void stop() {
        plane.close();
    }

    private static StatusRuntimeException refusal(Runnable call) {
        StatusRuntimeException thrown = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(thrown).as("refusal").isNotNull();
        return thrown;
    }

    private static void assertRefused(Runnable call, Status.Code code, String reason, String sentence) {
        StatusRuntimeException refusal = refusal(call);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).isEqualTo(sentence);
        assertThat(TestPlane.details(refusal).getReason()).isEqualTo(reason);
        assertThat(TestPlane.details(refusal).getDomain()).isEqualTo("steadyline.io");
    }

    @Nested
    class ServerInfo {

        @Test
        void shouldTellWhatRuns() {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.put(TestCalls.ended("CA2", 2));
            plane.server.setDraining(true, "test");

            assertThat(admin.getServerInfo(GetServerInfoRequest.getDefaultInstance()))
                    .isEqualTo(GetServerInfoResponse.newBuilder()
                            .setVersion("0.1.0")
                            .setBootId("boot-1")
                            .setAppSha("abc123")
                            .setPid(4711)
                            .setStartedAt(Timestamp.newBuilder()
                                    .setSeconds(FakeServer.INFO.startedAt().getEpochSecond())
                                    .setNanos(678_000_000))
                            .setJavaVersion("25.0.1")
                            .setDraining(true)
                            .setMaxCalls(100)
                            .setLiveCalls(1)
                            .setBootNumber(18)
                            .setCallsSurvive("yes (keeper)")
                            .setDrain(Drain.newBuilder()
                                    .setSince(timestamp(FakeServer.DRAIN_SINCE))
                                    .setReason("test"))
                            .addCalls(age("CA1"))
                            .build());
        }

        @Test
        void shouldTellTheFiftyOldestCallsAndHowManyThereAre() {
            IntStream.rangeClosed(1, 51).forEach(i -> plane.directory.put(TestCalls.live("CA" + i, 100 - i)));
            plane.directory.put(TestCalls.ended("CA99", 1));

            GetServerInfoResponse info = admin.getServerInfo(GetServerInfoRequest.getDefaultInstance());
            assertThat(info.getLiveCalls()).isEqualTo(51);
            assertThat(info.getCallsList())
                    .extracting(CallAge::getCallId)
                    .hasSize(50)
                    .startsWith("CA51", "CA50")
                    .endsWith("CA2");
            assertThat(info.hasDrain()).isFalse();
        }
    }

    private static CallAge.Builder age(String callId) {
        return CallAge.newBuilder()
                .setCallId(callId)
                .setAge(Times.duration(TestCalls.live(callId, 1).age()));
    }

    @Nested
    class Listing {

        private List<String> ids(ListSessionsRequest.Builder request) {
            return admin.listSessions(request.build()).getSessionsList().stream()
                    .map(Session::getCallId)
                    .toList();
        }

        @Test
        void shouldTellLiveCallsOldestFirstThenEndedOnesLatestFirst() {
            plane.directory.put(TestCalls.ended("CA1", 1));
            plane.directory.put(TestCalls.live("CA4", 4));
            plane.directory.put(TestCalls.ended("CA2", 2));
            plane.directory.put(TestCalls.live("CA3", 3));

            assertThat(ids(ListSessionsRequest.newBuilder())).containsExactly("CA3", "CA4", "CA2", "CA1");
        }

        @Test
        void shouldFilterByState() {
            plane.directory.put(TestCalls.call("CA1", 1, CallState.DRAINING, CallVerdict.UNJUDGED));
            plane.directory.put(TestCalls.call("CA2", 2, CallState.CONNECTING, CallVerdict.UNJUDGED));
            plane.directory.put(TestCalls.ended("CA3", 3));

            assertThat(ids(ListSessionsRequest.newBuilder()
                            .addStates(SessionState.SESSION_STATE_DRAINING)
                            .addStates(SessionState.SESSION_STATE_CLOSED)))
                    .containsExactly("CA1", "CA3");
        }

        @Test
        void shouldFilterUnhealthyOnes() {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.put(TestCalls.call("CA2", 2, CallState.ACTIVE, TestCalls.UNHEALTHY));

            assertThat(ids(ListSessionsRequest.newBuilder().setUnhealthyOnly(true)))
                    .containsExactly("CA2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ca17", "Z17", "MZ17"})
        void shouldFilterByTextInEitherId(String text) {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.put(TestCalls.live("CA17", 2));

            assertThat(ids(ListSessionsRequest.newBuilder().setText(text))).containsExactly("CA17");
        }

        @Test
        void shouldFilterByTextInTheAgentsName() {
            plane.directory.put(TestCalls.live("CA1", 1));

            assertThat(ids(ListSessionsRequest.newBuilder().setText("ECHO"))).containsExactly("CA1");
            assertThat(ids(ListSessionsRequest.newBuilder().setText("other"))).isEmpty();
        }

        @Test
        void shouldTurnPages() {
            IntStream.rangeClosed(1, 7).forEach(i -> plane.directory.put(TestCalls.live("CA" + i, i)));

            ListSessionsResponse first = admin.listSessions(
                    ListSessionsRequest.newBuilder().setPageSize(3).build());
            ListSessionsResponse second = admin.listSessions(ListSessionsRequest.newBuilder()
                    .setPageSize(3)
                    .setPageToken(first.getNextPageToken())
                    .build());
            ListSessionsResponse third = admin.listSessions(ListSessionsRequest.newBuilder()
                    .setPageSize(3)
                    .setPageToken(second.getNextPageToken())
                    .build());

            assertThat(first.getSessionsList()).extracting(Session::getCallId).containsExactly("CA1", "CA2", "CA3");
            assertThat(second.getSessionsList()).extracting(Session::getCallId).containsExactly("CA4", "CA5", "CA6");
            assertThat(third.getSessionsList()).extracting(Session::getCallId).containsExactly("CA7");
            assertThat(List.of(first, second, third))
                    .extracting(ListSessionsResponse::getTotal)
                    .containsOnly(7);
            assertThat(third.getNextPageToken()).isEmpty();
        }

        @Test
        void shouldHaveNoNextPageWhenTheLastOneIsFull() {
            IntStream.rangeClosed(1, 3).forEach(i -> plane.directory.put(TestCalls.live("CA" + i, i)));

            assertThat(admin.listSessions(ListSessionsRequest.newBuilder()
                                    .setPageSize(3)
                                    .build())
                            .getNextPageToken())
                    .isEmpty();
        }

        @Test
        void shouldSendAHundredByDefaultAndFiveHundredAtMost() {
            IntStream.rangeClosed(1, 501).forEach(i -> plane.directory.put(TestCalls.live("CA" + i, i)));

            assertThat(ids(ListSessionsRequest.newBuilder())).hasSize(100);
            assertThat(ids(ListSessionsRequest.newBuilder().setPageSize(500))).hasSize(500);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 501})
        void shouldRefuseAPageSizeOutOfRange(int pageSize) {
            assertRefused(
                    () -> ids(ListSessionsRequest.newBuilder().setPageSize(pageSize)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "page_size: " + pageSize + " (expected: 1 to 500, or 0 for 100)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"!", "AAAA", "TCAx", "TCAxIHggQ0E", "TCA5OTk5OTk5OTk5OTk5OTk5OTkgMCBDQQ", "%"})
        void shouldRefuseAPageTokenThatIsNotItsOwn(String token) {
            assertRefused(
                    () -> ids(ListSessionsRequest.newBuilder().setPageToken(token)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "page_token: '" + token + "' (expected: next_page_token of the page before, or nothing)");
        }

        @Test
        void shouldRefuseAStateThatIsNone() {
            assertRefused(
                    () -> ids(ListSessionsRequest.newBuilder().addStatesValue(99)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "states: UNRECOGNIZED (expected: CONNECTING, ACTIVE, DRAINING, LINGERING or CLOSED)");
        }

        @Test
        void shouldRefuseATextThatIsTooLong() {
            assertThat(ids(ListSessionsRequest.newBuilder().setText("x".repeat(128))))
                    .isEmpty();
            assertRefused(
                    () -> ids(ListSessionsRequest.newBuilder().setText("x".repeat(129))),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "text: 129 characters (expected: at most 128 characters)");
        }
    }

    @Nested
    class Getting {

        private GetSessionResponse get(String id) {
            return admin.getSession(GetSessionRequest.newBuilder().setId(id).build());
        }

        @Test
        void shouldTellEverythingOfACall() {
            plane.directory.put(TestCalls.call("CA1", 1, CallState.LINGERING, TestCalls.UNHEALTHY));

            assertThat(get("CA1").getSession())
                    .isEqualTo(Session.newBuilder()
                            .setCallId("CA1")
                            .setStreamId("MZ1")
                            .setDialect("twilio")
                            .setAccountId("AC7")
                            .setFormat(AudioFormat.newBuilder()
                                    .setEncoding(AudioEncoding.AUDIO_ENCODING_MULAW)
                                    .setSampleRateHz(8000)
                                    .setPtimeMs(20))
                            .setMode(StreamMode.STREAM_MODE_BIDIRECTIONAL)
                            .addTracks(Track.TRACK_INBOUND)
                            .addTracks(Track.TRACK_OUTBOUND)
                            .addParameterNames("lang")
                            .addParameterNames("tenant")
                            .setState(SessionState.SESSION_STATE_LINGERING)
                            .setStartedAt(Timestamp.newBuilder().setSeconds(1_767_225_601L))
                            .setAge(com.google.protobuf.Duration.newBuilder()
                                    .setSeconds(12)
                                    .setNanos(345_000_000))
                            .setAgent("Echo")
                            .setRecogniser("builtin")
                            .setResumes(2)
                            .setVerdict(Verdict.newBuilder()
                                    .setHealthy(false)
                                    .setFault(Side.SIDE_NETWORK)
                                    .setSecondsJudged(9)
                                    .setSecondsUnhealthy(3)
                                    .setReason("fps_in=31 (expected: about 50)"))
                            .setLastSecond(SecondRecord.newBuilder()
                                    .setCallId("CA1")
                                    .setSecond(11)
                                    .setEndMonotonicNs(12_000_000_000L)
                                    .setState(SessionState.SESSION_STATE_LINGERING)
                                    .setRx(RxRecord.newBuilder()
                                            .setMode(RxMode.RX_MODE_DRAIN)
                                            .setFpsIn(50.1)
                                            .setDepthFrames(1)
                                            .setMaxDepthFrames(2)
                                            .setDrops(3)
                                            .setWriteMs(0.4)
                                            .setWritten(5)
                                            .setRefusals(6)
                                            .setSttDepthFrames(7)
                                            .setMissing(8)
                                            .setRefusedInput(9)
                                            .setMaxArrivalGapMs(10.5))
                                    .setTx(TxRecord.newBuilder()
                                            .setFps(49.9)
                                            .setDepthFrames(11)
                                            .setDrops(12)
                                            .setCleared(13)
                                            .setPlaying(true)
                                            .setSendDepthFrames(14)
                                            .setMaxLatenessMs(1.5)
                                            .setUnderruns(16))
                                    .setLoopLatenessMs(17.5))
                            .build());
        }

        @Test
        void shouldTellTheFourQueuesInTheOrderOfTheMedia() {
            plane.directory.put(TestCalls.live("CA1", 1));

            List<QueueCounters> queues = get("CA1").getQueuesList();

            assertThat(queues)
                    .extracting(QueueCounters::getQueue)
                    .containsExactly(
                            QueueName.QUEUE_NAME_RX,
                            QueueName.QUEUE_NAME_STT,
                            QueueName.QUEUE_NAME_TX,
                            QueueName.QUEUE_NAME_SEND);
            assertThat(queues.getFirst())
                    .isEqualTo(QueueCounters.newBuilder()
                            .setQueue(QueueName.QUEUE_NAME_RX)
                            .setIn(21)
                            .setOut(10)
                            .setDropped(Dropped.newBuilder()
                                    .setOverflow(1)
                                    .setCleared(2)
                                    .setClosed(3))
                            .setRefused(4)
                            .setDepth(5)
                            .setMaxDepth(6)
                            .setControlDepth(7)
                            .build());
        }

        @Test
        void shouldTellTheEndOfAnEndedCall() {
            plane.directory.put(TestCalls.ended("CA1", 1));

            assertThat(get("CA1").getSession().getEnd())
                    .isEqualTo(SessionEnd.newBuilder()
                            .setBy(SessionEndParty.SESSION_END_PARTY_CALLER)
                            .setReason(SessionEndReason.SESSION_END_REASON_HANG_UP)
                            .setDetail("the caller hung up")
                            .build());
        }

        @Test
        void shouldFindByStreamId() {
            plane.directory.put(TestCalls.live("CA1", 1));

            assertThat(get("MZ1").getSession().getCallId()).isEqualTo("CA1");
        }

        @Test
        void shouldSendTheLatestSecondsOldestFirst() {
            plane.directory.put(TestCalls.live("CA1", 1));
            IntStream.range(0, 120)
                    .forEach(i -> plane.directory.remember(TestCalls.second("CA1", i, CallState.ACTIVE)));

            GetSessionRequest.Builder request = GetSessionRequest.newBuilder().setId("CA1");

            assertThat(admin.getSession(request.build()).getSecondsList()).hasSize(120);
            assertThat(admin.getSession(request.setMaxSeconds(0).build()).getSecondsList())
                    .isEmpty();
            assertThat(admin.getSession(request.setMaxSeconds(2).build()).getSecondsList())
                    .extracting(SecondRecord::getSecond)
                    .containsExactly(118, 119);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 121})
        void shouldRefuseANumberOfSecondsOutOfRange(int seconds) {
            assertRefused(
                    () -> admin.getSession(GetSessionRequest.newBuilder()
                            .setId("CA1")
                            .setMaxSeconds(seconds)
                            .build()),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "max_seconds: " + seconds + " (expected: 0 to 120)");
        }

        @Test
        void shouldNameLiveCallsWhenTheIdIsUnknown() {
            IntStream.rangeClosed(1, 5).forEach(i -> plane.directory.put(TestCalls.live("CA" + i, i)));
            plane.directory.put(TestCalls.ended("CA6", 6));

            assertRefused(
                    () -> get("CA\n9"),
                    Status.Code.NOT_FOUND,
                    "UNKNOWN_SESSION",
                    "id: 'CA\\u000a9' (expected: id of a call or of its current stream;"
                            + " live: CA1, CA2, CA3 and 2 more)");
        }

        @Test
        void shouldSayThatNoCallIsLiveWhenTheIdIsUnknown() {
            assertRefused(
                    () -> get("CA9"),
                    Status.Code.NOT_FOUND,
                    "UNKNOWN_SESSION",
                    "id: 'CA9' (expected: id of a call or of its current stream; no call is live)");
        }

        @Test
        void shouldRefuseAnEmptyId() {
            assertRefused(
                    () -> get(""),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "id: '' (expected: a call id or stream id, 1 to 256 characters)");
        }

        @Test
        void shouldRefuseAnIdThatIsTooLong() {
            assertThat(refusal(() -> get("x".repeat(256))).getStatus().getCode())
                    .isEqualTo(Status.Code.NOT_FOUND);
            assertThat(refusal(() -> get("x".repeat(257))).getStatus().getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @Nested
    class Ending {

        private EndSessionResponse end(String id, String reason) {
            return admin.endSession(
                    EndSessionRequest.newBuilder().setId(id).setReason(reason).build());
        }

        @Test
        void shouldAskTheCallToEnd() {
            plane.directory.put(TestCalls.live("CA1", 1));

            assertThat(end("MZ1", "test\nover"))
                    .isEqualTo(EndSessionResponse.newBuilder()
                            .setCallId("CA1")
                            .setState(SessionState.SESSION_STATE_ACTIVE)
                            .build());
            assertThat(plane.directory.ends()).containsExactly("CA1: test\\u000aover");
        }

        @Test
        void shouldSayThatNoReasonWasGiven() {
            plane.directory.put(TestCalls.live("CA1", 1));

            end("CA1", " ");

            assertThat(plane.directory.ends()).containsExactly("CA1: no reason given");
        }

        @Test
        void shouldRefuseToEndAnEndedCall() {
            plane.directory.put(TestCalls.ended("CA1", 1));

            assertRefused(
                    () -> end("CA1", ""),
                    Status.Code.FAILED_PRECONDITION,
                    "SESSION_ENDED",
                    "call CA1 has already ended (HANG_UP by CALLER: the caller hung up)");
            assertThat(plane.directory.ends()).isEmpty();
        }

        @Test
        void shouldSayHowACallEndedThatWasFaster() {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.beforeEnd(() -> plane.directory.put(TestCalls.ended("CA1", 1)));

            assertRefused(
                    () -> end("CA1", ""),
                    Status.Code.FAILED_PRECONDITION,
                    "SESSION_ENDED",
                    "call CA1 has already ended (HANG_UP by CALLER: the caller hung up)");
        }

        @Test
        void shouldRefuseAnUnknownCall() {
            assertThat(refusal(() -> end("CA9", "")).getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        }

        @Test
        void shouldRefuseAReasonThatIsTooLong() {
            assertRefused(
                    () -> end("CA1", "x".repeat(201)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "reason: 201 characters (expected: at most 200 characters)");
        }
    }

    @Nested
    class Checking {

        private CheckSessionResponse check(String id) {
            return admin.checkSession(CheckSessionRequest.newBuilder().setId(id).build());
        }

        @Test
        void shouldSayGo() {
            plane.directory.put(TestCalls.live("CA1", 1));
            plane.directory.judged("CA1", new GoNoGo(true, 7, List.of()));

            assertThat(check("MZ1"))
                    .isEqualTo(CheckSessionResponse.newBuilder()
                            .setCallId("CA1")
                            .setGo(true)
                            .setSecondsJudged(7)
                            .setLive(true)
                            .build());
        }

        @Test
        void shouldSayNoGoAndWhy() {
            plane.directory.put(TestCalls.ended("CA1", 1));
            plane.directory.judged(
                    "CA1",
                    new GoNoGo(
                            false,
                            7,
                            List.of(
                                    new Finding(0, FaultSide.GATEWAY, "q=25 (expected: below 20)"),
                                    new Finding(-1, FaultSide.PROVIDER, "restarted"))));

            assertThat(check("CA1"))
                    .isEqualTo(CheckSessionResponse.newBuilder()
                            .setCallId("CA1")
                            .setGo(false)
                            .setSecondsJudged(7)
                            .addFindings(CheckFinding.newBuilder()
                                    .setSecond(0)
                                    .setSide(Side.SIDE_GATEWAY)
                                    .setText("q=25 (expected: below 20)"))
                            .addFindings(CheckFinding.newBuilder()
                                    .setSide(Side.SIDE_PROVIDER)
                                    .setText("restarted"))
                            .build());
        }

        @Test
        void shouldRefuseAnUnknownCall() {
            assertThat(refusal(() -> check("CA9")).getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        }

        @Test
        void shouldRefuseACallThatWasForgottenMeanwhile() {
            plane.directory.put(TestCalls.live("CA1", 1));

            assertThat(refusal(() -> check("CA1")).getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        }
    }

    @Nested
    class Draining {

        private SetDrainResponse drain(boolean on, String reason) {
            return admin.setDrain(
                    SetDrainRequest.newBuilder().setOn(on).setReason(reason).build());
        }

        @Test
        void shouldSwitchOnAndOff() {
            plane.directory.put(TestCalls.live("CA1", 1));

            assertThat(drain(true, "deploy"))
                    .isEqualTo(SetDrainResponse.newBuilder()
                            .setDraining(true)
                            .setLiveCalls(1)
                            .setDrain(Drain.newBuilder()
                                    .setSince(timestamp(FakeServer.DRAIN_SINCE))
                                    .setReason("deploy"))
                            .addCalls(age("CA1"))
                            .build());
            assertThat(drain(false, ""))
                    .isEqualTo(SetDrainResponse.newBuilder()
                            .setLiveCalls(1)
                            .addCalls(age("CA1"))
                            .build());
            assertThat(plane.server.asked()).containsExactly("true: deploy", "false: no reason given");
        }

        @Test
        void shouldTellTheDeadlineWhileStopping() {
            plane.server.stop();

            assertThat(drain(true, "again").getDrain())
                    .isEqualTo(Drain.newBuilder()
                            .setSince(timestamp(FakeServer.DRAIN_SINCE))
                            .setReason("the process was told to stop")
                            .setDeadline(timestamp(FakeServer.DEADLINE))
                            .build());
        }

        @Test
        void shouldRefuseToTakeCallsAgainWhileStopping() {
            plane.server.stop();

            assertRefused(
                    () -> drain(false, ""),
                    Status.Code.FAILED_PRECONDITION,
                    "STOPPING",
                    "on: false (expected: true; the process is stopping, and that cannot be taken back)");
        }
    }

    @Nested
    class ABugOfOurs {

        @Test
        void shouldAnswerWithAnIdAndLogItOnce() {
            try (LogLines lines = LogLines.of(Failures.class)) {
                StatusRuntimeException refusal = refusal(() -> admin.getSession(
                        GetSessionRequest.newBuilder().setId(FakeDirectory.BUG).build()));

                String errorId = TestPlane.details(refusal).getMetadataOrThrow("error_id");
                assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
                assertThat(refusal.getStatus().getDescription())
                        .contains(errorId)
                        .doesNotContain("secret detail");
                assertThat(lines.messages())
                        .containsExactly(
                                "admin: unexpected error " + errorId + " in steadyline.admin.v1.Admin/GetSession");
            }
        }

        @Test
        void shouldAnswerAWatchToo() {
            StatusRuntimeException refusal = refusal(() -> admin.watchSessions(WatchSessionsRequest.newBuilder()
                            .setId(FakeDirectory.BUG)
                            .build())
                    .forEachRemaining(message -> {}));

            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        }
    }

    @Nested
    class TheLog {

        @Test
        void shouldNameWhoEndedACallAndWhoDrains() {
            plane.directory.put(TestCalls.live("CA1", 1));
            try (LogLines lines = LogLines.of(AdminService.class)) {
                admin.endSession(EndSessionRequest.newBuilder()
                        .setId("CA1")
                        .setReason("test")
                        .build());
                admin.setDrain(SetDrainRequest.newBuilder().setOn(true).build());

                assertThat(lines.messages())
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .matches("admin: end of call CA1 asked by /127\\.0\\.0\\.1:\\d+ \\(test\\)"),
                                line -> assertThat(line)
                                        .matches("admin: drain on asked by /127\\.0\\.0\\.1:\\d+ \\(no reason"
                                                + " given\\)"));
            }
        }
    }
}
