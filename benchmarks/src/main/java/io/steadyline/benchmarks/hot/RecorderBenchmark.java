package io.steadyline.benchmarks.hot;

import io.steadyline.journal.recorder.Recorder;
import io.steadyline.journal.recorder.RecorderSettings;
import io.steadyline.port.CallSlot;
import io.steadyline.restart.BootIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the recorder keeps of one frame that came in and one that went out, on a mapped file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecorderBenchmark {

    private static final int MESSAGE_BYTES = 427;

    private @Nullable Path directory;
    private @Nullable CallSlot slot;
    private long offset;
    private long frame;

    @Setup
    public void setUp() throws IOException {
        directory = Files.createTempDirectory("steadyline-recorder");
        BootIdentity boot = new BootIdentity("benchmark", 1, Instant.EPOCH, 1, "", "", "", "", List.of());
        CallSlot acquired = Recorder.open(directory.resolve("recorder.slots"), new RecorderSettings(16), boot)
                .acquire();
        acquired.bindSocket(0, 0);
        slot = acquired;
    }

    @TearDown
    public void tearDown() throws IOException {
        if (directory != null) {
            Files.deleteIfExists(directory.resolve("recorder.slots"));
            Files.deleteIfExists(directory);
        }
    }

    @Benchmark
    public long frameInAndOut() {
        CallSlot page = slot;
        if (page == null) {
            throw new IllegalStateException("slot: none (expected: set up)");
        }
        offset += MESSAGE_BYTES;
        page.rxHandled(offset, false);
        page.frameIn(++frame);
        page.commit();
        page.txInHand(offset, MESSAGE_BYTES, true);
        page.frameOut();
        page.depths(2, 0, 2, 0);
        page.playout(offset, 0, 0);
        page.commit();
        return offset;
    }
}
