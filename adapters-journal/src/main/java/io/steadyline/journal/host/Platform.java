package io.steadyline.journal.host;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Who runs this process, by the environment that it gives. Pure. */
public enum Platform {
    /** Documented: SIGTERM, then SIGKILL after 10 s (container contract, read 2026-08). */
    CLOUD_RUN("Cloud Run", 10, true),
    FLY("Fly", 5, false),
    /** Documented: 3 s unless RAILWAY_DEPLOYMENT_DRAINING_SECONDS says otherwise (read 2026-08). */
    RAILWAY("Railway", 3, true),
    /** Documented: 30 s, can be raised to 300 s (read 2026-08). */
    RENDER("Render", 30, true),
    HEROKU("Heroku", 30, false),
    REPLIT_DEPLOYMENT("a Replit deployment", 0, false),
    REPLIT_WORKSPACE("a Replit workspace", 0, false),
    KUBERNETES("Kubernetes", 30, false),
    SYSTEMD("systemd", 90, false),
    CONTAINER("a container", 10, false),
    PLAIN("no platform", 0, false);

    private final String title;
    private final int graceSeconds;
    private final boolean documented;

    Platform(String title, int graceSeconds, boolean documented) {
        this.title = title;
        this.graceSeconds = graceSeconds;
        this.documented = documented;
    }

    public String title() {
        return title;
    }

    static Platform of(Surroundings.Facts facts) {
        Map<String, String> env = facts.env();
        boolean kubernetes = env.containsKey("KUBERNETES_SERVICE_HOST");
        // Knative sets K_SERVICE too, and runs on Kubernetes.
        if (env.containsKey("K_SERVICE") && !kubernetes) {
            return CLOUD_RUN;
        }
        if (env.containsKey("FLY_MACHINE_ID")) {
            return FLY;
        }
        if (env.keySet().stream().anyMatch(name -> name.startsWith("RAILWAY_"))) {
            return RAILWAY;
        }
        if (env.containsKey("RENDER")) {
            return RENDER;
        }
        if (env.containsKey("DYNO")) {
            return HEROKU;
        }
        if (env.containsKey("REPLIT_DEPLOYMENT")) {
            return REPLIT_DEPLOYMENT;
        }
        if (env.containsKey("REPL_ID")) {
            return REPLIT_WORKSPACE;
        }
        if (kubernetes) {
            return KUBERNETES;
        }
        if (isService(facts)) {
            return SYSTEMD;
        }
        return facts.container() ? CONTAINER : PLAIN;
    }

    /**
     * INVOCATION_ID alone does not say it: whatever is started in a terminal of a desktop inherits it. The main process
     * of a service is named by SYSTEMD_EXEC_PID (since 248), has a NOTIFY_SOCKET, or is a child of systemd; between it and
     * us there may be our own keeper.
     */
    private static boolean isService(Surroundings.Facts facts) {
        Map<String, String> env = facts.env();
        if (env.containsKey("NOTIFY_SOCKET")) {
            return true;
        }
        if (!env.containsKey("INVOCATION_ID")) {
            return false;
        }
        Optional<HostProcess> parent = facts.parents().stream().findFirst();
        String mainPid = env.get("SYSTEMD_EXEC_PID");
        return mainPid == null
                ? facts.parents().stream().limit(2).anyMatch(near -> near.name().equals("systemd"))
                : mainPid.equals(Long.toString(facts.pid()))
                        || parent.filter(near -> mainPid.equals(Long.toString(near.pid())))
                                .isPresent();
    }

    /** How long it lets a process stop before it kills it, as far as can be known from inside. */
    StopGrace stopGrace(Map<String, String> env) {
        if (this == RAILWAY
                && env.getOrDefault("RAILWAY_DEPLOYMENT_DRAINING_SECONDS", "").matches("[0-9]{1,6}")) {
            long seconds = Long.parseLong(env.getOrDefault("RAILWAY_DEPLOYMENT_DRAINING_SECONDS", "0"));
            return new StopGrace(Optional.of(Duration.ofSeconds(seconds)), true);
        }
        return graceSeconds == 0
                ? new StopGrace(Optional.empty(), false)
                : new StopGrace(Optional.of(Duration.ofSeconds(graceSeconds)), documented);
    }

    /**
     * @param grace by default; empty: unknown
     * @param certain the platform documents or says it; else it is what is usual, and can be configured otherwise
     */
    public record StopGrace(Optional<Duration> grace, boolean certain) {
        /** "10 s", "usually 30 s", "unknown". */
        public String words() {
            return grace.map(time -> (certain ? "" : "usually ") + time.toSeconds() + " s")
                    .orElse("unknown");
        }
    }
}
