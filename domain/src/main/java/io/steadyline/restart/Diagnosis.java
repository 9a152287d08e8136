package io.steadyline.restart;

import java.util.List;

/**
 * Why a boot ended, and what says so.
 *
 * @param sentence for people: the cause with its particulars
 * @param autoReload a reloader or a change of the program's files is behind it, whatever the cause
 * @param evidence everything that was found, also what did not decide
 */
public record Diagnosis(
        Cause cause, Confidence confidence, String sentence, boolean autoReload, List<Evidence> evidence) {

    public Diagnosis {
        evidence = List.copyOf(evidence);
    }
}
