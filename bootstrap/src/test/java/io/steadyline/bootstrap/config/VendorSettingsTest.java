package io.steadyline.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.config.LoadOutcome.Loaded;
import io.steadyline.bootstrap.config.LoadOutcome.Refused;
import io.steadyline.stt.Vendors;
import io.steadyline.stt.choice.TestVendor;
import io.steadyline.stt.runtime.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VendorSettingsTest {

    private static final String ALPHA_KEY = "STEADYLINE_STT_ALPHA_KEY";
    private static final String SECRET = "a-secret-key";

    private final MemoryFiles files =
            new MemoryFiles().withVendors(new TestVendor("alpha"), new TestVendor("beta-two"));

    @Nested
    class TheListOfVendors {

        @Test
        void shouldBeTheBuiltInOneAlone() {
            Settings.Stt stt = loaded(files.loadEnvironment()).settings().stt();
            assertThat(stt.vendors()).containsExactly("builtin");
            assertThat(stt.isBuiltinOnly()).isTrue();
            assertThat(stt.runtime()).isEqualTo(RuntimeSettings.DEFAULT);
            assertThat(stt.known()).extracting(VendorSetup::name).containsExactly("alpha", "beta-two");
            assertThat(stt.usable()).isEmpty();
        }

        @Test
        void shouldBeAnOrderedList() {
            Settings.Stt stt = loaded(files.loadEnvironment(
                            "STEADYLINE_STT",
                            "beta-two, alpha,builtin",
                            ALPHA_KEY,
                            SECRET,
                            "STEADYLINE_STT_BETA_TWO_KEY",
                            SECRET))
                    .settings()
                    .stt();
            assertThat(stt.vendors()).containsExactly("beta-two", "alpha", "builtin");
            assertThat(stt.isBuiltinOnly()).isFalse();
            assertThat(stt.usable()).extracting(VendorSetup::name).containsExactlyInAnyOrder("alpha", "beta-two");
        }

        @Test
        void shouldBeNobody() {
            Settings.Stt stt = loaded(files.loadEnvironment("STEADYLINE_STT", "none"))
                    .settings()
                    .stt();
            assertThat(stt.isNone()).isTrue();
            assertThat(stt.usable()).isEmpty();
        }

        @Test
        void shouldRefuseSomebodyBesideNobody() {
            assertThat(problems(files.loadEnvironment("STEADYLINE_STT", "none,builtin")))
                    .containsExactly("environment STEADYLINE_STT: stt.vendors: none,builtin (expected: none alone)");
            assertThat(problems(files.loadEnvironment(
                            "STEADYLINE_STT", "none", "STEADYLINE_STT_RULES", "to=1 -> language=de-DE")))
                    .anyMatch(problem -> problem.contains("not set, because stt.vendors is none"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "stt.vendors: builtin",
                    "stt.provider: builtin",
                    "'stt: {vendors: builtin}'",
                    "'stt: {provider: builtin}'"
                })
        void shouldBeReadUnderItsOldNameToo(String yaml) {
            assertThat(loaded(files.load(yaml)).settings().stt().vendors()).containsExactly("builtin");
        }

        @Test
        void shouldNotBeGivenUnderBothNames() {
            assertThat(problems(files.load("stt: {vendors: builtin, provider: builtin}")))
                    .containsExactly("steadyline.yaml:1: stt.vendors: given again (expected: once; the first is in line"
                            + " 1)");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "alfa | \"alfa\" (expected: did you mean alpha?)",
                    "whatever | \"whatever\" (expected: of builtin, none, alpha, beta-two)",
                })
        void shouldNameAVendorThatThereIsNot(String names, String problem) {
            assertThat(problems(files.loadEnvironment("STEADYLINE_STT", names)))
                    .containsExactly("environment STEADYLINE_STT: stt.vendors: " + problem);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"alpha,,builtin", "builtin,builtin", "','", "a b"})
        void shouldRefuseWhatIsNoList(String names) {
            assertThat(problems(files.loadEnvironment("STEADYLINE_STT", names, ALPHA_KEY, SECRET)))
                    .singleElement()
                    .asString()
                    .contains("stt.vendors: \"", "(expected: lower-case names with commas between them, each once");
        }
    }

    @Nested
    class AnOption {

        @Test
        void shouldComeFromTheFileGroupedByVendorOrFlat() {
            Settings.Stt stt =
                    loaded(files.load("""
                        stt:
                          vendors: alpha, builtin
                          alpha:
                            model: large
                            punctuate: off
                          beta-two.silence-ms: 250
                        """, ALPHA_KEY, SECRET)).settings().stt();
            VendorSetup alpha = stt.find("alpha").orElseThrow();
            assertThat(alpha.options().text("model")).isEqualTo("large");
            assertThat(alpha.options().flag("punctuate")).isFalse();
            assertThat(alpha.options().text("key")).isEqualTo(SECRET);
            assertThat(alpha.options().whole("silence-ms")).isEqualTo(300);
            assertThat(stt.find("beta-two").orElseThrow().options().whole("silence-ms"))
                    .isEqualTo(250);
        }

        @Test
        void shouldPreferTheEnvironment() {
            Settings.Stt stt = loaded(files.load("stt: {alpha: {model: large}}", "STEADYLINE_STT_ALPHA_MODEL", "tiny"))
                    .settings()
                    .stt();
            assertThat(stt.find("alpha").orElseThrow().options().text("model")).isEqualTo("tiny");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "silence-ms: 5 | stt.alpha.silence-ms: \"5\" (expected: a whole number from 10 to 5000)",
                    "punctuate: maybe | stt.alpha.punctuate: \"maybe\" (expected: on or off)",
                    "modell: large | stt.alpha.modell: unknown key (expected: did you mean stt.alpha.model?)",
                    "key: my-own-key | stt.alpha.key: a secret in this file (expected: the name of a file that holds"
                            + " it, as stt.alpha.key-file; or the variable STEADYLINE_STT_ALPHA_KEY)"
                })
        void shouldBeNamedWhenItCannotBeUsed(String line, String problem) {
            assertThat(problems(files.load("stt:\n  alpha:\n    " + line)))
                    .containsExactly("steadyline.yaml:3: " + problem);
        }

        @Test
        void shouldBeNamedWhenItsVariableIsUnknown() {
            assertThat(problems(files.loadEnvironment("STEADYLINE_STT_ALPHA_MODELL", "large")))
                    .containsExactly(
                            "environment STEADYLINE_STT_ALPHA_MODELL: variable: unknown (expected: did you mean"
                                    + " STEADYLINE_STT_ALPHA_MODEL?)");
        }

        @Test
        void shouldBeShownOnlyForVendorsThatSomebodyAskedFor() {
            Loaded loaded = loaded(files.loadEnvironment("STEADYLINE_STT_ALPHA_MODEL", "large"));
            assertThat(loaded.effective())
                    .extracting(entry -> entry.setting().key())
                    .contains("stt.alpha.model", "stt.alpha.key")
                    .noneMatch(key -> key.startsWith("stt.beta-two"));
        }
    }

    @Nested
    class AKey {

        @Test
        void shouldBeMissedAtAVendorThatIsWanted() {
            assertThat(problems(files.load("stt:\n  vendors: alpha,builtin")))
                    .containsExactly("default: stt.alpha.key: missing (expected: an API key of alpha, as"
                            + " STEADYLINE_STT_ALPHA_KEY)");
        }

        @Test
        void shouldComeFromAFile() {
            files.with("alpha.key", SECRET + "\n");
            Settings.Stt stt = loaded(files.load("stt: {vendors: alpha, alpha: {key-file: alpha.key}}"))
                    .settings()
                    .stt();
            assertThat(stt.find("alpha").orElseThrow().options().text("key")).isEqualTo(SECRET);
        }

        @Test
        void shouldBeNamedWhenItsFileCannotBeRead() {
            assertThat(problems(files.load("stt: {vendors: alpha, alpha: {key-file: none}}")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "steadyline.yaml:1: stt.alpha.key-file: \"none\" (expected: a file that this process can");
        }

        @Test
        void shouldNotComeFromTwoVariables() {
            files.with("alpha.key", SECRET);
            assertThat(problems(files.loadEnvironment(ALPHA_KEY, SECRET, "STEADYLINE_STT_ALPHA_KEY_FILE", "alpha.key")))
                    .containsExactly("environment STEADYLINE_STT_ALPHA_KEY_FILE: stt.alpha.key-file: alpha.key"
                            + " (expected: not set, because STEADYLINE_STT_ALPHA_KEY is)");
        }

        @Test
        void shouldNeverBePrinted() {
            Loaded loaded = loaded(files.loadEnvironment("STEADYLINE_STT", "alpha", ALPHA_KEY, SECRET));
            assertThat(SettingsReport.of(loaded))
                    .contains("stt.alpha.key", Secret.MASK)
                    .doesNotContain(SECRET);
            assertThat(loaded.settings().toString()).doesNotContain(SECRET);
        }

        @Test
        void shouldNotBePrintedWhenItIsBadEither() {
            assertThat(problems(files.loadEnvironment(ALPHA_KEY, "two\u0007words")))
                    .singleElement()
                    .asString()
                    .contains("stt.alpha.key: (hidden)")
                    .doesNotContain("words");
        }
    }

    @Nested
    class RulesAndTheAllowList {

        @Test
        void shouldBeRead() {
            Settings.Stt stt =
                    loaded(files.load("""
                        stt:
                          allow-per-call: vendor, language, alpha.model
                          rules: |
                            to=+49* -> vendors=alpha language=de-DE
                            tenant=x -> alpha.model=large
                        """, ALPHA_KEY, SECRET)).settings().stt();
            assertThat(stt.rules()).hasSize(2);
            assertThat(stt.allowPerCall()).containsExactlyInAnyOrder("vendor", "language", "alpha.model");
            assertThat(stt.isBuiltinOnly()).isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "to=1 -> vendors=alpha | stt.alpha.key: missing",
                    "to=1 -> vendors=nobody | stt.rules: \"nobody\" (expected: of builtin, alpha, beta-two)",
                    "to=1 -> color=red | (expected: known options; color is none, or a secret",
                    "to=1 -> key=stolen-key | (expected: known options; key is none, or a secret",
                    "to=1 -> silence-ms=1 | silence-ms: 1 (expected: 10 to 5000)",
                    "to=1 | stt.rules: \"to=1\" (expected: rules with semicolons"
                })
        void shouldNameARuleThatDoesNotFit(String rule, String problem) {
            assertThat(problems(files.loadEnvironment("STEADYLINE_STT_RULES", rule)))
                    .singleElement()
                    .asString()
                    .contains(problem);
        }

        @ParameterizedTest
        @CsvSource({"color", "key", "silence-ms", "gamma.model"})
        void shouldNameWhatNoCallMayChoose(String name) {
            assertThat(problems(files.loadEnvironment("STEADYLINE_STT_ALLOW_PER_CALL", name)))
                    .singleElement()
                    .asString()
                    .contains("options that a call may choose; " + name + " is none");
        }
    }

    @Test
    void shouldReadTheTimesOfTheRuntime() {
        RuntimeSettings times = loaded(files.load("""
            stt:
              connect-timeout: 1 s
              send-timeout: 2 s
              result-timeout: 3 s
              retry-budget: 4 s
              breaker-open: 5 s
              return-after: 0
              drain: 6 s
              final-timeout: 7 s
              replay: 8 s
              connects-per-second: 9
            """)).settings().stt().runtime();
        assertThat(times)
                .isEqualTo(new RuntimeSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        Duration.ofSeconds(8),
                        9,
                        RuntimeSettings.DEFAULT.ears()));
    }

    @Test
    void shouldNameADirectoryOfExtensionsThatIsNone(@TempDir Path directory) {
        Path none = directory.resolve("none");
        assertThat(problems(files.loadEnvironment("STEADYLINE_STT_EXTENSIONS", none.toString())))
                .containsExactly("environment STEADYLINE_STT_EXTENSIONS: stt.extensions: " + none
                        + " (expected: a directory with jars of vendors: not a directory)");
        assertThat(files.loadEnvironment("STEADYLINE_STT_EXTENSIONS", directory.toString()))
                .isInstanceOf(Loaded.class);
    }

    @Test
    void shouldNoticeWhatIsInADirectoryOfExtensionsInVain(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "no jar");
        assertThat(loaded(files.loadEnvironment("STEADYLINE_STT_EXTENSIONS", directory.toString()))
                        .notices())
                .endsWith(
                        "stt.extensions: " + directory + ": notes.txt is no jar, and is not read",
                        "stt.extensions: " + directory + ": no jar in it");
    }

    @Test
    void shouldRefuseAnExtensionThatIsAJarByItsNameAlone(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("page.jar"), "<html>");
        assertThat(problems(files.loadEnvironment("STEADYLINE_STT_EXTENSIONS", directory.toString())))
                .singleElement()
                .asString()
                .contains("(expected: a directory with jars of vendors: page.jar is damaged, or no jar");
    }

    @Nested
    class AVendorInAJarOfItsOwn {

        private static final String PLACE =
                "a jar of its own, in the directory that stt.extensions names: see" + " docs/speech-to-text.md)";

        @ParameterizedTest
        @ValueSource(strings = {"vosk", "azure"})
        void shouldBeLookedForInItsPlaceWhenItIsNamed(String name) {
            assertThat(problems(files.loadEnvironment("STEADYLINE_STT", name + ",builtin")))
                    .containsExactly("environment STEADYLINE_STT: stt.vendors: \"" + name
                            + "\" (expected: steadyline-stt-" + name + ".jar, " + PLACE);
        }

        @Test
        void shouldBeLookedForInItsPlaceWhenAnOptionOfItIsSet() {
            assertThat(problems(files.load("stt: {vosk: {model: m}}", "STEADYLINE_STT_AZURE_KEY", SECRET)))
                    .containsExactly(
                            "steadyline.yaml:1: stt.vosk.model: unknown key (expected: steadyline-stt-vosk.jar, "
                                    + PLACE,
                            "environment STEADYLINE_STT_AZURE_KEY: variable: unknown (expected:"
                                    + " steadyline-stt-azure.jar, " + PLACE);
        }

        @Test
        void shouldNotBeTakenForAnotherThatBeginsLikeIt() {
            MemoryFiles ofThisBuild = new MemoryFiles();
            assertThat(problems(ofThisBuild.loadEnvironment("STEADYLINE_STT_VOSK_SERVER_URLL", "ws://h:1")))
                    .containsExactly("environment STEADYLINE_STT_VOSK_SERVER_URLL: variable: unknown (expected: did you"
                            + " mean STEADYLINE_STT_VOSK_SERVER_URL?)");
        }

        @Test
        void shouldBeJudgedLikeOthersWhenItIsThere() {
            MemoryFiles there = new MemoryFiles().withVendors(new TestVendor("vosk"));
            assertThat(problems(there.load("stt: {vosk: {modell: m}}")))
                    .containsExactly("steadyline.yaml:1: stt.vosk.modell: unknown key (expected: did you mean"
                            + " stt.vosk.model?)");
        }
    }

    @Nested
    class WhatAVendorSays {

        @Test
        void shouldNameTheOptionsAtFaultOnceWhenSeveralAre() {
            assertThat(saying("model, silence-ms: 2 of them set (expected: one)", "STEADYLINE_STT_ALPHA_MODEL", "x"))
                    .containsExactly("environment STEADYLINE_STT_ALPHA_MODEL: stt.alpha.model: 2 of them set (expected:"
                            + " one)");
            assertThat(saying("model, silence-ms: none of them (expected: one)"))
                    .containsExactly("default: stt.alpha.model, stt.alpha.silence-ms: none of them (expected: one)");
        }

        @Test
        void shouldHaveOneExpectationWhenItIsAboutNoOption() {
            assertThat(saying("account: 2 (expected: one)"))
                    .containsExactly("environment STEADYLINE_STT: stt.alpha: account: 2 (expected: one)");
        }

        @Test
        void shouldShowAPathToItsEnd() {
            String path = "/models/" + "a".repeat(150) + "/misteak";
            assertThat(saying("model: " + path + " (expected: a directory)"))
                    .singleElement()
                    .asString()
                    .contains("stt.alpha.model: " + path + " (expected: a directory, as STEADYLINE_STT_ALPHA_MODEL)");
        }

        private List<String> saying(String sentence, String... variables) {
            List<String> all = new ArrayList<>(List.of(variables));
            all.addAll(List.of("STEADYLINE_STT", "alpha", ALPHA_KEY, SECRET));
            return problems(new MemoryFiles()
                    .withVendors(new SayingVendor("alpha", sentence))
                    .loadEnvironment(all.toArray(String[]::new)));
        }
    }

    /** Of the vendors of this build: what a user writes must mean one thing. */
    @Test
    void shouldNameEachSettingOnceAndAcceptItsDefault() {
        List<Setting<?>> all = Stream.concat(
                        Catalogue.all().stream(),
                        Vendors.all().stream().flatMap(vendor -> VendorSettings.flat(vendor).stream()))
                .toList();
        assertThat(all).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(all).extracting(Setting::environment).doesNotHaveDuplicates();
        assertThat(all)
                .filteredOn(Setting::hasDefault)
                .allSatisfy(setting -> assertThat(setting.type().parse(setting.defaultText(), files))
                        .isPresent());
    }

    private static Loaded loaded(LoadOutcome outcome) {
        assertThat(outcome).isInstanceOf(Loaded.class);
        return (Loaded) outcome;
    }

    private static List<String> problems(LoadOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).problems().stream().map(Problem::toString).toList();
    }
}
