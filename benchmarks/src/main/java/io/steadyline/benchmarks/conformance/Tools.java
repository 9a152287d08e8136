package io.steadyline.benchmarks.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tools of others, fetched by Maven in the versions of the parent pom, and run as processes of their own. */
final class Tools {

    private Tools() {}

    /**
     * Fetches what is not there, or was there before the poms said otherwise.
     *
     * @param into directory that the goals write to
     * @param goals of the benchmarks' pom, with the name of their execution
     */
    static void fetch(Path root, Path into, String... goals) throws IOException, InterruptedException {
        Path stamp = into.resolve("fetched");
        if (Files.exists(stamp) && isNewer(stamp, root.resolve("pom.xml"), root.resolve("benchmarks/pom.xml"))) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B", "-Dstyle.color=never", "-pl", "benchmarks"));
        command.addAll(List.of(goals));
        Process maven =
                new ProcessBuilder(command).directory(root.toFile()).inheritIO().start();
        if (maven.waitFor() != 0) {
            throw new IOException("mvn " + String.join(" ", goals) + ": ended with " + maven.exitValue());
        }
        Files.writeString(stamp, String.join("\n", goals));
    }

    private static boolean isNewer(Path stamp, Path... poms) throws IOException {
        long stampMs = Files.getLastModifiedTime(stamp).toMillis();
        for (Path pom : poms) {
            if (Files.getLastModifiedTime(pom).toMillis() > stampMs) {
                return false;
            }
        }
        return true;
    }

    /** This JDK's {@code java}, with options that tools of an older world need. */
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /**
     * Waits for its end.
     *
     * @return what it ended with
     * @throws IOException it did not end in time, and was ended
     */
    static int outcome(Process process, String name, long limitMinutes) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(limitMinutes, TimeUnit.MINUTES)) {
                throw new IOException(name + ": still running after " + limitMinutes + " min");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
