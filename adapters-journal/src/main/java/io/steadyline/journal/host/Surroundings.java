package io.steadyline.journal.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is around this process that could take it down and up, or run it twice; and how long it may take to stop. Pure:
 * facts in, objections out; {@link SurroundingsReader} gathers the facts.
 */
public final class Surroundings {

    /** What an objection means for the start. */
    public enum Severity {
        /** In production the process does not start; elsewhere it says so loudly. */
        REFUSED_IN_PRODUCTION,
        WARNING
    }

    /** The sentence says what, why it matters and what can be done. */
    public record Objection(Severity severity, String sentence) {}

    /**
     * @param env variables that matter here, and no others: the environment also has secrets
     * @param jvmArgs options of the Java machine, without the program's own arguments
     * @param parents nearest first
     * @param container the process runs in one
     */
    public record Facts(
            Map<String, String> env,
            List<String> jvmArgs,
            String classPath,
            long pid,
            List<HostProcess> parents,
            boolean container) {
        public Facts {
            env = Map.copyOf(env);
            jvmArgs = List.copyOf(jvmArgs);
            parents = List.copyOf(parents);
        }

        /**
         * For the boot's record: what a parent is, rather than what interprets it. Nearest first; ends with "test-run"
         * where a test started the process.
         */
        public List<String> parentNames() {
            List<String> names = new ArrayList<>();
            for (HostProcess parent : parents) {
                if (Reloaders.isTestRunner(parent)) {
                    names.add("test-run");
                    break;
                }
                names.add(Reloaders.byProcess(parent).map(Reloaders.Found::name).orElse(parent.name()));
            }
            return names;
        }
    }

    /** What was found, worst first. */
    public record Findings(Platform platform, Platform.StopGrace stopGrace, List<Objection> objections) {
        public Findings {
            objections = List.copyOf(objections);
        }

        public boolean isRefusedInProduction() {
            return objections.stream().anyMatch(objection -> objection.severity() == Severity.REFUSED_IN_PRODUCTION);
        }
    }

    /** Calls of half a minute and less are let finish by a platform that waits as long. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(30);

    private static final List<String> WORKER_COUNTS = List.of("WEB_CONCURRENCY", "WORKERS");

    private Surroundings() {}

    public static Findings evaluate(Facts facts) {
        Platform platform = Platform.of(facts);
        Platform.StopGrace grace = platform.stopGrace(facts.env());
        List<Objection> objections = new ArrayList<>();
        objections.addAll(ofParents(facts.parents()));
        objections.addAll(JvmOptions.objections(facts.jvmArgs(), facts.classPath()));
        objections.addAll(ofWorkerCounts(facts.env()));
        objections.addAll(ofPlatform(platform, grace));
        objections.sort((a, b) -> a.severity().compareTo(b.severity()));
        return new Findings(platform, grace, objections);
    }

    private static List<Objection> ofParents(List<HostProcess> parents) {
        List<Objection> found = new ArrayList<>();
        for (HostProcess parent : parents) {
            if (Reloaders.isTestRunner(parent)) {
                found.add(warning(
                        "started by a test run (pid " + parent.pid() + "): what is above that is not looked at"));
                break;
            }
            Optional<Reloaders.Found> known = Reloaders.byProcess(parent);
            boolean doubled = known.filter(it ->
                            found.stream().anyMatch(said -> said.sentence().startsWith(it.name() + " ")))
                    .isPresent();
            if (known.isPresent() && !doubled) {
                Reloaders.Found it = known.get();
                found.add(new Objection(
                        it.kind() == Reloaders.Kind.MANAGER ? Severity.WARNING : Severity.REFUSED_IN_PRODUCTION,
                        it.name() + " is among the parents (pid " + parent.pid() + ", "
                                + parent.commandLine() + "): it " + it.kind().does()
                                + "; start the gateway by itself"));
            }
        }
        return found;
    }

    private static List<Objection> ofWorkerCounts(Map<String, String> env) {
        return WORKER_COUNTS.stream()
                .filter(name -> env.getOrDefault(name, "").strip().matches("0*([2-9]|[1-9][0-9]{1,8})"))
                .map(name -> new Objection(
                        Severity.REFUSED_IN_PRODUCTION,
                        name + "=" + env.getOrDefault(name, "").strip()
                                + " asks for several workers, while a call lives in one process; unset it or"
                                + " set it to 1"))
                .toList();
    }

    private static List<Objection> ofPlatform(Platform platform, Platform.StopGrace grace) {
        List<Objection> found = new ArrayList<>();
        switch (platform) {
            case CLOUD_RUN ->
                found.add(warning("Cloud Run runs several instances unless told otherwise and ends each WebSocket after"
                        + " 5 minutes by default, 60 at most: set max and min instances to 1, and the request timeout"
                        + " to 60 minutes"));
            case KUBERNETES ->
                found.add(warning("on Kubernetes run one replica with the strategy Recreate: two pods split the calls"
                        + " between them; and let no liveness probe depend on load"));
            case REPLIT_WORKSPACE ->
                found.add(warning("this is a development workspace of Replit: its editor stops and starts the process;"
                        + " deploy it on a Reserved VM"));
            case REPLIT_DEPLOYMENT ->
                found.add(warning("Replit's Autoscale goes to zero when idle: use a Reserved VM"));
            case HEROKU -> found.add(warning("Heroku usually restarts each dyno once a day, calls or not"));
            case FLY, RAILWAY, RENDER, SYSTEMD, CONTAINER, PLAIN -> {
                // Their stop grace below is all there is to say.
            }
        }
        if (grace.grace().filter(time -> time.compareTo(SHORT_GRACE) < 0).isPresent()) {
            found.add(warning(platform.title() + " kills what has not stopped after " + grace.words()
                    + ": longer calls are cut by each deploy, unless they come back or are kept (serve --keep-calls);"
                    + " make that time longer than process.drain-grace, or process.drain-grace shorter"));
        }
        return found;
    }

    private static Objection warning(String sentence) {
        return new Objection(Severity.WARNING, sentence);
    }
}
