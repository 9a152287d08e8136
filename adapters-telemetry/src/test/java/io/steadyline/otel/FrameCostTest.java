package io.steadyline.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.steadyline.port.CallObserver;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a frame costs the media loop. The time is printed, not judged; the machine may be busy. */
class FrameCostTest {

    private static final int FRAMES = 200_000;

    @Test
    void shouldAllocateNothingPerFrame() {
        TelemetrySettings settings = new TelemetrySettings(Map.of(), true, false, "1.2.3", "boot-7");
        try (Telemetry telemetry = Telemetry.start(settings)) {
            CallObserver observer = telemetry.observer();
            tell(observer);
            long bytesBefore = allocatedBytes();
            long startNs = System.nanoTime();
            tell(observer);
            long takenNs = System.nanoTime() - startNs;
            long bytes = allocatedBytes() - bytesBefore;
            System.out.printf("per frame, send lateness and recogniser write: %d ns%n", takenNs / FRAMES);
            assertThat(bytes).as("bytes for " + FRAMES + " frames").isLessThan(FRAMES);
        }
    }

    private static void tell(CallObserver observer) {
        for (int i = 0; i < FRAMES; i++) {
            observer.onSendLateness(i * 10L);
            observer.onSttWrite(i * 5L);
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
