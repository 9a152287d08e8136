package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.util.List;

/** A vendor whose own code fails, such as one without its native library. */
final class UnusableVendor implements Vendor {

    @Override
    public String name() {
        return "unusable";
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
        throw new UnsatisfiedLinkError("no native library");
    }

    @Override
    public Dialect dialect(Opening opening) {
        throw new UnsatisfiedLinkError("no native library");
    }
}
