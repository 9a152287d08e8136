package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorFailure;
import io.steadyline.stt.vendor.VendorOption;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A vendor that speaks the plainest language: {@code ready}, {@code expires MS}, {@code interim TEXT},
 * {@code final START END TEXT}, {@code plain TEXT} for a final without places, {@code over MS}, {@code flushed}, {@code bye}.
 */
record SimulatedVendor(String name, Traits traits) implements Vendor {

    @Override
    public List<VendorOption> options() {
        return List.of();
    }

    @Override
    public Traits traits(Options options) {
        return traits;
    }

    @Override
    public List<String> problems(Options options) {
        return List.of();
    }

    @Override
    public Route route(Opening opening) {
        return new Route.WebSocket(URI.create("ws://" + name), Map.of());
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new PlainDialect();
    }

    private static final class PlainDialect implements Dialect {

        @Override
        public void onOpened(Outlet out, Hearing hearing) {
            out.text("hello");
        }

        @Override
        public void audio(byte[] chunk, Outlet out) {
            out.binary(chunk);
        }

        @Override
        public void keepAlive(Outlet out) {
            out.text("alive");
        }

        @Override
        public void flush(Outlet out) {
            out.text("flush");
        }

        @Override
        public void endOfInput(Outlet out) {
            out.text("end");
        }

        @Override
        public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
            String[] parts = text.split(" ", 4);
            switch (parts[0]) {
                case "ready" -> hearing.ready("");
                case "interim" -> hearing.interim(text.substring(8));
                case "final" ->
                    hearing.finalText(new Hearing.Said(
                            parts[3],
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            OptionalDouble.empty(),
                            List.of()));
                case "plain" -> hearing.finalText(Hearing.Said.of(text.substring(6)));
                case "over" -> hearing.utteranceEnded(Long.parseLong(parts[1]));
                case "flushed" -> hearing.flushed();
                case "bye" -> hearing.ended();
                case "idle" -> {
                    // Says nothing, but is there.
                }
                default -> throw new Garbled("message: " + text + " (expected: one of this language)");
            }
        }

        @Override
        public VendorFailure onClosed(Closing closing) {
            return VendorFailure.ofClose(closing);
        }
    }
}
