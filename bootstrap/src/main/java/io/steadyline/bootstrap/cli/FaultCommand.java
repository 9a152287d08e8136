package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.drill.Drill;
import io.steadyline.bootstrap.drill.DrillContext;
import io.steadyline.bootstrap.drill.DrillFailure;
import io.steadyline.bootstrap.drill.DrillResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "list: all faults. all: one after the other, with a table at the end. Exit code 0 when each was as it has"
                    + " to be."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FaultCommand implements Callable<Integer> {

    private static final String LAUNCHER = "STEADYLINE_LAUNCHER";

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME|list|all", description = "What is broken.")
    @SuppressWarnings("NullAway.Init") // injected
    private String name;

    @Option(names = "--calls", defaultValue = "20", description = "Calls at once. Default: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(names = "--times", defaultValue = "1", description = "How often it is repeated. Default: ${DEFAULT-VALUE}.")
    private int times;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (name.equals("list")) {
            for (Drill drill : Drill.values()) {
                out.printf("%-18s fault %2d: %s%n", drill.label(), drill.number(), drill.what());
            }
            return ExitCode.OK;
        }
        List<Drill> wanted = name.equals("all")
                ? List.of(Drill.values())
                : List.of(Drill.byLabel(name)
                        .orElseThrow(() -> new UsageFailure("fault: '" + name + "' (expected: all, list or one of "
                                + Arrays.stream(Drill.values())
                                        .map(Drill::label)
                                        .toList() + ")")));
        StringBuilder table = new StringBuilder("| # | Fault | What you see | What you lose |\n|---|---|---|---|\n");
        int failed = 0;
        for (Drill drill : wanted) {
            failed += run(drill, out, table) ? 0 : 1;
        }
        if (wanted.size() > 1) {
            out.print(table);
        }
        out.printf("%d of %d as they have to be%n", wanted.size() - failed, wanted.size());
        out.flush();
        return failed == 0 ? ExitCode.OK : ExitCode.NO_GO;
    }

    private boolean run(Drill drill, PrintWriter out, StringBuilder table) throws Exception {
        out.printf("%s: %s%n", drill.label(), drill.what());
        out.flush();
        Path directory = Files.createTempDirectory("steadyline-fault");
        try (DrillContext context = DrillContext.in(launcher(), directory, calls, times, text -> {
            out.println("  " + text);
            out.flush();
        })) {
            DrillResult result = drill.run(context);
            out.printf("  seen: %s%n  lost: %s%n", result.seen(), result.lost());
            table.append("| ")
                    .append(drill.number())
                    .append(" | ")
                    .append(drill.what())
                    .append(" | ");
            table.append(result.seen()).append(" | ").append(result.lost()).append(" |\n");
            return true;
        } catch (DrillFailure failure) {
            out.printf("  NOT as it has to be: %s%n", failure.getMessage());
            table.append("| ")
                    .append(drill.number())
                    .append(" | ")
                    .append(drill.what())
                    .append(" | NOT as it has to be: ");
            table.append(failure.getMessage()).append(" | |\n");
            return false;
        } finally {
            out.flush();
            delete(directory);
        }
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
