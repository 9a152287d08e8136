package io.steadyline.stt;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.util.List;

/** As somebody else would write one, for a jar of its own. */
public final class ExampleVendor implements Vendor {

    @Override
    public String name() {
        return "example";
    }

    @Override
    public List<VendorOption> options() {
        return List.of();
    }

    @Override
    public Traits traits(Options options) {
        return Traits.of(VendorAudio.MULAW_8K);
    }

    @Override
    public List<String> problems(Options options) {
        return List.of();
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
