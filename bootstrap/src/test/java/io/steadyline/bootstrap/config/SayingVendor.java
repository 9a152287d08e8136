package io.steadyline.bootstrap.config;

import io.steadyline.stt.choice.TestVendor;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorOption;
import java.util.List;

/** The options of a {@link TestVendor}, and one sentence about them whatever they are. */
record SayingVendor(String name, String sentence) implements Vendor {

    @Override
    public List<VendorOption> options() {
        return like().options();
    }

    @Override
    public Traits traits(Options options) {
        return like().traits(options);
    }

    @Override
    public List<String> problems(Options options) {
        return List.of(sentence);
    }

    @Override
    public Route route(Opening opening) {
        return like().route(opening);
    }

    @Override
    public Dialect dialect(Opening opening) {
        return like().dialect(opening);
    }

    private Vendor like() {
        return new TestVendor(name);
    }
}
