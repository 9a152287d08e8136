package io.steadyline.stt.builtin;

import io.steadyline.media.Encoding;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorFailure;
import io.steadyline.stt.vendor.VendorOption;
import io.steadyline.stt.vendor.Wire;
import java.time.Duration;
import java.util.List;

/**
 * The gateway's own ears as the last in an order of vendors: always there, never writes a word. While all the others are away a
 * caller can still interrupt the bot, press keys, and end a turn.
 */
public final class EarsVendor implements Vendor {

    private static final Traits TRAITS = Traits.of(
                    VendorAudio.MULAW_8K,
                    VendorAudio.ALAW_8K,
                    VendorAudio.L16_8K,
                    VendorAudio.L16_16K,
                    new VendorAudio(Encoding.L16, 24_000))
            .withoutWriting()
            .withChunk(Duration.ofMillis(20))
            .withCatchUpSpeed(100);

    @Override
    public String name() {
        return BuiltinRecogniser.NAME;
    }

    @Override
    public List<VendorOption> options() {
        return List.of();
    }

    @Override
    public Traits traits(Options options) {
        return TRAITS;
    }

    @Override
    public List<String> problems(Options options) {
        return List.of();
    }

    @Override
    public Route route(Opening opening) {
        return new Route.Own("in this process", events -> {
            events.opened();
            return new Nowhere(events);
        });
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new Silent();
    }

    /** Takes everything and keeps nothing: the runtime's ears have heard it already. */
    private record Nowhere(LinkEvents events) implements Link {

        @Override
        public void send(Wire message) {
            events.written();
        }

        @Override
        public void finish() {
            events.closed(new Closing(Closing.NORMAL, ""));
        }

        @Override
        public void abort() {
            // There is nothing to give up.
        }
    }

    private static final class Silent implements Dialect {

        @Override
        public void onOpened(Outlet out, Hearing hearing) {
            hearing.ready("");
        }

        @Override
        public void audio(byte[] chunk, Outlet out) {
            out.binary(chunk);
        }

        @Override
        public void endOfInput(Outlet out) {
            out.close();
        }

        @Override
        public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
            throw new Garbled("message: " + text + " (expected: none)");
        }

        @Override
        public VendorFailure onClosed(Closing closing) {
            return VendorFailure.ofClose(closing);
        }
    }
}
