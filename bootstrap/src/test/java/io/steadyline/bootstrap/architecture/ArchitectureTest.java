package io.steadyline.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    /** The main classes of all modules, once for all tests: reading them is what takes time. */
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ArchitectureTest::isMain)
            .importPackages(Place.ROOT.substring(0, Place.ROOT.length() - 1));

    static List<Rule> rules() {
        return Stream.of(DomainRules.all(), ModuleRules.all(), MediaRules.all(), ThreadRules.all(), HygieneRules.all())
                .flatMap(List::stream)
                .toList();
    }

    static Stream<Arguments> offenders() {
        return rules().stream()
                .flatMap(rule -> rule.offenders().stream().map(offender -> Arguments.of(rule, offender)));
    }

    @Nested
    class TheProduct {

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.steadyline.bootstrap.architecture.ArchitectureTest#rules")
        void shouldKeepTheRule(Rule rule) {
            rule.arch().check(PRODUCT);
        }

        @Test
        void shouldBeSeenWhole() {
            Set<String> modules =
                    PRODUCT.stream().map(Place::topPackage).collect(Collectors.toCollection(TreeSet::new));
            assertThat(modules)
                    .contains(
                            "call",
                            "websocket",
                            "grpc",
                            "stt",
                            "otel",
                            "generated",
                            "agent",
                            "simulator",
                            "bootstrap",
                            "journal",
                            "keeper")
                    .doesNotContain("testkit", "offenders");
        }
    }

    @Nested
    class ARule {

        @ParameterizedTest(name = "{0}: {1}")
        @MethodSource("io.steadyline.bootstrap.architecture.ArchitectureTest#offenders")
        void shouldCatchItsOffender(Rule rule, Class<?> offender) {
            JavaClasses caught = new ClassFileImporter().importClasses(offender);
            assertThat(rule.arch().evaluate(caught).getFailureReport().getDetails())
                    .anyMatch(detail -> detail.contains(offender.getName()));
        }

        @Test
        void shouldExistForEachOffender() {
            Set<String> named = rules().stream()
                    .flatMap(rule -> rule.offenders().stream())
                    .map(Class::getName)
                    .collect(Collectors.toSet());
            Set<String> written = new ClassFileImporter()
                    .importPackages(Place.OFFENDERS.substring(0, Place.OFFENDERS.length() - 1)).stream()
                            .filter(type -> !type.getSimpleName().equals("package-info"))
                            .map(Place::outermost)
                            .collect(Collectors.toSet());
            assertThat(written).isEqualTo(named);
        }
    }

    @Nested
    class AnExemption {

        static Stream<Map.Entry<String, String>> crossThread() {
            return ThreadRules.CROSS_THREAD.entrySet().stream();
        }

        @ParameterizedTest
        @MethodSource("crossThread")
        void shouldStillBeNeededInTheCall(Map.Entry<String, String> exemption) {
            JavaClass named = PRODUCT.get(exemption.getKey());
            assertThat(ThreadRules.sharedParts(named)).as(exemption.getValue()).isNotEmpty();
        }

        static Stream<Map.Entry<String, String>> sleeps() {
            return ThreadRules.SLEEPS.entrySet().stream();
        }

        @ParameterizedTest
        @MethodSource("sleeps")
        void shouldStillBeNeededForASleep(Map.Entry<String, String> exemption) {
            assertThat(PRODUCT.get(exemption.getKey()).getAccessesFromSelf())
                    .as(exemption.getValue())
                    .anyMatch(access -> access.getTarget().getName().equals("sleep"));
        }
    }

    /** Neither test classes nor the domain's test kit, which comes as a jar or as a directory. */
    private static boolean isMain(Location location) {
        return ImportOption.Predefined.DO_NOT_INCLUDE_TESTS.includes(location) && !location.contains("-tests.jar");
    }
}
