package io.steadyline.port;

import io.steadyline.turn.BargeInPolicy;

/**
 * A call's place for one bot, as that bot's connection sees it. Any thread, but one at a time; nothing blocks. What is said
 * by a bot that has lost its place is ignored.
 */
public interface AgentSeat {

    /** The bot is here; what it is to know comes to the leg from now on. */
    void taken(AgentLeg leg);

    /** Nobody takes the call for now; it is asked again after a while. Instead of {@link #taken}. */
    void refused(String why);

    /** The bot's connection is gone, or the bot leaves the call to the next one. The last word. */
    void left(String why);

    /**
     * Agent audio in the call's own format, of any size. Takes the array over. Audio of a dead epoch is dropped; its marks
     * are settled as interrupted.
     *
     * @param epoch as told last to the leg when the bot began to say this; 0: the current one
     */
    void audio(byte[] payload, long epoch);

    /** Names the point behind all audio so far; the outcome comes as an {@code AgentEvent.MarkSettled}. */
    void mark(String name, long epoch);

    /** Forgets all of the bot's audio, here and at the peer. Overtakes what waits. */
    void clear();

    /** What caller speech does to this bot; overrides the settings for as long as it has the call. */
    void bargeIn(BargeInPolicy policy);

    /** Ends the call when all that was said before has been played. */
    void hangUp(String why);

    /**
     * The bot has dealt with everything up to there; only for legs that acknowledge.
     *
     * @param sequence of the last event
     * @param audioPosition of the last caller frame; -1: none
     */
    void acknowledge(long sequence, long audioPosition);

    /** What the next bot of this call is to be given; replaces what was given before. */
    void keep(byte[] context);

    /** False while more audio than the limit waits to be played: a source that can wait should, until told. */
    boolean isWritable();

    /** Called each time that audio is wanted again, by the media loop; returns at once. */
    void onWritable(Runnable listener);
}
