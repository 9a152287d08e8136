package io.steadyline.benchmarks.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteTableTest {

    @TempDir
    private Path directory;

    @Test
    void shouldReadTheSuitesReportInTheOrderOfItsNumbers() throws IOException {
        Path index = directory.resolve("index.json");
        Files.writeString(index, """
            {"Steadyline": {
              "10.1.1": {"behavior": "OK", "behaviorClose": "OK", "duration": 3},
              "2.10": {"behavior": "NON-STRICT", "behaviorClose": "OK"},
              "2.9": {"behavior": "OK"}}}
            """);
        assertThat(CaseResult.read(index, "Steadyline"))
                .containsExactly(
                        new CaseResult("2.9", "OK", "missing"),
                        new CaseResult("2.10", "NON-STRICT", "OK"),
                        new CaseResult("10.1.1", "OK", "OK"));
        assertThat(CaseResult.read(index, "another")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OK, OK, true",
        "NON-STRICT, OK, true",
        "INFORMATIONAL, INFORMATIONAL, true",
        "FAILED, OK, false",
        "OK, FAILED, false",
        "OK, UNCLEAN, false",
        "OK, WRONG CODE, false",
        "UNIMPLEMENTED, OK, false",
        "OK, missing, false",
    })
    void shouldTakeNothingButTheSuitesThreeWordsAsPassed(String behaviour, String close, boolean passed) {
        assertThat(new CaseResult("1.1.1", behaviour, close).isPassed()).isEqualTo(passed);
    }

    @Test
    void shouldCountBySectionAndNameWhatIsNotOk() {
        assertThat(SuiteTable.of(List.of(
                        new CaseResult("1.1.1", "OK", "OK"),
                        new CaseResult("6.4.1", "NON-STRICT", "OK"),
                        new CaseResult("6.4.2", "NON-STRICT", "OK"),
                        new CaseResult("7.1.6", "INFORMATIONAL", "INFORMATIONAL"),
                        new CaseResult("7.7.1", "FAILED", "WRONG CODE"))))
                .isEqualTo("""
                    | Section | cases | OK | NON-STRICT | INFORMATIONAL | FAILED | close: OK | INFORMATIONAL | FAILED |
                    |---|---|---|---|---|---|---|---|---|
                    | 1 framing | 1 | 1 | 0 | 0 | 0 | 1 | 0 | 0 |
                    | 6 UTF-8 | 2 | 0 | 2 | 0 | 0 | 2 | 0 | 0 |
                    | 7 closing | 2 | 0 | 0 | 1 | 1 | 0 | 1 | 1 |
                    | all | 5 | 1 | 2 | 1 | 1 | 3 | 1 | 1 |

                    FAILED, close WRONG CODE: 7.7.1.

                    INFORMATIONAL: 7.1.6.

                    NON-STRICT, close OK: 6.4.1, 6.4.2.
                    """);
    }
}
