package io.steadyline.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.steadyline.bootstrap.architecture.Place.in;
import static io.steadyline.bootstrap.architecture.Place.library;
import static io.steadyline.bootstrap.architecture.Place.outside;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.steadyline.offenders.bootstrap.check.CheckWithOptions;
import io.steadyline.offenders.bootstrap.config.SettingsWithAStatus;
import io.steadyline.offenders.call.CallWithASpan;
import io.steadyline.offenders.grpc.PlaneThatKnowsTheProcess;
import io.steadyline.offenders.keeper.KeeperThatLogs;
import io.steadyline.offenders.simulator.CallerThatKnowsTheCore;
import io.steadyline.offenders.stt.RecogniserOnTheWire;
import io.steadyline.offenders.websocket.SocketThatKnowsTheRecogniser;
import io.steadyline.offenders.websocket.server.ServerThatIsInjected;
import io.steadyline.offenders.websocket.twilio.DialectWithAChannel;
import java.util.List;

/** Who may know whom, and where the types of a library end. */
final class ModuleRules {

    private ModuleRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "the keeper knows nothing but the JDK, so that it stays small and outlives everything",
                        noClasses().that(in(Place.FOUNDATION)).should().dependOnClassesThat(notOfTheKeeper()),
                        KeeperThatLogs.class),
                Rule.of(
                        "an adapter knows the domain and itself, no other adapter and not the process",
                        classes().that(in(Place.ADAPTERS)).should(knowOnlyTheDomainAndThemselves()),
                        SocketThatKnowsTheRecogniser.class,
                        PlaneThatKnowsTheProcess.class),
                Rule.of(
                        "the simulator is independent of the code that it tests",
                        noClasses().that(in("simulator")).should().dependOnClassesThat(outside("simulator")),
                        CallerThatKnowsTheCore.class),
                Rule.of(
                        "messages of gRPC end in the adapter that speaks them, and in the process",
                        noClasses()
                                .that(outside(Place.GENERATED, "grpc", "stt.google", "stt.riva", "bootstrap"))
                                .should()
                                .dependOnClassesThat(in(Place.GENERATED).or(library("com.google.protobuf."))),
                        RecogniserOnTheWire.class),
                Rule.of(
                        "gRPC ends in its adapters, and in bots, which are processes of their own",
                        endsIn(
                                List.of("io.grpc."),
                                "grpc",
                                "stt.grpc",
                                "stt.google",
                                "stt.riva",
                                Place.GENERATED,
                                "bootstrap.bot",
                                "bootstrap.drill"),
                        SettingsWithAStatus.class),
                Rule.of(
                        "Undertow ends in the socket server, and in bots, which are processes of their own",
                        endsIn(List.of("io.undertow.", "org.xnio.", "org.jboss."), "websocket.server", "bootstrap.bot"),
                        DialectWithAChannel.class),
                Rule.of(
                        "OpenTelemetry ends in its adapter",
                        endsIn(List.of("io.opentelemetry.", "io.prometheus."), "otel"),
                        CallWithASpan.class),
                Rule.of(
                        "Dagger ends in the wiring",
                        endsIn(List.of("dagger.", "jakarta.inject.", "javax.inject."), "bootstrap.wiring"),
                        ServerThatIsInjected.class),
                Rule.of(
                        "picocli ends in the command line",
                        endsIn(List.of("picocli."), "bootstrap.cli"),
                        CheckWithOptions.class));
    }

    private static DescribedPredicate<JavaClass> notOfTheKeeper() {
        return DescribedPredicate.describe(
                "neither of the JDK nor of the keeper",
                type -> !type.isPrimitive()
                        && !type.getBaseComponentType().isPrimitive()
                        && !type.getPackageName().startsWith("java.")
                        && !type.getPackageName().equals("org.jspecify.annotations")
                        && !in(Place.FOUNDATION).test(type.getBaseComponentType()));
    }

    private static ArchRule endsIn(List<String> prefixes, String... places) {
        return noClasses().that(outside(places)).should().dependOnClassesThat(library(prefixes.toArray(String[]::new)));
    }

    private static ArchCondition<JavaClass> knowOnlyTheDomainAndThemselves() {
        return new ArchCondition<>("know only the domain and themselves") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (!mayKnow(type, dependency.getTargetClass())) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean mayKnow(JavaClass type, JavaClass target) {
        boolean sameAdapter =
                Place.ADAPTERS.stream().anyMatch(adapter -> Place.isIn(type, adapter) && Place.isIn(target, adapter));
        return !Place.isOurs(target)
                || sameAdapter
                || in(Place.DOMAIN).test(target)
                || (Place.isIn(type, "journal") && in(Place.FOUNDATION).test(target))
                // Who may use the messages is a rule of its own.
                || Place.isIn(target, Place.GENERATED);
    }
}
