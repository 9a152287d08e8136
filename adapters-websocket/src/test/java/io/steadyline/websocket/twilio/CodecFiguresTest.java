package io.steadyline.websocket.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.steadyline.media.AudioFrame;
import io.steadyline.signal.PeerEvent;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Prints what a frame costs on its way through the codec: processor time and garbage of this thread. Figures to look at,
 * not to assert: 1000 calls are 50,000 messages a second each way.
 */
final class CodecFiguresTest {

    private static final int WARM_UP = 60_000;
    private static final int MEASURED = 100_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Keeps the results alive. */
    private long sum;

    @Test
    void shouldPrintTheCostOfAFrame() {
        byte[] unnumbered = Messages.media("\"chunk\":\"2\",", "")
                .replace("\"timestamp\"", "\"chunk\":null,\"timestamp\"")
                .getBytes(UTF_8);
        byte[][] numbered = new byte[WARM_UP + MEASURED][];
        for (int i = 0; i < numbered.length; i++) {
            numbered[i] = Messages.media(i + 1L).getBytes(UTF_8);
        }
        TwilioCodec quick = Messages.startedCodec();
        TwilioCodec strict = Messages.startedCodec();
        print("decode, quick way", i -> audioBytes(quick.decode(numbered[i], 0, numbered[i].length)));
        print("decode, as JSON", i -> audioBytes(strict.decodeAsJson(numbered[i], 0, numbered[i].length)));
        print("decode, not quick", i -> audioBytes(strict.decode(unnumbered, 0, unnumbered.length)));
        printEncoding(quick);
        assertThat(sum).isPositive();
    }

    private void printEncoding(TwilioCodec codec) {
        AudioFrame frame = new AudioFrame(new byte[160], 0);
        ByteBuffer direct = ByteBuffer.allocateDirect(codec.maxEncodedBytes(frame));
        ByteBuffer heap = ByteBuffer.allocate(codec.maxEncodedBytes(frame));
        print("encode to a direct buffer", _ -> encodedBytes(codec, frame, direct));
        print("encode to a heap buffer", _ -> encodedBytes(codec, frame, heap));
    }

    private static int audioBytes(PeerEvent event) {
        return event instanceof PeerEvent.Media media ? media.payload().length : -1_000_000;
    }

    private static int encodedBytes(TwilioCodec codec, AudioFrame frame, ByteBuffer out) {
        out.clear();
        codec.encode(frame, out);
        return out.position();
    }

    private interface Work {
        int run(int i);
    }

    private void print(String what, Work work) {
        for (int i = 0; i < WARM_UP; i++) {
            sum += work.run(i);
        }
        long thread = Thread.currentThread().threadId();
        long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
        long cpuBeforeNs = THREADS.getCurrentThreadCpuTime();
        for (int i = WARM_UP; i < WARM_UP + MEASURED; i++) {
            sum += work.run(i);
        }
        double cpuNs = (double) (THREADS.getCurrentThreadCpuTime() - cpuBeforeNs) / MEASURED;
        double bytes = (double) (THREADS.getThreadAllocatedBytes(thread) - bytesBefore) / MEASURED;
        System.out.printf(Locale.ROOT, "figures: %-26s %7.0f ns CPU %7.0f B%n", what, cpuNs, bytes);
    }
}
