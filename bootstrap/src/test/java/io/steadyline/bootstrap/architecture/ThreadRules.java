package io.steadyline.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.steadyline.bootstrap.architecture.Place.in;
import static io.steadyline.bootstrap.architecture.Place.member;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.steadyline.offenders.call.CallWithABlock;
import io.steadyline.offenders.call.CallWithALockedMethod;
import io.steadyline.offenders.call.CallWithAVolatile;
import io.steadyline.offenders.call.CallWithAtomics;
import io.steadyline.offenders.grpc.PlaneThatSleeps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A call belongs to one thread; who meets it from another one is named here, with the reason. */
final class ThreadRules {

    /** The few classes of the call that more than one thread enters. */
    static final Map<String, String> CROSS_THREAD = Map.of(
            "io.steadyline.call.CallInbox", "recogniser, agent and operator put, the loop takes",
            "io.steadyline.call.CallWaker", "any thread that has put something asks the loop to look",
            "io.steadyline.call.GreetingPlayer", "one flag: agents ask from their threads if the greeting still plays",
            "io.steadyline.call.LiveCalls", "the directory: the loop writes, the control plane reads",
            "io.steadyline.call.CallRecord", "one call in the directory, under its own short lock");

    static final Map<String, String> SLEEPS = Map.of(
            "io.steadyline.bootstrap.check.ProductionCheck",
                    "a client command asks again and again for the record's end",
            "io.steadyline.bootstrap.cli.UpgradeCommand",
                    "a client command asks again and again until another boot answers",
            "io.steadyline.bootstrap.fault.LoopStall", "standing still is what this fault is");

    private ThreadRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "a call's state belongs to its loop: no lock, volatile or concurrent collection",
                        classes().that(in("call")).and(areNot(CROSS_THREAD)).should(haveOneOwner()),
                        CallWithABlock.class,
                        CallWithALockedMethod.class,
                        CallWithAVolatile.class,
                        CallWithAtomics.class),
                Rule.of(
                        "nobody sleeps",
                        noClasses()
                                .that(areNot(SLEEPS))
                                .should()
                                .accessTargetWhere(member("java.lang.Thread", "sleep")),
                        PlaneThatSleeps.class));
    }

    private static DescribedPredicate<JavaClass> areNot(Map<String, String> named) {
        return DescribedPredicate.describe(
                "not one of " + named.keySet(), type -> !named.containsKey(Place.outermost(type)));
    }

    private static ArchCondition<JavaClass> haveOneOwner() {
        return new ArchCondition<>("have one owner") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                sharedParts(type).forEach(part -> events.add(SimpleConditionEvent.violated(type, part)));
            }
        };
    }

    /** What only makes sense in a class that several threads enter. */
    static List<String> sharedParts(JavaClass type) {
        List<String> parts = new ArrayList<>();
        type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.VOLATILE))
                .forEach(field -> parts.add("volatile " + field.getFullName()));
        type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                .forEach(method -> parts.add("synchronized " + method.getFullName()));
        type.getDirectDependenciesFromSelf().stream()
                .filter(use -> use.getTargetClass().getPackageName().startsWith("java.util.concurrent"))
                .forEach(use -> parts.add(use.getDescription()));
        // ArchUnit does not look at instructions, and a synchronized block is nothing else.
        model(type).methods().stream()
                .filter(ThreadRules::hasBlock)
                .forEach(method -> parts.add("synchronized block in " + type.getName() + "."
                        + method.methodName().stringValue()));
        return parts;
    }

    private static boolean hasBlock(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof MonitorInstruction);
    }

    private static ClassModel model(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("class file of " + type.getName(), unreadable);
        }
    }
}
