package io.steadyline.stt.contract;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A vendor and its peer.
 *
 * @param options to reach the peer with a good key
 * @param numbered the peer can read the numbers of frames in what it is sent; not after a change of the sample rate
 * @param without cases of the contract that do not apply: there is nothing in its language that the vendor could say
 */
public record Bench(Vendor vendor, PeerPort peer, Map<String, String> options, boolean numbered, Set<String> without)
        implements AutoCloseable {

    /** Much faster than real time: what a test has to wait for is the vendor. */
    private static final Map<String, String> QUICKLY = Map.of("catch-up-speed", "40");

    /** How a bench is set up, each time anew. */
    public interface SetUp {
        Bench start();
    }

    public Bench {
        VendorContract.requireCases(without);
    }

    public Bench(Vendor vendor, PeerPort peer, Map<String, String> options, boolean numbered) {
        this(vendor, peer, options, numbered, Set.of());
    }

    Bench notFor(String... cases) {
        return new Bench(vendor, peer, options, numbered, Set.of(cases));
    }

    Options checkedOptions() {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(QUICKLY);
        List<String> problems = CommonOptions.problems(vendor, all);
        if (!problems.isEmpty()) {
            throw new AssertionError(vendor.name() + ": " + problems);
        }
        return new Options(CommonOptions.of(vendor), all);
    }

    /** Its messages are text, not binary. */
    boolean speaksText() {
        return !(peer instanceof PeerPort.OfGrpc) && !vendor.name().equals("aws");
    }

    /** The same vendor with other limits. */
    Bench with(UnaryOperator<Traits> change) {
        return new Bench(new Changed(vendor, change), peer, options, numbered, without);
    }

    @Override
    public void close() {
        peer.letGo();
        vendor.close();
        peer.close();
    }

    private record Changed(Vendor vendor, UnaryOperator<Traits> change) implements Vendor {

        @Override
        public String name() {
            return vendor.name();
        }

        @Override
        public List<VendorOption> options() {
            return vendor.options();
        }

        @Override
        public Traits traits(Options options) {
            return change.apply(vendor.traits(options));
        }

        @Override
        public List<String> problems(Options options) {
            return vendor.problems(options);
        }

        @Override
        public Route route(Opening opening) {
            return vendor.route(opening);
        }

        @Override
        public Dialect dialect(Opening opening) {
            return vendor.dialect(opening);
        }
    }
}
