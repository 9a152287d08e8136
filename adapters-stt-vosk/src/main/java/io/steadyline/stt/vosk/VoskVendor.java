package io.steadyline.stt.vosk;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Vosk as a library. Calls with the same model share it, and the threads that recognise. */
public final class VoskVendor implements Vendor, AutoCloseable {

    private final VoskLibrary library;
    private final Map<Path, VoskModel> models = new HashMap<>();
    /** Read once for each directory, until the vendor is closed. */
    private final Map<Path, Boolean> takeTelephoneAudio = new ConcurrentHashMap<>();

    public VoskVendor() {
        this(new NativeVosk());
    }

    VoskVendor(VoskLibrary library) {
        this.library = library;
    }

    @Override
    public String name() {
        return "vosk";
    }

    @Override
    public List<VendorOption> options() {
        return VoskOptions.ALL;
    }

    /** Its own end-pointing cannot be set by this library, so the gateway's is used, with a flush at each end. */
    @Override
    public Traits traits(Options options) {
        Traits traits = takesTelephoneAudio(options)
                ? Traits.of(VendorAudio.L16_8K, VendorAudio.L16_16K)
                : Traits.of(VendorAudio.L16_16K);
        return traits.withFlush().withWords();
    }

    @Override
    public List<String> problems(Options options) {
        return VoskOptions.problems(options);
    }

    @Override
    public Route route(Opening opening) {
        VoskModel model = model(opening.options());
        VoskSettings settings = new VoskSettings(
                opening.audio().sampleRateHz(),
                opening.options().flag(VoskOptions.INTERIM),
                opening.options().many(VoskOptions.GRAMMAR));
        return new Route.Own("vosk " + model.directory(), events -> model.open(settings, events));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new VoskDialect();
    }

    @Override
    public void close() {
        List<VoskModel> open;
        synchronized (models) {
            open = List.copyOf(models.values());
            models.clear();
        }
        takeTelephoneAudio.clear();
        open.forEach(VoskModel::close);
    }

    private boolean takesTelephoneAudio(Options options) {
        return !options.has(VoskOptions.MODEL)
                || takeTelephoneAudio.computeIfAbsent(
                        Path.of(options.text(VoskOptions.MODEL)), ModelRate::takesTelephoneAudio);
    }

    private VoskModel model(Options options) {
        Path directory = Path.of(options.text(VoskOptions.MODEL));
        int threads = (int) options.whole(VoskOptions.THREADS);
        synchronized (models) {
            return models.computeIfAbsent(directory, fresh -> new VoskModel(library, fresh, threads));
        }
    }
}
