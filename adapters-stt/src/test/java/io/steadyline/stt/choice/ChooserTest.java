package io.steadyline.stt.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.AudioFormat;
import io.steadyline.port.SttSpec;
import io.steadyline.signal.CallId;
import io.steadyline.stt.choice.Candidate.Service;
import io.steadyline.stt.choice.Ignored.Reason;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Vendor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChooserTest {

    private static final Map<String, Service> SERVICES = Stream.of(
                    service("alpha"), service("beta"), service("gamma-two"))
            .collect(Collectors.toUnmodifiableMap(Service::name, service -> service));
    private static final String RULES = """
        to=+49* -> vendors=beta,builtin language=de-DE hints="Müller,Bad Homburg"
        tenant=clinic -> model=large beta.model=medical
        dialect=other account=AC?* -> vendors=builtin
        tenant=odd -> silence-ms=none
        """;

    @Nested
    class WithoutAWish {

        @Test
        void shouldTakeTheOperatorsList() {
            SttChoice choice = choose("");
            assertThat(names(choice)).isEqualTo("alpha,beta,builtin");
            assertThat(choice.ignored()).isEmpty();
            assertThat(first(choice).options().text("model")).isEqualTo("small");
            assertThat(first(choice).language()).isEqualTo("en-US");
            assertThat(first(choice).hints()).isEmpty();
        }

        @Test
        void shouldNotHearOfParametersThatAreNotItsOwn() {
            SttChoice choice = choose("vendor=beta language=xx sttvendor=beta", "vendor", "language");
            assertThat(names(choice)).isEqualTo("alpha,beta,builtin");
            assertThat(choice.ignored()).isEmpty();
        }
    }

    @Nested
    class ByRule {

        @ParameterizedTest
        @CsvSource({
            "to=+4930123,                  beta|builtin,       de-DE, small",
            "to=+1555,                     alpha|beta|builtin, en-US, small",
            "tenant=clinic,                alpha|beta|builtin, en-US, large",
            "to=+49 tenant=clinic,         beta|builtin,       de-DE, small",
            "tenant=clinics,               alpha|beta|builtin, en-US, small",
            "tenant=odd,                   alpha|beta|builtin, en-US, small"
        })
        void shouldObeyTheFirstThatHolds(String parameters, String vendors, String language, String model) {
            SttChoice choice = choose(parameters);
            assertThat(names(choice)).isEqualTo(vendors.replace('|', ','));
            assertThat(first(choice).language()).isEqualTo(language);
            assertThat(first(choice).options().text("model")).isEqualTo(model);
            assertThat(choice.ignored()).isEmpty();
        }

        @Test
        void shouldSetAnOptionOfANamedVendorWhereverItStands() {
            assertThat(second(choose("tenant=clinic")).options().text("model")).isEqualTo("medical");
        }

        @Test
        void shouldSetHintsWithBlanks() {
            assertThat(first(choose("to=+49")).hints()).containsExactly("Müller", "Bad Homburg");
        }

        @Test
        void shouldWantAllConditions() {
            Chooser chooser = chooser();
            assertThat(names(chooser.choose(call("other", "AC?7", "")))).isEqualTo("builtin");
            assertThat(names(chooser.choose(call("other", "AC7", "")))).isEqualTo("alpha,beta,builtin");
            assertThat(names(chooser.choose(call("twilio", "AC?7", "")))).isEqualTo("alpha,beta,builtin");
        }
    }

    @Nested
    class ByTheCallsOwnWish {

        @ParameterizedTest
        @CsvSource({
            "stt_vendor=beta,            beta|alpha|builtin",
            "stt_vendor=gamma-two,       gamma-two|alpha|beta|builtin",
            "stt_vendor=builtin,         builtin|alpha|beta",
            "'stt_vendor=beta,gamma-two',beta|gamma-two|alpha|builtin",
            "'stt_vendor=beta,beta',     beta|alpha|builtin",
            "stt_vendor=,                alpha|beta|builtin",
            "to=+49 stt_vendor=alpha,    alpha|beta|builtin"
        })
        void shouldPutTheNamedVendorsFirst(String parameters, String vendors) {
            SttChoice choice = choose(parameters, "vendor");
            assertThat(names(choice)).isEqualTo(vendors.replace('|', ','));
            assertThat(choice.ignored()).isEmpty();
        }

        @Test
        void shouldTellLanguageAndHintsToEverybody() {
            SttChoice choice = choose("stt_language=fr-FR stt_hints=Lyon,Nice", "language", "hints");
            assertThat(choice.candidates().stream()
                            .filter(Service.class::isInstance)
                            .map(Service.class::cast))
                    .hasSize(2)
                    .allSatisfy(service -> {
                        assertThat(service.language()).isEqualTo("fr-FR");
                        assertThat(service.hints()).containsExactly("Lyon", "Nice");
                    });
        }

        @Test
        void shouldTellAnyOtherOptionToTheFirstVendorAlone() {
            SttChoice choice = choose("stt_model=large", "model");
            assertThat(first(choice).options().text("model")).isEqualTo("large");
            assertThat(second(choice).options().text("model")).isEqualTo("small");
        }

        @Test
        void shouldTellAnOptionToTheVendorThatItNames() {
            SttChoice choice = choose(
                    "stt_beta_model=large stt_vendor=gamma-two stt_gamma_two_punctuate=false",
                    "vendor",
                    "beta.model",
                    "punctuate");
            assertThat(names(choice)).isEqualTo("gamma-two,alpha,beta,builtin");
            assertThat(first(choice).options().flag("punctuate")).isFalse();
            assertThat(second(choice).options().text("model")).isEqualTo("small");
            assertThat(((Service) choice.candidates().get(2)).options().text("model"))
                    .isEqualTo("large");
            assertThat(choice.ignored()).isEmpty();
        }

        @Test
        void shouldBeatTheRule() {
            assertThat(first(choose("to=+49 stt_language=nl-NL", "language")).language())
                    .isEqualTo("nl-NL");
        }
    }

    @Nested
    class AWishThatIsNotObeyed {

        @ParameterizedTest
        @CsvSource({
            "stt_vendor=beta,         language,     NOT_ALLOWED",
            "stt_model=large,         vendor,       NOT_ALLOWED",
            "stt_model=large,         beta.model,   NOT_ALLOWED",
            "stt_silence_ms=200,      silence-ms,   NOT_ALLOWED",
            "stt_key=stolen-key,      key,          NOT_ALLOWED",
            "stt_vendor=nobody,       vendor,       UNKNOWN_VENDOR",
            "stt_color=red,           color,        UNKNOWN_OPTION",
            "stt_gamma_two_model=big, model,        UNKNOWN_OPTION",
            "stt_punctuate=perhaps,   punctuate,    BAD_VALUE",
            "stt_silence_max_ms=20,   silence-max-ms, BAD_VALUE",
            "stt_silence_max_ms=9999, silence-max-ms, BAD_VALUE"
        })
        void shouldBeReportedAndChangeNothing(String parameter, String allowed, Reason reason) {
            SttChoice choice = choose(parameter, allowed);
            assertThat(choice.ignored()).extracting(Ignored::reason).containsExactly(reason);
            assertThat(names(choice)).isEqualTo("alpha,beta,builtin");
            Options options = first(choice).options();
            assertThat(options.text("key")).isEqualTo("good-key");
            assertThat(options.text("model")).isEqualTo("small");
            assertThat(options.flag("punctuate")).isTrue();
            assertThat(options.text("silence-max-ms")).isEmpty();
        }

        @Test
        void shouldNotHideTheOnesThatAre() {
            SttChoice choice = choose(
                    "stt_vendor=nobody,beta stt_punctuate=perhaps stt_language=de", "vendor", "punctuate", "language");
            assertThat(names(choice)).isEqualTo("beta,alpha,builtin");
            assertThat(first(choice).language()).isEqualTo("de");
            assertThat(choice.ignored())
                    .extracting(Ignored::parameter)
                    .containsExactlyInAnyOrder("stt_vendor", "stt_punctuate");
        }

        @Test
        void shouldBeNoMatterWhereOnlyTheBuiltInOneListens() {
            Chooser chooser = new Chooser(List.of("builtin"), SERVICES, List.of(), Set.of("language"));
            SttChoice choice = chooser.choose(call("twilio", "AC1", "stt_language=de-DE"));
            assertThat(names(choice)).isEqualTo("builtin");
            assertThat(choice.ignored()).isEmpty();
        }

        @Test
        void shouldBeSafeToPrint() {
            SttChoice choice = choose("stt_\u0007=1");
            assertThat(choice.ignored().getFirst().toString()).startsWith("stt_\\u0007: ");
        }
    }

    @Test
    void shouldRefuseAListThatNamesNobody() {
        assertThatThrownBy(() -> new Chooser(List.of("delta"), SERVICES, List.of(), Set.of()))
                .hasMessageStartingWith("vendor: delta (expected: builtin or one of [");
    }

    @Test
    void shouldCountEachAndSayEachKindOnce() {
        List<Reason> counted = new ArrayList<>();
        WatchedChooser watched = new WatchedChooser(chooser(), counted::add);
        for (int i = 0; i < 3; i++) {
            watched.apply(call("twilio", "AC1", "stt_vendor=beta"));
        }
        assertThat(counted).containsExactly(Reason.NOT_ALLOWED, Reason.NOT_ALLOWED, Reason.NOT_ALLOWED);
    }

    private static SttChoice choose(String parameters, String... allowed) {
        return chooser(allowed).choose(call("twilio", "AC1", parameters));
    }

    private static Chooser chooser(String... allowed) {
        return new Chooser(List.of("alpha", "beta", "builtin"), SERVICES, RuleText.parse(RULES), Set.of(allowed));
    }

    private static SttSpec call(String dialect, String account, String parameters) {
        Map<String, String> said = new HashMap<>(Map.of("dialect", dialect, "account", account));
        Arrays.stream(parameters.split(" ", -1)).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            int equals = pair.indexOf('=');
            said.put("parameter." + pair.substring(0, equals), pair.substring(equals + 1));
        });
        return new SttSpec(new CallId("CA1"), AudioFormat.MULAW_8K, "", said);
    }

    private static Service service(String name) {
        Vendor vendor = new TestVendor(name);
        return new Service(vendor, new Options(CommonOptions.of(vendor), Map.of("key", "good-key")));
    }

    private static String names(SttChoice choice) {
        return choice.candidates().stream().map(Candidate::name).collect(Collectors.joining(","));
    }

    private static Service first(SttChoice choice) {
        return (Service) choice.candidates().getFirst();
    }

    private static Service second(SttChoice choice) {
        return (Service) choice.candidates().get(1);
    }
}
