package io.steadyline.journal.host;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Gathers what {@link Surroundings} judges: environment, options of the Java machine, parents. Main thread, some ms. */
public final class SurroundingsReader {

    private static final Set<String> NAMES = Set.of(
            "INVOCATION_ID",
            "NOTIFY_SOCKET",
            "SYSTEMD_EXEC_PID",
            "KUBERNETES_SERVICE_HOST",
            "K_SERVICE",
            "FLY_MACHINE_ID",
            "REPL_ID",
            "REPLIT_DEPLOYMENT",
            "RAILWAY_DEPLOYMENT_DRAINING_SECONDS",
            "RAILWAY_ENVIRONMENT_ID",
            "RAILWAY_ENVIRONMENT",
            "RAILWAY_SERVICE_ID",
            "RAILWAY_PROJECT_ID",
            "RENDER",
            "DYNO",
            "WEB_CONCURRENCY",
            "WORKERS");

    private static final Pattern CONTAINER_GROUP = Pattern.compile("docker|kubepods|containerd|libpod|lxc|garden|ecs");

    private SurroundingsReader() {}

    public static Surroundings.Facts read() {
        return read(System.getenv(), Path.of("/"));
    }

    static Surroundings.Facts read(Map<String, String> env, Path root) {
        Map<String, String> relevant = new TreeMap<>(env);
        relevant.keySet().retainAll(NAMES);
        long pid = ProcessHandle.current().pid();
        return new Surroundings.Facts(
                relevant,
                jvmArgs(),
                System.getProperty("java.class.path", ""),
                pid,
                new HostProcesses(root.resolve("proc")).parents(pid),
                isContainer(root));
    }

    private static List<String> jvmArgs() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    static boolean isContainer(Path root) {
        try {
            return Files.exists(root.resolve(".dockerenv"))
                    || Files.exists(root.resolve("run/.containerenv"))
                    || CONTAINER_GROUP
                            .matcher(Files.readString(root.resolve("proc/1/cgroup"), StandardCharsets.ISO_8859_1))
                            .find();
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
    }
}
