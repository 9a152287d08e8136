package io.steadyline.benchmarks.paced;

import io.steadyline.benchmarks.vendor.VendorServer;
import io.steadyline.simulator.load.Core;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The product with its own recogniser and with a vendor's, in turn, while the callers speak. The vendor is in this process. */
final class VendorBridge {

    private final PacedBridge bridge;
    private final Place place;
    private final Consumer<String> say;

    VendorBridge(Place place, Consumer<String> say) {
        this.bridge = new PacedBridge(place, Core.SHARED, say);
        this.place = place;
        this.say = say;
    }

    List<Measured> run(Rounds rounds) throws IOException, InterruptedException {
        PacedBridge.rehearse(place, Core.SHARED);
        List<Measured> runs = new ArrayList<>();
        for (int count : rounds.calls()) {
            for (int time = 1; time <= rounds.times(); time++) {
                Measured without = bridge.measure(Contender.STEADYLINE, count, rounds, true, Map.of());
                say.accept(PacedBridge.line(without, time, rounds.times()));
                Measured with = withVendor(count, rounds);
                say.accept(PacedBridge.line(with, time, rounds.times()) + heard(with));
                runs.addAll(List.of(without, with));
            }
        }
        return runs;
    }

    private Measured withVendor(int calls, Rounds rounds) throws IOException, InterruptedException {
        try (VendorServer vendor = VendorServer.start()) {
            Measured measured = bridge.measure(Contender.STEADYLINE, calls, rounds, true, vendor.environment());
            return measured.with(vendor.finish());
        }
    }

    private static String heard(Measured run) {
        return run.vendor() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the vendor heard %d sessions, %d lost, %d messages, %.1f %% of the audio, and answered %d"
                                + " times",
                        run.vendor().sessions(),
                        run.vendor().lost(),
                        run.vendor().messages(),
                        run.vendor().share() * 100,
                        run.vendor().answers());
    }
}
