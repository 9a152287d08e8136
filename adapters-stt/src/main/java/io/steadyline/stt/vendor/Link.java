package io.steadyline.stt.vendor;

/** One connection, opening, open or ended. Called by one thread; never blocks. */
public interface Link {

    /**
     * Sends a message; the next one only after {@link LinkEvents#written}. A connection that is lost meanwhile says so by
     * its events, not here.
     */
    void send(Wire message);

    /** Nothing more will be sent. Counts as a message: only after {@link LinkEvents#written}, which follows it too. */
    void finish();

    /** Gives the connection up at once, with all that it holds. Harmless when repeated; no event must follow, some may. */
    void abort();
}
