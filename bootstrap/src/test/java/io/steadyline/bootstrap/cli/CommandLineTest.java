package io.steadyline.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Nested
    class Help {

        @Test
        void shouldNameEveryCommandAndExitCode() {
            assertThat(run("--help")).isEqualTo(0);
            assertThat(out.toString())
                    .contains("serve", "demo", "check", "call", "sessions", "watch", "drain", "restarts")
                    .contains("upgrade", "config", "aot", "help")
                    .contains("Exit codes: 0 good or GO, 1 NO-GO or failed, 2 usage, 78 refused");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "serve",
                    "demo",
                    "check",
                    "call",
                    "load",
                    "sessions",
                    "watch",
                    "drain",
                    "restarts",
                    "upgrade",
                    "stt",
                    "agents",
                    "bot",
                    "aot",
                    "config"
                })
        void shouldBeThereForEachCommand(String command) {
            assertThat(run(command, "--help")).isEqualTo(0);
            assertThat(out.toString()).contains("steadyline " + command);
        }

        @Test
        void shouldSayTheVersion() {
            assertThat(run("--version")).isEqualTo(0);
            assertThat(out.toString().lines()).containsExactly("steadyline development", "java " + Runtime.version());
        }
    }

    @Nested
    class AWrongCall {

        @Test
        void shouldBeAskedForASubcommand() {
            assertThat(run()).isEqualTo(2);
            assertThat(err.toString()).contains("a subcommand is missing");
        }

        @Test
        void shouldBeAskedForASubcommandOfConfig() {
            assertThat(run("config")).isEqualTo(2);
            assertThat(err.toString()).contains("a subcommand is missing: check");
        }

        @ParameterizedTest
        @CsvSource({
            "--verbose, --verbose",
            "serve --workers=2, --workers=2",
            "serv, serv",
            "aot, ./steadyline aot",
            "aot --again, --again",
            "call --seconds=ten, --seconds",
            "drain maybe, maybe",
            "restarts --cause=boredom, boredom",
            "upgrade --timeout=soon, --timeout",
            "bot --gateway=nowhere, --gateway",
            "bot --door=window, --door",
            "fault sigterm --door=window, --door"
        })
        void shouldNameWhatIsNotKnown(String line, String named) {
            assertThat(run(line.split(" "))).isEqualTo(2);
            assertThat(err.toString()).contains(named);
            assertThat(out.toString()).isEmpty();
        }

        @Test
        void shouldListTheFaultsThatThereAre() {
            assertThat(run("demo", "--once", "--fault", "earthquake")).isEqualTo(2);
            assertThat(err.toString()).contains("--fault: 'earthquake' (expected: stt-stall, pacer-stall)");
        }
    }

    @Nested
    class ALoad {

        @ParameterizedTest
        @CsvSource({
            "--calls=0,        --calls: 0 (expected: 1 to 5000)",
            "--calls=5001,     --calls: 5001 (expected: 1 to 5000)",
            "--ramp=0,         --ramp: 0 (expected: 1 to 1000)",
            "--ramp=1001,      --ramp: 1001 (expected: 1 to 1000)",
            "--seconds=0,      --seconds: 0 (expected: 1 to 86400)",
            "--seconds=86401,  --seconds: 86401 (expected: 1 to 86400)",
            "--settle=-1,      --settle: -1 (expected: 0 to 86400)",
            "--pid=0,          --pid: 0 (expected: 1 or more)",
            "--pid=999999999,  --pid: 999999999 (expected: a process of this machine that may be looked at)",
            "--url=wss://h/m,  --url: wss://h/m (expected: ws://host:port/path; TLS is not spoken)"
        })
        void shouldNameAValueThatIsNoUse(String option, String message) {
            assertThat(run("load", option)).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo(message);
        }

        @Test
        void shouldNotLoadAnotherHostUnlessToldThatItMay() {
            assertThat(run("load", "--url=ws://192.0.2.1:5000/twilio/media")).isEqualTo(2);
            assertThat(err.toString()).contains("--url: ws://192.0.2.1:5000/twilio/media", "--i-may-load-this-host");
        }

        @Test
        void shouldSayThatATokenCannotBeRead() {
            assertThat(run("load", "--auth-token-file=/nowhere/token")).isEqualTo(1);
            assertThat(err.toString()).contains("--auth-token-file: /nowhere/token");
        }
    }

    @Nested
    class ACall {

        @ParameterizedTest
        @CsvSource({
            "--seconds=0,    --seconds: 0 (expected: 1 to 3600)",
            "--seconds=3601, --seconds: 3601 (expected: 1 to 3600)",
            "--calls=0,      --calls: 0 (expected: 1 to 5000)",
            "--calls=5001,   --calls: 5001 (expected: 1 to 5000)",
            "--ramp=0,       --ramp: 0 (expected: 1 to 1000)",
            "--ramp=1001,    --ramp: 1001 (expected: 1 to 1000)",
            "--dtmf=1x,      --dtmf: digit: 'x' (expected: one of 0-9 * # A-D)"
        })
        void shouldNameAValueOutOfItsRange(String option, String message) {
            assertThat(run("call", option)).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo(message);
        }

        @Test
        void shouldNameAUrlThatCannotBeRead() {
            assertThat(run("call", "ws://a b")).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo("URL: 'ws://a b' (expected: ws://host:port/twilio/media)");
        }

        @Test
        void shouldNameSpeechThatIsNotThere() {
            assertThat(run("call", "--speech", "no-such.wav")).isEqualTo(1);
            assertThat(err.toString()).startsWith("--speech: ").contains("no-such.wav");
        }
    }

    @Nested
    class ACheck {

        @ParameterizedTest
        @ValueSource(ints = {2, 121})
        void shouldNameALengthOutOfItsRange(int seconds) {
            assertThat(run("check", "--seconds=" + seconds)).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo("--seconds: " + seconds + " (expected: 3 to 120)");
        }
    }

    @Nested
    class Restarts {

        @ParameterizedTest
        @ValueSource(ints = {0, 501})
        void shouldNameANumberOutOfItsRange(int last) {
            assertThat(run("restarts", "--last=" + last)).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo("--last: " + last + " (expected: 1 to 500)");
        }
    }

    @Nested
    class AnUpgrade {

        @ParameterizedTest
        @ValueSource(ints = {0, 3_601})
        void shouldNameATimeoutOutOfItsRange(int timeout) {
            assertThat(run("upgrade", "--timeout=" + timeout)).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo("--timeout: " + timeout + " (expected: 1 to 3600)");
        }
    }

    @Nested
    class AClientCommand {

        @ParameterizedTest
        @ValueSource(strings = {"sessions", "watch", "drain status", "check", "restarts", "restarts 17", "upgrade"})
        void shouldNameAnAddressThatIsNone(String line) {
            assertThat(run((line + " --admin localhost").split(" "))).isEqualTo(2);
            assertThat(err.toString().strip()).isEqualTo("--admin: 'localhost' (expected: HOST:PORT)");
        }
    }

    private int run(String... arguments) {
        CommandLine command = SteadylineCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
