package io.steadyline.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {

    @Test
    void shouldKnowTheWorkerThatServesAndWhatWasComplainedOf(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("output.log"), """
            10:00:00 INFO APP_START {"version":"1","boot":"a","pid":41,"http":"127.0.0.1:1"}
            keeper: worker 42 waits to take over
            10:00:01 WARN something
            10:00:02 INFO [CA1] call is back on stream MZ2 after 900 ms
            10:00:03 INFO APP_START {"version":"1",\
            """);
        ServerLog log = new ServerLog(file).read();
        assertThat(log.workerPid()).hasValue(41);
        assertThat(log.starts()).isEqualTo(1);
        assertThat(log.waiting()).isEqualTo(1);

        Files.writeString(file, """
            "boot":"b","pid":42}
            10:00:04 INFO call goes on from boot 1, on the same socket after 200 ms
            10:00:05 INFO call goes on from boot 1, on a new stream after 200 ms
            10:00:06 ERROR no
            """, StandardOpenOption.APPEND);
        ServerLog.Counts counts = log.read().counts();
        assertThat(log.workerPid()).hasValue(42);
        assertThat(log.starts()).isEqualTo(2);
        assertThat(counts.comebacks()).isEqualTo(2);
        assertThat(counts.warnings()).isEqualTo(1);
        assertThat(counts.firstErrors()).containsExactly("10:00:06 ERROR no");
        assertThat(counts.bytes()).isEqualTo(Files.size(file));
    }

    @Test
    void shouldKnowNoWorkerBeforeOneServes(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("output.log"), "starting\n");
        assertThat(new ServerLog(file).read().workerPid()).isEmpty();
    }
}
