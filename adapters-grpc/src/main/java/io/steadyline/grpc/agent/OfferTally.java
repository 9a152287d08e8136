package io.steadyline.grpc.agent;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/** Counts what became of offers. Its owner's lock or thread. */
final class OfferTally {

    private final Map<OfferEnd, Long> counts = new EnumMap<>(OfferEnd.class);
    private final Map<OfferEnd, String> reasons = new EnumMap<>(OfferEnd.class);

    /** @param reason in the bot's words; empty: none */
    void add(OfferEnd end, String reason) {
        counts.merge(end, 1L, Long::sum);
        if (!reason.isEmpty()) {
            reasons.put(end, reason);
        }
    }

    long count(OfferEnd end) {
        return counts.getOrDefault(end, 0L);
    }

    /** Offers that ended by the bot. */
    long asked() {
        return counts.values().stream().mapToLong(Long::longValue).sum() - count(OfferEnd.WITHDRAWN);
    }

    /** Such as {@code 3 bots asked: 1 declined (busy), 2 did not answer}. */
    String sentence() {
        StringJoiner parts = new StringJoiner(", ");
        counts.forEach((end, count) -> {
            if (end != OfferEnd.WITHDRAWN) {
                String reason = reasons.getOrDefault(end, "");
                parts.add(count + " " + end.words() + (reason.isEmpty() ? "" : " (" + reason + ")"));
            }
        });
        return asked() + (asked() == 1 ? " bot" : " bots") + " asked: " + parts;
    }
}
