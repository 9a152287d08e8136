package io.steadyline.benchmarks.hot;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.simulator.ProviderMessages;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.twilio.TwilioDialect;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Twilio's media messages: one read, one written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {

    /** A power of two: an index is masked. */
    private static final int MESSAGES = 256;

    private DialectCodec codec = newCodec();
    private byte[][] messages = new byte[0][];
    private AudioFrame[] frames = new AudioFrame[0];
    private final ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);
    private int next;

    private static DialectCodec newCodec() {
        return new TwilioDialect(DialectLimits.defaults()).newCodec(StreamMode.BIDIRECTIONAL);
    }

    @Setup
    public void setUp() {
        codec = newCodec();
        ProviderMessages provider = Samples.messages(1);
        byte[] start = Samples.start(provider);
        if (!(codec.decode(start, 0, start.length) instanceof PeerEvent.Started)) {
            throw new IllegalStateException("the start was not taken");
        }
        messages = Samples.media(provider, MESSAGES);
        frames = Samples.frames(MESSAGES);
    }

    @Benchmark
    public PeerEvent decode() {
        byte[] message = messages[next++ & MESSAGES - 1];
        return codec.decode(message, 0, message.length);
    }

    @Benchmark
    public int encode() {
        out.clear();
        codec.encode(frames[next++ & MESSAGES - 1], out);
        return out.position();
    }
}
