package io.steadyline.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrillTableTest {

    private static final String PAGE = "# Operations\n<!-- faults:begin -->\nold\n<!-- faults:end -->\nafter\n";

    private final DrillTable table = new DrillTable();

    private static List<Integer> numbers(String table) {
        return table.lines()
                .filter(line -> line.matches("\\| \\d+ .*"))
                .map(line -> Integer.parseInt(line.split(" ", 3)[1]))
                .toList();
    }

    @Test
    void shouldHaveARowForEachFaultInOrder() {
        List<Integer> numbers = numbers(table.text(""));
        assertThat(numbers)
                .isSorted()
                .containsAll(IntStream.rangeClosed(1, 49).boxed().toList());
    }

    /** {@code deaths} is of no number, and has a table of its own. */
    @Test
    void shouldHaveARowForEachDrillOfTheList() {
        assertThat(Arrays.stream(Drill.values())
                        .filter(drill -> drill.number() > 0)
                        .map(drill -> "| `" + drill.label() + "` |"))
                .allMatch(table.text("")::contains);
    }

    @Test
    void shouldTellTheThreeOutcomesApart() {
        table.ok(Drill.FROZEN, new DrillResult("it was told", "2 s of silence"));
        table.failed(Drill.HALT, "cause: unknown (expected: halt)");
        table.notRun(Drill.THROTTLED, "needs root");
        assertThat(table.text(""))
                .containsPattern("\\| 14 \\|[^\n]* \\| ok \\| it was told \\| 2 s of silence \\|")
                .containsPattern("\\| 11 \\|[^\n]* \\| \\*\\*not ok\\*\\* \\| cause: unknown")
                .containsPattern("\\| 15 \\|[^\n]* \\| not run \\| needs root \\|");
    }

    @Test
    void shouldKeepWhatAnEarlierRunHasWritten() {
        table.ok(Drill.FROZEN, new DrillResult("first", ""));
        String once = table.writtenInto(PAGE);
        DrillTable later = new DrillTable();
        later.ok(Drill.STOPPED, new DrillResult("second", ""));
        assertThat(later.writtenInto(once)).contains("| ok | first |", "| ok | second |");
    }

    @Test
    void shouldLeaveTheRestOfThePageAsItIs() {
        assertThat(table.writtenInto(PAGE))
                .startsWith("# Operations\n<!-- faults:begin -->\n| # | Fault |")
                .endsWith("|\n<!-- faults:end -->\nafter\n")
                .doesNotContain("old");
    }

    @Test
    void shouldStayATableWhateverWasSeen() {
        table.ok(Drill.FROZEN, new DrillResult("a|b\nc", ""));
        assertThat(table.text("")).contains("| ok | a/b c |");
    }

    @Test
    void shouldRefuseAPageWithoutAPlaceForIt() {
        assertThatThrownBy(() -> table.writtenInto("# Operations\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("faults:begin");
    }
}
