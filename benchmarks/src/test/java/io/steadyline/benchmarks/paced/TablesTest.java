package io.steadyline.benchmarks.paced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.benchmarks.vendor.VendorHeard;
import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.Quantiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {

    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0);

    private static Measured run(Contender contender, int calls, double cpuMs, double gapP99Ms) {
        return run(contender, calls, cpuMs, gapP99Ms, 0);
    }

    private static Measured run(Contender contender, int calls, double cpuMs, double gapP99Ms, long lost) {
        LoadReport report = new LoadReport(
                LoadPlan.of(URI.create("ws://127.0.0.1:1/m"), calls, Duration.ofSeconds(1)),
                new LoadReport.Calls(calls, calls, calls, 0, Map.of(), Map.of(), 0, NONE),
                new LoadReport.Frames(50, 50 - lost, lost, 0, 0, 0),
                0,
                0,
                new Quantiles(50, 0.1, gapP99Ms, 9, 10),
                new LoadReport.Punctual(7, 12, new Quantiles(50, 0.1, 1.5, 3, 4)),
                new LoadReport.Drift(NONE, NONE),
                NONE,
                NONE,
                0.2,
                new LoadReport.Bursts(0, 0, NONE),
                new LoadReport.ServerUse(cpuMs, 1, 0, 0, calls),
                List.of());
        return new Measured(contender, calls, false, report, 30, 12, 800, null);
    }

    @Test
    void shouldTellTheMiddleRunAndItsRatioToTheYardstick() {
        String table = BridgeTable.of(List.of(
                run(Contender.UNDERTOW, 200, 0.8, 2),
                run(Contender.STEADYLINE, 200, 1.4, 5),
                run(Contender.STEADYLINE, 200, 1.2, 4),
                run(Contender.STEADYLINE, 200, 0.9, 3),
                run(Contender.NODE, 1000, 1, 1)));
        assertThat(table.lines().skip(2))
                .containsExactly(
                        "| 200 | Steadyline, as shipped | 1.200 | 1.50 | 0.900 to 1.400 (3 runs) | 0.10 / 4.00 / 9.00"
                                + " | 2.00 | 0.00 | 0.10 / 1.50 / 3.00 in 7 of 12 s | 30 / 12 | 800 | flawless |",
                        "| 200 | yardstick: Undertow's WebSocket API | 0.800 | 1.00 | 0.800 to 0.800 (1 runs) | 0.10 /"
                            + " 2.00 / 9.00 | 1.00 | 0.00 | 0.10 / 1.50 / 3.00 in 7 of 12 s | 30 / 12 | 800 | flawless"
                            + " |",
                        "| 1000 | Node.js and ws | 1.000 |  | 1.000 to 1.000 (1 runs) | 0.10 / 1.00 / 9.00 |  | 0.00 |"
                                + " 0.10 / 1.50 / 3.00 in 7 of 12 s | 30 / – | 800 | flawless |");
    }

    @Test
    void shouldTellTheWorstVerdictOfTheRuns() {
        String table = BridgeTable.of(List.of(
                run(Contender.STEADYLINE, 200, 1.4, 5, 1),
                run(Contender.STEADYLINE, 200, 1.2, 4),
                run(Contender.STEADYLINE, 200, 0.9, 3, 2)));
        assertThat(table.lines().skip(2))
                .singleElement()
                .asString()
                .endsWith("| 2 of 3 runs not flawless: 1 frames lost; 2 frames lost |");
    }

    @Test
    void shouldTellTheRatioOfACallWithAVendorToOneWithout() {
        VendorHeard heard = new VendorHeard(200, 1, 50_000, 999, 1_000, 2_600);
        String table = VendorTable.of(List.of(
                run(Contender.STEADYLINE, 200, 1.0, 2),
                run(Contender.STEADYLINE, 200, 1.5, 4).with(heard)));
        assertThat(table.lines().skip(2))
                .containsExactly(
                        "| 200 | built-in | 1.000 | 1.00 | 1.000 to 1.000 (1 runs) | 0.10 / 2.00 / 9.00 | 0.00 | 30 /"
                                + " 12 | – | flawless |",
                        "| 200 | a vendor's, a WebSocket for each call | 1.500 | 1.50 | 1.500 to 1.500 (1 runs) | 0.10"
                                + " / 4.00 / 9.00 | 0.00 | 30 / 12 | 200 / 1 / 99.9 % | flawless |");
    }

    @Test
    void shouldTellTheMiddleOfTheStarts() {
        String table = Starts.table(List.of(
                new Starts.Started("a", 300),
                new Starts.Started("b", 1),
                new Starts.Started("a", 100),
                new Starts.Started("c", 40),
                new Starts.Started("c", 10),
                new Starts.Started("c", 20),
                new Starts.Started("c", 50),
                new Starts.Started("a", 200)));
        assertThat(table.lines().skip(2))
                .containsExactly("| a | 200 | 100 | 300 | 3 |", "| b | 1 | 1 | 1 | 1 |", "| c | 30 | 10 | 50 | 4 |");
    }

    @Test
    void shouldBePutBetweenTheMarksOfAPage(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("page.md");
        Files.writeString(file, "a\n<!-- x:begin -->\nold\n<!-- x:end -->\nb\n");
        assertThat(new Page(Files.readString(file)).with("x", "new\n"))
                .isEqualTo("a\n<!-- x:begin -->\nnew\n<!-- x:end -->\nb\n");
        assertThatThrownBy(() -> new Page("nothing").with("x", ""))
                .hasMessage("a page without <!-- x:begin --> and <!-- x:end --> (expected: both, in order)");
        assertThatThrownBy(() -> new Page("<!-- x:end --><!-- x:begin -->").requireMarks("x"))
                .hasMessage("a page without <!-- x:begin --> and <!-- x:end --> (expected: both, in order)");
    }

    @Test
    void shouldMissTheMarksBeforeALongRunAndNotAfterIt(@TempDir Path directory) throws Exception {
        Path page = Files.writeString(directory.resolve("page.md"), "<!-- bridge:begin -->\n<!-- bridge:end -->\n");
        StringWriter err = new StringWriter();
        assertThat(Bench.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute("bridge", "--calls=50,200,500,1000,1500", "--page-mark=growth", "--write=" + page))
                .isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("a page without <!-- growth:begin --> and <!-- growth:end --> (expected: both, in order)");
    }

    @ParameterizedTest
    @CsvSource({
        "bridge --calls=0,        --calls: 0 (expected: 1 to 5000)",
        "bridge --calls=10 --seconds=0, --seconds: 0 (expected: 1 to 600)",
        "bridge --times=21,       --times: 21 (expected: 1 to 20)",
        "bridge --recogniser=may, '--recogniser: ''may'' (expected: off, on or vendor)'",
        "bridge --settle=5,       --settle: 5 (expected: 6 to 600)",
        "'bridge --calls=50,0',   --calls: 0 (expected: 1 to 5000)",
        "soak --minutes=0,        --minutes: 0 (expected: 1 to 1440)",
        "soak --calls=7,          --calls: 7 (expected: 8 to 2500)",
        "soak --kill-worker-every=-1, --kill-worker-every: -1 (expected: 0 to 1440)",
        "start --times=0,         --times: 0 (expected: 1 to 50)",
        "burst-start --calls=0,   --calls: 0 (expected: 1 to 5000)",
        "jmh --seconds=61,        --seconds: 61 (expected: 1 to 60)"
    })
    void shouldNotMeasureWhatMakesNoSense(String line, String message) {
        StringWriter err = new StringWriter();
        assertThat(Bench.commandLine().setErr(new PrintWriter(err, true)).execute(line.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo(message);
    }
}
