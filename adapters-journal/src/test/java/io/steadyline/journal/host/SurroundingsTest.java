package io.steadyline.journal.host;

import static io.steadyline.journal.host.Surroundings.Severity.REFUSED_IN_PRODUCTION;
import static io.steadyline.journal.host.Surroundings.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.journal.host.Surroundings.Facts;
import io.steadyline.journal.host.Surroundings.Findings;
import io.steadyline.journal.host.Surroundings.Objection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsTest {

    private static final long PID = 500;

    /** A parent by its command line; its name is what the kernel would call it. */
    private static HostProcess parent(long pid, String commandLine) {
        List<String> argv = List.of(commandLine.split(" "));
        String program = argv.getFirst().substring(argv.getFirst().lastIndexOf('/') + 1);
        return new HostProcess(
                pid, 1, program.substring(0, Math.min(15, program.length())), argv, 1, Instant.EPOCH, Optional.empty());
    }

    private static Findings parents(String... commandLines) {
        List<HostProcess> all = Arrays.stream(commandLines)
                .map(line -> parent(400 + line.length(), line))
                .toList();
        return Surroundings.evaluate(new Facts(Map.of(), List.of(), "", PID, all, false));
    }

    private static Findings env(Map<String, String> env) {
        return Surroundings.evaluate(new Facts(env, List.of(), "", PID, List.of(), false));
    }

    private static Findings options(String... options) {
        return Surroundings.evaluate(new Facts(Map.of(), List.of(options), "", PID, List.of(), false));
    }

    @Nested
    class Parents {

        @ParameterizedTest
        @CsvSource({
            "nodemon, nodemon --exec java -jar x.jar",
            "nodemon, node /app/node_modules/.bin/nodemon app.js",
            "nodemon, /usr/bin/node /usr/lib/node_modules/nodemon/bin/nodemon.js app.js",
            "tsx, node --import file:///app/node_modules/tsx/dist/loader.mjs server.ts",
            "node --watch, node --watch server.js",
            "watchexec, watchexec -r java -jar x.jar",
            "entr, entr -r java -jar x.jar",
            "gradle, java -cp /opt/gradle/lib/gradle-launcher-8.jar org.gradle.launcher.daemon.bootstrap.GradleDaemon"
                    + " 8",
            "gradle, java -Xmx64m org.gradle.wrapper.GradleWrapperMain run",
            "gradlew, /bin/sh ./gradlew run",
            "mvn, java -classpath /m/boot/plexus-classworlds.jar org.codehaus.plexus.classworlds.launcher.Launcher"
                    + " exec:java",
            "mvn, /bin/sh /usr/bin/mvn exec:java",
            "docker compose watch, docker compose watch",
            "docker compose watch, docker-compose up --watch",
            "uvicorn, /usr/bin/python3 /usr/local/bin/uvicorn app:app --reload",
            "uvicorn, python3.12 -X dev -m uvicorn app:app",
            "gunicorn, /usr/bin/python3 /usr/local/bin/gunicorn -w 4 app",
            "watchmedo, python /venv/bin/watchmedo auto-restart java",
            "pm2, PM2 v5.3.0: God Daemon (/home/app/.pm2)",
            "pm2, node /usr/lib/node_modules/pm2/lib/Daemon.js",
            "supervisor, node /usr/bin/supervisor app.js",
            "air, /go/bin/air"
        })
        void shouldBeRefusedInProductionWhenTheyReload(String name, String commandLine) {
            Findings findings = parents("/bin/bash ./start.sh", commandLine, "/sbin/init");

            assertThat(findings.isRefusedInProduction()).isTrue();
            assertThat(findings.objections()).singleElement().satisfies(objection -> {
                assertThat(objection.severity()).isEqualTo(REFUSED_IN_PRODUCTION);
                assertThat(objection.sentence()).startsWith(name + " is among the parents (pid ");
            });
        }

        @Test
        void shouldOnlyBeWarnedOfWhenTheyManage() {
            Findings findings = parents("/usr/bin/python3 /usr/bin/supervisord -n");

            assertThat(findings.isRefusedInProduction()).isFalse();
            assertThat(findings.objections())
                    .singleElement()
                    .satisfies(objection -> assertThat(objection.severity()).isEqualTo(WARNING));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-bash",
                    "/usr/sbin/sshd -D",
                    "/usr/lib/systemd/systemd --user",
                    "tmux new -s gateway",
                    "/bin/sh -c exec java -jar nodemon.jar",
                    "node /home/u/.vscode-server/bin/x/out/bootstrap-fork --type=ptyHost",
                    "java -jar steadyline.jar keeper",
                    "docker compose up",
                    "python3 deploy.py --watch-dog",
                    "tini -- java",
                    "containerd-shim-runc-v2 -namespace moby"
                })
        void shouldBeLeftAloneOtherwise(String commandLine) {
            assertThat(parents(commandLine).objections()).isEmpty();
        }

        @Test
        void shouldBeNamedOnceWhenTheyAreSeveralOfAKind() {
            assertThat(parents(
                                    "/usr/bin/python3 /usr/local/bin/uvicorn a:a",
                                    "python /usr/local/bin/uvicorn a:a --reload")
                            .objections())
                    .hasSize(1);
        }

        @Test
        void shouldNotBeBlamedForATestRun() {
            Findings findings = parents(
                    "java -jar /x/target/surefire/surefirebooter-1.jar",
                    "java org.codehaus.plexus.classworlds.launcher.Launcher verify");

            assertThat(findings.isRefusedInProduction()).isFalse();
            assertThat(findings.objections())
                    .singleElement()
                    .satisfies(objection -> assertThat(objection.sentence()).startsWith("started by a test run"));
        }

        @Test
        void shouldBeRecordedByWhatTheyAre() {
            Facts facts = new Facts(
                    Map.of(),
                    List.of(),
                    "",
                    PID,
                    List.of(
                            parent(3, "bash"),
                            parent(2, "node /app/node_modules/.bin/nodemon x"),
                            parent(4, "java -jar surefirebooter.jar"),
                            parent(5, "mvn")),
                    false);

            assertThat(facts.parentNames()).containsExactly("bash", "nodemon", "test-run");
        }
    }

    @Nested
    class JavaMachine {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=*:5005",
                    "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
                    "-Xrunjdwp:transport=dt_socket,suspend=y",
                    "-javaagent:/opt/hotswap-agent.jar",
                    "-agentpath:/opt/jrebel/lib/libjrebel64.so",
                    "-XX:HotswapAgent=fatjar",
                    "-XX:+AllowEnhancedClassRedefinition",
                    "-Dspring.devtools.restart.enabled=true",
                    "-Dquarkus.profile=dev"
                })
        void shouldBeRefusedWhenOthersStopOrChangeIt(String option) {
            assertThat(options("-Xmx1g", option).objections()).singleElement().satisfies(objection -> {
                assertThat(objection.severity()).isEqualTo(REFUSED_IN_PRODUCTION);
                assertThat(objection.sentence()).contains(option);
            });
        }

        @Test
        void shouldBeWarnedOfADebuggerThatMayCome() {
            assertThat(options("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005")
                            .objections())
                    .singleElement()
                    .satisfies(objection -> assertThat(objection.severity()).isEqualTo(WARNING));
        }

        @Test
        void shouldBeLeftAloneWithOrdinaryOptions() {
            assertThat(options("-Xmx1g", "-javaagent:/opt/opentelemetry-javaagent.jar", "-XX:+UseZGC")
                            .objections())
                    .isEmpty();
        }

        @Test
        void shouldBeRefusedWithDevelopmentToolsOnTheClassPath() {
            Facts facts = new Facts(Map.of(), List.of(), "/a/spring-boot-devtools-3.jar", PID, List.of(), false);

            assertThat(Surroundings.evaluate(facts).isRefusedInProduction()).isTrue();
        }
    }

    @Nested
    class WorkerCounts {

        @ParameterizedTest
        @CsvSource({"WEB_CONCURRENCY, 2", "WORKERS, 10", "WORKERS, ' 04 '"})
        void shouldBeRefusedAboveOne(String name, String value) {
            assertThat(env(Map.of(name, value)).objections()).singleElement().satisfies(objection -> {
                assertThat(objection.severity()).isEqualTo(REFUSED_IN_PRODUCTION);
                assertThat(objection.sentence()).startsWith(name + "=" + value.strip() + " asks for several workers");
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "0", "", "01", "auto", "-3"})
        void shouldBeLeftAloneOtherwise(String value) {
            assertThat(env(Map.of("WEB_CONCURRENCY", value)).objections()).isEmpty();
        }
    }

    @Nested
    class Platforms {

        @ParameterizedTest
        @CsvSource({
            "K_SERVICE=gw, CLOUD_RUN, 10 s",
            "K_SERVICE=gw;KUBERNETES_SERVICE_HOST=10.0.0.1, KUBERNETES, usually 30 s",
            "KUBERNETES_SERVICE_HOST=10.0.0.1, KUBERNETES, usually 30 s",
            "FLY_MACHINE_ID=1, FLY, usually 5 s",
            "RAILWAY_PROJECT_ID=1, RAILWAY, 3 s",
            "RAILWAY_PROJECT_ID=1;RAILWAY_DEPLOYMENT_DRAINING_SECONDS=120, RAILWAY, 120 s",
            "RENDER=true, RENDER, 30 s",
            "DYNO=web.1, HEROKU, usually 30 s",
            "REPL_ID=1, REPLIT_WORKSPACE, unknown",
            "REPL_ID=1;REPLIT_DEPLOYMENT=1, REPLIT_DEPLOYMENT, unknown",
            "NOTIFY_SOCKET=/run/n, SYSTEMD, usually 90 s",
            "INVOCATION_ID=1;SYSTEMD_EXEC_PID=500, SYSTEMD, usually 90 s",
            "INVOCATION_ID=1;SYSTEMD_EXEC_PID=499, PLAIN, unknown",
            "INVOCATION_ID=1, PLAIN, unknown",
            "A=1, PLAIN, unknown"
        })
        void shouldBeToldByTheEnvironment(String variables, Platform platform, String grace) {
            Map<String, String> env = Arrays.stream(variables.split(";"))
                    .map(pair -> pair.split("="))
                    .collect(java.util.stream.Collectors.toMap(pair -> pair[0], pair -> pair[1]));

            Findings findings = env(env);

            assertThat(findings.platform()).isEqualTo(platform);
            assertThat(findings.stopGrace().words()).isEqualTo(grace);
        }

        @Test
        void shouldBeSystemdWithAKeeperInBetween() {
            Facts facts = new Facts(
                    Map.of("INVOCATION_ID", "1", "SYSTEMD_EXEC_PID", "400"),
                    List.of(),
                    "",
                    PID,
                    List.of(parent(400, "java -jar keeper.jar")),
                    false);

            assertThat(Surroundings.evaluate(facts).platform()).isEqualTo(Platform.SYSTEMD);
        }

        @Test
        void shouldBeAContainerWhenNothingElseIsKnown() {
            Facts facts = new Facts(Map.of(), List.of(), "", PID, List.of(), true);

            Findings findings = Surroundings.evaluate(facts);

            assertThat(findings.platform()).isEqualTo(Platform.CONTAINER);
            assertThat(findings.stopGrace().words()).isEqualTo("usually 10 s");
        }

        @Test
        void shouldWarnOfAShortGrace() {
            assertThat(env(Map.of("FLY_MACHINE_ID", "1")).objections())
                    .extracting(Objection::sentence)
                    .containsExactly("Fly kills what has not stopped after usually 5 s: longer calls are cut by each "
                            + "deploy, unless they come back or are kept (serve --keep-calls); make that time"
                            + " longer than process.drain-grace, or process.drain-grace shorter");
        }

        @Test
        void shouldWarnOfSeveralInstances() {
            assertThat(env(Map.of("K_SERVICE", "gw")).objections())
                    .extracting(Objection::sentence)
                    .anyMatch(sentence -> sentence.startsWith("Cloud Run runs several instances"));
            assertThat(env(Map.of("KUBERNETES_SERVICE_HOST", "x")).objections())
                    .extracting(Objection::sentence)
                    .anyMatch(sentence -> sentence.contains("strategy Recreate"));
        }

        @Test
        void shouldPutTheWorstFirst() {
            assertThat(env(Map.of("FLY_MACHINE_ID", "1", "WORKERS", "2")).objections())
                    .extracting(Objection::severity)
                    .containsExactly(REFUSED_IN_PRODUCTION, WARNING);
        }
    }
}
