package io.steadyline.journal.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.port.CallSlot;
import io.steadyline.restart.SlotSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    private static final int PAGES = 4;

    @TempDir
    Path dir;

    private Path file = Path.of("unset");

    @BeforeEach
    void place() {
        file = dir.resolve("recorder.slots");
    }

    private Recorder open(long boot) {
        return Recorder.open(file, new RecorderSettings(PAGES), Samples.boot(boot));
    }

    private static CallSlot call(Recorder recorder, String callId) {
        CallSlot slot = recorder.acquire();
        slot.bindSocket(1_000, 2_000);
        byte[] start = Samples.start(callId);
        assertThat(slot.bindCall(Samples.facts(callId, "MZ" + callId), 3, start, 0, start.length))
                .isTrue();
        slot.commit();
        return slot;
    }

    private static SlotSnapshot onlyCall(Recorder recorder) {
        return recorder.previous().orElseThrow().calls().getFirst();
    }

    @Nested
    class TheBootBefore {

        @Test
        void shouldNotExistAtFirst() {
            assertThat(open(1).previous()).isEmpty();
        }

        @Test
        void shouldBeKnownWithItsLastSignOfLife() {
            Recorder first = open(1);
            assertThat(first.isDurable()).isTrue();
            first.state(RecorderState.DRAINING, "SIGTERM from pid 7");
            first.heartbeat(1_700_000_123_456L, 77);
            Previous previous = open(2).previous().orElseThrow();
            assertThat(previous.bootId()).isEqualTo("boot-1");
            assertThat(previous.number()).isEqualTo(1);
            assertThat(previous.pid()).isEqualTo(4711);
            assertThat(previous.machineBootId()).isEqualTo(Samples.boot(1).machineBootId());
            assertThat(previous.startedAt()).isEqualTo(Samples.boot(1).startedAt());
            assertThat(previous.lastHeartbeat()).isEqualTo(Instant.ofEpochMilli(1_700_000_123_456L));
            assertThat(previous.lastHeartbeatNs()).isEqualTo(77);
            assertThat(previous.state()).isEqualTo(RecorderState.DRAINING);
            assertThat(previous.reason()).isEqualTo("SIGTERM from pid 7");
            assertThat(previous.damage()).isEmpty();
            assertThat(open(3).previous().orElseThrow().bootId()).isEqualTo("boot-2");
        }

        @Test
        void shouldLeaveItsLastLinesAndNoOthers() {
            Recorder first = open(1);
            first.line("of the first boot");
            Recorder second = open(2);
            List<String> written = IntStream.range(0, 5_000)
                    .mapToObj(i -> "line " + i + " häßlich")
                    .toList();
            written.forEach(second::line);
            List<String> read = open(3).previous().orElseThrow().lastLines();
            assertThat(read).hasSizeGreaterThan(1_500);
            assertThat(read).isEqualTo(written.subList(written.size() - read.size(), written.size()));
        }

        @Test
        void shouldLeaveTheBeginningOfALineThatIsTooLong() {
            open(1).line("ä".repeat(5_000));
            assertThat(open(2).previous().orElseThrow().lastLines())
                    .containsExactly("ä".repeat(LineRing.MAX_LINE_BYTES / 2));
        }
    }

    @Nested
    class ACall {

        @Test
        void shouldBeLeftAsItWasCommitted() {
            Recorder first = open(1);
            first.heartbeat(5_000, 1);
            CallSlot slot = call(first, "CA1");
            first.heartbeat(6_000, 2);
            slot.rxRing().put(7, (byte) 42);
            slot.txMessage().put(0, (byte) 43);
            slot.frameIn(12);
            slot.rxHandled(640, true);
            slot.txInHand(800, 300, true);
            slot.frameOut();
            slot.depths(1, 2, 3, 4);
            slot.playout(99, 2, 8);
            slot.commit();
            slot.frameIn(13);
            slot.rxHandled(960, false);
            assertThat(onlyCall(open(2)))
                    .isEqualTo(new SlotSnapshot(
                            slot.index(),
                            "CA1",
                            "MZCA1",
                            "twilio",
                            false,
                            "{\"event\":\"start\",\"callSid\":\"CA1\"}",
                            Instant.ofEpochMilli(5_000),
                            Instant.ofEpochMilli(6_000),
                            3,
                            1_000,
                            640,
                            true,
                            2_000,
                            800,
                            300,
                            true,
                            1,
                            1,
                            1,
                            2,
                            3,
                            4,
                            2,
                            99,
                            12,
                            8));
        }

        @Test
        void shouldGoOnInItsPageWithNewCounts() {
            CallSlot slot = call(open(1), "CA1");
            slot.rxRing().put(7, (byte) 42);
            slot.frameIn(12);
            slot.rxHandled(320, false);
            slot.commit();
            Recorder second = open(2);
            CallSlot adopted = second.adopt(onlyCall(second));
            assertThat(adopted.index()).isEqualTo(slot.index());
            assertThat(adopted.rxRing().get(7)).isEqualTo((byte) 42);
            adopted.frameIn(13);
            adopted.commit();
            SlotSnapshot left = onlyCall(open(3));
            assertThat(left.framesIn()).isEqualTo(1);
            assertThat(left.lastChunk()).isEqualTo(13);
            assertThat(left.rxHandled()).isEqualTo(320);
            assertThat(left.startMessage()).contains("CA1");
        }

        @Test
        void shouldNotBeLeftBeforeItsFirstCommit() {
            Recorder first = open(1);
            CallSlot slot = first.acquire();
            slot.bindSocket(0, 0);
            slot.commit();
            byte[] start = Samples.start("CA1");
            slot.bindCall(Samples.facts("CA1", "MZ1"), 0, start, 0, start.length);
            assertThat(open(2).previous().orElseThrow().calls()).isEmpty();
        }

        @Test
        void shouldNotBeLeftOnceItsPageIsFree() {
            Recorder first = open(1);
            CallSlot slot = call(first, "CA1");
            slot.release();
            slot.frameIn(1);
            slot.commit();
            slot.release();
            assertThat(open(2).previous().orElseThrow().calls()).isEmpty();
        }

        @Test
        void shouldReplaceTheOneBeforeInItsPage() {
            CallSlot slot = call(open(1), "CA1");
            byte[] start = Samples.start("CA2");
            slot.bindCall(Samples.facts("CA2", "MZ2"), 0, start, 0, start.length);
            assertThat(open(2).previous().orElseThrow().calls()).isEmpty();
        }

        @Test
        void shouldBeOnRecordWithoutAStartMessageThatHasNoRoom() {
            CallSlot slot = open(1).acquire();
            slot.bindSocket(0, 0);
            byte[] start = new byte[Layout.START_BYTES + 1];
            assertThat(slot.bindCall(Samples.facts("CA1", "MZ1"), 0, start, 0, start.length))
                    .isFalse();
            slot.commit();
            SlotSnapshot left = onlyCall(open(2));
            assertThat(left.callId()).isEqualTo("CA1");
            assertThat(left.startMessage()).isEmpty();
        }

        @Test
        void shouldHaveAWholeStartMessageUpToTheBound() {
            CallSlot slot = open(1).acquire();
            slot.bindSocket(0, 0);
            byte[] start = "x".repeat(Layout.START_BYTES + 5).getBytes(StandardCharsets.UTF_8);
            assertThat(slot.bindCall(Samples.facts("CA1", "MZ1"), 0, start, 5, Layout.START_BYTES))
                    .isTrue();
            slot.commit();
            assertThat(onlyCall(open(2)).startMessage()).hasSize(Layout.START_BYTES);
        }

        @Test
        void shouldNotBeBoundUnderAnIdThatHasNoRoom() {
            CallSlot slot = open(1).acquire();
            slot.bindSocket(0, 0);
            String id = "C".repeat(Binding.MAX_TEXT_BYTES + 1);
            assertThat(slot.bindCall(Samples.facts(id, "MZ1"), 0, new byte[0], 0, 0))
                    .isFalse();
            slot.commit();
            assertThat(open(2).previous().orElseThrow().calls()).isEmpty();
        }
    }

    @Nested
    class APage {

        @Test
        void shouldNotBeGivenAwayWhileACallIsLeftInIt() {
            Recorder first = open(1);
            call(first, "CA1");
            call(first, "CA2");
            Recorder second = open(2);
            List<SlotSnapshot> left = second.previous().orElseThrow().calls();
            assertThat(left).hasSize(2);
            Set<Integer> given = new HashSet<>();
            for (int i = 0; i < PAGES - 2; i++) {
                given.add(second.acquire().index());
            }
            assertThat(given)
                    .hasSize(2)
                    .doesNotContain(left.get(0).index(), left.get(1).index());
            assertThat(second.acquire().index()).isGreaterThanOrEqualTo(PAGES);
            second.discard(left.getFirst());
            assertThat(second.acquire().index()).isEqualTo(left.getFirst().index());
            assertThatThrownBy(() -> second.adopt(left.getFirst())).isInstanceOf(IllegalArgumentException.class);
            assertThat(open(3).previous().orElseThrow().calls()).containsExactly(left.get(1));
        }

        @Test
        void shouldBeInPlainMemoryWhenNoneIsFree() {
            Recorder recorder = open(1);
            for (int i = 0; i < PAGES; i++) {
                call(recorder, "CA" + i);
            }
            CallSlot spare = call(recorder, "CA-spare");
            assertThat(spare.index()).isEqualTo(PAGES);
            assertThat(spare.rxRing().isDirect()).isTrue();
            spare.release();
            assertThat(recorder.acquire().index()).isEqualTo(PAGES);
            assertThat(open(2).previous().orElseThrow().calls())
                    .extracting(SlotSnapshot::callId)
                    .containsExactlyInAnyOrder("CA0", "CA1", "CA2", "CA3");
        }

        @Test
        void shouldHaveTheSizesOfTheLayout() {
            CallSlot slot = open(1).acquire();
            assertThat(slot.rxRing().capacity()).isEqualTo(Layout.RX_BYTES);
            assertThat(slot.txMessage().capacity()).isEqualTo(Layout.TX_BYTES);
            assertThat(Layout.TX + Layout.TX_BYTES).isEqualTo(Layout.PAGE_BYTES);
        }
    }

    @Nested
    class TheFile {

        @Test
        void shouldBeOursAloneAndWithoutHoles() throws IOException {
            open(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.size(file)).isEqualTo(new RecorderSettings(PAGES).fileBytes());
        }

        @Test
        void shouldBePutAsideWhenItsHeaderIsDamaged() throws IOException {
            call(open(1), "CA1");
            byte[] content = Files.readAllBytes(file);
            content[3] ^= 1;
            Files.write(file, content);
            Recorder second = open(2);
            assertThat(second.isDurable()).isTrue();
            assertThat(second.previous().orElseThrow().damage())
                    .singleElement()
                    .asString()
                    .contains("damaged header");
            assertThat(second.previous().orElseThrow().calls()).isEmpty();
            assertThat(dir.resolve("recorder.slots.damaged")).hasBinaryContent(content);
        }

        @Test
        void shouldBePutAsideWhenItHasAnotherNumberOfPages() {
            call(open(1), "CA1");
            Recorder second = Recorder.open(file, new RecorderSettings(PAGES + 1), Samples.boot(2));
            assertThat(second.isDurable()).isTrue();
            assertThat(second.previous().orElseThrow().damage())
                    .singleElement()
                    .asString()
                    .contains("layout 1 with 4 pages")
                    .contains("expected 5");
            assertThat(dir.resolve("recorder.slots.damaged")).exists();
        }

        @Test
        void shouldNotBeTakenThroughALink() throws IOException {
            Path target = Files.writeString(dir.resolve("target"), "of somebody else");
            Files.createSymbolicLink(file, target);
            Recorder recorder = open(1);
            assertThat(recorder.isDurable()).isFalse();
            assertThat(recorder.whyNotDurable()).contains("no regular file");
            assertThat(target).hasContent("of somebody else");
        }

        @Test
        void shouldNotBeNeeded() throws IOException {
            Files.writeString(dir.resolve("blocked"), "a file where a directory is wanted");
            Recorder recorder = Recorder.open(
                    dir.resolve("blocked").resolve("recorder.slots"), new RecorderSettings(1), Samples.boot(1));
            assertThat(recorder.isDurable()).isFalse();
            assertThat(recorder.previous().orElseThrow().damage()).containsExactly(recorder.whyNotDurable());
            recorder.heartbeat(1, 1);
            recorder.line("a line");
            CallSlot slot = call(recorder, "CA1");
            slot.frameIn(1);
            slot.commit();
            slot.release();
            assertThat(slot.index()).isGreaterThanOrEqualTo(recorder.pages());
        }
    }
}
