package io.steadyline.simulator.voice;

import io.steadyline.simulator.CallPlan;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * One phone call as the provider will place it. Build it by {@link #to}.
 *
 * @param base where the server is reached from here, {@code http://host:port}, without a slash at the end
 * @param publicBase the same as the outside sees it, and as it is in the server's TwiML and signatures; empty when it is
 *     {@code base}
 * @param path of the voice webhook
 * @param authToken signs the webhook's requests and the streams' upgrades; empty for none
 * @param duration until the caller hangs up, from the first request on; over all streams of the call
 * @param fallback asked when the webhook has failed; empty for none
 * @param retryFor how long a webhook that cannot be reached or answers 5xx is asked again; zero for once more, at once,
 *     as Twilio does
 * @param retryEvery the time between two of these attempts
 * @param requestLimit how long the answer to one request may take
 * @param maxDocuments so many TwiML documents, then the call is given up: a redirect that turns in a circle
 * @param legs what the streams of the call are like
 */
public record VoicePlan(
        String base,
        String publicBase,
        String path,
        String authToken,
        String accountSid,
        String callSid,
        String from,
        String to,
        Duration duration,
        String fallback,
        Duration retryFor,
        Duration retryEvery,
        Duration requestLimit,
        int maxDocuments,
        LegOptions legs) {

    public VoicePlan {
        String scheme = String.valueOf(URI.create(base).getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") || base.endsWith("/") || publicBase.endsWith("/")) {
            throw new IllegalArgumentException("base: " + base + ", public " + publicBase
                    + " (expected: http://host:port, both without a slash at the end)");
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: /…)");
        }
        requirePositive("duration", duration);
        requirePositive("retryEvery", retryEvery);
        requirePositive("requestLimit", requestLimit);
        if (retryFor.isNegative() || maxDocuments < 1) {
            throw new IllegalArgumentException("retryFor: " + retryFor + ", maxDocuments: " + maxDocuments
                    + " (expected: zero or more, 1 or more)");
        }
    }

    /** Shapes each stream of a call: echo probe, drain, speech. Sids, parameters and duration are set afterwards. */
    @FunctionalInterface
    public interface LegOptions {

        /** {@code leg} counts from 0. */
        void apply(int leg, CallPlan.Builder stream);
    }

    /** A call of 30 s. */
    public static Builder to(String base) {
        return new Builder(base);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }

    /** Every {@link #build} gives a call with sids of its own, unless they were set. */
    public static final class Builder {

        private final String base;
        private String publicBase = "";
        private String path = "/twilio/voice";
        private String authToken = "";
        private String accountSid = "";
        private String callSid = "";
        private String from = "+15005550006";
        private String to = "+15005550001";
        private Duration duration = Duration.ofSeconds(30);
        private String fallback = "";
        private Duration retryFor = Duration.ZERO;
        private Duration retryEvery = Duration.ofMillis(100);

        /** Twilio's default for webhooks. */
        private Duration requestLimit = Duration.ofSeconds(15);

        private int maxDocuments = 100;
        private LegOptions legs = (leg, stream) -> {};

        private Builder(String base) {
            this.base = base;
        }

        public Builder publicBase(String url) {
            publicBase = url;
            return this;
        }

        public Builder path(String path) {
            this.path = path;
            return this;
        }

        public Builder authToken(String token) {
            authToken = token;
            return this;
        }

        public Builder accountSid(String sid) {
            accountSid = sid;
            return this;
        }

        public Builder callSid(String sid) {
            callSid = sid;
            return this;
        }

        public Builder from(String number) {
            from = number;
            return this;
        }

        public Builder to(String number) {
            to = number;
            return this;
        }

        public Builder duration(Duration duration) {
            this.duration = duration;
            return this;
        }

        public Builder fallback(String url) {
            fallback = url;
            return this;
        }

        /** For a server that is being restarted. Twilio itself does not do this. */
        public Builder retryFor(Duration limit, Duration every) {
            retryFor = limit;
            retryEvery = every;
            return this;
        }

        public Builder requestLimit(Duration limit) {
            requestLimit = limit;
            return this;
        }

        public Builder maxDocuments(int max) {
            maxDocuments = max;
            return this;
        }

        public Builder eachLeg(LegOptions options) {
            legs = options;
            return this;
        }

        public VoicePlan build() {
            return new VoicePlan(
                    base,
                    publicBase,
                    path,
                    authToken,
                    accountSid.isEmpty() ? sid("AC") : accountSid,
                    callSid.isEmpty() ? sid("CA") : callSid,
                    from,
                    to,
                    duration,
                    fallback,
                    retryFor,
                    retryEvery,
                    requestLimit,
                    maxDocuments,
                    legs);
        }

        private static String sid(String prefix) {
            return prefix + UUID.randomUUID().toString().replace("-", "");
        }
    }
}
