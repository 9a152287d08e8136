package io.steadyline.stt.vendor;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a request for a connection that was not the wanted one.
 *
 * @param status HTTP status; 0: a library of this process, which cannot be used as it is set up; gRPC does not refuse, see
 *     {@link Closing}
 * @param headers names in lower case
 * @param body cut to a few kilobytes; untrusted text
 */
public record Refusal(int status, Map<String, String> headers, String body) {
    public Refusal {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
