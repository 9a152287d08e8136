package io.steadyline.journal.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.port.CallSlot;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the file: opening never fails, no wrong call comes out of it, and no difference goes untold. */
class RecorderDamageTest {

    private static final int PAGES = 6;
    private static final int RUNS = 2_000;
    /** Where the fields are; a bit somewhere in the file hits mostly rings, which nobody checks. */
    private static final int[] FIELDS = {
        0,
        Layout.PROCESS,
        Layout.PROCESS + 512,
        Layout.PROCESS + 1024,
        Layout.LINES,
        Layout.LINES + Layout.SYSTEM_PAGE,
        Layout.pageAt(0),
        Layout.pageAt(1),
        Layout.pageAt(2),
        Layout.pageAt(3),
        Layout.pageAt(4),
        Layout.pageAt(5)
    };

    @TempDir
    Path dir;

    @Test
    void shouldNeverReviveAWrongCall() throws IOException {
        Path file = dir.resolve("recorder.slots");
        fill(Recorder.open(file, new RecorderSettings(PAGES), Samples.boot(1)));
        byte[] whole = Files.readAllBytes(file);
        Previous expected = reopen(file);
        assertThat(expected.calls()).hasSize(3);
        assertThat(expected.damage()).isEmpty();
        int[] told = new int[1];
        Seeds.forEach(RUNS, (seed, random) -> {
            byte[] damaged = damaged(whole, random);
            Files.write(file, damaged);
            Previous found = reopen(file);
            for (SlotSnapshot call : found.calls()) {
                assertThat(expected.calls()).contains(call);
            }
            if (!same(expected, found)) {
                assertThat(found.damage()).as("the differences").isNotEmpty();
            }
            told[0] += found.damage().isEmpty() ? 0 : 1;
        });
        System.out.println("recorder: " + RUNS + " damaged files opened, " + told[0] + " told their damage");
    }

    private static void fill(Recorder recorder) {
        recorder.heartbeat(1_700_000_001_000L, 1);
        recorder.state(RecorderState.SERVING, "ready");
        for (int i = 0; i < 2_000; i++) {
            recorder.line("log line " + i + " with some words in it");
        }
        for (int i = 0; i < 4; i++) {
            CallSlot slot = recorder.acquire();
            slot.bindSocket(100L * i, 200L * i);
            byte[] start = Samples.start("CA" + i);
            slot.bindCall(Samples.facts("CA" + i, "MZ" + i), i, start, 0, start.length);
            for (int frame = 0; frame < 10 + i; frame++) {
                slot.frameIn(frame);
                slot.rxHandled(320L * frame, false);
                slot.frameOut();
                slot.txInHand(200L * frame, 200, true);
                slot.depths(1, 2, 3, i);
                slot.playout(123_456_789L * frame, i, frame);
                slot.commit();
            }
            if (i == 1) {
                slot.release();
            }
        }
        CallSlot socketOnly = recorder.acquire();
        socketOnly.bindSocket(5, 6);
        socketOnly.commit();
        recorder.heartbeat(1_700_000_002_000L, 2);
    }

    private static Previous reopen(Path file) {
        Recorder recorder = Recorder.open(file, new RecorderSettings(PAGES), Samples.boot(2));
        assertThat(recorder.isDurable()).as(recorder.whyNotDurable()).isTrue();
        recorder.line("alive");
        recorder.acquire().commit();
        return recorder.previous().orElseThrow();
    }

    private static byte[] damaged(byte[] whole, RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] copy = whole.clone();
        int flips = 1 + random.nextInt(3);
        for (int i = 0; i < flips; i++) {
            boolean anywhere = random.nextInt(4) == 0;
            int at = anywhere
                    ? random.nextInt(whole.length)
                    : FIELDS[random.nextInt(FIELDS.length)] + random.nextInt(Layout.FIELD_BYTES + 64);
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static boolean same(Previous one, Previous other) {
        return one.equals(new Previous(
                other.bootId(),
                other.number(),
                other.pid(),
                other.machineBootId(),
                other.startedAt(),
                other.lastHeartbeat(),
                other.lastHeartbeatNs(),
                other.state(),
                other.reason(),
                other.calls(),
                other.lastLines(),
                List.of()));
    }
}
