package io.steadyline.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The configuration as it is shipped; the lines as a process of its own prints them. */
class LogsTest {

    @Test
    void shouldConfigureWithoutAWarning() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(Logs.class.getResource("/logback.xml")));
        List<Status> complaints = context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() > Status.INFO)
                .toList();
        context.stop();
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldPutEveryLibrarysLinesOnStandardOutputOfTheServer() {
        Output output = run("server");
        assertThat(output.err()).isEmpty();
        assertThat(output.out().lines())
                .hasSize(4)
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z .*"))
                .allMatch(line -> line.contains("[boot 1-ab]"))
                .anyMatch(line -> line.endsWith("[call CA1] LogsTest (main): by slf4j …"))
                .anyMatch(line -> line.endsWith("by java.util.logging"))
                .anyMatch(line -> line.endsWith("by jboss-logging"));
    }

    @Test
    void shouldLeaveStandardOutputToTheAnswerOfAClientCommand() {
        Output output = run("client");
        assertThat(output.out()).isEmpty();
        assertThat(output.err().lines()).hasSize(1).allMatch(line -> line.contains("WARN"));
    }

    @Test
    void shouldGiveEachLineToAnotherSinkTooAsItIsWritten() {
        Output output = run("server-with-sink");
        assertThat(output.out().lines()).hasSize(4);
        assertThat(output.err().lines())
                .containsExactlyElementsOf(output.out().lines().toList());
    }

    @Test
    void shouldGoOnWritingWhenTheSinkThrows() {
        Output output = run("server-with-bad-sink");
        assertThat(output.out().lines())
                .filteredOn(line -> line.contains("[boot 1-ab]"))
                .hasSize(4);
    }

    /** Runs in the other process. */
    public static void main(String[] args) {
        if (args[0].startsWith("server")) {
            Logs.startForServer("1-ab", "info");
        } else {
            Logs.startForClient();
        }
        switch (args[0]) {
            case "server-with-sink" -> Logs.alsoTo(System.err::println);
            case "server-with-bad-sink" ->
                Logs.alsoTo(line -> {
                    throw new IllegalStateException("the sink is broken");
                });
            default -> {}
        }
        MDC.put(Logs.CALL_ID, "CA1");
        LoggerFactory.getLogger(LogsTest.class).info("by slf4j …");
        MDC.clear();
        LoggerFactory.getLogger(LogsTest.class).debug("too fine");
        LoggerFactory.getLogger(LogsTest.class).warn("serious");
        java.util.logging.Logger.getLogger("some.library").info("by java.util.logging");
        org.jboss.logging.Logger.getLogger("some.other").log(Level.INFO, "by jboss-logging");
        Logs.stop();
    }

    private record Output(String out, String err) {}

    private static Output run(String mode) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = Stream.of(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogsTest.class.getName(),
                        mode)
                .toList();
        try {
            Process process = new ProcessBuilder(command).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Output(out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command, e);
        }
    }
}
