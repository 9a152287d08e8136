package io.steadyline.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.port.ServerControl.Drain;
import io.steadyline.restart.Cause;
import io.steadyline.restart.CutCall.Fate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** What an operator reads of restarts, drains and upgrades, and with which code the commands end. */
class OperatorTest {

    private final FakeGateway gateway = new FakeGateway();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Nested
    class Restarts {

        @Test
        void shouldBeListedNewestFirstBelowTheCurrentBoot() {
            gateway.ended.add(FakeGateway.report(17, Cause.SIGKILL, Fate.CUT, Fate.ADOPTED, Fate.CLOSED));
            gateway.ended.add(FakeGateway.report(16, Cause.PLANNED_STOP));
            gateway.repeats("It ends about every 60 min.");

            assertThat(run("restarts")).isEqualTo(ExitCode.OK);
            assertThat(compact()).isEqualTo("""
                BOOT ID STARTED ENDED CAUSE SURE CUT ADOPTED CLOSED WHY
                18 b18 2026-01-01T12:00:00Z runs
                17 b17 2026-01-01T12:00:00Z 2026-01-01T13:00:00.250Z sigkill cannot tell 1 1 1 Nobody knows\\u000awhy. [auto-reload]
                16 b16 2026-01-01T12:00:00Z 2026-01-01T13:00:00.250Z planned_stop cannot tell 0 0 0 Nobody knows\\u000awhy. [auto-reload]
                2 of 2 ended boots
                Pattern: It ends about every 60 min.
                """);
        }

        @Test
        void shouldBeFilteredAndCut() {
            IntStream.iterate(17, i -> i > 7, i -> i - 1)
                    .forEach(i ->
                            gateway.ended.add(FakeGateway.report(i, i % 2 == 0 ? Cause.SIGKILL : Cause.KERNEL_OOM)));

            assertThat(run("restarts", "--cause", "kernel_oom", "--last", "2")).isEqualTo(ExitCode.OK);
            assertThat(compact())
                    .contains("\n17 b17 ", "\n15 b15 ", "\n2 of 5 ended boots\n")
                    .doesNotContain("b16", "b13");
        }

        @ParameterizedTest
        @EnumSource
        void shouldBeFilteredByEveryCause(Cause cause) {
            gateway.ended.add(FakeGateway.report(17, cause));
            assertThat(run("restarts", "--cause=" + cause)).isEqualTo(ExitCode.OK);
            assertThat(compact()).contains("1 of 1 ended boots");
        }

        @Test
        void shouldShowOneInFull() {
            gateway.ended.add(FakeGateway.report(17, Cause.SIGKILL, Fate.CUT, Fate.ADOPTED));

            assertThat(run("restarts", "17")).isEqualTo(ExitCode.OK);
            assertThat(compact()).isEqualTo("""
                boot 17 (b17), started 2026-01-01T12:00:00Z
                version 0.1.17, revision abc123, profile production, pid 4711, parents: systemd
                ended 2026-01-01T13:00:00.250Z, away for 0.6 s
                sigkill (cannot tell): Nobody knows\\u000awhy. [auto-reload]
                Evidence
                2026-01-01T13:00:00.250Z The keeper saw it killed by SIGKILL (9).
                - A reloader may be behind it: nodemon is a parent.
                Calls that were live: 2 (1 cut, 1 adopted, 0 closed)
                CALL STREAM DIALECT AGE s LAST SEEN IN OUT LOST IN LOST OUT MARKS FATE FIGURES
                CA-CUT MZ-CUT twilio 90 2026-01-01T13:00:00.230Z 4500 3000 4 fr 160 ms 1 cut of the last record
                CA-ADOPTED MZ-ADOPTED twilio 90 2026-01-01T13:00:00.230Z 4500 3000 4 fr 160 ms 1 adopted exact
                Last lines before the end
                the last line\\u001b[2J
                First lines after it
                the first line
                Damage in the records
                journal: 3 bytes left over
                """);
        }

        @Test
        void shouldShowTheBootThatAnswers() {
            assertThat(run("restarts", "current")).isEqualTo(ExitCode.OK);
            assertThat(compact()).startsWith("boot 18 (b18), ").endsWith("\nruns\n");
        }

        @Test
        void shouldNameABootThatIsNotKept() {
            assertThat(run("restarts", "3")).isEqualTo(ExitCode.NO_GO);
            assertThat(err.toString().strip())
                    .isEqualTo("admin at " + gateway.address() + ": NOT_FOUND: id: '3' (expected: id or number of a"
                            + " boot, or 'current'; no ended boot is kept, current: 18)");
            assertThat(out.toString()).isEmpty();
        }

        @Test
        void shouldBeJsonForScripts() throws IOException {
            gateway.ended.add(FakeGateway.report(17, Cause.SIGKILL, Fate.CUT));

            assertThat(run("restarts", "--json")).isEqualTo(ExitCode.OK);
            JsonNode list = new ObjectMapper().readTree(out.toString());
            assertThat(list.at("/total").asInt()).isEqualTo(1);
            assertThat(list.at("/pattern").asText("missing")).isEmpty();
            assertThat(list.at("/current/number").asLong()).isEqualTo(18);
            assertThat(list.at("/current/parents/0").asText()).isEqualTo("systemd");
            assertThat(list.at("/current/end").isMissingNode()).isTrue();
            assertThat(list.at("/boots/0/end/cause").asText()).isEqualTo("BOOT_END_CAUSE_SIGKILL");
            assertThat(list.at("/boots/0/end/ended_at").asText()).isEqualTo("2026-01-01T13:00:00.250Z");
            assertThat(list.at("/boots/0/end/away").asDouble()).isEqualTo(0.64);
            assertThat(list.at("/boots/0/end/auto_reload").asBoolean()).isTrue();
            assertThat(list.at("/boots/0/end/calls_adopted").isInt()).isTrue();
        }

        @Test
        void shouldBeJsonInFull() throws IOException {
            gateway.ended.add(FakeGateway.report(17, Cause.SIGKILL, Fate.CUT));

            assertThat(run("restarts", "b17", "--json")).isEqualTo(ExitCode.OK);
            JsonNode boot = new ObjectMapper().readTree(out.toString());
            assertThat(boot.at("/evidence/0/kind").asText()).isEqualTo("wait_status");
            assertThat(boot.at("/evidence/1/at").isMissingNode()).isTrue();
            assertThat(boot.at("/calls/0/lost_out_ms").asLong()).isEqualTo(160);
            assertThat(boot.at("/lines_before/0").asText()).isEqualTo("the last line\u001b[2J");
        }
    }

    @Nested
    class DrainStatus {

        @Test
        void shouldShowTheCallsThatAreLeftOldestFirst() {
            gateway.live.add(FakeGateway.call("CA1", 12));
            gateway.live.add(FakeGateway.call("CA2", 90));
            gateway.drains(new Drain(FakeGateway.STARTED, "deploy\n7", Optional.of(FakeGateway.ENDED)));

            assertThat(run("drain", "status")).isEqualTo(ExitCode.OK);
            assertThat(compact()).isEqualTo("""
                drain on, live calls: 2
                since 2026-01-01T12:00:00Z: deploy\\u000a7
                the process stops; calls that are left are ended at 2026-01-01T13:00:00.250Z
                calls outlive the process: yes (keeper)
                CA2 90 s
                CA1 12 s
                """);
        }

        @Test
        void shouldSayHowManyMoreThereAre() {
            IntStream.range(0, 53).forEach(i -> gateway.live.add(FakeGateway.call("CA" + i, i)));

            assertThat(run("drain")).isEqualTo(ExitCode.OK);
            assertThat(compact())
                    .startsWith("drain off, live calls: 53\ncalls outlive the process: yes (keeper)\nCA52 52 s\n")
                    .endsWith("CA3 3 s\nand 3 more, younger\n");
        }

        @Test
        void shouldNotBeShownWhenDrainingIsAskedFor() {
            gateway.live.add(FakeGateway.call("CA1", 12));

            assertThat(run("drain", "on")).isEqualTo(ExitCode.OK);
            assertThat(run("drain", "off")).isEqualTo(ExitCode.OK);
            assertThat(compact()).isEqualTo("drain on, live calls: 1\ndrain off, live calls: 1\n");
        }
    }

    @Nested
    class AnUpgrade {

        @Test
        void shouldWaitForTheOtherVersionAndCountTheCalls() {
            gateway.live.add(FakeGateway.call("CA1", 12));
            gateway.upgradesAfter(
                    3, () -> gateway.ended.add(FakeGateway.report(18, Cause.UPGRADE, Fate.ADOPTED, Fate.ADOPTED)));

            assertThat(run("upgrade", "--jar", "next.jar")).isEqualTo(ExitCode.OK);
            assertThat(gateway.jars)
                    .containsExactly(Path.of("next.jar").toAbsolutePath().toString());
            assertThat(compact())
                    .startsWith(
                            "before: version 0.1.18 (abc123), boot 18 (b18), live calls: 1, they outlive the process:"
                                    + " yes (keeper)\naccepted: the keeper starts the other version\n")
                    .contains("\nafter: version 0.1.19 (abc123), boot 19 (b19), live calls: 1, ready after ")
                    .endsWith("\nboot 18 ended: Nobody knows\\u000awhy.\ncalls: 2 kept, 0 closed, 0 cut\n");
        }

        @ParameterizedTest
        @EnumSource(
                value = Fate.class,
                names = {"CUT", "CLOSED"})
        void shouldEndInNoGoWhenACallWasLost(Fate fate) {
            gateway.upgradesAfter(
                    1, () -> gateway.ended.add(FakeGateway.report(18, Cause.SIGKILL, Fate.ADOPTED, fate)));

            assertThat(run("upgrade")).isEqualTo(ExitCode.NO_GO);
            assertThat(gateway.jars).containsExactly("");
            assertThat(compact()).contains("calls: 1 kept, ").contains("1 " + Lines.label(fate.name(), ""));
        }

        @Test
        void shouldSayWhenNobodyRecordedWhatBecameOfTheCalls() {
            gateway.upgradesAfter(1, () -> {});

            assertThat(run("upgrade")).isEqualTo(ExitCode.OK);
            assertThat(compact()).endsWith("calls: what became of them was not recorded\n");
        }

        @Test
        void shouldSayWhyItWasRefused() {
            assertThat(run("upgrade")).isEqualTo(ExitCode.NO_GO);
            assertThat(err.toString().strip())
                    .isEqualTo("upgrade refused: nobody holds the sockets: start with --keep-calls");
        }

        @Test
        void shouldGiveUpWhenTheSameBootGoesOn() {
            gateway.forgetsUpgrades();

            assertThat(run("upgrade", "--timeout=2")).isEqualTo(ExitCode.NO_GO);
            assertThat(compact()).contains(" s: boot 18 still answers\n");
            assertThat(err.toString().strip())
                    .isEqualTo(
                            "upgrade: no other boot within 2 s, boot 18 still answers (expected: the new version; the"
                                    + " gateway's log says more)");
        }

        @Test
        void shouldSayThatNobodyIsThereToBeAsked() throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            assertThat(run("upgrade", "--admin", "127.0.0.1:" + port)).isEqualTo(ExitCode.NO_GO);
            assertThat(err.toString()).startsWith("admin at 127.0.0.1:" + port + ": not reachable, ");
        }
    }

    private int run(String... arguments) {
        CommandLine command = SteadylineCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        boolean elsewhere = Arrays.asList(arguments).contains("--admin");
        String[] all = elsewhere ? arguments : Arrays.copyOf(arguments, arguments.length + 1);
        if (!elsewhere) {
            all[arguments.length] = "--admin=" + gateway.address();
        }
        return command.execute(all);
    }

    /** Columns and indents as one blank. */
    private String compact() {
        return out.toString()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " ") + "\n")
                .reduce("", String::concat);
    }
}
