package io.steadyline.bootstrap.config;

import io.steadyline.bootstrap.config.Choices.AgentKind;
import io.steadyline.bootstrap.config.Choices.BargeInKind;
import io.steadyline.bootstrap.config.Choices.FillerKind;
import io.steadyline.bootstrap.config.Choices.LogLevel;
import io.steadyline.bootstrap.config.Choices.Profile;
import io.steadyline.pacing.LoadLimits;
import io.steadyline.stt.builtin.NoRecogniser;
import io.steadyline.stt.choice.Candidate.BuiltIn;
import io.steadyline.stt.choice.ChoiceRule;
import io.steadyline.stt.choice.Chooser;
import io.steadyline.stt.runtime.RuntimeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole configuration, checked. What each setting does, its range and its default stand in {@link Catalogue}; queue
 * sizes and depths are in frames.
 */
public record Settings(
        Http http,
        Grpc grpc,
        ProcessLife process,
        Health health,
        Records records,
        Log log,
        Agent agent,
        Stt stt,
        Transcripts transcripts,
        Twilio twilio,
        Limits limits,
        Media media,
        BargeIn bargeIn,
        Endpointing endpointing,
        Telemetry telemetry) {

    /** Reads, checks and assembles; pure but for the files that the input names. */
    public static LoadOutcome load(SettingsInput input) {
        return SettingsLoader.load(input);
    }

    public record Http(int port, String bindAddress, Duration keepAlive) {}

    /** @param tls absent: plain text */
    public record Grpc(int port, String bindAddress, Optional<Tls> tls, Optional<Secret> bearerToken) {}

    /** @param clientCaFile present: clients must show a certificate of theirs */
    public record Tls(Path certificateFile, Path keyFile, Optional<Path> clientCaFile) {}

    public record ProcessLife(Profile profile, Path dataDir, String appSha, Duration drainGrace, Duration stuckLimit) {}

    /** @param port 0: none of its own */
    public record Health(int port, String bindAddress) {}

    /**
     * @param recorderFile absent: where it is best
     * @param transcripts in the call journal
     * @param queue records of the call journal that may wait for the disk
     */
    public record Records(
            boolean enabled, Optional<Path> recorderFile, boolean transcripts, Duration keep, int queue) {}

    public record Log(LogLevel level) {}

    /**
     * @param greeting absent: the bundled one
     * @param resumeLine absent: none
     */
    public record Agent(AgentKind kind, Optional<Path> greeting, Optional<Path> resumeLine, Bots bots) {}

    /**
     * Agents in processes of their own.
     *
     * @param url present when the kind is TWILIO
     * @param greet the gateway plays the greeting before a bot's first word
     */
    public record Bots(
            Optional<URI> url,
            Optional<Secret> twilioAuthToken,
            boolean greet,
            FillerKind filler,
            Optional<Path> fillerFile,
            Duration fillerAfter,
            Duration waitLimit,
            Optional<Path> farewell,
            Duration replay,
            Duration buffer,
            Duration offerTimeout) {}

    /**
     * @param vendors names in the order of fail-over, each known and ready
     * @param builtinWords the built-in recogniser numbers the utterances
     * @param known all vendors that there are, with what is set for each
     * @param rules which calls get something else
     * @param allowPerCall what a call may choose itself
     */
    public record Stt(
            List<String> vendors,
            boolean builtinWords,
            List<VendorSetup> known,
            List<ChoiceRule> rules,
            Set<String> allowPerCall,
            RuntimeSettings runtime) {
        public Stt {
            vendors = List.copyOf(vendors);
            known = List.copyOf(known);
            rules = List.copyOf(rules);
            allowPerCall = Set.copyOf(allowPerCall);
        }

        /** Nobody listens to any call. */
        public boolean isNone() {
            return vendors.contains(NoRecogniser.NAME);
        }

        /** No call ever gets anything but the built-in recogniser. */
        public boolean isBuiltinOnly() {
            return named().allMatch(BuiltIn.NAME::equals)
                    && (!allowPerCall.contains(Chooser.VENDOR) || usable().isEmpty());
        }

        /** Those that calls may get: named by the list or a rule, or set and complete. */
        public List<VendorSetup> usable() {
            Set<String> named = named().collect(Collectors.toUnmodifiableSet());
            return known.stream()
                    .filter(setup -> named.contains(setup.name())
                            || (setup.isGiven() && setup.problems().isEmpty()))
                    .toList();
        }

        public Optional<VendorSetup> find(String vendor) {
            return known.stream().filter(setup -> setup.name().equals(vendor)).findFirst();
        }

        private Stream<String> named() {
            return Stream.concat(vendors.stream(), rules.stream().flatMap(rule -> rule.vendors().stream()));
        }
    }

    /**
     * @param dir absent: in the data directory
     * @param queue lines that may wait for the disk
     */
    public record Transcripts(boolean enabled, Optional<Path> dir, Duration keep, int maxMib, int queue) {}

    /**
     * @param authTokens all that are accepted, the primary first; empty: signatures are not checked
     * @param publicUrl present whenever there is a token
     * @param fallbackUrl where calls go on that no bot was there for; absent: they are hung up
     */
    public record Twilio(
            List<Secret> authTokens,
            Optional<URI> publicUrl,
            int maxReturns,
            boolean nonceRequired,
            Optional<URI> fallbackUrl) {
        public Twilio {
            authTokens = List.copyOf(authTokens);
        }

        public boolean checksSignatures() {
            return !authTokens.isEmpty();
        }
    }

    public record Limits(
            int maxCalls,
            int callsPerSecond,
            int pendingSockets,
            LoadLimits load,
            int messageBytes,
            int jsonDepth,
            int payloadBytes,
            int customParameters,
            int customParameterChars,
            Duration startTimeout,
            Duration idleTimeout,
            Duration peerStall,
            Duration linger) {}

    public record Media(
            int rxQueueFrames,
            int sttQueueFrames,
            int txQueueFrames,
            int sendQueueFrames,
            int drainEnterFrames,
            int drainLeaveFrames,
            int drainFramesPerTurn,
            Duration txLead) {}

    public record BargeIn(BargeInKind policy, Duration after, boolean duringGreeting) {}

    public record Endpointing(
            Duration speechStart, Duration minSpeech, Duration hangover, Duration endSilence, Duration maxUtterance) {}

    public record Telemetry(int linesForCalls, boolean transcriptsInLogs, boolean prometheus, boolean metricsPublic) {}
}
