package io.steadyline.simulator.voice;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One step of a TwiML document, of those that the simulator can do. URLs are as they were written. */
public sealed interface Verb {

    /**
     * {@code <Connect><Stream>}: a stream in both directions, until it ends.
     *
     * @param action where to go on when it has ended; empty for the next verb
     */
    record Connect(String url, Map<String, String> parameters, String action) implements Verb {
        public Connect {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** Goes on with the document at {@code url}; this one again when it is empty. */
    record Redirect(String url) implements Verb {}

    /** Takes no time here. */
    record Say(String text) implements Verb {}

    record Pause(Duration length) implements Verb {}

    record HangUp() implements Verb {}
}
