package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.drill.Drill;
import io.steadyline.bootstrap.drill.DrillContext;
import io.steadyline.bootstrap.drill.DrillFailure;
import io.steadyline.bootstrap.drill.DrillNotRun;
import io.steadyline.bootstrap.drill.DrillResult;
import io.steadyline.bootstrap.drill.DrillTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Breaks something on purpose and says what came of it. */
@Command(
        name = "fault",
        description = {
            "Starts a gateway of its own on loopback, places calls, breaks something, and says what was seen and lost.",
            "list: what there is. all: the faults with a number, one after the other, with a table at the end; the"
                + " others take minutes and have to be named. Exit code 0 when each that could be caused here was as"
                + " it has to be."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FaultCommand implements Callable<Integer> {

    private static final List<String> ALL = List.of("all");

    private static final String LAUNCHER = "STEADYLINE_LAUNCHER";

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME…|list|all", arity = "1..*", description = "What is broken.")
    @SuppressWarnings("NullAway.Init") // injected
    private List<String> names;

    @Option(names = "--calls", defaultValue = "20", description = "Calls at once. Default: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(names = "--times", defaultValue = "1", description = "How often it is repeated. Default: ${DEFAULT-VALUE}.")
    private int times;

    @Option(
            names = "--door",
            paramLabel = "grpc|twilio",
            defaultValue = "",
            description = "Of faults of bots: how they are attached. Default: both, one after the other.")
    @SuppressWarnings("NullAway.Init") // injected
    private String door;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = {
                "Writes the table into this page, between its marks; rows of faults that were not run now stay as they"
                        + " are there."
            })
    private @Nullable Path page;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (names.equals(List.of("list"))) {
            for (Drill drill : Drill.values()) {
                String number = drill.isFault() ? String.format("fault %2d", drill.number()) : "        ";
                out.printf("%-18s %s: %s%n", drill.label(), number, drill.what());
            }
            return ExitCode.OK;
        }
        if (!List.of("", "grpc", "twilio").contains(door)) {
            throw new UsageFailure("--door: '" + door + "' (expected: grpc or twilio)");
        }
        List<Drill> wanted = wanted();
        DrillTable table = new DrillTable();
        int ok = 0;
        int failed = 0;
        for (Drill drill : wanted) {
            Outcome outcome = run(drill, out, table);
            ok += outcome == Outcome.OK ? 1 : 0;
            failed += outcome == Outcome.FAILED ? 1 : 0;
        }
        if (names.equals(ALL)) {
            out.print(table.text(""));
        }
        if (page != null) {
            Files.writeString(page, table.writtenInto(Files.readString(page)));
        }
        out.printf("%d of %d as they have to be, %d not run%n", ok, wanted.size(), wanted.size() - ok - failed);
        out.flush();
        return failed == 0 ? ExitCode.OK : ExitCode.NO_GO;
    }

    private List<Drill> wanted() {
        if (names.equals(ALL)) {
            return Arrays.stream(Drill.values()).filter(Drill::isFault).toList();
        }
        return names.stream()
                .map(name -> Drill.byLabel(name)
                        .orElseThrow(() -> new UsageFailure("fault: '" + name + "' (expected: all, list or some of "
                                + Arrays.stream(Drill.values())
                                        .map(Drill::label)
                                        .toList() + ")")))
                .toList();
    }

    /** What came of one drill. */
    private enum Outcome {
        OK,
        FAILED,
        NOT_RUN
    }

    private Outcome run(Drill drill, PrintWriter out, DrillTable table) throws Exception {
        out.printf("%s: %s%n", drill.label(), drill.what());
        out.flush();
        Path directory = Files.createTempDirectory("steadyline-fault");
        try (DrillContext context = DrillContext.in(launcher(), directory, calls, times, door, text -> {
            out.println("  " + text);
            out.flush();
        })) {
            DrillResult found = drill.run(context);
            DrillResult result = new DrillResult(plain(found.seen(), directory), plain(found.lost(), directory));
            out.printf("  seen: %s%n  lost: %s%n", result.seen(), result.lost());
            table.ok(drill, result);
            return Outcome.OK;
        } catch (DrillFailure failure) {
            String why = plain(failure.getMessage(), directory);
            out.printf("  NOT as it has to be: %s%n", why);
            table.failed(drill, why);
            return Outcome.FAILED;
        } catch (DrillNotRun impossible) {
            String why = plain(impossible.getMessage(), directory);
            out.printf("  not run: %s%n", why);
            table.notRun(drill, why);
            return Outcome.NOT_RUN;
        } finally {
            out.flush();
            delete(directory);
        }
    }

    /** Without the paths of this machine. */
    private static String plain(@Nullable String text, Path directory) {
        return String.valueOf(text)
                .replace(directory.toString(), "…")
                .replace(System.getProperty("java.home"), "…")
                .replace(launcher().resolveSibling("").toString(), "…");
    }

    private static Path launcher() {
        String launcher = System.getenv(LAUNCHER);
        if (launcher == null) {
            throw new CommandFailure("the launcher is not known: run ./steadyline fault");
        }
        return Path.of(launcher);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
