package io.steadyline.bootstrap.config;

import io.steadyline.stt.choice.Candidate;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Vendor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A vendor with what was set for it. Values may be secret: never printed. */
public final class VendorSetup {

    private final Vendor vendor;
    private final Map<String, String> given;

    /** @param given by name of the option, each checked alone; what has a default may be absent */
    VendorSetup(Vendor vendor, Map<String, String> given) {
        this.vendor = vendor;
        this.given = Map.copyOf(given);
    }

    public Vendor vendor() {
        return vendor;
    }

    public String name() {
        return vendor.name();
    }

    /** Somebody has set something for it. */
    public boolean isGiven() {
        return !given.isEmpty();
    }

    /** Ready to be used when empty. */
    public List<String> problems() {
        return CommonOptions.problems(vendor, given);
    }

    /** The same with some options set otherwise. */
    public VendorSetup with(Map<String, String> others) {
        Map<String, String> merged = new HashMap<>(given);
        merged.putAll(others);
        return new VendorSetup(vendor, merged);
    }

    /** Only when nothing is wrong with it. */
    public Candidate.Service service() {
        return new Candidate.Service(vendor, options());
    }

    public Options options() {
        return new Options(CommonOptions.of(vendor), given);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VendorSetup that && name().equals(that.name()) && given.equals(that.given);
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public String toString() {
        return name() + " " + given.keySet();
    }
}
