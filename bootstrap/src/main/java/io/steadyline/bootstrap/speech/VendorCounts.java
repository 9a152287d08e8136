package io.steadyline.bootstrap.speech;

import io.steadyline.otel.Telemetry;
import io.steadyline.stt.runtime.VendorWatch;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;

/** Counts what all calls together do with a vendor. */
public record VendorCounts(Telemetry telemetry) implements VendorWatch {

    @Override
    public void onConnect(String vendor) {
        telemetry.onSttConnect(vendor);
    }

    @Override
    public void onLeftAlone(String vendor, VendorFailure why, Duration wait, boolean again) {
        telemetry.onSttLeftAlone(vendor);
    }
}
