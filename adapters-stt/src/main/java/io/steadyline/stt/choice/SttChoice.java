package io.steadyline.stt.choice;

import java.util.List;

/**
 * What a call gets.
 *
 * @param candidates in the order of fail-over, at least one, each at most once
 * @param ignored what the call asked for and does not get; it goes on without
 */
public record SttChoice(List<Candidate> candidates, List<Ignored> ignored) {
    public SttChoice {
        candidates = List.copyOf(candidates);
        ignored = List.copyOf(ignored);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("candidates: none (expected: at least one)");
        }
    }

    /** Always the same, whatever the call says. */
    public static SttChoice of(Candidate... candidates) {
        return new SttChoice(List.of(candidates), List.of());
    }
}
