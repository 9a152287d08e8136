package io.steadyline.stt.speechmatics;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Speechmatics. */
public final class SpeechmaticsVendor implements Vendor {

    private static final Duration MAX_SESSION = Duration.ofDays(2);
    /** Three minutes without audio or ping are too long; audio is what we can send. */
    private static final Duration SILENCE_AFTER = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "speechmatics";
    }

    @Override
    public List<VendorOption> options() {
        return SpeechmaticsOptions.ALL;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withIdle(new Traits.Idle.Silence(SILENCE_AFTER))
                .withMaxSession(MAX_SESSION)
                .withFlush()
                .withWords();
        return options.decimal(SpeechmaticsOptions.SILENCE_TRIGGER) > 0 ? traits.withEndpointing() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        return SpeechmaticsOptions.problems(options);
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        return new Route.WebSocket(
                options.address(SpeechmaticsOptions.URL),
                Map.of("Authorization", "Bearer " + options.text(SpeechmaticsOptions.KEY)));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new SpeechmaticsDialect(SpeechmaticsOptions.start(opening));
    }
}
