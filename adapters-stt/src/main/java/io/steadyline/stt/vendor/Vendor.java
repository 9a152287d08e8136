package io.steadyline.stt.vendor;

import java.util.List;

/** One kind of recogniser service. One instance serves all calls; any thread may call; nothing here blocks. */
public interface Vendor extends AutoCloseable {

    /** Short stable name in configuration, events and metrics, such as {@code deepgram}. */
    String name();

    /** All that may be set, besides {@link CommonOptions}. */
    List<VendorOption> options();

    /** What it can and what it allows, with these options. */
    Traits traits(Options options);

    /**
     * What is wrong with the options as a whole, such as a key that is missing; single values have been checked already.
     * Each problem names the option, its value (never a secret) and what is expected. Empty: ready to be used.
     */
    List<String> problems(Options options);

    /** Where a new connection goes. */
    Route route(Opening opening);

    /** A fresh codec for one connection. */
    Dialect dialect(Opening opening);

    /** After the last connection: gives up what its connections share. */
    @Override
    default void close() {
        // Most share nothing.
    }
}
