package io.steadyline.bootstrap.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A control group of one drill, with a limit as a container has it: below the group of this process, of version 1 or 2.
 * Needs the right to make one, which root has unless the file system is mounted read-only.
 */
final class LimitedGroup implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Path OWN = Path.of("/proc/self/cgroup");
    /** The kernel takes a moment to forget the last process. */
    private static final int TRIES = 200;

    private final Path directory;
    private final String controller;
    private final boolean isVersion1;

    private LimitedGroup(Path directory, String controller, boolean isVersion1) {
        this.directory = directory;
        this.controller = controller;
        this.isVersion1 = isVersion1;
    }

    /** @throws DrillNotRun no such group can be made */
    static LimitedGroup memory(long bytes) throws DrillNotRun {
        LimitedGroup group = create("memory");
        group.write(group.isVersion1 ? "memory.limit_in_bytes" : "memory.max", bytes);
        return group;
    }

    /**
     * Without a limit at first.
     *
     * @throws DrillNotRun no such group can be made
     */
    static LimitedGroup pids() throws DrillNotRun {
        return create("pids");
    }

    /**
     * Its processes run until they are told not to.
     *
     * @throws DrillNotRun no such group can be made
     */
    static LimitedGroup freezer() throws DrillNotRun {
        return create("freezer");
    }

    void freeze(boolean stands) throws DrillNotRun {
        if (isVersion1) {
            write("freezer.state", stands ? "FROZEN" : "THAWED");
        } else {
            write("cgroup.freeze", stands ? "1" : "0");
        }
    }

    /**
     * Without a limit at first.
     *
     * @throws DrillNotRun no such group can be made
     */
    static LimitedGroup cpu() throws DrillNotRun {
        return create("cpu");
    }

    /** @param microseconds of processor time in each 100 ms; 0: without a limit */
    void limitCpu(long microseconds) throws DrillNotRun {
        if (isVersion1) {
            write("cpu.cfs_quota_us", microseconds == 0 ? -1 : microseconds);
        } else {
            write("cpu.max", (microseconds == 0 ? "max" : String.valueOf(microseconds)) + " 100000");
        }
    }

    /** So many processes and threads more than there are now. */
    void limitPids(int more) throws DrillNotRun {
        try {
            long current = Long.parseLong(
                    Files.readString(directory.resolve("pids.current")).strip());
            write("pids.max", current + more);
        } catch (IOException unreadable) {
            throw new DrillNotRun("pids.current: " + unreadable);
        }
    }

    /** Becomes the command that follows, in this group, with its children. */
    List<String> wrapper() {
        return List.of(
                "sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                directory.resolve("cgroup.procs").toString());
    }

    /** The kernel kills another process of the group for lack of memory: the one that is filling it. */
    void fill() throws IOException, InterruptedException, DrillNotRun {
        ProcessBuilder glutton = new ProcessBuilder(Stream.concat(
                        wrapper().stream(),
                        Stream.of("sh", "-c", "echo 1000 > /proc/self/oom_score_adj; exec tail /dev/zero"))
                .toList());
        glutton.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = glutton.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new DrillNotRun("the limit of the group does not hold");
        }
    }

    private static LimitedGroup create(String controller) throws DrillNotRun {
        List<String> why = new ArrayList<>();
        for (String line : lines(MOUNTS)) {
            String[] sides = line.split(" - ", 2);
            String[] mount = sides[0].split(" ", -1);
            String[] source = sides.length < 2 ? new String[0] : sides[1].split(" ", -1);
            if (mount.length < 5 || source.length < 3) {
                continue;
            }
            boolean isVersion1 = source[0].equals("cgroup")
                    && Arrays.asList(source[2].split(",", -1)).contains(controller);
            if (isVersion1 || source[0].equals("cgroup2")) {
                try {
                    return below(Path.of(mount[4]), controller, isVersion1);
                } catch (IOException refused) {
                    why.add(mount[4] + ": " + refused);
                }
            }
        }
        throw new DrillNotRun("no control group for " + controller + " can be made " + why);
    }

    private static LimitedGroup below(Path mount, String controller, boolean isVersion1) throws IOException {
        Path own = mount.resolve(ownPath(isVersion1 ? controller : "").replaceFirst("^/+", ""));
        Path parent = Files.isDirectory(own) ? own : mount;
        Path directory =
                parent.resolve("steadyline-drill-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        Files.createDirectory(directory);
        LimitedGroup group = new LimitedGroup(directory, controller, isVersion1);
        try {
            // Each group of version 2 can be frozen, without a controller.
            if (!isVersion1 && !controller.equals("freezer") && !Files.exists(directory.resolve(controller + ".max"))) {
                Files.writeString(parent.resolve("cgroup.subtree_control"), "+" + controller);
            }
            return group;
        } catch (IOException refused) {
            Files.delete(directory);
            throw refused;
        }
    }

    private static String ownPath(String controller) throws IOException {
        return Files.readAllLines(OWN).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3
                        && (controller.isEmpty()
                                ? parts[0].equals("0")
                                : Arrays.asList(parts[1].split(",", -1)).contains(controller)))
                .map(parts -> parts[2])
                .findFirst()
                .orElse("");
    }

    private static List<String> lines(Path file) throws DrillNotRun {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new DrillNotRun("there are no control groups: " + unreadable);
        }
    }

    private void write(String file, long value) throws DrillNotRun {
        write(file, Long.toString(value));
    }

    private void write(String file, String value) throws DrillNotRun {
        try {
            Files.writeString(directory.resolve(file), value);
        } catch (IOException refused) {
            close();
            throw new DrillNotRun(file + " of " + controller + ": " + refused);
        }
    }

    /** Its processes have ended, or it stays. */
    @Override
    public void close() {
        for (int i = 0; i < TRIES; i++) {
            try {
                Files.deleteIfExists(directory);
                return;
            } catch (IOException busy) {
                KeptCalls.pause(Duration.ofMillis(10));
            }
        }
    }
}
