package io.steadyline.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.steadyline.bootstrap.architecture.Place.member;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.steadyline.offenders.call.PathThatWaits;
import io.steadyline.offenders.media.FrameOfAFile;
import io.steadyline.offenders.media.FrameThatKnowsItsCall;
import io.steadyline.offenders.media.FrameThatLogs;
import io.steadyline.offenders.pacing.PacerWithAClock;
import io.steadyline.offenders.pacing.PacerWithAClockInHand;
import io.steadyline.offenders.port.PortOverASocket;
import io.steadyline.offenders.queue.QueueWithAThread;
import java.util.List;
import java.util.Set;

/** The core: the JDK's plain parts, time as an argument, packages in one order. */
final class DomainRules {

    private static final Set<String> JDK = Set.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.time",
            "java.util",
            "java.util.concurrent.atomic",
            "java.util.function",
            "java.util.stream");

    /** Of java.util.concurrent only what holds values; who may use them in the call is a rule of its own. */
    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentLinkedQueue",
            "java.util.concurrent.ConcurrentMap",
            "java.util.concurrent.CopyOnWriteArrayList");

    /** Memory that a socket reads into and a recorder keeps; a value like an array. */
    private static final Set<String> MEMORY = Set.of("java.nio.ByteBuffer");

    /** In the plain packages, but a thread, a clock or the machine. */
    private static final Set<String> NOT_PLAIN = Set.of(
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Scanner",
            "java.util.Timer",
            "java.util.TimerTask");

    private static final DescribedPredicate<JavaClass> PLAIN = DescribedPredicate.describe(
            "in the domain, the plain JDK or jspecify",
            type -> Place.in(Place.DOMAIN).test(type)
                    || type.isPrimitive()
                    || type.getPackageName().equals("org.jspecify.annotations")
                    || COLLECTIONS.contains(type.getName())
                    || MEMORY.contains(type.getName())
                    || (JDK.contains(type.getPackageName()) && !NOT_PLAIN.contains(Place.outermost(type))));

    static final DescribedPredicate<JavaAccess<?>> TIME = member("java.lang.System", "nanoTime", "currentTimeMillis")
            .or(DescribedPredicate.describe(
                    "now() of java.time",
                    access -> access.getTargetOwner().getPackageName().equals("java.time")
                            && access.getTarget().getName().equals("now")))
            .or(member("java.time.InstantSource"))
            .or(member("java.util.Date", "<init>"))
            .or(member("java.lang.Thread", "sleep"))
            .or(member("java.lang.Object", "wait"))
            .or(member("java.util.concurrent.locks.LockSupport"))
            .as("ask what time it is, or wait");

    private DomainRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "the domain uses nothing but the plain JDK: no thread, socket, file, logger or framework",
                        classes().that(Place.in(Place.DOMAIN)).should().onlyDependOnClassesThat(PLAIN),
                        FrameThatLogs.class,
                        FrameOfAFile.class,
                        QueueWithAThread.class,
                        PortOverASocket.class,
                        PacerWithAClockInHand.class),
                Rule.of(
                        "time is an argument of the domain",
                        noClasses().that(Place.in(Place.DOMAIN)).should().accessTargetWhere(TIME),
                        PacerWithAClock.class,
                        PathThatWaits.class),
                Rule.of(
                        "a package of the domain uses only those above it",
                        classes().that(Place.in(Place.DOMAIN)).should(useOnlyPackagesAbove()),
                        FrameThatKnowsItsCall.class));
    }

    private static ArchCondition<JavaClass> useOnlyPackagesAbove() {
        return new ArchCondition<>("use only packages that come before theirs in " + Place.DOMAIN) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (rank(dependency.getTargetClass()) > rank(type)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static int rank(JavaClass type) {
        return Place.DOMAIN.indexOf(Place.of(type));
    }
}
