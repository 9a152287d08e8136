package io.steadyline.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.steadyline.bootstrap.config.Choices.AgentKind;
import io.steadyline.bootstrap.config.Choices.BargeInKind;
import io.steadyline.bootstrap.config.Choices.LogLevel;
import io.steadyline.bootstrap.config.Choices.Profile;
import io.steadyline.bootstrap.config.LoadOutcome.Loaded;
import io.steadyline.bootstrap.config.LoadOutcome.Refused;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String TOKEN = "12345678abcdefgh";

    private final MemoryFiles files = new MemoryFiles();

    @Nested
    class WithNothingGiven {

        @Test
        void shouldHaveTheDefaultsThatWereAskedFor() {
            Settings settings = settings(files.loadEnvironment());
            assertThat(settings.http()).isEqualTo(new Settings.Http(5000, "0.0.0.0", Duration.ofSeconds(75)));
            assertThat(settings.media())
                    .isEqualTo(new Settings.Media(200, 200, 120, 144, 100, 20, 10, Duration.ofMillis(40)));
            assertThat(settings.grpc().port()).isEqualTo(5001);
            assertThat(settings.grpc().bindAddress()).isEqualTo("127.0.0.1");
            assertThat(settings.grpc().tls()).isEmpty();
            assertThat(settings.agent().kind()).isEqualTo(AgentKind.GREETING);
            assertThat(settings.process().profile()).isEqualTo(Profile.DEVELOPMENT);
            assertThat(settings.process().appSha()).isEqualTo("unknown");
            assertThat(settings.telemetry()).isEqualTo(new Settings.Telemetry(20, false, true, false));
        }

        @Test
        void shouldAcceptEachDefaultByItsOwnType() {
            for (Setting<?> setting : Catalogue.all()) {
                assertThat(setting.hasDefault()
                                && setting.type()
                                        .parse(setting.defaultText(), files)
                                        .isEmpty())
                        .as(setting.key())
                        .isFalse();
            }
        }

        @Test
        void shouldNoticeThatSignaturesAreNotChecked() {
            Loaded loaded = (Loaded) files.loadEnvironment();
            assertThat(loaded.notices()).singleElement().asString().startsWith("twilio.signature: not checked");
        }
    }

    @Nested
    class Precedence {

        @Test
        void shouldPreferTheEnvironmentOverTheFileOverTheDefault() {
            Settings settings = settings(files.load("""
                http:
                  port: 7000
                  bind-address: 127.0.0.1
                """, "PORT", "8000"));
            assertThat(settings.http()).isEqualTo(new Settings.Http(8000, "127.0.0.1", Duration.ofSeconds(75)));
        }

        @Test
        void shouldTakeAnEmptyVariableAsNotSet() {
            assertThat(settings(files.loadEnvironment("PORT", "")).http().port())
                    .isEqualTo(5000);
        }

        @Test
        void shouldReportABadFileValueThoughTheEnvironmentWins() {
            assertThat(problems(files.load("http:\n  port: abc\n", "PORT", "8000")))
                    .containsExactly(
                            "steadyline.yaml:2: http.port: \"abc\" (expected: a whole number from 0 to 65535)");
        }
    }

    @Nested
    class Types {

        @ParameterizedTest
        @CsvSource({"75 s,75000", "75s,75000", "75,75000", "1500 ms,1500", "2 min,120000"})
        void shouldReadTimesWithAndWithoutUnit(String text, long expectedMs) {
            Settings settings = settings(files.loadEnvironment("STEADYLINE_HTTP_KEEP_ALIVE", text));
            assertThat(settings.http().keepAlive()).isEqualTo(Duration.ofMillis(expectedMs));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "601", "-1", "75 x", "99999999999", "1.5 s", "s"})
        void shouldRefuseOtherTimes(String text) {
            assertThat(problems(files.loadEnvironment("STEADYLINE_HTTP_KEEP_ALIVE", text)))
                    .singleElement()
                    .asString()
                    .contains("a time from 1 s to 600 s");
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "65536", "abc", "5000.5", "99999999999999", "0x10"})
        void shouldRefusePortsOutsideTheirRange(String text) {
            assertThat(problems(files.loadEnvironment("PORT", text)))
                    .containsExactly(
                            "environment PORT: http.port: \"" + text + "\" (expected: a whole number from 0 to 65535)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "1", "65535", " 80 "})
        void shouldTakePortsUpToTheEdges(String text) {
            assertThat(settings(files.loadEnvironment("PORT", text)).http().port())
                    .isEqualTo(Integer.parseInt(text.strip()));
        }

        @Test
        void shouldKeepYamlWordsAsTheyWereWritten() {
            Settings settings = settings(files.load("""
                barge-in: {policy: off, during-greeting: yes}
                log: {level: WARN}
                """));
            assertThat(settings.bargeIn().policy()).isEqualTo(BargeInKind.OFF);
            assertThat(settings.bargeIn().duringGreeting()).isTrue();
            assertThat(settings.log().level()).isEqualTo(LogLevel.WARN);
        }

        @Test
        void shouldNameTheChoices() {
            assertThat(problems(files.loadEnvironment("STEADYLINE_AGENT", "ecco")))
                    .containsExactly(
                            "environment STEADYLINE_AGENT: agent.kind: \"ecco\" (expected: greeting or echo or grpc or"
                                    + " twilio)");
        }

        @Test
        void shouldRefuseAFileThatIsNotThere() {
            assertThat(problems(files.loadEnvironment("STEADYLINE_GREETING", "/no/such.wav")))
                    .singleElement()
                    .asString()
                    .contains("a file that this process can read");
        }

        @Test
        void shouldEscapeWhatItQuotes() {
            assertThat(problems(files.loadEnvironment("PORT", "1\n\u001b[31mroot")))
                    .singleElement()
                    .asString()
                    .contains("1\\u000a\\u001b[31mroot");
        }
    }

    @Nested
    class AllErrorsAtOnce {

        @Test
        void shouldListEachWithItsPlace() {
            LoadOutcome outcome = files.load("""
                http:
                  prot: 80
                  port: many
                limits:
                  max-calls: 0
                greeting: hello.wav
                """, "STEADYLINE_GRPC_PROT", "1", "STEADYLINE_DRAIN_GRACE", "soon");
            assertThat(problems(outcome))
                    .containsExactly(
                            "steadyline.yaml:2: http.prot: unknown key (expected: did you mean http.port?)",
                            "steadyline.yaml:6: greeting: unknown key (expected: a key of docs/configuration.md)",
                            "environment STEADYLINE_GRPC_PROT: variable: unknown (expected: did you mean"
                                    + " STEADYLINE_GRPC_PORT?)",
                            "steadyline.yaml:3: http.port: \"many\" (expected: a whole number from 0 to 65535)",
                            "environment STEADYLINE_DRAIN_GRACE: process.drain-grace: \"soon\" (expected: a time from"
                                    + " 0 ms to 3600 s; a bare number counts in s)",
                            "steadyline.yaml:5: limits.max-calls: \"0\" (expected: a whole number from 1 to 100000)");
            assertThat(((Refused) outcome).message()).startsWith("Configuration refused, 6 errors:");
        }

        @Test
        void shouldSuggestTheEstablishedNameOfASetting() {
            assertThat(problems(files.loadEnvironment("STEADYLINE_HTTP_PORT", "80")))
                    .containsExactly(
                            "environment STEADYLINE_HTTP_PORT: variable: unknown (expected: did you mean PORT?)");
        }

        @Test
        void shouldIgnoreWhatKubernetesSetsForAServiceOfThisName() {
            LoadOutcome outcome = files.loadEnvironment(
                    "STEADYLINE_SERVICE_HOST", "10.0.0.1",
                    "STEADYLINE_SERVICE_PORT_HTTP", "5000",
                    "STEADYLINE_PORT", "tcp://10.0.0.1:5000",
                    "STEADYLINE_PORT_5000_TCP_ADDR", "10.0.0.1");
            assertThat(outcome).isInstanceOf(Loaded.class);
        }

        @Test
        void shouldExplainAServiceLinkInPlaceOfASetting() {
            assertThat(problems(files.loadEnvironment("STEADYLINE_GRPC_PORT", "tcp://10.0.0.1:5001")))
                    .singleElement()
                    .asString()
                    .contains("enableServiceLinks: false");
        }

        @Test
        void shouldKnowTheVariablesOfTheLauncher() {
            assertThat(files.loadEnvironment("STEADYLINE_HEAP", "1g", "STEADYLINE_NO_BUILD", "1"))
                    .isInstanceOf(Loaded.class);
        }
    }

    @Nested
    class Secrets {

        @Test
        void shouldNeverPrintOne() {
            LoadOutcome outcome = files.loadEnvironment(
                    "TWILIO_AUTH_TOKEN", TOKEN, "STEADYLINE_TWILIO_PUBLIC_URL", "https://voice.example.com");
            Settings settings = settings(outcome);
            assertThat(settings.twilio().authTokens()).containsExactly(new Secret(TOKEN));
            assertThat(settings.toString()).doesNotContain(TOKEN).contains("*****");
            assertThat(SettingsReport.of((Loaded) outcome)).doesNotContain(TOKEN);
            assertThat(outcome.toString()).doesNotContain(TOKEN);
        }

        @Test
        void shouldNotPrintABadOneEither() {
            assertThat(problems(files.loadEnvironment("TWILIO_AUTH_TOKEN", "two words")))
                    .singleElement()
                    .asString()
                    .contains("(hidden)")
                    .doesNotContain("two words");
        }

        @Test
        void shouldRefuseOneInTheConfigurationFile() {
            assertThat(problems(files.load("twilio:\n  auth-token: " + TOKEN + "\n")))
                    .singleElement()
                    .asString()
                    .startsWith("steadyline.yaml:2: twilio.auth-token: a secret in this file")
                    .contains("twilio.auth-token-file", "TWILIO_AUTH_TOKEN")
                    .doesNotContain(TOKEN);
        }

        @Test
        void shouldNotPrintTheValueOfAMistypedKey() {
            assertThat(problems(files.load("twilio:\n  auth-tokn: " + TOKEN + "\n")))
                    .singleElement()
                    .asString()
                    .contains("did you mean twilio.auth-token?")
                    .doesNotContain(TOKEN);
        }

        @Test
        void shouldReadThemFromFilesPrimaryFirst() {
            Settings settings = settings(
                    files.with("one", TOKEN + "\n").with("two", "other-token").load("""
                        twilio:
                          public-url: https://voice.example.com
                          secondary-auth-token-file: two
                          auth-token-file: one
                        """));
            assertThat(settings.twilio().authTokens()).containsExactly(new Secret(TOKEN), new Secret("other-token"));
            assertThat(settings.twilio().publicUrl()).contains(URI.create("https://voice.example.com"));
        }

        @Test
        void shouldPreferTheVariableOverAFileOfTheConfigurationFile() {
            Settings settings = settings(files.with("one", "from-the-file")
                    .load("grpc: {bearer-token-file: one}", "STEADYLINE_GRPC_BEARER_TOKEN", TOKEN));
            assertThat(settings.grpc().bearerToken()).contains(new Secret(TOKEN));
        }

        @Test
        void shouldRefuseTwoVariablesForOneSecret() {
            LoadOutcome outcome = files.with("one", TOKEN)
                    .loadEnvironment("STEADYLINE_GRPC_BEARER_TOKEN", TOKEN, "STEADYLINE_GRPC_BEARER_TOKEN_FILE", "one");
            assertThat(problems(outcome))
                    .singleElement()
                    .asString()
                    .contains("not set, because STEADYLINE_GRPC_BEARER");
        }
    }

    @Nested
    class RulesBetweenSettings {

        @Test
        void shouldKeepTheWatermarksInOrder() {
            assertThat(problems(files.load("media: {rx-queue: 50, drain-enter: 51, drain-leave: 51}")))
                    .containsExactly(
                            "steadyline.yaml:1: media.drain-enter: 51 (expected: at most media.rx-queue, 50)",
                            "steadyline.yaml:1: media.drain-leave: 51 (expected: less than media.drain-enter, 51)");
            assertThat(files.load("media: {rx-queue: 50, drain-enter: 50, drain-leave: 49}"))
                    .isInstanceOf(Loaded.class);
        }

        @Test
        void shouldSayNothingAboutSettingsThatAreBadThemselves() {
            assertThat(problems(files.load("media: {rx-queue: few, drain-enter: 2000}")))
                    .hasSize(1);
        }

        @Test
        void shouldLetAMessageHoldItsPayload() {
            assertThat(problems(files.load("limits: {message-bytes: 9216, payload-bytes: 6145}")))
                    .singleElement()
                    .asString()
                    .contains("at most 6144");
            assertThat(files.load("limits: {message-bytes: 9216, payload-bytes: 6144}"))
                    .isInstanceOf(Loaded.class);
        }

        @Test
        void shouldRefuseOnePortForBoth() {
            assertThat(problems(files.loadEnvironment("PORT", "5001")))
                    .containsExactly("default: grpc.port: 5001 (expected: another port than http.port)");
            assertThat(files.loadEnvironment("PORT", "0", "STEADYLINE_GRPC_PORT", "0"))
                    .isInstanceOf(Loaded.class);
        }

        @Test
        void shouldWantCertificateAndKeyTogether() {
            assertThat(problems(files.with("a.pem", "").load("grpc: {tls-certificate-file: a.pem}")))
                    .containsExactly("default: grpc.tls-key-file: (not set) (expected: a value, because"
                            + " grpc.tls-certificate-file is set)");
        }

        @Test
        void shouldOpenTheAdminApiToOthersInProductionOnlyWithTlsAndAuthentication() {
            String[] production = {"STEADYLINE_ENVIRONMENT", "production"};
            String withTlsOnly = "grpc: {bind-address: 0.0.0.0, tls-certificate-file: a, tls-key-file: b}";
            assertThat(problems(files.with("a", "").with("b", "").load(withTlsOnly, production)))
                    .singleElement()
                    .asString()
                    .contains("grpc.bind-address: 0.0.0.0 (expected: loopback, or TLS");
            String secured =
                    "grpc: {bind-address: 0.0.0.0, tls-certificate-file: a, tls-key-file: b, tls-client-ca-file: c}";
            Settings settings =
                    settings(files.with("a", "").with("b", "").with("c", "").load(secured, production));
            assertThat(settings.grpc().tls().orElseThrow().clientCaFile()).contains(Path.of("c"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.8.0.1", "::1", "localhost"})
        void shouldCallLoopbackWhatIsLoopback(String address) {
            assertThat(files.loadEnvironment(
                            "STEADYLINE_GRPC_BIND_ADDRESS", address, "STEADYLINE_ENVIRONMENT", "production"))
                    .isInstanceOf(Loaded.class);
        }

        @Test
        void shouldRefuseAnAdminApiThatIsOpenToEverybodyInDevelopmentToo() {
            assertThat(problems(files.load("grpc: {bind-address: 0.0.0.0}")))
                    .singleElement()
                    .asString()
                    .contains("grpc.bind-address: 0.0.0.0 (expected: loopback, or one of TLS");
        }

        @Test
        void shouldOnlyNoticeAnAdminApiWithTlsAloneInDevelopment() {
            String withTlsOnly = "grpc: {bind-address: 0.0.0.0, tls-certificate-file: a, tls-key-file: b}";
            Loaded loaded = (Loaded) files.with("a", "").with("b", "").load(withTlsOnly);
            assertThat(loaded.notices()).anyMatch(notice -> notice.startsWith("grpc.bind-address 0.0.0.0"));
        }

        @Test
        void shouldWantAPublicUrlWithATokenUnlessSignaturesAreOff() {
            assertThat(problems(files.loadEnvironment("TWILIO_AUTH_TOKEN", TOKEN)))
                    .singleElement()
                    .asString()
                    .startsWith("default: twilio.public-url: (not set) (expected: the URL that Twilio dials");
            Settings settings = settings(files.load("twilio: {signature: off}", "TWILIO_AUTH_TOKEN", TOKEN));
            assertThat(settings.twilio().checksSignatures()).isFalse();
        }

        @Test
        void shouldRefuseRequiredSignaturesWithoutAToken() {
            assertThat(problems(files.load("twilio: {signature: required}")))
                    .singleElement()
                    .asString()
                    .contains("a token, because twilio.signature is required");
        }

        @Test
        void shouldRefuseASecondaryTokenAlone() {
            assertThat(problems(files.loadEnvironment("TWILIO_SECONDARY_AUTH_TOKEN", TOKEN)))
                    .singleElement()
                    .asString()
                    .contains("a primary token");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"https://u:p@h", "https://h/?a=b", "ftp://h", "voice.example.com", "https://", "https://h#f"
                })
        void shouldRefuseOtherPublicUrls(String url) {
            assertThat(problems(files.loadEnvironment("STEADYLINE_TWILIO_PUBLIC_URL", url)))
                    .hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({"WEB_CONCURRENCY,2", "WORKERS,4", "WORKERS,auto", "WEB_CONCURRENCY,0"})
        void shouldRefuseSeveralWorkers(String variable, String count) {
            assertThat(problems(files.loadEnvironment(variable, count)))
                    .singleElement()
                    .asString()
                    .contains("environment " + variable + ": worker count", "one process");
        }

        @Test
        void shouldTakeOneWorkerAsWhatThereIs() {
            assertThat(files.loadEnvironment("WEB_CONCURRENCY", "1", "WORKERS", ""))
                    .isInstanceOf(Loaded.class);
        }
    }

    @Test
    void shouldReportEachSettingWithItsOrigin() {
        Loaded loaded = (Loaded) files.load("http:\n  port: 7000\n", "STEADYLINE_AGENT", "echo");
        List<String> report = SettingsReport.of(loaded).lines().toList();
        assertThat(report).anyMatch(line -> line.matches("http\\.port +7000 +steadyline\\.yaml:2"));
        assertThat(report).anyMatch(line -> line.matches("agent\\.kind +echo +environment STEADYLINE_AGENT"));
        assertThat(report).anyMatch(line -> line.matches("http\\.keep-alive +75 s +default"));
        assertThat(report).anyMatch(line -> line.startsWith("Notice: twilio.signature"));
    }

    private static Settings settings(LoadOutcome outcome) {
        assertThat(outcome).asInstanceOf(type(Loaded.class)).isNotNull();
        return ((Loaded) outcome).settings();
    }

    private static List<String> problems(LoadOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return Arrays.stream(((Refused) outcome).problems().toArray())
                .map(Object::toString)
                .toList();
    }
}
