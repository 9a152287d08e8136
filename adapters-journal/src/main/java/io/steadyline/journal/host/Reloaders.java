package io.steadyline.journal.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Knows the programs that start a process anew when they like: on a change of files, for another worker, or because they
 * manage it. They are told by their name, and where that is the name of an interpreter, by what it interprets. Pure.
 */
final class Reloaders {

    /** What such a program does. */
    enum Kind {
        /** Restarts on a change of files, or is a build that does so. */
        RELOADER("restarts what it runs when a file changes, and cuts every live call with it"),
        /** Runs several of one program. */
        SEVERAL_WORKERS("runs several workers, while a call lives in one process"),
        /** Restarts on its own judgement. */
        MANAGER("may stop and start what it runs; let systemd or the platform do that, or the keeper");

        private final String does;

        Kind(String does) {
            this.does = does;
        }

        String does() {
            return does;
        }
    }

    record Found(String name, Kind kind) {}

    private static final Set<String> RELOADERS = Set.of(
            "nodemon",
            "watchexec",
            "entr",
            "tsx",
            "ts-node-dev",
            "gradle",
            "gradlew",
            "mvn",
            "mvnw",
            "mvnd",
            "sbt",
            "watchmedo",
            "watchfiles",
            "hupper",
            "uvicorn",
            "flask",
            "reflex",
            "air",
            "modd",
            "chokidar",
            "onchange",
            "cargo-watch",
            "ibazel",
            "skaffold",
            "tilt",
            "supervisor",
            "forever",
            "quarkus",
            "inotifywait",
            "fswatch");

    private static final Set<String> SEVERAL_WORKERS =
            Set.of("gunicorn", "pm2", "pm2-runtime", "hypercorn", "passenger");

    private static final Set<String> MANAGERS =
            Set.of("supervisord", "circusd", "honcho", "foreman", "overmind", "goreman", "monit", "immortal");

    private static final Set<String> INTERPRETERS =
            Set.of("node", "nodejs", "mainthread", "bun", "deno", "ruby", "perl", "sh", "bash", "dash");

    private static final List<String> TEST_RUNNERS =
            List.of("surefire", "failsafe", "GradleWorkerMain", "com.intellij.rt.junit", "junit-platform-console");

    private Reloaders() {}

    /** By a command name alone, as a boot record has it. */
    static Optional<Found> byName(String name) {
        String plain = plain(name);
        // pm2 writes "PM2 v5.3.0: God Daemon" over its own name.
        if (name.startsWith("PM2 v")) {
            return Optional.of(new Found("pm2", Kind.SEVERAL_WORKERS));
        }
        if (name.equals("docker compose watch")) {
            return Optional.of(new Found(name, Kind.RELOADER));
        }
        if (name.endsWith(" --watch")) {
            return Optional.of(new Found(name, Kind.RELOADER));
        }
        return Stream.of(Kind.values())
                .filter(kind -> namesOf(kind).contains(plain))
                .map(kind -> new Found(plain, kind))
                .findFirst();
    }

    static Optional<Found> byProcess(HostProcess process) {
        return tellingNames(process).stream()
                .flatMap(name -> byName(name).stream())
                .findFirst();
    }

    /** What a test has started has the build above it, and is not restarted by it. */
    static boolean isTestRunner(HostProcess process) {
        return plain(process.name()).equals("java")
                && process.argv().stream()
                        .anyMatch(word -> TEST_RUNNERS.stream().anyMatch(word::contains));
    }

    private static Set<String> namesOf(Kind kind) {
        return switch (kind) {
            case RELOADER -> RELOADERS;
            case SEVERAL_WORKERS -> SEVERAL_WORKERS;
            case MANAGER -> MANAGERS;
        };
    }

    private static List<String> tellingNames(HostProcess process) {
        List<String> argv = process.argv();
        String program = argv.isEmpty() ? process.name() : argv.getFirst();
        List<String> names = new ArrayList<>(List.of(process.name(), program));
        String interpreter = plain(program);
        if (interpreter.startsWith("python") || INTERPRETERS.contains(interpreter)) {
            names.addAll(ofScript(argv, interpreter));
        } else if (interpreter.equals("java")) {
            names.addAll(ofJava(argv));
        } else if (interpreter.equals("docker") || interpreter.equals("docker-compose")) {
            boolean compose = interpreter.equals("docker-compose") || argv.contains("compose");
            if (compose && (argv.contains("watch") || argv.contains("--watch"))) {
                names.add("docker compose watch");
            }
        }
        return names;
    }

    private static List<String> ofScript(List<String> argv, String interpreter) {
        List<String> names = new ArrayList<>();
        boolean beforeScript = true;
        for (int i = 1; i < argv.size(); i++) {
            String word = argv.get(i);
            int modules = word.lastIndexOf("node_modules/");
            if (modules >= 0) {
                String below =
                        word.substring(modules + "node_modules/".length()).replaceFirst("^\\.bin/", "");
                names.add(below.split("/", 2)[0]);
            }
            if (word.equals("-m") && i + 1 < argv.size()) {
                names.add(argv.get(i + 1));
            }
            if (beforeScript && (word.equals("--hot") || word.equals("--watch") || word.startsWith("--watch-path"))) {
                names.add(interpreter + " --watch");
            } else if (beforeScript && !word.startsWith("-")) {
                names.add(word);
                beforeScript = false;
            }
        }
        return names;
    }

    private static List<String> ofJava(List<String> argv) {
        List<String> names = new ArrayList<>();
        for (String word : argv) {
            if (word.startsWith("org.gradle.")
                    || word.contains("gradle-wrapper.jar")
                    || word.contains("gradle-launcher")) {
                names.add("gradle");
            } else if (word.contains("plexus.classworlds.launcher") || word.startsWith("org.mvndaemon.")) {
                names.add("mvn");
            } else if (word.contains("sbt-launch")) {
                names.add("sbt");
            }
        }
        return names;
    }

    /** Without directories, and without the ending of a script. */
    private static String plain(String program) {
        return program.substring(program.lastIndexOf('/') + 1)
                .replaceFirst("\\.(js|mjs|cjs|py|rb|sh|exe)$", "")
                .toLowerCase(Locale.ROOT);
    }
}
