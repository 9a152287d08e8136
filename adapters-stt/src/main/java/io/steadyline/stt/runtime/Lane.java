package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFormat;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.List;

/**
 * One vendor as it serves one call.
 *
 * @param place in the call's order of preference, from 0
 * @param audio what it is sent
 * @param gate shared by all calls
 */
record Lane(int place, Vendor vendor, Options options, Traits traits, VendorAudio audio, VendorGate gate) {

    static Lane of(int place, Vendor vendor, Options options, AudioFormat format, VendorGate gate) {
        Traits traits = CommonOptions.applied(vendor.traits(options), options);
        VendorAudio audio = traits.audio().stream()
                .filter(taken -> taken.isSameAs(format))
                .findFirst()
                .orElse(traits.audio().getFirst());
        return new Lane(place, vendor, options, traits, audio, gate);
    }

    String name() {
        return vendor.name();
    }

    String language() {
        return options.text(CommonOptions.LANGUAGE);
    }

    List<String> hints() {
        return options.many(CommonOptions.HINTS);
    }
}
