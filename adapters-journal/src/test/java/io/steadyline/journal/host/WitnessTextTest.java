package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.ServiceResult;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.Evidence.Witness;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTextTest {

    private static final Instant WRITTEN = Instant.ofEpochSecond(2_000_000);
    private static final Instant NOTED = Instant.ofEpochSecond(1_999_999);

    private static List<Evidence> read(String text) {
        return new WitnessText(text).evidence(77, WRITTEN);
    }

    @Test
    void shouldTellAnExitCode() {
        assertThat(read("result=exit-code\ncode=exited\nstatus=3\npid=77\nat=1999999\n"))
                .containsExactly(
                        new WaitStatus(Witness.SYSTEMD, OptionalInt.of(3), OptionalInt.empty(), NOTED),
                        new ServiceResult("exit-code"));
    }

    @ParameterizedTest
    @CsvSource({"killed, KILL, 9", "killed, SIGTERM, 15", "dumped, ABRT, 6", "killed, 9, 9", "dumped, segv, 11"})
    void shouldTellASignal(String code, String status, int signal) {
        assertThat(read("result=signal\ncode=" + code + "\nstatus=" + status + "\nat=1999999"))
                .containsExactly(
                        new WaitStatus(Witness.SYSTEMD, OptionalInt.empty(), OptionalInt.of(signal), NOTED),
                        new ServiceResult("signal"));
    }

    @Test
    void shouldTellOnlyTheResultWhenTheNoteIsOfAnotherProcess() {
        assertThat(read("result=oom-kill\ncode=killed\nstatus=KILL\npid=78"))
                .containsExactly(new ServiceResult("oom-kill"));
    }

    @Test
    void shouldTakeTheTimeOfTheFileWhenItHasNone() {
        assertThat(read("code=exited\r\nstatus=0\r\npid=\r\n"))
                .containsExactly(new WaitStatus(Witness.SUPERVISOR, OptionalInt.of(0), OptionalInt.empty(), WRITTEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "=", "code=killed", "code=killed\nstatus=WHAT", "code=exited\nstatus=x", "\u0000\uffff="})
    void shouldTellNothingWhenItSaysNothing(String text) {
        assertThat(read(text)).isEmpty();
    }
}
