package io.steadyline.benchmarks.hot;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.stt.signal.DtmfDetector;
import io.steadyline.stt.signal.DtmfRules;
import io.steadyline.stt.signal.FrameDecoder;
import io.steadyline.stt.signal.ToneDetector;
import io.steadyline.stt.signal.VoiceActivity;
import io.steadyline.stt.signal.VoiceRules;
import io.steadyline.turn.FrameVoice;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One frame of speech in the built-in recogniser: its voice activity alone, and all that listens. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecogniserBenchmark {

    private static final int FRAMES = 256;
    private static final AudioFormat FORMAT = AudioFormat.MULAW_8K;

    private final AudioFrame[] frames = Samples.frames(FRAMES);
    private final FrameDecoder decoder = new FrameDecoder(FORMAT);
    private final DtmfDetector dtmf = new DtmfDetector(DtmfRules.DEFAULT, FORMAT);
    private final ToneDetector tones = new ToneDetector(FORMAT);
    private final VoiceActivity voice = new VoiceActivity(VoiceRules.DEFAULT, FORMAT);
    private int next;

    @Benchmark
    public FrameVoice voiceActivity() {
        return voice.onFrame(decoder.decode(frames[next++ & FRAMES - 1]), false);
    }

    @Benchmark
    public FrameVoice keysTonesAndVoice() {
        float[] samples = decoder.decode(frames[next++ & FRAMES - 1]);
        boolean isKey = dtmf.onFrame(samples) != null;
        boolean isTone = tones.onFrame(samples, dtmf.heardInFrame()) != null;
        return voice.onFrame(samples, isKey || isTone);
    }
}
