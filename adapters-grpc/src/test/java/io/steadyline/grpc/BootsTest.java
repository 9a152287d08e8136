package io.steadyline.grpc;

import static io.steadyline.grpc.Times.duration;
import static io.steadyline.grpc.Times.timestamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.BootEnd;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.CallFate;
import io.steadyline.admin.v1.Confidence;
import io.steadyline.admin.v1.CutCall;
import io.steadyline.admin.v1.Evidence;
import io.steadyline.admin.v1.GetBootRequest;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.admin.v1.ListBootsResponse;
import io.steadyline.admin.v1.UpgradeRequest;
import io.steadyline.admin.v1.UpgradeResponse;
import io.steadyline.port.ServerControl.UpgradeAnswer;
import io.steadyline.restart.Cause;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restarts and upgrades over the wire. */
class BootsTest {

    private static final Boot CURRENT = boot("boot-1", 18).build();

    private final TestPlane plane = TestPlane.loopback();
    private final AdminGrpc.AdminBlockingStub admin = plane.admin();

    @AfterEach
    void stop() {
        plane.close();
    }

    private static Boot.Builder boot(String id, long number) {
        return Boot.newBuilder()
                .setBootId(id)
                .setNumber(number)
                .setStartedAt(timestamp(FakeHistory.STARTED))
                .setPid(4711)
                .setVersion("0.1.0")
                .setAppSha("abc123")
                .setProfile("production")
                .setMachineBootId("m-1")
                .addAllParents(List.of("java", "systemd"));
    }

    private static Boot ended(long number) {
        return boot("b" + number, number)
                .setEnd(BootEnd.newBuilder()
                        .setEndedAt(timestamp(FakeHistory.ENDED))
                        .setAway(duration(Duration.ofMillis(640)))
                        .setCause(BootEndCause.BOOT_END_CAUSE_SIGKILL)
                        .setConfidence(Confidence.CONFIDENCE_LIKELY)
                        .setSentence("SIGKILL from outside.")
                        .setAutoReload(true)
                        .setCallsAdopted(1)
                        .setCallsCut(1))
                .build();
    }

    private static CutCall call(String number, CallFate fate) {
        return CutCall.newBuilder()
                .setCallId("CA" + number)
                .setStreamId("MZ" + number)
                .setDialect("twilio")
                .setStartedAt(timestamp(FakeHistory.STARTED))
                .setAge(duration(Duration.ofSeconds(90)))
                .setLastSeen(timestamp(FakeHistory.ENDED.minusMillis(20)))
                .setFramesIn(4_500)
                .setFramesOut(3_000)
                .setLostInFrames(4)
                .setLostOutMs(160)
                .setMarksOutstanding(1)
                .setExact(true)
                .setFate(fate)
                .build();
    }

    private static void assertRefused(Runnable call, Status.Code code, String reason, String sentence) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).isEqualTo(sentence);
        assertThat(TestPlane.details(refusal).getReason()).isEqualTo(reason);
    }

    @Nested
    class Listing {

        private ListBootsResponse list(ListBootsRequest.Builder request) {
            return admin.listBoots(request.build());
        }

        private List<Long> numbers(ListBootsRequest.Builder request) {
            return list(request).getBootsList().stream().map(Boot::getNumber).toList();
        }

        @Test
        void shouldTellTheCurrentOneThoseBeforeItAndWhatRepeatsItself() {
            plane.history.add(FakeHistory.report(17, Cause.SIGKILL));
            plane.history.add(FakeHistory.report(16, Cause.SIGKILL));
            plane.history.pattern("SIGKILL about every 60 min.");

            assertThat(list(ListBootsRequest.newBuilder()))
                    .isEqualTo(ListBootsResponse.newBuilder()
                            .setCurrent(CURRENT)
                            .addBoots(ended(17))
                            .addBoots(ended(16))
                            .setTotal(2)
                            .setPattern("SIGKILL about every 60 min.")
                            .build());
        }

        @Test
        void shouldTellTheCurrentOneWhenNoneEnded() {
            assertThat(list(ListBootsRequest.newBuilder()))
                    .isEqualTo(
                            ListBootsResponse.newBuilder().setCurrent(CURRENT).build());
        }

        @Test
        void shouldFilterByCause() {
            plane.history.add(FakeHistory.report(17, Cause.UPGRADE));
            plane.history.add(FakeHistory.report(16, Cause.SIGKILL));
            plane.history.add(FakeHistory.report(15, Cause.KERNEL_OOM));

            assertThat(numbers(ListBootsRequest.newBuilder()
                            .addCauses(BootEndCause.BOOT_END_CAUSE_KERNEL_OOM)
                            .addCauses(BootEndCause.BOOT_END_CAUSE_UPGRADE)))
                    .containsExactly(17L, 15L);
        }

        @Test
        void shouldTurnPagesNewestFirst() {
            LongStream.iterate(17, number -> number > 10, number -> number - 1)
                    .forEach(number -> plane.history.add(FakeHistory.report(number, Cause.SIGKILL)));

            ListBootsResponse first = list(ListBootsRequest.newBuilder().setPageSize(3));
            ListBootsResponse second =
                    list(ListBootsRequest.newBuilder().setPageSize(3).setPageToken(first.getNextPageToken()));
            ListBootsResponse third =
                    list(ListBootsRequest.newBuilder().setPageSize(3).setPageToken(second.getNextPageToken()));

            assertThat(first.getBootsList()).extracting(Boot::getNumber).containsExactly(17L, 16L, 15L);
            assertThat(second.getBootsList()).extracting(Boot::getNumber).containsExactly(14L, 13L, 12L);
            assertThat(third.getBootsList()).extracting(Boot::getNumber).containsExactly(11L);
            assertThat(List.of(first, second, third))
                    .extracting(ListBootsResponse::getTotal)
                    .containsOnly(7);
            assertThat(third.getNextPageToken()).isEmpty();
        }

        @Test
        void shouldRefuseACauseThatIsNone() {
            assertRefused(
                    () -> numbers(ListBootsRequest.newBuilder().addCauses(BootEndCause.BOOT_END_CAUSE_UNSPECIFIED)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "causes: BOOT_END_CAUSE_UNSPECIFIED (expected: a cause, such as SIGKILL or KERNEL_OOM)");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 501})
        void shouldRefuseAPageSizeOutOfRange(int pageSize) {
            assertRefused(
                    () -> numbers(ListBootsRequest.newBuilder().setPageSize(pageSize)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "page_size: " + pageSize + " (expected: 1 to 500, or 0 for 100)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"!", "AAAA", "YmVmb3JlIHg", "17"})
        void shouldRefuseAPageTokenThatIsNotItsOwn(String token) {
            assertRefused(
                    () -> numbers(ListBootsRequest.newBuilder().setPageToken(token)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "page_token: '" + token + "' (expected: next_page_token of the page before, or nothing)");
        }
    }

    @Nested
    class One {

        private GetBootResponse get(String id) {
            return admin.getBoot(GetBootRequest.newBuilder().setId(id).build());
        }

        @ParameterizedTest
        @ValueSource(strings = {"b17", "17"})
        void shouldTellEverythingThatIsKnown(String id) {
            plane.history.add(FakeHistory.report(17, Cause.SIGKILL));

            assertThat(get(id))
                    .isEqualTo(GetBootResponse.newBuilder()
                            .setBoot(ended(17))
                            .addEvidence(Evidence.newBuilder()
                                    .setKind("wait_status")
                                    .setText("The keeper saw it killed by SIGKILL (9).")
                                    .setAt(timestamp(FakeHistory.ENDED.plusMillis(4))))
                            .addEvidence(Evidence.newBuilder()
                                    .setKind("auto_reload")
                                    .setText("A reloader may be behind it: nodemon is a parent."))
                            .addCalls(call("1", CallFate.CALL_FATE_ADOPTED))
                            .addCalls(call("2", CallFate.CALL_FATE_CUT))
                            .addLinesBefore("line 1")
                            .addLinesBefore("line 2")
                            .addLinesAfter("line 3")
                            .addDamage("journal: 3 bytes left over")
                            .build());
        }

        @ParameterizedTest
        @ValueSource(strings = {"current", "boot-1", "18"})
        void shouldBeTheCurrentOneToo(String id) {
            assertThat(get(id))
                    .isEqualTo(GetBootResponse.newBuilder().setBoot(CURRENT).build());
        }

        @Test
        void shouldSayWhichAreKept() {
            plane.history.add(FakeHistory.report(17, Cause.SIGKILL));
            plane.history.add(FakeHistory.report(12, Cause.SIGKILL));

            assertRefused(
                    () -> get("11"),
                    Status.Code.NOT_FOUND,
                    "UNKNOWN_BOOT",
                    "id: '11' (expected: id or number of a boot, or 'current'; kept: 12 to 17, current: 18)");
        }

        @Test
        void shouldSayThatNoneIsKept() {
            assertRefused(
                    () -> get("x\n"),
                    Status.Code.NOT_FOUND,
                    "UNKNOWN_BOOT",
                    "id: 'x\\u000a' (expected: id or number of a boot, or 'current'; no ended boot is kept, current:"
                            + " 18)");
        }

        @Test
        void shouldRefuseAnIdThatIsNone() {
            assertRefused(
                    () -> get(""),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "id: '' (expected: a boot id, a boot's number or 'current', 1 to 64 characters)");
            assertRefused(
                    () -> get("x".repeat(65)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "id: '" + "x".repeat(64)
                            + "…' (expected: a boot id, a boot's number or 'current', 1 to 64 characters)");
        }
    }

    @Nested
    class Upgrading {

        private UpgradeResponse upgrade(String jar) {
            return admin.upgrade(UpgradeRequest.newBuilder().setJar(jar).build());
        }

        @Test
        void shouldSayWhyItCannotBe() {
            assertThat(admin.upgrade(UpgradeRequest.getDefaultInstance()))
                    .isEqualTo(UpgradeResponse.newBuilder()
                            .setReason("nobody holds the sockets: start with --keep-calls")
                            .build());
            assertThat(plane.server.upgrades()).containsExactly("");
        }

        @Test
        void shouldPassOnTheJarAndTheAnswer() {
            plane.server.answerUpgrades(UpgradeAnswer.accepted("the keeper starts 0.2.0"));

            assertThat(upgrade("/opt/steadyline-0.2.0.jar"))
                    .isEqualTo(UpgradeResponse.newBuilder()
                            .setAccepted(true)
                            .setReason("the keeper starts 0.2.0")
                            .build());
            assertThat(plane.server.upgrades()).containsExactly("/opt/steadyline-0.2.0.jar");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "steadyline.jar"})
        void shouldRefuseAPathThatIsNotAbsolute(String jar) {
            assertRefused(
                    () -> upgrade(jar),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "jar: '" + jar
                            + "' (expected: an absolute path on the gateway's machine, at most 4096 characters)");
            assertThat(plane.server.upgrades()).isEmpty();
        }

        @Test
        void shouldRefuseAPathThatIsTooLong() {
            assertRefused(
                    () -> upgrade("/" + "x".repeat(4_096)),
                    Status.Code.INVALID_ARGUMENT,
                    "INVALID_FIELD",
                    "jar: '/" + "x".repeat(63)
                            + "…' (expected: an absolute path on the gateway's machine, at most 4096 characters)");
        }

        @Test
        void shouldBeLoggedWithWhoAskedForIt() {
            try (LogLines lines = LogLines.of(AdminService.class)) {
                upgrade("/opt/a\nb.jar");

                assertThat(lines.messages())
                        .singleElement()
                        .asString()
                        .matches("admin: upgrade asked by /127\\.0\\.0\\.1:\\d+ \\(/opt/a\\\\u000ab\\.jar\\): refused,"
                                + " nobody holds the sockets: start with --keep-calls");
            }
        }
    }
}
