package io.steadyline.bootstrap.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;

/**
 * Where a class lives. Names are relative to {@code io.steadyline}, and an offender counts as living in the package that
 * it stands for: {@code io.steadyline.offenders.call.X} is judged as {@code io.steadyline.call.X}.
 */
final class Place {

    static final String ROOT = "io.steadyline.";
    static final String OFFENDERS = ROOT + "offenders.";

    /** The packages of the domain, each using only itself and those before it. */
    static final List<String> DOMAIN =
            List.of("media", "signal", "telemetry", "queue", "pacing", "turn", "restart", "port", "agent", "call");

    static final List<String> ADAPTERS = List.of("websocket", "grpc", "stt", "otel", "journal");
    /** The code made from the .proto files, which has packages like {@code io.steadyline.agent.v1}. */
    static final String GENERATED = "generated";

    private static final List<String> CONTRACTS = List.of("admin.v1", "agent.v1");

    /** Below the adapters, with no dependency of their own: the kernel's functions, and the parent process. */
    static final List<String> FOUNDATION = List.of("posix", "keeper");

    private Place() {}

    /** Relative package, such as {@code websocket.server}; empty for a class that is not ours. */
    static String of(JavaClass type) {
        String name = type.getPackageName();
        if (name.startsWith(OFFENDERS)) {
            return name.substring(OFFENDERS.length());
        }
        String place = name.startsWith(ROOT) ? name.substring(ROOT.length()) : "";
        return CONTRACTS.contains(place) ? GENERATED + "." + place : place;
    }

    /** The first part of the relative package. */
    static String topPackage(JavaClass type) {
        String place = of(type);
        int dot = place.indexOf('.');
        return dot < 0 ? place : place.substring(0, dot);
    }

    static boolean isOurs(JavaClass type) {
        return !of(type).isEmpty();
    }

    static boolean isIn(JavaClass type, String place) {
        String at = of(type);
        return at.equals(place) || at.startsWith(place + ".");
    }

    /** In one of these packages or below. */
    static DescribedPredicate<JavaClass> in(String... places) {
        return in(List.of(places));
    }

    static DescribedPredicate<JavaClass> in(List<String> places) {
        return DescribedPredicate.describe(
                "in " + places, type -> places.stream().anyMatch(place -> isIn(type, place)));
    }

    /** Ours, but in none of these packages. */
    static DescribedPredicate<JavaClass> outside(String... places) {
        return DescribedPredicate.describe(
                "outside " + Arrays.toString(places),
                type -> isOurs(type) && Arrays.stream(places).noneMatch(place -> isIn(type, place)));
    }

    /** A type of a library, by the beginning of its name. */
    static DescribedPredicate<JavaClass> library(String... prefixes) {
        return DescribedPredicate.describe(
                "types of " + Arrays.toString(prefixes),
                type -> Arrays.stream(prefixes).anyMatch(type.getName()::startsWith));
    }

    /** A use of one of these members of a type or its subtypes: calls, method references and fields alike. */
    static DescribedPredicate<JavaAccess<?>> member(String owner, String... names) {
        List<String> wanted = List.of(names);
        return DescribedPredicate.describe(
                "use of " + owner + names(wanted),
                access -> access.getTargetOwner().isAssignableTo(owner)
                        && (wanted.isEmpty()
                                || wanted.contains(access.getTarget().getName())));
    }

    /** The outermost class, which is what an exemption names. */
    static String outermost(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static String names(List<String> wanted) {
        return wanted.isEmpty() ? "" : "." + String.join("|", wanted);
    }
}
