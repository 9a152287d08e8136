package io.steadyline.bootstrap.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A control group of the kernel for one drill, of version 1 or 2; needs root. */
final class ControlGroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final Path directory;

    private ControlGroup(Path directory) {
        this.directory = directory;
    }

    /**
     * A new one, under the first hierarchy that has what is needed.
     *
     * @param controller directory of version 1
     * @param proofs files, one of which has to be in the group
     */
    static ControlGroup create(String controller, String... proofs) throws DrillNotRun {
        String refusal = "none of them is there";
        for (Path place : List.of(ROOT.resolve(controller), ROOT.resolve("unified"), ROOT)) {
            ControlGroup group = new ControlGroup(
                    place.resolve("steadyline-drill-" + ProcessHandle.current().pid()));
            try {
                Files.createDirectory(group.directory);
                for (String proof : proofs) {
                    if (group.has(proof)) {
                        return group;
                    }
                }
                Files.delete(group.directory);
            } catch (IOException notThere) {
                refusal = notThere.toString();
            }
        }
        throw new DrillNotRun("no control group with " + String.join(" or ", proofs) + " can be made: " + refusal);
    }

    boolean has(String file) {
        return Files.exists(directory.resolve(file));
    }

    /** The first of the two that there is. */
    void set(String version1, String value1, String version2, String value2) throws IOException {
        if (has(version1)) {
            write(version1, value1);
        } else {
            write(version2, value2);
        }
    }

    void add(long pid) throws IOException {
        write("cgroup.procs", String.valueOf(pid));
    }

    /** Words that start a command within it. */
    List<String> prefix() {
        return List.of("bash", "-c", "echo $$ > " + directory.resolve("cgroup.procs") + " && exec \"$@\"", "bash");
    }

    private void write(String file, String value) throws IOException {
        Files.writeString(directory.resolve(file), value);
    }

    /** Its processes go back to the group above. */
    @Override
    public void close() throws IOException {
        for (String pid : Files.readAllLines(directory.resolve("cgroup.procs"))) {
            Files.writeString(directory.resolveSibling("cgroup.procs"), pid);
        }
        Files.delete(directory);
    }
}
