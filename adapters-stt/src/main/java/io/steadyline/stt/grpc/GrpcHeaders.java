package io.steadyline.stt.grpc;

import java.io.IOException;
import java.util.Map;

/** What goes with a call besides its messages, such as a token. Asked once a call, on a thread that may block. */
@FunctionalInterface
public interface GrpcHeaders {

    /** There are no headers, and asking again does not help: somebody has to mend a file or a key. */
    final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        /** @param cause its message names a file or an address, never a token */
        public Refused(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * @return ASCII values by name; secret
     * @throws Refused for good
     * @throws IOException this time
     */
    Map<String, String> of() throws IOException;

    static GrpcHeaders none() {
        return Map::of;
    }

    static GrpcHeaders fixed(Map<String, String> headers) {
        Map<String, String> copy = Map.copyOf(headers);
        return () -> copy;
    }
}
