package io.steadyline.stt.google;

import com.google.cloud.speech.v2.SpeechGrpc;
import io.steadyline.stt.grpc.GrpcChannels;
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
import java.time.Duration;
import java.util.List;

/** Google Cloud Speech-to-Text v2. All calls share one connection; closing the vendor closes it. */
public final class GoogleVendor implements Vendor, AutoCloseable {

    /** A stream without audio is ended after about 10 s; half of it leaves room for one that is late. */
    private static final Duration SILENCE_AFTER = Duration.ofSeconds(5);

    private static final Duration MAX_SESSION = Duration.ofMinutes(5);
    private static final Duration CHUNK = Duration.ofMillis(100);

    private final GrpcChannels channels = new GrpcChannels();
    private final GoogleTokens tokens = new GoogleTokens();

    @Override
    public String name() {
        return "google";
    }

    @Override
    public List<VendorOption> options() {
        return GoogleOptions.ALL;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withChunk(CHUNK)
                .withIdle(new Traits.Idle.Silence(SILENCE_AFTER))
                .withMaxSession(MAX_SESSION)
                .withEndpointing();
        Traits heard = options.flag(GoogleOptions.VAD_EVENTS) ? traits.withSpeechEvents() : traits;
        return options.flag(GoogleOptions.WORDS) ? heard.withWords() : heard;
    }

    @Override
    public List<String> problems(Options options) {
        return GoogleOptions.problems(options);
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        GrpcTarget target = GrpcTarget.of(
                GoogleOptions.server(options), Duration.ofSeconds(options.whole(GoogleOptions.KEEP_ALIVE)));
        String method = SpeechGrpc.getStreamingRecognizeMethod().getFullMethodName();
        return new Route.Own(
                target + "/" + method, new GrpcTransport(channels, target, method, tokens.headers(options)));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new GoogleDialect(opening);
    }

    @Override
    public void close() {
        channels.close();
    }
}
