package io.steadyline.restart;

import java.util.Optional;

/** What one row of the decision table concludes; empty when its evidence is not there. */
record Verdict(Cause cause, Confidence confidence, String sentence) {

    static Optional<Verdict> certain(Cause cause, String sentence) {
        return Optional.of(new Verdict(cause, Confidence.CERTAIN, sentence));
    }

    static Optional<Verdict> likely(Cause cause, String sentence) {
        return Optional.of(new Verdict(cause, Confidence.LIKELY, sentence));
    }

    static Optional<Verdict> of(boolean certain, Cause cause, String sentence) {
        return certain ? certain(cause, sentence) : likely(cause, sentence);
    }
}
