package io.steadyline.port;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.Resumption;
import java.util.Optional;

/**
 * The connection to a bot that has taken a call. All methods are called by the media loop: they never block and never throw.
 * A bot that does not read is cut by its leg after a bounded backlog, with {@link AgentSeat#left}.
 */
public interface AgentLeg {

    /** The bot's name, for logs, traces and operators. */
    String agent();

    /** The bot says up to where it has dealt with things; what it has not is told to the next one again. */
    boolean acknowledges();

    /** The first call. */
    void begin(Briefing briefing);

    /** @param isReplay heard while no bot was there */
    void onCallerFrame(AudioFrame frame, boolean isReplay);

    /**
     * @param sequence rises by one in a call, over all its bots, without gaps; 0: of the moment only, never replayed
     * @param isReplay happened while no bot was there, or was not acknowledged
     */
    void on(long sequence, AgentEvent event, boolean isReplay);

    /** How the bot's audio goes: each half second while there is any, and when the bot has to wait or may go on. */
    void onPlayback(Playback playback);

    /** Something that the bot had better do otherwise; once a call. */
    void warn(String what);

    /** The last call. */
    void end(String why);

    /**
     * What a bot is told first.
     *
     * @param resumption there was something before: no second greeting
     * @param context what a bot of this call gave to keep; empty when none did
     * @param nextSequence of the first event that follows
     * @param epoch that its audio belongs to
     * @param lostFrames caller audio that nobody was there for and that was more than is kept
     * @param lostEvents the same of events
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Briefing(
            CallFacts facts,
            Optional<Resumption> resumption,
            byte[] context,
            long nextSequence,
            long epoch,
            long lostFrames,
            long lostEvents) {}

    /**
     * @param sentMs agent audio of the epoch that has left for the peer, in ms
     * @param waitingMs agent audio that waits here, in ms
     * @param mustWait the bot is asked to send no more for now
     */
    record Playback(long sentMs, long waitingMs, boolean mustWait) {}
}
