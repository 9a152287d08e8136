package io.steadyline.bootstrap.speech;

import io.steadyline.stt.runtime.RecogniserFactory;

/** The one place where the runtime that speaks to vendors is plugged in. */
public final class VendorRuntime {

    /** For the gateway and for trials alike. */
    public static final RecogniserFactory FACTORY = (settings, chooser, builtin) -> {
        throw new IllegalStateException("stt.vendors: names of vendors (expected: builtin; this build has no runtime)");
    };

    private VendorRuntime() {}
}
