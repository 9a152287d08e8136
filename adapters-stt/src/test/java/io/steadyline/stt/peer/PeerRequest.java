package io.steadyline.stt.peer;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asked for.
 *
 * @param path without the query
 * @param query decoded; of a name that is repeated all values, with commas between them
 * @param headers names in lower case
 */
public record PeerRequest(String path, Map<String, String> query, Map<String, String> headers) {
    public PeerRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
