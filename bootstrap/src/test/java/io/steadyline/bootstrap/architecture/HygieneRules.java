package io.steadyline.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.steadyline.bootstrap.architecture.Place.library;
import static io.steadyline.bootstrap.architecture.Place.member;
import static io.steadyline.bootstrap.architecture.Place.outside;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.steadyline.offenders.otel.TelemetryWithJdkLogging;
import io.steadyline.offenders.stt.RecogniserThatPrints;
import io.steadyline.offenders.stt.RecogniserThatPrintsATrace;
import io.steadyline.offenders.unmarked.InAPackageWithoutWords;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** What no class of the product does, wherever it lives. */
final class HygieneRules {

    private HygieneRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "standard output and standard error belong to the command line",
                        noClasses()
                                .that(outside("bootstrap.cli"))
                                .should()
                                .accessTargetWhere(member("java.lang.System", "out", "err")),
                        RecogniserThatPrints.class),
                Rule.of(
                        "a failure is logged or passed on, never printed",
                        noClasses().should().accessTargetWhere(member("java.lang.Throwable", "print" + "StackTrace")),
                        RecogniserThatPrintsATrace.class),
                Rule.of(
                        "there is one way to log",
                        // The JDK itself tells only there who ended the process.
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName("io.steadyline.journal.boots.ExitListener")
                                .should()
                                .dependOnClassesThat(library("java.util.logging.")),
                        TelemetryWithJdkLogging.class),
                Rule.of(
                        "every package says what it is for and treats null as a type",
                        classes().that(outside(Place.GENERATED)).should(liveInAMarkedPackage()),
                        InAPackageWithoutWords.class));
    }

    private static ArchCondition<JavaClass> liveInAMarkedPackage() {
        return new ArchCondition<>("live in a package with a package-info that says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.reflect().getPackage().isAnnotationPresent(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + ": its package has no package-info with @NullMarked"));
                }
            }
        };
    }
}
