package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryGroupTest {

    private static final String MOUNT_1 = "34 30 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n";
    private static final String MOUNT_2 = "40 30 0:37 / /sys/fs/cgroup rw,relatime shared:4 - cgroup2 cgroup2 rw\n";

    @TempDir
    Path root;

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private MemoryGroup.Counts read() {
        return new MemoryGroup(new ControlGroups(root)).read();
    }

    private void group1(String directory, String limit) throws IOException {
        file(directory + "/memory.limit_in_bytes", limit + "\n");
        file(directory + "/memory.usage_in_bytes", "1000\n");
        file(directory + "/memory.max_usage_in_bytes", "2000\n");
        file(directory + "/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
    }

    private void group2(String directory) throws IOException {
        file(directory + "/memory.max", "4096\n");
        file(directory + "/memory.current", "1000\n");
        file(directory + "/memory.events", "low 0\nhigh 0\nmax 12\noom 2\noom_kill 1\noom_group_kill 0\n");
    }

    @Nested
    class Version1 {

        @Test
        void shouldBeReadBelowItsMount() throws IOException {
            file("proc/self/mountinfo", MOUNT_1);
            file("proc/self/cgroup", "5:devices:/\n4:memory:/gateway\n");
            group1("sys/fs/cgroup/memory/gateway", "4096");

            MemoryGroup.Counts counts = read();

            assertThat(counts.group()).endsWith("/sys/fs/cgroup/memory/gateway");
            assertThat(counts.groupId()).isPositive();
            assertThat(counts.limitBytes()).hasValue(4096);
            assertThat(counts.usageBytes()).hasValue(1000);
            assertThat(counts.peakBytes()).hasValue(2000);
            assertThat(counts.kills()).hasValue(3);
        }

        @Test
        void shouldBeReadWhereAContainerHasItMounted() throws IOException {
            file("proc/self/mountinfo", MOUNT_1);
            file("proc/self/cgroup", "4:memory:/docker/0123\n");
            group1("sys/fs/cgroup/memory", "9223372036854771712");

            assertThat(read().kills()).hasValue(3);
            assertThat(read().limitBytes()).isEmpty();
        }
    }

    @Nested
    class Version2 {

        @Test
        void shouldBeReadBelowItsMount() throws IOException {
            file("proc/self/mountinfo", MOUNT_2);
            file("proc/self/cgroup", "0::/system.slice/gateway.service\n");
            group2("sys/fs/cgroup/system.slice/gateway.service");

            assertThat(read().limitBytes()).hasValue(4096);
            assertThat(read().usageBytes()).hasValue(1000);
            assertThat(read().peakBytes()).isEmpty();
            assertThat(read().kills()).hasValue(1);
        }

        @Test
        void shouldHaveNoLimitWhenItSaysMax() throws IOException {
            file("proc/self/mountinfo", MOUNT_2);
            file("proc/self/cgroup", "0::/../host\n");
            group2("sys/fs/cgroup");
            file("sys/fs/cgroup/memory.max", "max\n");

            assertThat(read().limitBytes()).isEmpty();
            assertThat(read().kills()).hasValue(1);
        }

        @Test
        void shouldBeUnknownInItsRoot() throws IOException {
            file("proc/self/mountinfo", MOUNT_2);
            file("proc/self/cgroup", "0::/\n");

            assertThat(read()).isEqualTo(MemoryGroup.Counts.UNKNOWN);
        }
    }

    @Test
    void shouldBeUnknownWithoutGroups() {
        assertThat(read()).isEqualTo(MemoryGroup.Counts.UNKNOWN);
    }

    @Test
    void shouldReadThisMachineWithoutFailing() {
        assertThat(new MemoryGroup().read().usageBytes())
                .satisfiesAnyOf(
                        usage -> assertThat(usage).isEqualTo(OptionalLong.empty()),
                        usage -> assertThat(usage.getAsLong()).isNotNegative());
    }

    @Test
    void shouldBeNotedAndReadBack() {
        MemoryGroup.Counts counts = new MemoryGroup.Counts(
                "/sys/fs/cgroup/gw", 7, OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3), OptionalLong.of(4));
        MemoryGroup.Counts noted =
                MemoryGroup.Counts.noted(List.of(counts.note().orElseThrow()));
        assertThat(noted.groupId()).isEqualTo(7);
        assertThat(noted.kills()).hasValue(4);
        assertThat(MemoryGroup.Counts.UNKNOWN.note()).isEmpty();
        assertThat(MemoryGroup.Counts.noted(List.of())).isEqualTo(MemoryGroup.Counts.UNKNOWN);
    }
}
