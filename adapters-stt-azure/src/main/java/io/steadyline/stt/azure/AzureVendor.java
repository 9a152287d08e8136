package io.steadyline.stt.azure;

import io.steadyline.stt.library.LibraryLinks;
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

/** Azure AI Speech. Closing the vendor ends what its SDK still holds. */
public final class AzureVendor implements Vendor, AutoCloseable {

    /** The SDK has threads of its own; these only begin, feed and end its recognisers. */
    private static final int THREADS = 4;

    private final LibraryLinks links = new LibraryLinks("stt-azure", THREADS);

    @Override
    public String name() {
        return "azure";
    }

    @Override
    public List<VendorOption> options() {
        return AzureOptions.ALL;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = options.flag(AzureOptions.MULAW)
                ? Traits.of(VendorAudio.MULAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                : Traits.of(VendorAudio.L16_8K, VendorAudio.L16_16K);
        Traits heard = traits.withIdle(
                        new Traits.Idle.Silence(Duration.ofSeconds(options.whole(AzureOptions.SILENCE_AFTER))))
                .withSpeechEvents()
                .withEndpointing();
        return options.flag(AzureOptions.WORDS) ? heard.withWords() : heard;
    }

    @Override
    public List<String> problems(Options options) {
        return AzureOptions.problems(options);
    }

    @Override
    public Route route(Opening opening) {
        return new Route.Own(
                AzureOptions.where(opening.options()),
                events -> links.open(voice -> AzureSession.open(opening, voice), events));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new AzureDialect();
    }

    /** Recognisers of the SDK that are not closed yet. */
    int openNow() {
        return links.openNow();
    }

    @Override
    public void close() {
        links.close();
    }
}
