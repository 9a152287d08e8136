package io.steadyline.bootstrap.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.launcher.LauncherSandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts use GNU tools. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {

    private static final int REFUSED = 78;
    private static final int UNAVAILABLE = 69;

    @TempDir
    Path dir;

    private LauncherSandbox sandbox;

    @BeforeEach
    void setUp() throws IOException {
        sandbox = new LauncherSandbox(dir);
    }

    @Nested
    class Java25 {

        @Test
        void shouldBeTakenInTheOrderInWhichAUserExpectsToBeObeyed() throws Exception {
            Path known = sandbox.jdk("jvm/known", "25.0.1");
            Path onPath = sandbox.jdk("on-path", "25");
            Path javaHome = sandbox.jdk("java-home", "25.0.2");
            Path java25Home = sandbox.jdk("java25-home", "25");
            Path own = sandbox.jdk("own", "25-ea");

            assertThat(homeOfRun()).isEqualTo(known);
            sandbox.javaOnPath(onPath);
            assertThat(homeOfRun()).isEqualTo(onPath);
            sandbox.with("JAVA_HOME", javaHome.toString());
            assertThat(homeOfRun()).isEqualTo(javaHome);
            sandbox.with("JAVA25_HOME", java25Home.toString());
            assertThat(homeOfRun()).isEqualTo(java25Home);
            sandbox.with("STEADYLINE_JAVA_HOME", own.toString());
            assertThat(homeOfRun()).isEqualTo(own);
        }

        @Test
        void shouldBeFoundBehindOtherVersionsThatComeFirst() throws Exception {
            sandbox.javaOnPath(sandbox.jdk("jvm/a-17", "17.0.15"))
                    .with("JAVA_HOME", sandbox.jdk("jvm/b-8", "1.8.0_412").toString());
            sandbox.jdk("jvm/c-26", "26");
            Path right = sandbox.jdk("jvm/d-25", "25.0.1");
            assertThat(homeOfRun()).isEqualTo(right);
        }

        @Test
        void shouldBeAskedForInOneSentenceWhenThereIsNone() throws Exception {
            sandbox.javaOnPath(sandbox.jdk("jvm/a-17", "17.0.15"));
            Outcome outcome = sandbox.launch("--version");
            assertThat(outcome.exitCode()).isEqualTo(REFUSED);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err().lines()).hasSize(1);
            assertThat(outcome.err()).contains("needs a JDK 25 and found none", "STEADYLINE_JAVA_HOME");
        }

        @Test
        void shouldNotBeReplacedByAnotherWhenItsOwnVariableIsWrong() throws Exception {
            sandbox.jdk("jvm/right", "25");
            sandbox.with("STEADYLINE_JAVA_HOME", sandbox.jdk("old", "21.0.4").toString());
            Outcome outcome = sandbox.launch("--version");
            assertThat(outcome.exitCode()).isEqualTo(REFUSED);
            assertThat(outcome.err()).contains("STEADYLINE_JAVA_HOME: ", "(expected: the directory of a JDK 25)");
        }

        @Test
        void shouldBePrintedOnRequest() throws Exception {
            Path right = sandbox.jdk("jvm/right", "25");
            Outcome outcome = sandbox.with("STEADYLINE_PRINT_JAVA_HOME", "1").launch();
            assertThat(outcome.out().strip()).isEqualTo(right.toString());
        }

        private Path homeOfRun() throws IOException, InterruptedException {
            Outcome outcome = sandbox.launch("--version");
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            return Path.of(outcome.value("home="));
        }
    }

    @Nested
    class TheProcess {

        @BeforeEach
        void javaIsThere() throws IOException {
            sandbox.jdk("jvm/right", "25");
        }

        @Test
        void shouldBeTheOneThatWasStarted() throws Exception {
            Outcome client = sandbox.launch("config", "check");
            assertThat(client.value("pid=")).isEqualTo(Long.toString(client.pid()));
            Outcome server = sandbox.startProduction();
            assertThat(server.value("pid=")).isEqualTo(Long.toString(server.pid()));
        }

        @Test
        void shouldGetItsArgumentsAsTheyAre() throws Exception {
            Outcome outcome = sandbox.launch("call", "two words", "", "--x=*");
            assertThat(outcome.arguments())
                    .endsWith("-jar", sandbox.path("steadyline.jar").toString(), "call", "two words", "", "--x=*");
        }

        @Test
        void shouldStartFastForACommandAndSteadyForTheServer() throws Exception {
            assertThat(sandbox.launch("sessions").arguments())
                    .contains("-XX:TieredStopAtLevel=1")
                    .noneMatch(argument -> argument.startsWith("-Xmx"));
            assertThat(sandbox.launch("--config", "call", "serve").arguments())
                    .contains(
                            "-Xms512m", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-XX:ErrorFile=./data/hs_err_%p.log")
                    .doesNotContain("-XX:+UseSerialGC");
        }

        @Test
        void shouldRunTheLoadToolWithBothCompilers() throws Exception {
            assertThat(sandbox.launch("load", "--calls", "1000").arguments())
                    .contains("-XX:+UseSerialGC")
                    .doesNotContain("-XX:TieredStopAtLevel=1");
        }

        @Test
        void shouldAskTheProgramForTheHelpOfAotAndMakeNoCache() throws Exception {
            Path cache = Files.writeString(sandbox.path("steadyline.aot"), "a cache");
            Outcome outcome = sandbox.launch("aot", "--help");
            assertThat(outcome.arguments()).endsWith("aot", "--help").contains("-XX:TieredStopAtLevel=1");
            assertThat(cache).content().isEqualTo("a cache");
        }

        @Test
        void shouldLetAWorkerWaitBehindTheKeeperUnlessToldOtherwise() throws Exception {
            assertThat(sandbox.launch("serve", "--keep-calls").arguments()).contains("--standby=on");
            assertThat(sandbox.with("STEADYLINE_STANDBY", "off")
                            .launch("serve", "--keep-calls")
                            .arguments())
                    .contains("--standby=off");
        }

        @Test
        void shouldTellTheKeeperOfAStopTimeoutWhenThereIsOne() throws Exception {
            assertThat(sandbox.launch("serve", "--keep-calls").arguments())
                    .containsSubsequence("io.steadyline.keeper.KeeperMain", "--data-dir=./data", "--", "serve")
                    .noneMatch(argument -> argument.startsWith("--stop-timeout"));
            assertThat(sandbox.with("STEADYLINE_STOP_TIMEOUT", "40")
                            .launch("serve", "--keep-calls")
                            .arguments())
                    .containsSubsequence("--data-dir=./data", "--stop-timeout=40", "--", "serve");
        }

        @Test
        void shouldTakeHeapAndOptionsFromTheEnvironmentLast() throws Exception {
            Outcome outcome = sandbox.with("STEADYLINE_HEAP", "2g")
                    .with("STEADYLINE_JAVA_OPTS", "-Xlog:gc  -XX:+UseSerialGC")
                    .launch("serve");
            assertThat(outcome.arguments())
                    .contains("-Xmx2g")
                    .containsSubsequence("-XX:+UseG1GC", "-Xlog:gc", "-XX:+UseSerialGC", "-jar");
        }

        @Test
        void shouldStartThroughASymbolicLink() throws Exception {
            Path link = Files.createSymbolicLink(
                    sandbox.path("linked"), LauncherSandbox.REPOSITORY.resolve("start_production.sh"));
            assertThat(sandbox.run(link).exitCode()).isZero();
        }
    }

    @Nested
    class Production {

        @BeforeEach
        void javaIsThere() throws IOException {
            sandbox.jdk("jvm/right", "25");
        }

        @Test
        void shouldServeOnThePortThatPlatformsExpect() throws Exception {
            Outcome outcome =
                    sandbox.with("STEADYLINE_ENVIRONMENT", "development").startProduction("--config", "a.yaml");
            assertThat(outcome.value("environment=")).isEqualTo("production port=5000");
            assertThat(outcome.arguments()).endsWith("serve", "--config", "a.yaml");
            assertThat(sandbox.with("PORT", "8080").startProduction().value("environment="))
                    .endsWith("port=8080");
        }

        @ParameterizedTest
        @CsvSource({"WEB_CONCURRENCY,2", "WORKERS,4", "WORKERS,auto"})
        void shouldRefuseSeveralWorkers(String variable, String count) throws Exception {
            Outcome outcome = sandbox.with(variable, count).startProduction();
            assertThat(outcome.exitCode()).isEqualTo(REFUSED);
            assertThat(outcome.err()).contains(variable + ": " + count + " (expected: 1 or not set)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"--reload", "--workers", "--workers=4", "-w"})
        void shouldRefuseReloadAndWorkerArguments(String argument) throws Exception {
            Outcome outcome = sandbox.startProduction(argument, "4");
            assertThat(outcome.exitCode()).isEqualTo(REFUSED);
            assertThat(outcome.err()).contains(argument + ": there is no such mode");
        }

        @Test
        void shouldTakeOneWorkerAsWhatThereIs() throws Exception {
            assertThat(sandbox.with("WEB_CONCURRENCY", "1")
                            .with("WORKERS", "")
                            .startProduction()
                            .exitCode())
                    .isZero();
        }

        @Test
        void shouldNotTroubleCommandsWithWorkerCounts() throws Exception {
            assertThat(sandbox.with("WEB_CONCURRENCY", "4").launch("call").exitCode())
                    .isZero();
        }
    }

    /** A copy of the launcher beside a small source tree, and a Maven that only writes the jar. */
    @Nested
    class FirstUse {

        private static final String WORKING_MAVEN = """
            #!/bin/bash
            echo "maven $*"
            echo "JAVA25_HOME=$JAVA25_HOME"
            echo x > bootstrap/target/steadyline.jar
            """;

        private Path launcher;
        private Path jar;

        @BeforeEach
        void sourcesAreThere() throws IOException {
            sandbox.jdk("jvm/right", "25");
            sandbox.without("STEADYLINE_JAR");
            Path root = Files.createDirectories(sandbox.path("checkout"));
            Files.createDirectories(root.resolve("domain/src/main"));
            Files.createDirectories(root.resolve("bootstrap/src/main"));
            Files.writeString(root.resolve("pom.xml"), "<project/>");
            Files.writeString(root.resolve("domain/src/main/A.java"), "class A {}");
            launcher = Files.copy(
                    LauncherSandbox.REPOSITORY.resolve("steadyline"),
                    root.resolve("steadyline"),
                    StandardCopyOption.COPY_ATTRIBUTES);
            jar = root.resolve("bootstrap/target/steadyline.jar");
        }

        @Test
        void shouldBuildOnceWithOneLineAndAgainWhenASourceIsNewer() throws Exception {
            sandbox.tool("mvn", WORKING_MAVEN);
            Outcome first = sandbox.run(launcher, "--version");
            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.err().strip()).isEqualTo("Building Steadyline (first use, 2 to 7 minutes on two cores) …");
            assertThat(first.arguments()).endsWith(jar.toString(), "--version");
            assertThat(Files.readString(jar.resolveSibling("build.log")))
                    .contains("maven -q -B -Dstyle.color=never -DskipTests -pl bootstrap -am package")
                    .contains("JAVA25_HOME=" + sandbox.path("jvm/right"));

            assertThat(sandbox.run(launcher, "--version").err()).isEmpty();

            Path source = sandbox.path("checkout/domain/src/main/A.java");
            Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
            assertThat(sandbox.run(launcher, "--version").err()).contains("sources have changed");
        }

        @Test
        void shouldBuildAgainAfterABuildThatWasCutOff() throws Exception {
            sandbox.tool("mvn", "#!/bin/bash\necho half > bootstrap/target/steadyline.jar\nexit 1\n");
            assertThat(sandbox.run(launcher, "--version").exitCode()).isEqualTo(UNAVAILABLE);
            sandbox.tool("mvn", WORKING_MAVEN);
            assertThat(sandbox.run(launcher, "--version").err()).contains("Building Steadyline");
            assertThat(sandbox.run(launcher, "--version").err()).isEmpty();
        }

        @Test
        void shouldShowTheEndOfTheLogWhenTheBuildFails() throws Exception {
            sandbox.tool("mvn", "#!/bin/bash\necho 'no network'\nexit 1\n");
            Outcome outcome = sandbox.run(launcher, "serve");
            assertThat(outcome.exitCode()).isEqualTo(UNAVAILABLE);
            assertThat(outcome.err()).contains("no network", "the build failed", "build.log");
        }

        @Test
        void shouldNameThePackageWhenMavenIsMissing() throws Exception {
            Outcome outcome = sandbox.run(launcher, "--version");
            assertThat(outcome.exitCode()).isEqualTo(UNAVAILABLE);
            assertThat(outcome.err()).contains("apt-get install maven");
        }

        @Test
        void shouldNotBuildWhenToldSo() throws Exception {
            Outcome outcome = sandbox.with("STEADYLINE_NO_BUILD", "1").run(launcher, "--version");
            assertThat(outcome.exitCode()).isEqualTo(UNAVAILABLE);
            assertThat(outcome.err()).contains("steadyline.jar is missing");
        }
    }
}
