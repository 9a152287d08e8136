package io.steadyline.stt.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent encoding as signatures want it: all but the unreserved characters of RFC 3986. */
final class PercentCode {

    private PercentCode() {}

    static String of(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
