package io.steadyline.journal.recorder;

import io.steadyline.port.CallSlot;
import java.nio.file.Path;

/** Writes to a recorder as fast as it can, until it is killed. What it writes hangs together by fixed factors. */
final class KillVictim {

    static final int RX_BYTES = 320;
    static final int TX_BYTES = 200;
    static final int FRAMES_PER_CALL = 400;

    private KillVictim() {}

    public static void main(String[] args) {
        Recorder recorder = Recorder.open(Path.of(args[0]), new RecorderSettings(2), Samples.boot(1));
        recorder.heartbeat(0, 0);
        Thread.ofPlatform().daemon().start(() -> {
            for (long beat = 1; ; beat++) {
                recorder.heartbeat(beat, beat * 1_000);
                recorder.line("beat " + beat);
                recorder.state(RecorderState.SERVING, "beat " + beat);
            }
        });
        for (int call = 0; ; call++) {
            live(recorder.acquire(), call);
            if (call == 0) {
                System.out.println("ready " + recorder.isDurable());
            }
        }
    }

    private static void live(CallSlot slot, int call) {
        slot.bindSocket(call, 2L * call);
        slot.commit();
        String id = "CA" + call;
        byte[] start = Samples.start(id);
        slot.bindCall(Samples.facts(id, "MZ" + call), call, start, 0, start.length);
        slot.commit();
        for (int frame = 1; frame <= FRAMES_PER_CALL; frame++) {
            slot.frameIn(frame);
            slot.rxHandled((long) frame * RX_BYTES, frame % 2 == 0);
            slot.frameOut();
            slot.txInHand((long) frame * TX_BYTES, frame, frame % 2 == 0);
            slot.depths(frame, frame, frame, frame);
            slot.playout(frame, frame, frame);
            slot.commit();
        }
        slot.release();
    }
}
