package io.steadyline.simulator.voice;

import io.steadyline.simulator.CallReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What became of a phone call. Times are in ms since its beginning.
 *
 * @param legs its streams in their order, those that were not set up included
 * @param answers of the webhook and of where it pointed to, in their order
 * @param said texts of {@code <Say>}
 */
public record PhoneReport(
        VoicePlan plan,
        Outcome outcome,
        String detail,
        List<Leg> legs,
        List<Answer> answers,
        List<String> said,
        double lastedMs) {

    public PhoneReport {
        legs = List.copyOf(legs);
        answers = List.copyOf(answers);
        said = List.copyOf(said);
    }

    /** What ended the call. */
    public enum Outcome {
        /** The plan's duration was over, or the caller was asked to hang up. */
        CALLER_HUNG_UP,
        /** {@code <Hangup/>}. */
        SERVER_HUNG_UP,
        /** There was no verb left. */
        OUT_OF_VERBS,
        /** No good answer of the webhook, nor of the fallback (Twilio's error 11200). */
        WEBHOOK_FAILED,
        /** An answer that is no TwiML, or not of the kind that is simulated (Twilio's errors 12100 and 12200). */
        BAD_TWIML,
        /** More documents than the plan allows. */
        TOO_MANY_DOCUMENTS,
        /** The simulator or the client was closed. */
        CANCELLED,
        /** A fault of our own; it is in the log. */
        FAULT
    }

    /** Whether somebody ended the call on purpose. */
    public boolean wasHungUp() {
        return outcome == Outcome.CALLER_HUNG_UP || outcome == Outcome.SERVER_HUNG_UP;
    }

    /** The reports of the streams, as for {@link io.steadyline.simulator.FleetReport}. */
    public List<CallReport> streams() {
        return legs.stream().map(Leg::report).toList();
    }

    /** The times without a stream, between each stream that was up and the next one that was. */
    public List<Gap> gaps() {
        List<Leg> up = legs.stream().filter(leg -> leg.upMs().isPresent()).toList();
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < up.size(); i++) {
            double fromMs = up.get(i - 1).endedMs();
            Leg next = up.get(i);
            OptionalDouble firstMediaMs = next.report().received().firstMediaMs();
            double upMs = next.upMs().orElseThrow();
            gaps.add(new Gap(
                    fromMs,
                    upMs - fromMs,
                    firstMediaMs.isPresent()
                            ? OptionalDouble.of(upMs + firstMediaMs.getAsDouble() - fromMs)
                            : OptionalDouble.empty()));
        }
        return gaps;
    }

    /** One stream, dialled at {@code dialledMs}. */
    public record Leg(double dialledMs, CallReport report) {

        /** When it was set up; empty when it was not. */
        public OptionalDouble upMs() {
            OptionalDouble setUpMs = report.ending().setUpMs();
            return setUpMs.isPresent() ? OptionalDouble.of(dialledMs + setUpMs.getAsDouble()) : setUpMs;
        }

        public double endedMs() {
            return upMs().orElse(dialledMs) + report.lastedMs();
        }
    }

    /**
     * @param fromMs the end of a stream
     * @param lengthMs until the next one was set up
     * @param untilMediaMs until the first media of the next one; empty when none came
     */
    public record Gap(double fromMs, double lengthMs, OptionalDouble untilMediaMs) {}

    /**
     * @param url as the outside sees it
     * @param status of the last attempt; 0 for none
     * @param attempts 1 when the first one was good
     * @param text the body, at most {@link #MAX_TEXT} characters of it; or why there was no answer
     */
    public record Answer(double askedMs, double answeredMs, String url, int status, int attempts, String text) {

        public static final int MAX_TEXT = 4_000;

        public Answer {
            text = text.substring(0, Math.min(text.length(), MAX_TEXT));
        }

        /** Whether there is a document to go on with. */
        public boolean isGood() {
            return status / 100 == 2;
        }
    }
}
