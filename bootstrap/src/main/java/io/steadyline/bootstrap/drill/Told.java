package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.bootstrap.bot.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What reached the bots of one call, over all their lives, from their ledger.
 *
 * @param events in order: {@code 7 FINAL utterance 2}
 * @param wrong gaps, doubles and marks that nobody sent
 * @param heardMs where in the call the caller's audio was that a bot for Twilio got, chunk by chunk
 */
record Told(
        String callId,
        int begun,
        int resumed,
        List<String> events,
        List<String> sent,
        List<String> settled,
        List<String> wrong,
        List<Long> heardMs) {

    private static final String FINAL = "FINAL ";
    private static final int PTIME_MS = 20;

    private static Told nothing(String callId) {
        return new Told(
                callId,
                0,
                0,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    static Map<String, Told> read(Path ledger) throws IOException {
        Map<String, Told> calls = new HashMap<>();
        for (String line : Ledger.read(ledger)) {
            String[] words = line.split(" ", 3);
            calls.merge(words[0], nothing(words[0]).with(words[1], words[2]), (old, _) -> old.with(words[1], words[2]));
        }
        return calls;
    }

    private Told with(String word, String detail) {
        switch (word) {
            case "event" -> events.add(detail);
            case "sent" -> sent.add(detail);
            case "settled" -> settled.add(detail.substring(0, detail.indexOf(' ')));
            case "gap", "twice", "unknown" -> wrong.add(word + " " + detail);
            case "media" -> heardMs.add(Long.parseLong(detail));
            default -> {
                // Told again and marked so, or of no matter.
            }
        }
        boolean isStart = word.equals("started");
        return new Told(
                callId,
                begun + (isStart && detail.equals("new") ? 1 : 0),
                resumed + (isStart && detail.equals("resumed") ? 1 : 0),
                events,
                sent,
                settled,
                wrong,
                heardMs);
    }

    /** Of the built-in recogniser, which numbers them. */
    List<String> finals() {
        return events.stream()
                .filter(event -> event.contains(FINAL))
                .map(event -> event.substring(event.indexOf(FINAL) + FINAL.length()))
                .toList();
    }

    /** Each event once and in order, each final, and one beginning. */
    void requireWhole() throws DrillFailure {
        require(wrong.isEmpty(), "call " + callId + ": " + wrong + " (expected: each event once, in order)");
        require(begun == 1, "call " + callId + ": begun " + begun + " times (expected: once)");
        for (int i = 0; i < events.size(); i++) {
            require(
                    events.get(i).startsWith((i + 1) + " "),
                    "call " + callId + ": event " + events.get(i) + " (expected: number " + (i + 1) + ")");
        }
        List<String> finals = finals();
        for (int i = 0; i < finals.size(); i++) {
            String wanted = "utterance " + (i + 1);
            require(
                    finals.get(i).equals(wanted),
                    "call " + callId + ": final '" + finals.get(i) + "' (expected: '" + wanted + "')");
        }
    }

    /** Caller audio between the first and the last chunk that no bot got, in ms. */
    long missingMs() {
        long missing = 0;
        for (int i = 1; i < heardMs.size(); i++) {
            missing += Math.max(0, heardMs.get(i) - heardMs.get(i - 1) - PTIME_MS);
        }
        return missing;
    }
}
