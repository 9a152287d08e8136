package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BusyTimeTest {

    @TempDir
    private Path dir;

    @Test
    void shouldAddWorkAndTheWaitForAProcessor() throws IOException {
        Path file = Files.writeString(dir.resolve("schedstat"), "12000000345 678 9\n");
        assertThat(new BusyTime(file).totalNs()).isEqualTo(12_000_001_023L);
    }

    @Test
    void shouldReadItAnewEachTime() throws IOException {
        Path file = Files.writeString(dir.resolve("schedstat"), "100 20 9\n");
        BusyTime busy = new BusyTime(file);
        assertThat(busy.totalNs()).isEqualTo(120);
        Files.writeString(file, "1500 25 10\n");
        assertThat(busy.totalNs()).isEqualTo(1525);
    }

    @Test
    void shouldBeUnknownWithoutTheFile() {
        BusyTime busy = new BusyTime(dir.resolve("none"));
        assertThat(busy.totalNs()).isEqualTo(BusyTime.UNKNOWN);
        assertThat(busy.totalNs()).isEqualTo(BusyTime.UNKNOWN);
    }

    @Test
    void shouldBeUnknownWhenTheFileSaysSomethingElse() throws IOException {
        Path file = Files.writeString(dir.resolve("schedstat"), "");
        assertThat(new BusyTime(file).totalNs()).isEqualTo(BusyTime.UNKNOWN);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNotShrink() {
        BusyTime busy = new BusyTime();
        long firstNs = busy.totalNs();
        assertThat(busy.totalNs()).isGreaterThanOrEqualTo(firstNs);
    }
}
