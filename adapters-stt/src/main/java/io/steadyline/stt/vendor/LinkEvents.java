package io.steadyline.stt.vendor;

/** What happens to a {@link Link}. From any thread, one event at a time, in order; returns at once. */
public interface LinkEvents {

    void opened();

    /** The latest message is out of our hands. */
    void written();

    void received(Wire message);

    /** Last event: no connection came about, and the other side said why. */
    void refused(Refusal refusal);

    /** Last event: the other side closed. */
    void closed(Closing closing);

    /** Last event: lost, or never there. */
    void broken(Throwable cause);
}
