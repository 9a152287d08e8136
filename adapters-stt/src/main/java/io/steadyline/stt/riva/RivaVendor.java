package io.steadyline.stt.riva;

import io.steadyline.generated.riva.RivaSpeechRecognitionGrpc;
import io.steadyline.stt.grpc.GrpcChannels;
import io.steadyline.stt.grpc.GrpcHeaders;
import io.steadyline.stt.grpc.GrpcTarget;
import io.steadyline.stt.grpc.GrpcTransport;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.util.List;

/** NVIDIA Riva. All calls share one connection; closing the vendor closes it. */
public final class RivaVendor implements Vendor, AutoCloseable {

    private final GrpcChannels channels = new GrpcChannels();

    @Override
    public String name() {
        return "riva";
    }

    @Override
    public List<VendorOption> options() {
        return RivaOptions.ALL;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withEndpointing();
        return options.flag(RivaOptions.WORDS) ? traits.withWords() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        return RivaOptions.problems(options);
    }

    @Override
    public Route route(Opening opening) {
        GrpcTarget target = RivaOptions.target(opening.options());
        String method = RivaSpeechRecognitionGrpc.getStreamingRecognizeMethod().getFullMethodName();
        GrpcHeaders headers = GrpcHeaders.fixed(RivaOptions.headers(opening.options()));
        return new Route.Own(target + "/" + method, new GrpcTransport(channels, target, method, headers));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new RivaDialect(opening);
    }

    @Override
    public void close() {
        channels.close();
    }
}
