package io.steadyline.stt.peer;

import io.steadyline.stt.peer.PeerDialect.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes wrong on one connection. Written before the connection comes; without a word nothing goes wrong. */
public final class PeerScript {

    /** The moment of a mishap. Messages are counted from 1, text and binary alike; each moment comes once. */
    public sealed interface When {
        /** The connection is open, nothing has been said. */
        record Opened() implements When {}

        record BeforeMessage(int number) implements When {}

        record AfterMessage(int number) implements When {}

        /** So much audio has been heard, or more. */
        record AfterAudio(long bytes) implements When {}
    }

    public sealed interface Act {
        record Close(int code, String reason) implements Act {}

        /** TCP reset. */
        record Drop() implements Act {}

        /** End of the TCP stream without a close frame. */
        record Vanish() implements Act {}

        /** Goes on reading and says nothing any more. */
        record Stall() implements Act {}

        /** Leaves everything that comes in the socket's buffers. */
        record StopReading() implements Act {}

        /** Says it in the vendor's own words. */
        record Say(Trouble trouble) implements Act {}

        /** A text message that the dialect knows nothing of. */
        record Text(String text) implements Act {}

        @SuppressWarnings("ArrayRecordComponent") // Identity is never asked for.
        record Binary(byte[] data) implements Act {}
    }

    public record Step(When when, Act act) {}

    private final List<Step> steps = new ArrayList<>();
    private Duration openAfter = Duration.ZERO;
    private Duration messageDelay = Duration.ZERO;
    private Optional<PeerRefusal> refusal = Optional.empty();
    private Optional<Trouble> requestTrouble = Optional.empty();
    private int fragments = 1;
    private boolean merged;

    /** The answer to the upgrade waits so long. */
    public PeerScript openAfter(Duration delay) {
        openAfter = delay;
        return this;
    }

    public PeerScript refuse(int status, String body) {
        return refuse(new PeerRefusal(status, Map.of(), body));
    }

    public PeerScript refuse(PeerRefusal answer) {
        refusal = Optional.of(answer);
        return this;
    }

    /** The dialect is told of it at the request. */
    public PeerScript requestTrouble(Trouble trouble) {
        requestTrouble = Optional.of(trouble);
        return this;
    }

    public PeerScript when(When when, Act act) {
        steps.add(new Step(when, act));
        return this;
    }

    public PeerScript opened(Act act) {
        return when(new When.Opened(), act);
    }

    public PeerScript beforeMessage(int number, Act act) {
        return when(new When.BeforeMessage(number), act);
    }

    public PeerScript afterMessage(int number, Act act) {
        return when(new When.AfterMessage(number), act);
    }

    public PeerScript afterAudio(long bytes, Act act) {
        return when(new When.AfterAudio(bytes), act);
    }

    /** Each message comes in so many frames. */
    public PeerScript inFragments(int count) {
        fragments = count;
        return this;
    }

    /** All that is said at one message of the client travels in one piece. */
    public PeerScript merged() {
        merged = true;
        return this;
    }

    /** Each message waits so long before it is sent, one after the other. */
    public PeerScript delayEach(Duration delay) {
        messageDelay = delay;
        return this;
    }

    public Duration openDelay() {
        return openAfter;
    }

    public Duration messageDelay() {
        return messageDelay;
    }

    public Optional<PeerRefusal> refusal() {
        return refusal;
    }

    public Optional<Trouble> requestTrouble() {
        return requestTrouble;
    }

    public int fragments() {
        return fragments;
    }

    public boolean isMerged() {
        return merged;
    }

    public List<Step> steps() {
        return List.copyOf(steps);
    }
}
