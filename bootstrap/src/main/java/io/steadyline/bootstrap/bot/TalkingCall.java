package io.steadyline.bootstrap.bot;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One call of a bot that talks: a sentence, a mark behind it, and the next sentence when the mark is settled. Knows from the
 * ledger where a process before this one was. One thread at a time.
 */
final class TalkingCall {

    private static final int SENTENCE_MS = 1_200;

    /** What the bot does to its call. */
    interface Mouth {
        void say(byte[] audio);

        void mark(String name);
    }

    private final String callId;
    private final Ledger ledger;
    private final Mouth mouth;
    /** Marks that were sent, by a process before this one too, and are not settled. */
    private final Set<String> open = new HashSet<>();
    /** Those of this process: a mark that was on its way when the one before was killed may never have reached the gateway. */
    private final Set<String> own = new HashSet<>();

    /** By a process before this one, which may have been killed before it could say that it knows. */
    private final Set<String> settledBefore = new HashSet<>();

    private String boot = "";
    private long lastSequence;
    private int sentences;

    /** Goes on from what the ledger has of this call. */
    static TalkingCall of(String callId, Ledger ledger, Mouth mouth) {
        return new TalkingCall(callId, ledger.lines(), ledger, mouth);
    }

    private TalkingCall(String callId, List<String> before, Ledger ledger, Mouth mouth) {
        this.callId = callId;
        this.ledger = ledger;
        this.mouth = mouth;
        for (String line : before) {
            if (line.startsWith(callId + ' ')) {
                remember(line.substring(callId.length() + 1));
            }
        }
    }

    private void remember(String entry) {
        String[] words = entry.split(" ", -1);
        switch (words[0]) {
            case "boot" -> onBoot(words[1]);
            case "event" -> lastSequence = Math.max(lastSequence, Long.parseLong(words[1]));
            case "sent" -> {
                sentences++;
                open.add(words[1]);
            }
            case "settled" -> {
                open.remove(words[1]);
                settledBefore.add(words[1]);
            }
            default -> {
                // Of no meaning for what comes next.
            }
        }
    }

    /**
     * The call is here, for the first time or again.
     *
     * @param bootId of the gateway: with another one the numbers of events begin anew; empty when there are none
     */
    void onStarted(boolean resumed, String bootId) {
        if (onBoot(bootId)) {
            ledger.write(callId, "boot", bootId);
        }
        ledger.write(callId, "started", resumed ? "resumed" : "new");
        say();
    }

    private boolean onBoot(String bootId) {
        if (bootId.equals(boot)) {
            return false;
        }
        boot = bootId;
        lastSequence = 0;
        return true;
    }

    /** @return false: told before */
    boolean onEvent(long sequence, boolean replay, String what) {
        if (sequence <= lastSequence) {
            ledger.write(callId, replay ? "again" : "twice", sequence + " " + what);
            return false;
        }
        if (sequence != lastSequence + 1) {
            ledger.write(callId, "gap", (lastSequence + 1) + " " + sequence);
        }
        lastSequence = sequence;
        ledger.write(callId, "event", sequence + " " + what);
        return true;
    }

    void onMark(String name, String outcome) {
        boolean isKnown = open.remove(name);
        String word = isKnown ? "settled" : settledBefore.contains(name) ? "again" : "unknown";
        ledger.write(callId, word, name + " " + outcome);
        if (own.remove(name) && own.isEmpty()) {
            say();
        }
    }

    private void say() {
        String name = "s" + ++sentences;
        ledger.write(callId, "sent", name);
        open.add(name);
        own.add(name);
        mouth.say(Tones.sentence(SENTENCE_MS));
        mouth.mark(name);
    }

    long lastSequence() {
        return lastSequence;
    }
}
