package io.steadyline.bootstrap.config;

import java.util.List;

/** Either settings to run with, or every reason why not. */
public sealed interface LoadOutcome {

    /**
     * @param effective each setting with its origin, in the order of the catalogue
     * @param notices what is allowed but deserves a line in the log
     */
    record Loaded(Settings settings, List<Effective<?>> effective, List<String> notices) implements LoadOutcome {
        public Loaded {
            effective = List.copyOf(effective);
            notices = List.copyOf(notices);
        }
    }

    /** @param problems all of them, at least one */
    record Refused(List<Problem> problems) implements LoadOutcome {

        /** EX_CONFIG of sysexits.h. */
        public static final int EXIT_CODE = 78;

        public Refused {
            problems = List.copyOf(problems);
        }

        /** For the operator: one line for each problem. */
        public String message() {
            StringBuilder text = new StringBuilder("Configuration refused, ")
                    .append(problems.size())
                    .append(problems.size() == 1 ? " error:" : " errors:");
            problems.forEach(
                    problem -> text.append(System.lineSeparator()).append("  ").append(problem));
            return text.toString();
        }
    }
}
