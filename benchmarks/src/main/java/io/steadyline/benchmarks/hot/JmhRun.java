package io.steadyline.benchmarks.hot;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package and prints what each costs: time, and bytes that are allocated. */
public final class JmhRun {

    private static final List<String> LIKE_THE_PRODUCT = List.of(
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:+UseG1GC",
            "-XX:MaxTenuringThreshold=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xms512m",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private JmhRun() {}

    /**
     * @param pattern of the benchmarks' names; empty for all
     * @param seconds of measuring and of warming up before it, for each
     */
    public static String table(String pattern, int seconds) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("io\\.steadyline\\..*" + pattern)
                .forks(1)
                .warmupIterations(seconds)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(seconds)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs(LIKE_THE_PRODUCT.toArray(String[]::new));
        return table(new Runner(options.build()).run());
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder text = new StringBuilder("| Step | ns | ± | bytes allocated |\n|---|---|---|---|\n");
        results.stream()
                .sorted(Comparator.comparing(result -> result.getParams().id()))
                .forEach(result -> text.append(row(result)));
        return text.toString();
    }

    private static String row(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        String[] name = result.getParams().getBenchmark().split("\\.", -1);
        String calls = result.getParams().getParam("calls");
        return String.format(
                Locale.ROOT,
                "| %s.%s%s | %.1f | %s | %.0f |%n",
                name[name.length - 2].replace("Benchmark", ""),
                name[name.length - 1],
                calls == null ? "" : " (" + calls + " calls)",
                time.getScore(),
                Double.isNaN(time.getScoreError()) ? "–" : String.format(Locale.ROOT, "%.1f", time.getScoreError()),
                allocated == null ? 0 : allocated.getScore());
    }
}
