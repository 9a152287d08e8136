package io.steadyline.stt.assemblyai;

import io.steadyline.stt.vendor.VendorAudio;
import java.util.Arrays;
import java.util.Optional;

/** Audio that is too short for a message of its own waits for what follows. */
final class ChunkFloor {

    private final int minBytes;
    private final byte silence;
    private byte[] waiting = new byte[0];

    ChunkFloor(VendorAudio audio, long minMs) {
        minBytes = (int) minMs * audio.bytesPerMs();
        silence = audio.encoding().silence();
    }

    /** Empty: not yet enough. */
    Optional<byte[]> add(byte[] chunk) {
        byte[] together = chunk;
        if (waiting.length > 0) {
            together = Arrays.copyOf(waiting, waiting.length + chunk.length);
            System.arraycopy(chunk, 0, together, waiting.length, chunk.length);
        }
        boolean enough = together.length >= minBytes;
        waiting = enough ? new byte[0] : together;
        return enough ? Optional.of(together) : Optional.empty();
    }

    /** What still waits, with silence up to the least that may be sent. Empty: nothing waits. */
    Optional<byte[]> rest() {
        if (waiting.length == 0) {
            return Optional.empty();
        }
        byte[] padded = Arrays.copyOf(waiting, minBytes);
        Arrays.fill(padded, waiting.length, minBytes, silence);
        waiting = new byte[0];
        return Optional.of(padded);
    }
}
