package io.steadyline.stt.peer;

import java.util.Map;

/** The answer to a request that is not accepted. */
public record PeerRefusal(int status, Map<String, String> headers, String body) {
    public PeerRefusal {
        headers = Map.copyOf(headers);
    }
}
