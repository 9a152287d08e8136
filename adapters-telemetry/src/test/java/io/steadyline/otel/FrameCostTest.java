package io.steadyline.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.steadyline.port.CallObserver;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a frame costs the media loop. The time is printed, not judged; the machine may be busy. */
class FrameCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FRAMES = 200_000;

    @Test
    void shouldAllocateNothingPerFrame() {
        TelemetrySettings settings = new TelemetrySettings(Map.of(), true, false, "1.2.3", "boot-7");
        try (Telemetry telemetry = Telemetry.start(settings)) {
            CallObserver observer = telemetry.observer();
            for (int i = 0; i < 5; i++) {
                tell(observer);
            }
            long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
            long cpuBeforeNs = THREADS.getCurrentThreadCpuTime();
            tell(observer);
            long cpuNs = THREADS.getCurrentThreadCpuTime() - cpuBeforeNs;
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
            System.out.printf("CPU time per frame, send lateness and recogniser write: %d ns%n", cpuNs / FRAMES);
            assertThat(bytes).as("bytes for " + FRAMES + " frames").isLessThan(FRAMES);
        }
    }

    private static void tell(CallObserver observer) {
        for (int i = 0; i < FRAMES; i++) {
            observer.onSendLateness(i * 10L);
            observer.onSttWrite(i * 5L);
        }
    }
}
