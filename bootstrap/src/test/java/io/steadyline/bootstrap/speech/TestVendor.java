package io.steadyline.bootstrap.speech;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.util.ArrayList;
import java.util.List;

/** A vendor with options of some kinds, that nobody ever connects to. */
public final class TestVendor implements Vendor {

    private final String name;
    private final List<VendorOption> more;

    public TestVendor(String name, VendorOption... more) {
        this.name = name;
        this.more = List.of(more);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<VendorOption> options() {
        List<VendorOption> options = new ArrayList<>(List.of(
                VendorOption.secret("key", "API key."),
                VendorOption.text("model", "small", "Model, small or large.").perCallToo(),
                VendorOption.flag("punctuate", true, "Punctuation.").perCallToo(),
                VendorOption.whole("silence-ms", 10, 5_000, "300", "Silence that ends an utterance."),
                VendorOption.whole("silence-max-ms", 10, 5_000, "", "More than silence-ms.")
                        .perCallToo()));
        options.addAll(more);
        return options;
    }

    @Override
    public Traits traits(Options options) {
        return Traits.of(VendorAudio.MULAW_8K);
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has("key")) {
            problems.add("key: missing (expected: an API key of " + name + ")");
        }
        if (options.has("silence-max-ms") && options.whole("silence-max-ms") <= options.whole("silence-ms")) {
            problems.add("silence-max-ms: " + options.text("silence-max-ms") + " (expected: more than silence-ms)");
        }
        return problems;
    }

    @Override
    public Route route(Opening opening) {
        throw new IllegalStateException("route (expected: never asked)");
    }

    @Override
    public Dialect dialect(Opening opening) {
        throw new IllegalStateException("dialect (expected: never asked)");
    }
}
