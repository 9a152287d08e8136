package io.steadyline.benchmarks.paced;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How long it takes from the start of a process to its first call. */
final class Starts {

    private static final String JAR = "STEADYLINE_JAR";

    private final Place place;

    Starts(Place place) {
        this.place = place;
    }

    /** One start. */
    record Started(String what, double firstCallMs) {}

    List<Started> run(List<Contender> contenders, int times) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("steadyline-starts");
        try {
            Map<String, String> plain = Map.of(JAR, copy(directory, "plain").toString());
            Path cached = copy(directory, "cached");
            boolean hasProduct = contenders.contains(Contender.STEADYLINE);
            if (hasProduct) {
                makeCache(cached);
            }
            List<Started> all = new ArrayList<>();
            for (int time = 0; time < times; time++) {
                for (Contender contender : contenders) {
                    if (contender != Contender.STEADYLINE) {
                        all.add(start(contender, contender.label(), Map.of()));
                    }
                }
                if (hasProduct) {
                    all.add(start(Contender.STEADYLINE, "Steadyline, without the cache", plain));
                    all.add(start(Contender.STEADYLINE, "Steadyline, with the cache", Map.of(JAR, cached.toString())));
                }
            }
            return all;
        } finally {
            delete(directory);
        }
    }

    /** The cache lies beside the jar, so that each jar has its own, or none. */
    private Path copy(Path directory, String name) throws IOException {
        return Files.copy(Contender.jar(place), directory.resolve(name + ".jar"));
    }

    private void makeCache(Path jar) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Contender.launcher(place).toString(), "aot").inheritIO();
        builder.environment().put(JAR, jar.toString());
        if (builder.start().waitFor() != 0) {
            throw new IOException("./steadyline aot: no cache was made");
        }
    }

    private Started start(Contender contender, String what, Map<String, String> more) throws IOException {
        try (RunningServer server = RunningServer.start(contender, place, 1, more)) {
            return new Started(what, server.firstCallMs());
        }
    }

    static String table(List<Started> starts) {
        Map<String, List<Double>> byWhat = new LinkedHashMap<>();
        starts.forEach(start ->
                byWhat.computeIfAbsent(start.what(), _ -> new ArrayList<>()).add(start.firstCallMs()));
        StringBuilder table = new StringBuilder(
                "| Start | first call after, ms: middle | least | most | starts |\n|---|---|---|---|---|\n");
        byWhat.forEach((what, times) -> {
            Collections.sort(times);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %d |%n",
                    what,
                    middle(times),
                    times.getFirst(),
                    times.getLast(),
                    times.size()));
        });
        return table.toString();
    }

    /** Of an even count: between the two in the middle. */
    private static double middle(List<Double> sorted) {
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
