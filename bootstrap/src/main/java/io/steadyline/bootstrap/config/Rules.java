package io.steadyline.bootstrap.config;

import io.steadyline.bootstrap.config.Choices.AgentKind;
import io.steadyline.bootstrap.config.Choices.Profile;
import io.steadyline.bootstrap.config.Choices.SignaturePolicy;
import io.steadyline.signal.Printable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must hold between settings. A rule whose own settings are bad says nothing: they have been named already. */
final class Rules {

    /** What a media message carries beside its payload, with room to spare. */
    private static final int MESSAGE_OVERHEAD_BYTES = 1024;

    /** Shorter ones can be guessed. */
    private static final int MIN_BEARER_TOKEN_CHARS = 16;

    private final Values values;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    Rules(Values values, Map<String, String> environment) {
        this.values = values;
        this.environment = environment;
    }

    void check() {
        checkOneWorker();
        checkPorts();
        checkGrpc();
        checkAgent();
        checkTwilio();
        checkQueues();
        checkMessage();
        checkEndpointing();
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> notices() {
        return notices;
    }

    /** R2: several workers and call state in memory exclude each other. */
    private void checkOneWorker() {
        for (String name : List.of("WEB_CONCURRENCY", "WORKERS")) {
            String count = environment.getOrDefault(name, "").strip();
            if (!count.isEmpty() && !"1".equals(count)) {
                Problem problem = new Problem(
                        new Origin.Environment(name),
                        "worker count",
                        '"' + Printable.of(count) + '"',
                        "1 or not set: calls live in the memory of one process, and a second worker would not know"
                                + " them");
                problems.add(problem);
            }
        }
    }

    private void checkPorts() {
        Optional<Integer> http = values.find(Catalogue.HTTP_PORT);
        boolean clash = http.isPresent() && http.get() != 0 && http.equals(values.find(Catalogue.GRPC_PORT));
        if (clash) {
            refuse(Catalogue.GRPC_PORT, "another port than " + Catalogue.HTTP_PORT.key());
        }
    }

    private void checkGrpc() {
        needs(Catalogue.GRPC_TLS_KEY_FILE, Catalogue.GRPC_TLS_CERTIFICATE_FILE);
        needs(Catalogue.GRPC_TLS_CERTIFICATE_FILE, Catalogue.GRPC_TLS_KEY_FILE);
        needs(Catalogue.GRPC_TLS_CLIENT_CA_FILE, Catalogue.GRPC_TLS_CERTIFICATE_FILE);
        checkOneSource(Catalogue.GRPC_BEARER_TOKEN, Catalogue.GRPC_BEARER_TOKEN_FILE);

        boolean shortToken = values.find(Catalogue.GRPC_BEARER_TOKEN)
                .or(() -> values.find(Catalogue.GRPC_BEARER_TOKEN_FILE).map(SettingTypes.SecretFile::secret))
                .filter(token -> token.reveal().length() < MIN_BEARER_TOKEN_CHARS)
                .isPresent();
        if (shortToken) {
            refuse(Catalogue.GRPC_BEARER_TOKEN, "at least " + MIN_BEARER_TOKEN_CHARS + " characters");
        }
        boolean open = values.find(Catalogue.GRPC_BIND_ADDRESS)
                .filter(address -> !isLoopback(address))
                .isPresent();
        boolean tls = values.isGiven(Catalogue.GRPC_TLS_CERTIFICATE_FILE);
        boolean authenticated = values.isGiven(Catalogue.GRPC_BEARER_TOKEN)
                || values.isGiven(Catalogue.GRPC_BEARER_TOKEN_FILE)
                || values.isGiven(Catalogue.GRPC_TLS_CLIENT_CA_FILE);
        if (!open || (tls && authenticated)) {
            return;
        }
        if (!tls && !authenticated) {
            refuse(
                    Catalogue.GRPC_BIND_ADDRESS,
                    "loopback, or one of TLS (grpc.tls-…), grpc.tls-client-ca-file and grpc.bearer-token");
        } else if (isProduction()) {
            refuse(
                    Catalogue.GRPC_BIND_ADDRESS,
                    "loopback, or TLS (grpc.tls-…) with grpc.bearer-token or grpc.tls-client-ca-file in production");
        } else {
            notices.add("grpc.bind-address " + values.shown(Catalogue.GRPC_BIND_ADDRESS)
                    + ": the admin API is reachable from outside with only one of TLS and authentication;"
                    + " production would refuse this");
        }
    }

    private void checkAgent() {
        boolean twilio =
                values.find(Catalogue.AGENT).filter(AgentKind.TWILIO::equals).isPresent();
        if (twilio && values.isAbsent(Catalogue.AGENT_URL)) {
            refuse(Catalogue.AGENT_URL, "the address of the bot's media socket, because agent.kind is twilio");
        }
    }

    private void checkTwilio() {
        checkOneSource(Catalogue.TWILIO_AUTH_TOKEN, Catalogue.TWILIO_AUTH_TOKEN_FILE);
        checkOneSource(Catalogue.TWILIO_SECONDARY_AUTH_TOKEN, Catalogue.TWILIO_SECONDARY_AUTH_TOKEN_FILE);
        boolean primary =
                values.isGiven(Catalogue.TWILIO_AUTH_TOKEN) || values.isGiven(Catalogue.TWILIO_AUTH_TOKEN_FILE);
        boolean secondary = values.isGiven(Catalogue.TWILIO_SECONDARY_AUTH_TOKEN)
                || values.isGiven(Catalogue.TWILIO_SECONDARY_AUTH_TOKEN_FILE);
        if (secondary && !primary) {
            refuse(Catalogue.TWILIO_AUTH_TOKEN, "a primary token, because a secondary one is set");
        }
        Optional<SignaturePolicy> policy = values.find(Catalogue.TWILIO_SIGNATURE);
        boolean off = policy.filter(SignaturePolicy.OFF::equals).isPresent();
        if (!primary && policy.filter(SignaturePolicy.REQUIRED::equals).isPresent()) {
            refuse(Catalogue.TWILIO_AUTH_TOKEN, "a token, because twilio.signature is required");
        }
        boolean usable = values.find(Catalogue.TWILIO_AUTH_TOKEN).isPresent()
                || values.find(Catalogue.TWILIO_AUTH_TOKEN_FILE).isPresent();
        if (usable && !off && values.isAbsent(Catalogue.TWILIO_PUBLIC_URL)) {
            refuse(
                    Catalogue.TWILIO_PUBLIC_URL,
                    "the URL that Twilio dials, because its signature covers it and twilio.auth-token is set");
        }
        if (!primary || off) {
            notices.add(
                    "twilio.signature: not checked, so only peers on this machine are served; everyone else gets 403");
        }
    }

    private void checkQueues() {
        Optional<Integer> rxQueue = values.find(Catalogue.RX_QUEUE);
        Optional<Integer> enter = values.find(Catalogue.DRAIN_ENTER);
        Optional<Integer> leave = values.find(Catalogue.DRAIN_LEAVE);
        if (rxQueue.isPresent() && enter.isPresent() && enter.get() > rxQueue.get()) {
            refuse(Catalogue.DRAIN_ENTER, "at most media.rx-queue, " + rxQueue.get());
        }
        if (enter.isPresent() && leave.isPresent() && leave.get() >= enter.get()) {
            refuse(Catalogue.DRAIN_LEAVE, "less than media.drain-enter, " + enter.get());
        }
    }

    private void checkMessage() {
        Optional<Integer> message = values.find(Catalogue.MESSAGE_BYTES);
        Optional<Integer> payload = values.find(Catalogue.PAYLOAD_BYTES);
        if (message.isEmpty() || payload.isEmpty()) {
            return;
        }
        int room = (message.get() - MESSAGE_OVERHEAD_BYTES) / 4 * 3;
        if (payload.get() > room) {
            refuse(
                    Catalogue.PAYLOAD_BYTES,
                    "at most " + Math.max(room, 0) + ", what fits in base64 into limits.message-bytes, "
                            + message.get());
        }
    }

    private void checkEndpointing() {
        var minSpeech = values.find(Catalogue.MIN_SPEECH);
        var maxUtterance = values.find(Catalogue.MAX_UTTERANCE);
        if (minSpeech.isPresent() && maxUtterance.isPresent() && minSpeech.get().compareTo(maxUtterance.get()) > 0) {
            refuse(
                    Catalogue.MIN_SPEECH,
                    "at most endpointing.max-utterance, " + SettingTypes.written(maxUtterance.get()));
        }
        var hangover = values.find(Catalogue.HANGOVER);
        var endSilence = values.find(Catalogue.END_SILENCE);
        if (hangover.isPresent() && endSilence.isPresent() && hangover.get().compareTo(endSilence.get()) > 0) {
            refuse(Catalogue.HANGOVER, "at most endpointing.end-silence, " + SettingTypes.written(endSilence.get()));
        }
    }

    private void needs(Setting<?> given, Setting<?> needed) {
        if (values.isGiven(given) && values.isAbsent(needed)) {
            refuse(needed, "a value, because " + given.key() + " is set");
        }
    }

    /** A variable beats a file name in the configuration file, but two variables contradict each other. */
    private void checkOneSource(Setting<Secret> direct, Setting<?> byFile) {
        boolean both = values.origin(direct) instanceof Origin.Environment
                && values.origin(byFile) instanceof Origin.Environment;
        if (both) {
            refuse(byFile, "not set, because " + direct.environment() + " is");
        }
    }

    private boolean isProduction() {
        return values.find(Catalogue.PROFILE).filter(Profile.PRODUCTION::equals).isPresent();
    }

    private void refuse(Setting<?> setting, String expectation) {
        problems.add(new Problem(values.origin(setting), setting.key(), values.shown(setting), expectation));
    }

    /** By the text alone: a name other than localhost is not looked up. */
    private static boolean isLoopback(String address) {
        if ("localhost".equalsIgnoreCase(address)) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException noLiteral) {
            return false;
        }
    }
}
