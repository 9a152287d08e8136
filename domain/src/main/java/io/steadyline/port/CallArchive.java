package io.steadyline.port;

import io.steadyline.restart.CallPast;
import java.util.Optional;

/** Calls of earlier streams and boots, by id. Asked by the media loop: answers from memory, at once. */
public interface CallArchive {

    /** Knows nothing. */
    CallArchive NONE = new CallArchive() {
        @Override
        public Optional<CallPast> find(String callId) {
            return Optional.empty();
        }

        @Override
        public Optional<String> originOf(String streamId) {
            return Optional.empty();
        }
    };

    /** What is known of a call that this boot did not start. */
    Optional<CallPast> find(String callId);

    /** The incident in one line, for media of a stream that this boot never started: which boot did, and how that ended. */
    Optional<String> originOf(String streamId);
}
