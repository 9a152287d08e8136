package io.steadyline.benchmarks.paced;

import io.steadyline.benchmarks.conformance.Autobahn;
import io.steadyline.benchmarks.conformance.Fuzz;
import io.steadyline.benchmarks.hot.JmhRun;
import io.steadyline.benchmarks.soak.Soak;
import io.steadyline.benchmarks.soak.SoakPlan;
import io.steadyline.benchmarks.soak.SoakReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        description = {
            "Measures what Steadyline costs. Needs a quiet machine with two cores, taskset and a packaged product.",
            "Also runs two tests from outside that are no part of the build: autobahn and fuzz."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            Bench.Jmh.class,
            Bench.Bridge.class,
            Bench.Soaking.class,
            Bench.Start.class,
            Bench.BurstStart.class,
            Autobahn.class,
            Fuzz.class
        })
public final class Bench implements Runnable {

    private static final int USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    /** @param args see {@code --help} */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((failure, command, arguments) -> {
            if (failure instanceof IllegalArgumentException unusable) {
                command.getErr().println(unusable.getMessage());
                return USAGE;
            }
            if (failure instanceof IOException failed) {
                command.getErr().println(failed.getMessage());
                return 1;
            }
            throw failure;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a subcommand is missing: jmh, bridge, soak, start, burst-start, autobahn or fuzz");
    }

    private static PrintStream out() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    /** Before a long run, whose table would be lost without them. */
    private static void requireMarks(String name, @Nullable Path page) throws IOException {
        if (page != null) {
            new Page(Files.readString(page)).requireMarks(name);
        }
    }

    private static void requirePackaged(Place place) {
        String whyNot = Contender.STEADYLINE.whyNot(place);
        if (!whyNot.isEmpty()) {
            throw new IllegalArgumentException(Contender.STEADYLINE.label() + ": " + whyNot);
        }
    }

    /** Prints a table, and puts it into a page when it is to. */
    private static void tell(String name, String table, @Nullable Path page) throws IOException {
        String told = table + "\nOn " + Place.here().words() + "; " + LocalDate.now(ZoneOffset.UTC) + ".\n";
        out().print(told);
        if (page != null) {
            Files.writeString(page, new Page(Files.readString(page)).with(name, told));
        }
    }

    /** The hot steps. */
    @Command(
            name = "jmh",
            description = "Time and allocated bytes of each hot step, with the product's JVM options.",
            mixinStandardHelpOptions = true)
    static final class Jmh implements Callable<Integer> {

        @Parameters(
                paramLabel = "PATTERN",
                arity = "0..1",
                defaultValue = "",
                description = "Regular expression within the benchmarks' names; default: all.")
        @SuppressWarnings("NullAway.Init") // injected
        private String pattern;

        @Option(
                names = "--seconds",
                defaultValue = "5",
                description = "Of warming up, and of measuring, for each (default: ${DEFAULT-VALUE}).")
        private int seconds;

        @Option(
                names = "--write",
                paramLabel = "FILE",
                description = "Writes the table into this page, between its marks.")
        private @Nullable Path page;

        @Override
        public Integer call() throws IOException, RunnerException {
            tell("jmh", JmhRun.table(pattern, Checks.within("--seconds", seconds, 1, 60)), page);
            return 0;
        }
    }

    /** What the runs of servers have in common. */
    private static final class Common {

        @Option(names = "--json", paramLabel = "FILE", description = "Also writes every run to this file.")
        private @Nullable Path json;

        @Option(
                names = "--write",
                paramLabel = "FILE",
                description = "Writes the table into this page, between its marks.")
        private @Nullable Path page;

        @Option(
                names = "--only",
                paramLabel = "NAME",
                split = ",",
                description = "steadyline, undertow, node; default: all that can run here.")
        private List<String> only = List.of();

        List<Contender> contenders(Place place) {
            return Contender.those(only, place, line -> out().println(line));
        }

        /** For runs of the product alone. */
        void requireProduct(Place place) {
            if (!only.isEmpty() && !only.equals(List.of("steadyline"))) {
                throw new IllegalArgumentException(
                        "--only: " + only + " (expected: steadyline, no other has a vendor)");
            }
            requirePackaged(place);
        }

        void requireMarks(String name) throws IOException {
            Bench.requireMarks(name, page);
        }

        void tellRuns(String name, String table, List<Measured> runs) throws IOException {
            tell(name, table, page);
            if (json != null) {
                Files.writeString(json, Measured.json(runs));
            }
        }
    }

    /** The job. */
    @Command(
            name = "bridge",
            description = {
                "Each server does the same job alone on one core: N calls echo at a cadence of 20 ms.",
                "Prints CPU per call and second, gap errors, memory per call and the time to the first call, and their"
                        + " ratios to the yardstick on Undertow's WebSocket API.",
                "With --recogniser vendor: the product alone, with a vendor's recogniser for each call and without, and"
                        + " their ratio."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Bridge implements Callable<Integer> {

        @Option(
                names = "--calls",
                paramLabel = "N",
                split = ",",
                defaultValue = "200",
                description = "Calls at once, one or several numbers (default: ${DEFAULT-VALUE}).")
        private List<Integer> calls = List.of();

        @Option(
                names = "--seconds",
                defaultValue = "20",
                description = "Measured each time (default: ${DEFAULT-VALUE}).")
        private int seconds;

        @Option(
                names = "--settle",
                paramLabel = "SECONDS",
                defaultValue = "8",
                description =
                        "The load runs for this long before each measuring; on a full core the compilers need more"
                                + " (default: ${DEFAULT-VALUE}).")
        private int settle;

        @Option(
                names = "--times",
                paramLabel = "K",
                defaultValue = "3",
                description = "Runs of each, in turn; the middle one by CPU is told (default: ${DEFAULT-VALUE}).")
        private int times;

        @Option(
                names = "--recogniser",
                paramLabel = "off|on|vendor",
                defaultValue = "off",
                description = "off: no recogniser, silent callers; on: the built-in one, and they speak;"
                        + " vendor: the same beside a recogniser on its own WebSocket for each call"
                        + " (default: ${DEFAULT-VALUE}).")
        @SuppressWarnings("NullAway.Init") // injected
        private String recogniser;

        @Option(
                names = "--page-mark",
                paramLabel = "NAME",
                description =
                        "With --write: the marks that the table goes between, such as growth; default: those of the"
                                + " command in the page.")
        private @Nullable String mark;

        @CommandLine.Mixin
        private Common common = new Common();

        @Override
        public Integer call() throws IOException, InterruptedException {
            Recogniser listens = Recogniser.named(recogniser);
            Rounds rounds = Rounds.of(calls, settle, seconds, times);
            String name = mark == null ? listens.mark() : mark;
            common.requireMarks(name);
            Place place = Place.here();
            switch (listens) {
                case OFF, ON -> compare(name, place, rounds, listens == Recogniser.ON);
                case VENDOR -> {
                    common.requireProduct(place);
                    List<Measured> runs = new VendorBridge(place, line -> out().println(line)).run(rounds);
                    common.tellRuns(name, VendorTable.of(runs), runs);
                }
            }
            return 0;
        }

        /** With the yardsticks. */
        private void compare(String name, Place place, Rounds rounds, boolean speaks)
                throws IOException, InterruptedException {
            PacedBridge bridge = new PacedBridge(place, line -> out().println(line));
            List<Measured> runs = bridge.run(common.contenders(place), rounds, speaks);
            common.tellRuns(name, BridgeTable.of(runs), runs);
        }
    }

    /** For long. */
    @Command(
            name = "soak",
            description = {
                "The packaged product behind its keeper for an hour, with half of the calls for the whole run, calls"
                        + " that come and go, and calls whose socket is cut and that come back or do not.",
                "Prints what was lost, what the processes held before, meanwhile and after, and OK or what does not"
                        + " hold; ends with 1 then. Bots that die are no part of it: ./steadyline fault kill-agent."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Soaking implements Callable<Integer> {

        @Option(names = "--minutes", defaultValue = "60", description = "1 to 1440 (default: ${DEFAULT-VALUE}).")
        private int minutes;

        @Option(
                names = "--calls",
                paramLabel = "N",
                defaultValue = "200",
                description = "Calls at once (default: ${DEFAULT-VALUE}).")
        private int calls;

        @Option(
                names = "--kill-worker-every",
                paramLabel = "MINUTES",
                defaultValue = "0",
                description =
                        "The worker is killed, and the one that waits takes over; 0: never (default). Frames that are"
                                + " lost are then told and not judged.")
        private int killEveryMinutes;

        @Option(
                names = "--write",
                paramLabel = "FILE",
                description = "Writes the table into this page, between its marks.")
        private @Nullable Path page;

        @Option(names = "--log", paramLabel = "FILE", description = "Leaves the log of the gateway in this file.")
        private @Nullable Path log;

        @Override
        public Integer call() throws IOException, InterruptedException {
            SoakPlan plan = SoakPlan.of(minutes, calls, killEveryMinutes);
            requireMarks("soak", page);
            Place place = Place.here();
            requirePackaged(place);
            SoakReport report = new Soak(place, plan, log, line -> out().println(line)).run();
            tell("soak", report.table(), page);
            return report.faults().isEmpty() ? 0 : 1;
        }
    }

    /** From nothing to a call. */
    @Command(
            name = "start",
            description =
                    "Time from the start of the process to the first call that is taken, without and with the cache of"
                            + " ./steadyline aot.",
            mixinStandardHelpOptions = true)
    static final class Start implements Callable<Integer> {

        @Option(names = "--times", defaultValue = "5", description = "Starts of each (default: ${DEFAULT-VALUE}).")
        private int times;

        @CommandLine.Mixin
        private Common common = new Common();

        @Override
        public Integer call() throws IOException, InterruptedException {
            Checks.within("--times", times, 1, 50);
            Place place = Place.here();
            List<Starts.Started> starts = new Starts(place).run(common.contenders(place), times);
            tell("start", Starts.table(starts), common.page);
            return 0;
        }
    }

    /** A worker that is cold. */
    @Command(
            name = "burst-start",
            description =
                    "Many calls at once right after the start of the process: the worst second that a server has.",
            mixinStandardHelpOptions = true)
    static final class BurstStart implements Callable<Integer> {

        @Option(
                names = "--calls",
                paramLabel = "N",
                defaultValue = "500",
                description = "Calls at once (default: ${DEFAULT-VALUE}).")
        private int calls;

        @CommandLine.Mixin
        private Common common = new Common();

        @Override
        public Integer call() throws IOException, InterruptedException {
            Checks.within("--calls", calls, 1, 5_000);
            Place place = Place.here();
            ColdStart cold = new ColdStart(place);
            tell("burst-start", cold.run(common.contenders(place), calls), common.page);
            return 0;
        }
    }
}
