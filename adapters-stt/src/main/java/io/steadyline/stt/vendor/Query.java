package io.steadyline.stt.vendor;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The query of an address, in the order in which it was put together; names and values are percent-encoded. */
public final class Query {

    private final List<String> pairs = new ArrayList<>();

    /** An empty value is not sent. */
    public Query add(String name, String value) {
        if (!value.isEmpty()) {
            pairs.add(encoded(name) + "=" + encoded(value));
        }
        return this;
    }

    /** The name is repeated for each value. */
    public Query addEach(String name, List<String> values) {
        values.forEach(value -> add(name, value));
        return this;
    }

    /** What is set of options whose names are the vendor's with hyphens instead of underscores. */
    public Query addSet(Options options, List<String> names) {
        names.forEach(name -> add(vendorName(name), options.text(name)));
        return this;
    }

    /** The same for options of several values, each of which is sent by itself. */
    public Query addEachSet(Options options, List<String> names) {
        names.forEach(name -> addEach(vendorName(name), options.many(name)));
        return this;
    }

    /** Follows the query that the address has already. */
    public URI on(URI address) {
        if (pairs.isEmpty()) {
            return address;
        }
        String separator = address.getRawQuery() == null ? "?" : "&";
        return URI.create(address + separator + String.join("&", pairs));
    }

    private static String vendorName(String option) {
        return option.replace('-', '_');
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
