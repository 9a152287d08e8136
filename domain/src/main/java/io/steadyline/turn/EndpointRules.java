package io.steadyline.turn;

/**
 * When speech starts and when it is over; all in ms of audio time.
 *
 * @param startVoicedMs voiced audio that makes a start of speech, anywhere within {@code startWindowMs}
 * @param hangOverMs silence after which speech has ended; shorter pauses belong to it
 * @param utteranceSilenceMs silence after which the utterance is over
 * @param minSpeechMs voiced audio below which there was a noise and no utterance
 * @param maxUtteranceMs length at which an utterance is cut even while it goes on
 */
public record EndpointRules(
        int startVoicedMs,
        int startWindowMs,
        int hangOverMs,
        int utteranceSilenceMs,
        int minSpeechMs,
        int maxUtteranceMs) {

    /** 3 of 5 frames of 20 ms start speech: two in a row are a click, three of three miss soft beginnings. */
    public static final EndpointRules DEFAULT = new EndpointRules(60, 100, 200, 700, 100, 20_000);

    private static final int MAX_START_WINDOW_MS = 1_000;
    private static final int MAX_UTTERANCE_MS = 600_000;

    public EndpointRules {
        check("startWindowMs", startWindowMs, 10, MAX_START_WINDOW_MS);
        check("startVoicedMs", startVoicedMs, 10, startWindowMs);
        check("hangOverMs", hangOverMs, 10, MAX_UTTERANCE_MS);
        check("utteranceSilenceMs", utteranceSilenceMs, hangOverMs, MAX_UTTERANCE_MS);
        check("minSpeechMs", minSpeechMs, 0, MAX_UTTERANCE_MS);
        check("maxUtteranceMs", maxUtteranceMs, Math.max(startWindowMs, minSpeechMs), MAX_UTTERANCE_MS);
    }

    private static void check(String name, int valueMs, int minMs, int maxMs) {
        if (valueMs < minMs || valueMs > maxMs) {
            throw new IllegalArgumentException(name + ": " + valueMs + " (expected: " + minMs + " to " + maxMs + ")");
        }
    }
}
