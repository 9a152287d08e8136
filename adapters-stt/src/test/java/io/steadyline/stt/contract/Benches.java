package io.steadyline.stt.contract;

import io.steadyline.stt.assemblyai.AssemblyAiVendor;
import io.steadyline.stt.aws.AwsVendor;
import io.steadyline.stt.deepgram.DeepgramVendor;
import io.steadyline.stt.deepgram.FluxVendor;
import io.steadyline.stt.elevenlabs.ElevenLabsVendor;
import io.steadyline.stt.gladia.GladiaVendor;
import io.steadyline.stt.google.GoogleVendor;
import io.steadyline.stt.jambonz.JambonzVendor;
import io.steadyline.stt.openai.OpenAiVendor;
import io.steadyline.stt.peer.AssemblyAiPeer;
import io.steadyline.stt.peer.AwsPeer;
import io.steadyline.stt.peer.DeepgramPeer;
import io.steadyline.stt.peer.ElevenLabsPeer;
import io.steadyline.stt.peer.FluxPeer;
import io.steadyline.stt.peer.GladiaPeer;
import io.steadyline.stt.peer.GladiaSessions;
import io.steadyline.stt.peer.GooglePeer;
import io.steadyline.stt.peer.GrpcLimits;
import io.steadyline.stt.peer.GrpcPeer;
import io.steadyline.stt.peer.HttpAnswer;
import io.steadyline.stt.peer.JambonzPeer;
import io.steadyline.stt.peer.OpenAiPeer;
import io.steadyline.stt.peer.PeerDialect;
import io.steadyline.stt.peer.RivaPeer;
import io.steadyline.stt.peer.SonioxPeer;
import io.steadyline.stt.peer.SpeechmaticsPeer;
import io.steadyline.stt.peer.VoskServerPeer;
import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.riva.RivaVendor;
import io.steadyline.stt.soniox.SonioxVendor;
import io.steadyline.stt.speechmatics.SpeechmaticsVendor;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.voskserver.VoskServerVendor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** All vendors that have a peer, by their names. */
final class Benches {

    private Benches() {}

    static Bench.SetUp of(String vendor) {
        return Objects.requireNonNull(all().get(vendor), vendor);
    }

    static Map<String, Bench.SetUp> all() {
        Map<String, Bench.SetUp> benches = new LinkedHashMap<>();
        benches.put(
                "jambonz",
                () -> webSocket(
                        new JambonzVendor(), JambonzPeer::new, VendorAudio.L16_8K, "/", Map.of("key", "good-key")));
        benches.put(
                "vosk-server",
                () -> webSocket(new VoskServerVendor(), VoskServerPeer::new, VendorAudio.L16_8K, "/", Map.of())
                        .notFor("quota"));
        benches.put(
                "deepgram",
                () -> webSocket(
                        new DeepgramVendor(),
                        DeepgramPeer::new,
                        VendorAudio.MULAW_8K,
                        "/v1/listen",
                        Map.of("key", "good-key")));
        benches.put(
                "deepgram-flux",
                () -> webSocket(
                        new FluxVendor(),
                        FluxPeer::new,
                        VendorAudio.MULAW_8K,
                        "/v2/listen",
                        Map.of("key", "good-key")));
        benches.put(
                "google",
                () -> grpc(
                        new GoogleVendor(),
                        new GrpcPeer(GooglePeer::service, GooglePeer::new, VendorAudio.MULAW_8K, GrpcLimits.NONE),
                        Map.of("project", "p1", "token", "good-key")));
        benches.put(
                "riva",
                () -> grpc(
                        new RivaVendor(),
                        new GrpcPeer(RivaPeer::service, RivaPeer::new, VendorAudio.MULAW_8K, GrpcLimits.NONE),
                        Map.of("key", "good-key")));
        benches.put(
                "aws",
                () -> webSocket(
                        new AwsVendor(),
                        AwsPeer::new,
                        VendorAudio.L16_8K,
                        "/stream-transcription-websocket",
                        Map.of("access-key", "good-key", "secret-key", "good-key")));
        benches.put(
                "speechmatics",
                () -> webSocket(
                        new SpeechmaticsVendor(),
                        SpeechmaticsPeer::new,
                        VendorAudio.MULAW_8K,
                        "/v2/",
                        Map.of("key", "good-key")));
        benches.put(
                "soniox",
                () -> webSocket(
                        new SonioxVendor(),
                        SonioxPeer::new,
                        VendorAudio.MULAW_8K,
                        "/transcribe-websocket",
                        Map.of("key", "good-key")));
        benches.put("gladia", Benches::gladia);
        benches.put(
                "assemblyai",
                () -> webSocket(
                        new AssemblyAiVendor(),
                        () -> new AssemblyAiPeer(inAnHour()),
                        VendorAudio.MULAW_8K,
                        "/v3/ws",
                        Map.of("key", "good-key")));
        benches.put(
                "openai",
                () -> webSocket(
                        new OpenAiVendor(),
                        () -> new OpenAiPeer(inAnHour()),
                        VendorAudio.MULAW_8K,
                        "/v1/realtime",
                        Map.of("key", "good-key")));
        benches.put(
                "elevenlabs",
                () -> webSocket(
                        new ElevenLabsVendor(),
                        ElevenLabsPeer::new,
                        VendorAudio.MULAW_8K,
                        "/v1/speech-to-text/realtime",
                        Map.of("key", "good-key")));
        return benches;
    }

    private static long inAnHour() {
        return Instant.now().plusSeconds(3_600).getEpochSecond();
    }

    /** Its sessions begin with an HTTP request and outlive their connections. */
    private static Bench gladia() {
        GladiaSessions sessions = new GladiaSessions();
        WebSocketPeer peer = new WebSocketPeer(() -> new GladiaPeer(sessions), VendorAudio.MULAW_8K);
        String base = peer.uri("").toString();
        peer.onPost(request -> {
            GladiaSessions.Answer answer = sessions.answer(request.asPeerRequest(), request.body(), base);
            return HttpAnswer.json(answer.status(), answer.body());
        });
        return new Bench(
                new GladiaVendor(),
                new PeerPort.OfWebSocket(peer),
                Map.of("key", "good-key", "url", peer.httpUri("/v2/live").toString()),
                true);
    }

    private static Bench grpc(Vendor vendor, GrpcPeer peer, Map<String, String> others) {
        Map<String, String> options = new LinkedHashMap<>(others);
        options.put("url", peer.uri().toString());
        return new Bench(vendor, new PeerPort.OfGrpc(peer), options, true);
    }

    private static Bench webSocket(
            Vendor vendor,
            Supplier<? extends PeerDialect> dialect,
            VendorAudio audio,
            String path,
            Map<String, String> others) {
        WebSocketPeer peer = new WebSocketPeer(dialect, audio);
        Map<String, String> options = new LinkedHashMap<>(others);
        options.put("url", peer.uri(path).toString());
        return new Bench(vendor, new PeerPort.OfWebSocket(peer), options, true);
    }
}
