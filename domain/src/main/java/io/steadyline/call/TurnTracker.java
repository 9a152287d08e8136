package io.steadyline.call;

import io.steadyline.signal.CallMoment;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.turn.BargeIn;
import io.steadyline.turn.BargeInPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows who speaks: turns speech events into moments, times the agent's answer, and asks for barge-in. */
final class TurnTracker {

    private final BargeInPolicy usual;
    private final BargeIn bargeIn;
    private final Consumer<CallMoment> moments;
    private boolean answerOwed;
    private long speechEndedNs;

    TurnTracker(BargeInPolicy policy, Consumer<CallMoment> moments) {
        this.usual = policy;
        this.bargeIn = new BargeIn(policy);
        this.moments = moments;
    }

    /** @param policy of the agent that has the call; empty: the usual one */
    void bargeIn(Optional<BargeInPolicy> policy) {
        bargeIn.follow(policy.orElse(usual));
    }

    /** @param backlog caller audio that has come and that the recogniser had not heard when it said this */
    void onSpeech(SpeechEvent event, Duration backlog, long nowNs) {
        switch (event) {
            case SpeechEvent.SpeechStarted started -> {
                // Said when enough speech was heard; the policy counts from its beginning.
                Duration spokenFor =
                        started.stamp().audioPosition().minus(started.offset()).plus(backlog);
                bargeIn.onSpeechStarted(nowNs - Math.max(0, spokenFor.toNanos()));
                answerOwed = false;
                moments.accept(
                        new CallMoment.SpeechStarted(nowNs, started.offset().toMillis()));
            }
            case SpeechEvent.SpeechEnded ended -> {
                bargeIn.onSpeechEnded();
                answerOwed = true;
                speechEndedNs = nowNs;
                moments.accept(new CallMoment.SpeechEnded(nowNs, ended.offset().toMillis()));
            }
            case SpeechEvent.Final words ->
                moments.accept(new CallMoment.Transcribed(
                        nowNs, words.start().toMillis(), words.end().toMillis(), words.text()));
            case SpeechEvent.UtteranceEnd utterance ->
                moments.accept(new CallMoment.UtteranceEnded(
                        nowNs, utterance.start().toMillis(), utterance.end().toMillis()));
            case SpeechEvent.ToneHeard heard -> moments.accept(new CallMoment.ToneHeard(nowNs, heard.tone()));
            case SpeechEvent.Ready _,
                    SpeechEvent.Interim _,
                    SpeechEvent.DtmfHeard _,
                    SpeechEvent.Gap _,
                    SpeechEvent.Usage _,
                    SpeechEvent.Failure _,
                    SpeechEvent.Closed _ -> {
                // Nothing that changes whose turn it is.
            }
        }
    }

    /** Agent audio begins to leave. */
    void onAgentAudio(long nowNs) {
        if (answerOwed) {
            answerOwed = false;
            moments.accept(new CallMoment.AgentAnswered(nowNs, nowNs - speechEndedNs));
        }
    }

    /** In how long {@link #isBargingIn} may begin to be true by time alone; {@code Long.MAX_VALUE}: never. */
    long waitNs(long nowNs) {
        return bargeIn.waitNs(nowNs);
    }

    boolean isBargingIn(long nowNs, boolean agentAudible, boolean greeting) {
        return bargeIn.decide(nowNs, agentAudible, greeting);
    }
}
