package io.steadyline.stt;

import io.steadyline.stt.vendor.Vendor;
import java.util.List;

/** The vendors of this build. Others come as {@link Extensions}. */
public final class Vendors {

    private Vendors() {}

    /** In the order of the documentation; names differ. */
    public static List<Vendor> all() {
        return List.of();
    }
}
