package io.steadyline.simulator;

import io.steadyline.simulator.audio.Audio;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What one call saw, from the provider's side of the socket.
 *
 * @param lastedMs from {@code start} to the end; 0 when there was no stream
 * @param echo null unless the plan asked for the echo probe
 * @param malformed messages of the server that the provider would warn of (error 31951, or 31924 on a fork)
 * @param events in order; after {@link EventLog#MAX_EVENTS} only their number is kept, in {@code eventsLeftOut}
 * @param answer what the caller heard, from {@code start} on; empty when it was not to be kept
 */
public record CallReport(
        CallPlan plan,
        Ending ending,
        long lastedMs,
        Sent sent,
        Received received,
        Playout playout,
        @Nullable Echo echo,
        List<Malformed> malformed,
        long malformedCount,
        List<CallEvent> events,
        long eventsLeftOut,
        Audio answer) {

    /** Whether the stream was set up. */
    public boolean wasConnected() {
        return ending.setUpMs().isPresent();
    }

    /** Whether the call ended as its plan says. */
    public boolean wasCompleted() {
        return switch (ending.outcome()) {
            case HUNG_UP -> plan.hangUp() != HangUp.BY_SERVER;
            case SERVER_CLOSED -> plan.hangUp() == HangUp.BY_SERVER && closedNormally();
            case REFUSED, UNREACHABLE, TIMED_OUT, BROKEN, PROTOCOL_ERROR, CANCELLED -> false;
        };
    }

    /** Whether the stream was up and then ended in another way than planned. */
    public boolean wasCut() {
        return wasConnected()
                && switch (ending.outcome()) {
                    case SERVER_CLOSED, BROKEN, PROTOCOL_ERROR -> !wasCompleted();
                    case HUNG_UP, REFUSED, UNREACHABLE, TIMED_OUT, CANCELLED -> false;
                };
    }

    private boolean closedNormally() {
        return ending.closeCode().orElse(0) == 1000;
    }

    /** How a call ended. */
    public enum Outcome {
        /** We hung up. */
        HUNG_UP(0),
        /** The server sent a Close frame first. */
        SERVER_CLOSED(31921),
        /** The upgrade was answered with something else than a valid 101. */
        REFUSED(31920),
        /** No TCP connection. */
        UNREACHABLE(31902),
        /** Connection and upgrade took longer than the plan allows. */
        TIMED_OUT(31901),
        /** The connection ended without a Close frame. */
        BROKEN(31903),
        /** The server broke RFC 6455. */
        PROTOCOL_ERROR(31924),
        /** The simulator was closed. */
        CANCELLED(0);

        private final int providerError;

        Outcome(int providerError) {
            this.providerError = providerError;
        }

        /** The error that the provider's debugger would show; 0 for none. */
        public int providerError() {
            return providerError;
        }
    }

    /**
     * @param connectMs until the TCP connection stood
     * @param setUpMs until the upgrade was accepted, from the start of dialling
     * @param httpStatus of an upgrade that was refused
     * @param closeCode of the server's Close frame; 1005 when it had no code
     * @param detail what else is known: the refusal's status line, the error of the socket, the violation
     */
    public record Ending(
            Outcome outcome,
            OptionalDouble connectMs,
            OptionalDouble setUpMs,
            OptionalInt httpStatus,
            OptionalInt closeCode,
            String closeReason,
            String detail) {}

    /**
     * @param frames media messages
     * @param discardedFrames not sent because the server did not read (the provider's warning 31930)
     * @param lateness of our own sends against their absolute deadlines; when this is bad, the generator is, and the
     *     other figures mean little
     */
    public record Sent(long frames, long messages, long wireBytes, long discardedFrames, Distribution lateness) {}

    /**
     * @param frames media messages
     * @param firstMediaMs from {@code start} to the first media
     * @param framesPerSecond for each whole second since {@code start}
     * @param gapErrors see {@link GapMeter}
     * @param wideGaps spacings of more than 1.5 times what real time asks
     * @param leadFrames frames sent ahead at the start of a playback
     */
    public record Received(
            long frames,
            long messages,
            long audioBytes,
            long wireBytes,
            OptionalDouble firstMediaMs,
            List<Integer> framesPerSecond,
            Distribution gapErrors,
            long wideGaps,
            long leadFrames,
            long pings) {}

    /**
     * @param starvations times the caller heard silence in mid-playback; see {@link PlayoutClock}
     * @param clearedMs audio that a clear threw away
     * @param pendingMarks marks that were never returned
     */
    public record Playout(
            long playbacks,
            long starvations,
            double starvedMs,
            long clears,
            long clearedMs,
            List<Mark> marks,
            long markCount,
            int pendingMarks) {}

    /** Times since {@code start}. */
    public record Mark(String name, double receivedMs, double returnedMs, MarkCause cause) {}

    /**
     * @param lost frames missing below the last one that came back
     * @param tail frames after the last one that came back; under way when the call ended, or lost
     * @param reordered frames that came back after a later one
     * @param foreign tags that are not of this call
     * @param silences between the media messages that came back, untagged ones included
     */
    public record Echo(
            long sent,
            long returned,
            long lost,
            long tail,
            long reordered,
            long doubled,
            long foreign,
            Distribution roundTrip,
            Silences silences) {

        /** Whether every frame came back once, in its order. With {@link CallPlan#drainFor} none is left under way. */
        public boolean isComplete() {
            return returned == sent && reordered == 0 && doubled == 0 && foreign == 0;
        }
    }

    public record Malformed(long atMs, String why, String excerpt) {}
}
