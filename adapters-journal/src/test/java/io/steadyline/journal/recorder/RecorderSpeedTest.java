package io.steadyline.journal.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.port.CallSlot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what a frame costs; asserts nothing about time, which belongs to the machine. */
class RecorderSpeedTest {

    private static final int FRAMES = 2_000_000;

    @TempDir
    Path dir;

    @Test
    void shouldPrintWhatAFrameCosts() {
        Recorder recorder = Recorder.open(dir.resolve("recorder.slots"), new RecorderSettings(1), Samples.boot(1));
        CallSlot slot = recorder.acquire();
        slot.bindSocket(0, 0);
        byte[] start = Samples.start("CA1");
        slot.bindCall(Samples.facts("CA1", "MZ1"), 0, start, 0, start.length);
        slot.commit();
        for (int round = 0; round < 3; round++) {
            long begin = System.nanoTime();
            for (int frame = 0; frame < FRAMES; frame++) {
                slot.frameIn(frame);
                slot.rxHandled(frame * 320L, false);
                slot.commit();
            }
            long in = System.nanoTime();
            for (int frame = 0; frame < FRAMES; frame++) {
                slot.depths(1, 2, 3, 4);
                slot.playout(frame, 0, 0);
            }
            long samples = System.nanoTime();
            for (int frame = 0; frame < FRAMES; frame++) {
                recorder.heartbeat(frame, frame);
            }
            long beats = System.nanoTime();
            System.out.printf(
                    "recorder: frame in with commit %.1f ns, depths and playout %.1f ns, heartbeat %.1f ns%n",
                    (in - begin) / (double) FRAMES,
                    (samples - in) / (double) FRAMES,
                    (beats - samples) / (double) FRAMES);
        }
        assertThat(slot.index()).isZero();
    }
}
