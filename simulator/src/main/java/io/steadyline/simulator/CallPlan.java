package io.steadyline.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * One call as the provider will place it. Build it by {@link #to}.
 *
 * @param media where the server listens, {@code ws://host:port/path}
 * @param duration from {@code start} to the hang-up, or to the drain
 * @param drainFor after the duration, silence that carries no numbers is sent for this long before the hang-up, so that
 *     all numbered frames can come back; zero for none
 * @param headers extra fields of the upgrade request, in order
 * @param isEchoProbe whether the frames carry numbers that are looked for in what comes back; see {@link CallReport.Echo}
 * @param silenceBound longer silences of an echoing server are listed; see {@link Silences}
 * @param freezes in order, without overlap
 * @param keepsAnswer whether the answer is recorded; switch it off for load
 * @param newPlaybackAfter the pause in received media that separates two playbacks
 * @param setUpLimit how long the connection and its upgrade may take
 */
public record CallPlan(
        URI media,
        String accountSid,
        String callSid,
        String streamSid,
        Map<String, String> parameters,
        Speech speech,
        Duration duration,
        Duration drainFor,
        List<Digit> digits,
        List<Freeze> freezes,
        MarkReplies markReplies,
        HangUp hangUp,
        Tracks tracks,
        Map<String, String> headers,
        boolean isEchoProbe,
        Duration silenceBound,
        boolean keepsAnswer,
        Duration newPlaybackAfter,
        Duration setUpLimit,
        CallListener listener) {

    public CallPlan {
        requireMediaUri(media);
        requirePositive("duration", duration);
        if (drainFor.isNegative()) {
            throw new IllegalArgumentException("drainFor: " + drainFor + " (expected: zero or more)");
        }
        requirePositive("silenceBound", silenceBound);
        requirePositive("newPlaybackAfter", newPlaybackAfter);
        requirePositive("setUpLimit", setUpLimit);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        headers.forEach(CallPlan::requireHeader);
        digits = List.copyOf(digits);
        freezes = List.copyOf(freezes);
        requireInOrder(freezes);
        if (!digits.isEmpty() && !tracks.isBidirectional()) {
            throw new IllegalArgumentException(
                    "tracks: " + tracks + " with digits (expected: INBOUND, forks have no DTMF)");
        }
    }

    /** A call of ten seconds in which the bundled voice speaks without a pause. */
    public static Builder to(URI media) {
        return new Builder(media);
    }

    public static Builder to(String media) {
        return new Builder(URI.create(media));
    }

    private static void requireMediaUri(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (scheme.equals("wss")) {
            throw new IllegalArgumentException("media: " + uri + ": the simulator does not speak TLS"
                    + " (expected: ws://, to a loopback address or the near end of a TLS tunnel)");
        }
        if (!scheme.equals("ws") || uri.getHost() == null) {
            throw new IllegalArgumentException("media: " + uri + " (expected: ws://host:port/path)");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }

    private static void requireInOrder(List<Freeze> freezes) {
        for (int i = 1; i < freezes.size(); i++) {
            if (freezes.get(i).at().compareTo(freezes.get(i - 1).end()) < 0) {
                throw new IllegalArgumentException(
                        "freeze at: " + freezes.get(i).at() + " (expected: "
                                + freezes.get(i - 1).end() + " or later, when the one before it is over)");
            }
        }
    }

    /** Everything as in this plan. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** A second stream for the same call id: as this plan, but with a stream sid of its own. */
    public Builder anotherStream() {
        return toBuilder().streamSid("");
    }

    private static void requireHeader(String name, String value) {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || value.chars().anyMatch(c -> c < ' ' || c > 0xFF)) {
            throw new IllegalArgumentException(
                    "header: " + name + " (expected: an HTTP field without control characters)");
        }
    }

    /** Every {@link #build} gives a call with sids of its own, unless they were set. */
    public static final class Builder {

        private static final Duration PAUSE = Duration.ofMillis(200);

        /** Three frames: what a call may not notice of the troubles of others. */
        private static final Duration SILENCE_BOUND = Duration.ofMillis(60);

        private URI media;
        private String accountSid = "";
        private String callSid = "";
        private String streamSid = "";
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private Speech speech = Speech.voice();
        private Duration duration = Duration.ofSeconds(10);
        private Duration drainFor = Duration.ZERO;
        private final List<Digit> digits = new ArrayList<>();
        private final List<Freeze> freezes = new ArrayList<>();
        private MarkReplies markReplies = MarkReplies.WHEN_PLAYED;
        private HangUp hangUp = HangUp.STOP_THEN_CLOSE;
        private Tracks tracks = Tracks.INBOUND;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private boolean isEchoProbe;
        private Duration silenceBound = SILENCE_BOUND;
        private boolean keepsAnswer = true;
        private Duration newPlaybackAfter = PAUSE;
        private Duration setUpLimit = Duration.ofSeconds(10);
        private CallListener listener = event -> {};

        private Builder(URI media) {
            this.media = media;
        }

        private Builder(CallPlan plan) {
            media = plan.media;
            accountSid = plan.accountSid;
            callSid = plan.callSid;
            streamSid = plan.streamSid;
            parameters.putAll(plan.parameters);
            speech = plan.speech;
            duration = plan.duration;
            drainFor = plan.drainFor;
            digits.addAll(plan.digits);
            freezes.addAll(plan.freezes);
            markReplies = plan.markReplies;
            hangUp = plan.hangUp;
            tracks = plan.tracks;
            headers.putAll(plan.headers);
            isEchoProbe = plan.isEchoProbe;
            silenceBound = plan.silenceBound;
            keepsAnswer = plan.keepsAnswer;
            newPlaybackAfter = plan.newPlaybackAfter;
            setUpLimit = plan.setUpLimit;
            listener = plan.listener;
        }

        public Builder media(URI media) {
            this.media = media;
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

        /** Empty for one of its own. */
        public Builder streamSid(String sid) {
            streamSid = sid;
            return this;
        }

        /** A custom parameter of the stream. */
        public Builder parameter(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        public Builder speech(Speech speech) {
            this.speech = speech;
            return this;
        }

        public Builder duration(Duration duration) {
            this.duration = duration;
            return this;
        }

        public Builder drainFor(Duration drain) {
            drainFor = drain;
            return this;
        }

        /** The peer stands still; see {@link Freeze}. Several are given in the order of time. */
        public Builder freeze(Freeze.Side side, Duration at, Duration length) {
            freezes.add(new Freeze(side, at, length));
            return this;
        }

        /** A key pressed at a time after {@code start}; never sent when the call ends before. */
        public Builder digit(char key, Duration at) {
            digits.add(new Digit(key, at));
            return this;
        }

        public Builder markReplies(MarkReplies markReplies) {
            this.markReplies = markReplies;
            return this;
        }

        public Builder hangUp(HangUp hangUp) {
            this.hangUp = hangUp;
            return this;
        }

        public Builder tracks(Tracks tracks) {
            this.tracks = tracks;
            return this;
        }

        /** An extra field of the upgrade request. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Signs the upgrade as the provider would for a stream whose TwiML names {@code publicUrl} ({@code wss://…}). */
        public Builder signedWith(String authToken, String publicUrl) {
            return header(TwilioSignature.HEADER, TwilioSignature.of(authToken, publicUrl));
        }

        public Builder echoProbe(boolean isEchoProbe) {
            this.isEchoProbe = isEchoProbe;
            return this;
        }

        public Builder silenceBound(Duration bound) {
            silenceBound = bound;
            return this;
        }

        public Builder keepAnswer(boolean keepsAnswer) {
            this.keepsAnswer = keepsAnswer;
            return this;
        }

        public Builder newPlaybackAfter(Duration pause) {
            newPlaybackAfter = pause;
            return this;
        }

        public Builder setUpLimit(Duration limit) {
            setUpLimit = limit;
            return this;
        }

        public Builder listener(CallListener listener) {
            this.listener = listener;
            return this;
        }

        public CallPlan build() {
            return new CallPlan(
                    media,
                    accountSid.isEmpty() ? sid("AC") : accountSid,
                    callSid.isEmpty() ? sid("CA") : callSid,
                    streamSid.isEmpty() ? sid("MZ") : streamSid,
                    parameters,
                    speech,
                    duration,
                    drainFor,
                    digits,
                    freezes,
                    markReplies,
                    hangUp,
                    tracks,
                    headers,
                    isEchoProbe,
                    silenceBound,
                    keepsAnswer,
                    newPlaybackAfter,
                    setUpLimit,
                    listener);
        }

        private static String sid(String prefix) {
            return prefix + UUID.randomUUID().toString().replace("-", "");
        }
    }
}
