package io.steadyline.stt.aws;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Amazon Transcribe. */
public final class AwsVendor implements Vendor {

    static final String PATH = "/stream-transcription-websocket";
    static final Duration MAX_SESSION = Duration.ofHours(4);
    /** Well before the 15 s after which it gives up. */
    private static final Duration SILENCE_AFTER = Duration.ofSeconds(5);

    private static final String SERVICE = "transcribe";

    @Override
    public String name() {
        return "aws";
    }

    @Override
    public List<VendorOption> options() {
        return AwsOptions.ALL;
    }

    @Override
    public Traits traits(Options options) {
        return Traits.of(VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withChunk(Duration.ofMillis(100))
                .withIdle(new Traits.Idle.Silence(SILENCE_AFTER))
                .withMaxSession(MAX_SESSION)
                .withWords();
    }

    @Override
    public List<String> problems(Options options) {
        return AwsOptions.problems(options);
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        Map<String, String> query = new HashMap<>();
        AwsOptions.say(options, opening.language(), query);
        query.put("media-encoding", "pcm");
        query.put("sample-rate", String.valueOf(opening.audio().sampleRateHz()));
        query.put("session-id", sessionId(opening));
        URI url = url(options);
        String path = withoutSlash(url.getRawPath()) + PATH;
        String signed = new SignedQuery(host(url), path, options.text(AwsOptions.REGION), SERVICE)
                .of(query, keys(options), opening.at(), options.whole(AwsOptions.VALID));
        return new Route.WebSocket(
                URI.create(url.getScheme() + "://" + url.getAuthority() + path + "?" + signed), Map.of());
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new AwsDialect(sessionId(opening));
    }

    /** Another one for each connection: one that is still in use is a conflict. A UUID, as the service wants it. */
    private static String sessionId(Opening opening) {
        String unique = opening.sessionId() + "#" + opening.attempt();
        return UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static AwsKeys keys(Options options) {
        return new AwsKeys(
                options.text(AwsOptions.ACCESS_KEY),
                options.text(AwsOptions.SECRET_KEY),
                options.text(AwsOptions.SESSION_TOKEN));
    }

    private static URI url(Options options) {
        if (options.has(AwsOptions.URL)) {
            return options.address(AwsOptions.URL);
        }
        String region = options.text(AwsOptions.REGION);
        return URI.create("wss://transcribestreaming." + region + ".amazonaws.com"
                + (region.startsWith("cn-") ? ".cn" : "") + ":8443");
    }

    /** As the Host header says it: a port that is the scheme's own is left out. */
    private static String host(URI url) {
        int own = "wss".equals(url.getScheme()) ? 443 : 80;
        return url.getPort() == -1 || url.getPort() == own ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
