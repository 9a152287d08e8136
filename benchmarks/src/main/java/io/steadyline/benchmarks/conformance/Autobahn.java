package io.steadyline.benchmarks.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.benchmarks.paced.Checks;
import io.steadyline.benchmarks.paced.Place;
import io.steadyline.websocket.server.FrameEcho;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run autobahn}. */
@Command(
        name = "autobahn",
        description = {
            "The Autobahn test suite's fuzzing client against the product's listener, upgrade, frames and closing"
                    + " handshake, with an echo behind them.",
            "Ends with 1 when a case failed. The suite's own pages are left in benchmarks/target/autobahn/report."
        },
        mixinStandardHelpOptions = true)
public final class Autobahn implements Callable<Integer> {

    private static final String AGENT = "Steadyline";
    /** The suite's longest message. */
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Option(
            names = "--sections",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2,3,4,5,6,7,9,10",
            description =
                    "Of the suite (default: ${DEFAULT-VALUE}). 12 and 13 are about compression, which is not offered.")
    private List<Integer> sections = List.of();

    @Option(
            names = "--limit-minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "The suite is ended after that (default: ${DEFAULT-VALUE}).")
    private int limitMinutes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.within("--limit-minutes", limitMinutes, 1, 600);
        Set<Integer> known = SuiteTable.SECTIONS.keySet();
        if (sections.isEmpty() || !known.containsAll(sections)) {
            throw new IllegalArgumentException("--sections: " + sections + " (expected: some of " + known + ")");
        }
        Place place = Place.here();
        Path directory = place.root().resolve("benchmarks/target/autobahn");
        Tools.fetch(place.root(), directory, "dependency:unpack@autobahn", "dependency:copy@jython");
        List<CaseResult> results = run(place, directory);
        requireAll(results);
        tell(place, results);
        return results.stream().allMatch(CaseResult::isPassed) ? 0 : 1;
    }

    private List<CaseResult> run(Place place, Path directory) throws IOException, InterruptedException {
        Path report = directory.resolve("report");
        Path index = report.resolve("index.json");
        Path log = directory.resolve("suite.log");
        Files.deleteIfExists(index);
        try (FrameEcho echo = FrameEcho.start(MAX_MESSAGE_BYTES)) {
            Path work = directory.resolve("work.json");
            Files.writeString(work, work(echo.port(), report));
            List<String> suite = Tools.java(
                    "-Xmx1g",
                    "-Dpython.path=" + directory.resolve("suite"),
                    "-Dpython.cachedir.skip=true",
                    "-jar",
                    directory.resolve("jython-standalone.jar").toString(),
                    directory.resolve("suite/autobahntestsuite/wstest.py").toString(),
                    "--mode",
                    "fuzzingclient",
                    "--spec",
                    work.toString());
            Process process = new ProcessBuilder(place.onServerCore(suite))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int ended = Tools.outcome(process, "the suite", limitMinutes);
            if (ended != 0 || !Files.exists(index)) {
                throw new IOException("the suite: ended with " + ended + " and " + (Files.exists(index) ? "a" : "no")
                        + " report; see " + place.root().relativize(log));
            }
        }
        return CaseResult.read(index, AGENT);
    }

    private String work(int port, Path report) throws IOException {
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "options",
                        // A client that closes by the book and waits for the answer, instead of dropping the
                        // connection.
                        Map.of("failByDrop", false),
                        "outdir",
                        report.toString(),
                        "servers",
                        List.of(Map.of(
                                "agent",
                                AGENT,
                                "url",
                                "ws://127.0.0.1:" + port + "/",
                                "options",
                                Map.of("version", 18))),
                        "cases",
                        sections.stream().map(section -> section + ".*").toList(),
                        "exclude-cases",
                        List.of(),
                        "exclude-agent-cases",
                        Map.of()));
    }

    /** A suite that ended early has no failures either. */
    private void requireAll(List<CaseResult> results) throws IOException {
        Set<Integer> seen = results.stream().map(CaseResult::section).collect(Collectors.toSet());
        if (!seen.equals(Set.copyOf(sections))) {
            throw new IOException("the suite: results of sections " + seen + " (expected: " + sections + ")");
        }
    }

    private void tell(Place place, List<CaseResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(SuiteTable.of(results));
        out.println();
        out.println("On " + place.words() + "; " + LocalDate.now(ZoneOffset.UTC) + ".");
        out.flush();
    }
}
