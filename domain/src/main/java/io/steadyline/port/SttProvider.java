package io.steadyline.port;

import io.steadyline.queue.SttQueue;

/** A recogniser. One instance serves all calls; any thread may call. */
public interface SttProvider extends AutoCloseable {

    /** Short stable name, used in configuration, metrics and traces. */
    String name();

    SttCapabilities capabilities();

    /**
     * Opens a session and returns at once; called by the media loop, so it never blocks and never throws. Connecting goes
     * on in the background while {@code audio} already fills. The session takes frames and control items from
     * {@code audio} on one thread at a time, hears of new ones by {@link SttQueue#onReadable}, and tells everything it
     * finds to {@code sink}, from any one thread at a time. The last event is always {@code Closed}.
     */
    SttSession open(SttSpec spec, SttQueue audio, SpeechSink sink);

    /** Ends all sessions. Never blocks longer than two seconds. */
    @Override
    void close();
}
