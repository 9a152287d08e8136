package io.steadyline.stt.runtime;

import io.steadyline.signal.Printable;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for all calls that a vendor is down, and that it is back. */
record VendorLog(VendorWatch next) implements VendorWatch {

    private static final Logger LOG = LoggerFactory.getLogger(VendorLog.class);
    private static final int MAX_CHARS = 200;

    @Override
    public void onConnect(String vendor) {
        next.onConnect(vendor);
    }

    @Override
    public void onLeftAlone(String vendor, VendorFailure why, Duration wait, boolean again) {
        LOG.warn(
                "STT vendor {} {}left alone by all calls for {} ms: {} {}",
                vendor,
                again ? "still fails, " : "fails, ",
                wait.toMillis(),
                why.kind(),
                Printable.of(why.message(), MAX_CHARS));
        next.onLeftAlone(vendor, why, wait, again);
    }

    @Override
    public void onBack(String vendor) {
        LOG.info("STT vendor {} answers again", vendor);
        next.onBack(vendor);
    }
}
