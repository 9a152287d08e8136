package io.steadyline.stt.grpc;

import java.io.IOException;
import java.util.Map;

/** What goes with a call besides its messages, such as a token. Asked once a call, on a thread that may block. */
@FunctionalInterface
public interface GrpcHeaders {

    /** @return ASCII values by name; secret */
    Map<String, String> of() throws IOException;

    static GrpcHeaders none() {
        return Map::of;
    }

    static GrpcHeaders fixed(Map<String, String> headers) {
        Map<String, String> copy = Map.copyOf(headers);
        return () -> copy;
    }
}
