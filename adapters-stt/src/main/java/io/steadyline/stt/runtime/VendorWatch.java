package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;

/** Told what all calls together do with a vendor. On the runtime's thread or the one that opens a call; returns at once. */
public interface VendorWatch {

    VendorWatch NOBODY = new VendorWatch() {
        @Override
        public void onConnect(String vendor) {
            // Nobody counts.
        }

        @Override
        public void onLeftAlone(String vendor, VendorFailure why, Duration wait, boolean again) {
            // Nobody counts.
        }
    };

    /** A connection begins. */
    void onConnect(String vendor);

    /**
     * No call asks it for so long.
     *
     * @param again the one that was to find out whether it works has failed
     */
    void onLeftAlone(String vendor, VendorFailure why, Duration wait, boolean again);

    /** The one that was to find out has found it working. */
    default void onBack(String vendor) {
        // Of interest to the log only.
    }
}
