package io.steadyline.journal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where this process's control groups are in the file system: version 1 with a tree for each controller, version 2 with
 * one for all, or both side by side. Reads {@code /proc/self}; any thread.
 */
final class ControlGroups {

    private final Path root;

    ControlGroups() {
        this(Path.of("/"));
    }

    /** Reads everything below this directory instead of the root of the file system. */
    ControlGroups(Path root) {
        this.root = root;
    }

    /** The directory of our group that has this file; by version 2 when {@code controller} is empty. */
    Optional<Path> directoryOf(String controller, String file) {
        return mounts(controller).stream()
                .flatMap(mount -> paths(controller).stream().flatMap(path -> candidates(mount, path).stream()))
                .filter(directory -> Files.isReadable(directory.resolve(file)))
                .findFirst();
    }

    /** The value behind {@code key} in a file of lines "key value"; the whole file when {@code key} is empty. */
    static OptionalLong number(Path file, String key) {
        for (String line : lines(file)) {
            String value = key.isEmpty() ? line : line.startsWith(key + " ") ? line.substring(key.length()) : "";
            try {
                if (!value.isBlank()) {
                    return OptionalLong.of(Long.parseLong(value.strip()));
                }
            } catch (NumberFormatException notANumber) {
                // "max", or a number beyond 63 bits: there is no limit.
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** Within a container the path that the kernel tells can be the host's, while the mount begins at our own group. */
    private static List<Path> candidates(Path mount, String path) {
        Path below = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        return below.startsWith(mount) ? List.of(below, mount) : List.of(mount);
    }

    /** Lines like {@code 31 30 0:28 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu}. */
    private List<Path> mounts(String controller) {
        String type = controller.isEmpty() ? "cgroup2" : "cgroup";
        List<Path> found = new ArrayList<>();
        for (String line : lines(root.resolve("proc/self/mountinfo"))) {
            String[] sides = line.split(" - ", 2);
            String[] mount = sides[0].split(" ", -1);
            String[] source = sides.length < 2 ? new String[0] : sides[1].split(" ", -1);
            if (mount.length > 4 && source.length > 2 && source[0].equals(type)) {
                if (controller.isEmpty()
                        || Arrays.asList(source[2].split(",", -1)).contains(controller)) {
                    found.add(root.resolve(mount[4].replaceFirst("^/+", "")));
                }
            }
        }
        return found;
    }

    /** Lines like {@code 4:memory:/user.slice}, of version 2 {@code 0::/user.slice}. */
    private Set<String> paths(String controller) {
        Set<String> found = new LinkedHashSet<>();
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3
                    && (controller.isEmpty()
                            ? parts[0].equals("0")
                            : Arrays.asList(parts[1].split(",", -1)).contains(controller))) {
                found.add(parts[2]);
            }
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }
}
