package io.steadyline.journal.host;

import io.steadyline.journal.host.Surroundings.Objection;
import io.steadyline.journal.host.Surroundings.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Options of this Java machine that let somebody else stop it or change its code. Pure. */
final class JvmOptions {

    private static final List<String> HOT_SWAP =
            List.of("hotswap-agent", "hotswapagent", "jrebel", "springloaded", "dcevm");

    private JvmOptions() {}

    static List<Objection> objections(List<String> options, String classPath) {
        List<Objection> found = new ArrayList<>();
        for (String option : options) {
            if (option.startsWith("-agentlib:jdwp") || option.startsWith("-Xrunjdwp")) {
                found.add(debugger(option));
            } else if (isHotSwap(option)) {
                found.add(new Objection(
                        Severity.REFUSED_IN_PRODUCTION,
                        "hot swap of code is on (" + Shown.text(option)
                                + "): code changes under live calls; leave it out"));
            } else if (option.startsWith("-Dspring.devtools.") || option.equals("-Dquarkus.profile=dev")) {
                found.add(devTools(option));
            }
        }
        if (classPath.contains("spring-boot-devtools")) {
            found.add(devTools("spring-boot-devtools on the class path"));
        }
        return found;
    }

    /** "suspend" is y where it is not given. */
    private static Objection debugger(String option) {
        boolean suspends =
                Arrays.stream(option.split("[=:,]", -1)).noneMatch("suspend"::equals) || option.contains("suspend=y");
        return suspends
                ? new Objection(
                        Severity.REFUSED_IN_PRODUCTION,
                        "a debugger is asked for with suspend=y (" + Shown.text(option)
                                + "): the process stands still until one connects, and nothing says why; leave it out")
                : new Objection(
                        Severity.WARNING,
                        "a debugger may connect (" + Shown.text(option) + "): at a breakpoint every call stands still");
    }

    private static boolean isHotSwap(String option) {
        String lower = option.toLowerCase(Locale.ROOT);
        boolean agent =
                lower.startsWith("-javaagent:") || lower.startsWith("-agentpath:") || lower.startsWith("-agentlib:");
        return (agent && HOT_SWAP.stream().anyMatch(lower::contains))
                || lower.startsWith("-xx:hotswapagent=")
                || lower.equals("-xx:+allowenhancedclassredefinition");
    }

    private static Objection devTools(String what) {
        return new Objection(
                Severity.REFUSED_IN_PRODUCTION,
                "development tools that reload are on (" + Shown.text(what) + "): leave them out");
    }
}
