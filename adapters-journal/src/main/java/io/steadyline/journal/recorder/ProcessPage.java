package io.steadyline.journal.recorder;

import io.steadyline.restart.BootIdentity;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** Who writes this recorder, how far it has come, and when it last was alive. */
final class ProcessPage {

    private static final int ID_BYTES = 64;
    private static final int REASON_BYTES = 200;
    private static final int IDENTITY_NUMBERS = 3 + 2 * PackedText.numbers(ID_BYTES);
    private static final int STATE_NUMBERS = 2 + PackedText.numbers(REASON_BYTES);
    private static final int HEARTBEAT_NUMBERS = 2;

    /** As read; {@code whole} is false when any part of it was damaged, and then that part is empty. */
    record Content(
            boolean there,
            boolean whole,
            String bootId,
            long number,
            long pid,
            String machineBootId,
            long startedMillis,
            long heartbeatMillis,
            long heartbeatNs,
            RecorderState state,
            String reason) {}

    /** Nothing is known. */
    static final Content NONE = new Content(false, true, "", 0, 0, "", 0, 0, 0, RecorderState.UNKNOWN, "");

    private final Twin identity;
    private final Twin state;
    private final Twin heartbeat;
    private final long[] stateNumbers = Twin.room(STATE_NUMBERS);
    private final long[] beat = Twin.room(HEARTBEAT_NUMBERS);

    /** @param memory of the whole file */
    ProcessPage(ByteBuffer memory) {
        LongBuffer cells = Twin.cellsOf(memory);
        identity = new Twin(cells, Layout.PROCESS, IDENTITY_NUMBERS);
        state = new Twin(cells, Layout.PROCESS + 512, STATE_NUMBERS);
        // In a cache line of its own: it is written fifty times a second.
        heartbeat = new Twin(cells, Layout.PROCESS + 1024, HEARTBEAT_NUMBERS);
    }

    /** What the boot before left; has to be called before anything is written. */
    Content read() {
        long[] who = new long[IDENTITY_NUMBERS];
        long[] how = new long[STATE_NUMBERS];
        long[] when = new long[HEARTBEAT_NUMBERS];
        Twin.Found whoFound = identity.read(who);
        Twin.Found howFound = state.read(how);
        Twin.Found whenFound = heartbeat.read(when);
        boolean there = whoFound != Twin.Found.NOTHING;
        boolean whole =
                whoFound != Twin.Found.DAMAGE && howFound != Twin.Found.DAMAGE && whenFound != Twin.Found.DAMAGE;
        int machineAt = 3 + PackedText.numbers(ID_BYTES);
        return new Content(
                there,
                whole,
                PackedText.get(who, 3, ID_BYTES),
                who[0],
                who[1],
                PackedText.get(who, machineAt, ID_BYTES),
                who[2],
                when[0],
                when[1],
                howFound == Twin.Found.VALUES ? RecorderState.of(how[0]) : RecorderState.UNKNOWN,
                PackedText.get(how, 2, REASON_BYTES));
    }

    /** Whatever was there belongs to nobody any more. */
    void erase() {
        identity.erase();
        state.erase();
        heartbeat.erase();
    }

    void identity(BootIdentity boot, long nowMillis, long nowNs) {
        heartbeat(nowMillis, nowNs);
        state(RecorderState.STARTING, "", nowMillis);
        long[] numbers = Twin.room(IDENTITY_NUMBERS);
        numbers[0] = boot.number();
        numbers[1] = boot.pid();
        numbers[2] = boot.startedAt().toEpochMilli();
        PackedText.put(boot.bootId(), ID_BYTES, numbers, 3);
        PackedText.put(boot.machineBootId(), ID_BYTES, numbers, 3 + PackedText.numbers(ID_BYTES));
        identity.write(numbers);
    }

    void heartbeat(long nowMillis, long nowNs) {
        beat[0] = nowMillis;
        beat[1] = nowNs;
        heartbeat.write(beat);
    }

    /** Any thread: the stop comes from another one than the start. */
    synchronized void state(RecorderState now, String reason, long nowMillis) {
        stateNumbers[0] = now.code();
        stateNumbers[1] = nowMillis;
        PackedText.put(reason, REASON_BYTES, stateNumbers, 2);
        state.write(stateNumbers);
    }
}
