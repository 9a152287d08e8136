package io.steadyline.bootstrap.config;

import static io.steadyline.bootstrap.config.SettingTypes.bindAddress;
import static io.steadyline.bootstrap.config.SettingTypes.choice;
import static io.steadyline.bootstrap.config.SettingTypes.directory;
import static io.steadyline.bootstrap.config.SettingTypes.onOff;
import static io.steadyline.bootstrap.config.SettingTypes.publicUrl;
import static io.steadyline.bootstrap.config.SettingTypes.readableFile;
import static io.steadyline.bootstrap.config.SettingTypes.secret;
import static io.steadyline.bootstrap.config.SettingTypes.secretFile;
import static io.steadyline.bootstrap.config.SettingTypes.webSocketUrl;
import static io.steadyline.bootstrap.config.SettingTypes.wholeNumber;
import static io.steadyline.bootstrap.config.SettingTypes.word;
import static io.steadyline.bootstrap.config.SttTypes.choiceRules;
import static io.steadyline.bootstrap.config.SttTypes.names;

import io.steadyline.bootstrap.config.Choices.AgentKind;
import io.steadyline.bootstrap.config.Choices.BargeInKind;
import io.steadyline.bootstrap.config.Choices.FillerKind;
import io.steadyline.bootstrap.config.Choices.LogLevel;
import io.steadyline.bootstrap.config.Choices.NoncePolicy;
import io.steadyline.bootstrap.config.Choices.Profile;
import io.steadyline.bootstrap.config.Choices.SignaturePolicy;
import io.steadyline.bootstrap.config.SettingTypes.SecretFile;
import io.steadyline.bootstrap.config.SttTypes.Names;
import io.steadyline.bootstrap.config.SttTypes.RuleList;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every setting, declared once: the file and the environment are read by it, the values are checked by it, and
 * {@code docs/configuration.md} is printed from it.
 */
final class Catalogue {

    private static final List<Setting<?>> ALL = new ArrayList<>();
    private static final Map<String, String> SECTIONS = sections();

    /** Keys that were once called otherwise, and what they are called now. */
    static final Map<String, String> RENAMED = Map.of("stt.provider", "stt.vendors");

    /** Sections whose keys may be grouped once more, such as {@code stt.deepgram.model}. */
    static final Set<String> GROUPED = Set.of("stt");

    // http
    static final Setting<Integer> HTTP_PORT = named(
            "http.port",
            "PORT",
            wholeNumber(0, 65535, ""),
            "5000",
            "Port for calls, webhooks, health and metrics; 0 takes any free one.");
    static final Setting<String> HTTP_BIND_ADDRESS =
            add("http.bind-address", bindAddress(), "0.0.0.0", "Address that this port is opened on.");
    static final Setting<Duration> HTTP_KEEP_ALIVE = add(
            "http.keep-alive",
            seconds(1, 600),
            "75 s",
            "How long an idle HTTP connection is kept; longer than the idle time of a load balancer in front.");

    // grpc
    static final Setting<Integer> GRPC_PORT =
            add("grpc.port", wholeNumber(0, 65535, ""), "5001", "Port of the admin API; 0 takes any free one.");
    static final Setting<String> GRPC_BIND_ADDRESS = add(
            "grpc.bind-address",
            bindAddress(),
            "127.0.0.1",
            "Address that this port is opened on; in production anything but loopback needs TLS and a token or client"
                    + " CA.");
    static final Setting<Path> GRPC_TLS_CERTIFICATE_FILE = add(
            "grpc.tls-certificate-file",
            readableFile(),
            "",
            "Certificate chain, PEM. Together with the key: TLS is on.");
    static final Setting<Path> GRPC_TLS_KEY_FILE =
            add("grpc.tls-key-file", readableFile(), "", "Private key of the certificate, PEM, PKCS #8.");
    static final Setting<Path> GRPC_TLS_CLIENT_CA_FILE = add(
            "grpc.tls-client-ca-file",
            readableFile(),
            "",
            "Clients must show a certificate signed by one of these authorities, PEM.");
    static final Setting<Secret> GRPC_BEARER_TOKEN =
            add("grpc.bearer-token", secret(), "", "Clients must send this token in the authorization header.");
    static final Setting<SecretFile> GRPC_BEARER_TOKEN_FILE =
            add("grpc.bearer-token-file", secretFile(), "", "File that holds the token, instead of the variable.");

    // process
    static final Setting<Profile> PROFILE = named(
            "process.profile",
            "STEADYLINE_ENVIRONMENT",
            choice(Profile.class),
            "development",
            "In production, what is only tolerable on a developer's machine is refused.");
    static final Setting<Path> DATA_DIR = named(
            "process.data-dir",
            "STEADYLINE_DATA_DIR",
            directory(),
            "./data",
            "What outlives the process: lock, journal, boot records, crash reports. One directory, one live worker.");
    static final Setting<String> APP_SHA =
            named("process.app-sha", "APP_SHA", word(), "unknown", "Revision that was deployed, for the boot lines.");
    static final Setting<Duration> DRAIN_GRACE = named(
            "process.drain-grace",
            "STEADYLINE_DRAIN_GRACE",
            seconds(0, 3600),
            "30 s",
            "How long calls may go on after the first stop signal; at least 2 s shorter than the platform's own"
                    + " grace.");

    static final Setting<Duration> STUCK_LIMIT = add(
            "process.stuck-limit",
            seconds(5, 600),
            "30 s",
            "A media loop that does nothing for so long is given up: the process notes why and ends with 70.");

    // health
    static final Setting<Integer> HEALTH_PORT = add(
            "health.port",
            wholeNumber(0, 65535, ""),
            "0",
            "Port of /livez and /readyz on a thread of their own, that no call can hold up; 0: only on the HTTP port.");
    static final Setting<String> HEALTH_BIND_ADDRESS =
            add("health.bind-address", bindAddress(), "0.0.0.0", "Address that this port is opened on.");

    // records
    static final Setting<Boolean> RECORDS = add(
            "records.enabled",
            onOff(),
            "on",
            "Recorder, call journal and boot records; without them no restart is explained and no call survives one.");
    static final Setting<Path> RECORDER_FILE = add(
            "records.recorder-file",
            directory(),
            "",
            "Where the recorder lies; absent: in memory (/dev/shm) where that is possible, else in the data"
                    + " directory.");
    static final Setting<Boolean> JOURNAL_TRANSCRIPTS = add(
            "records.transcripts",
            onOff(),
            "off",
            "Final transcripts in the call journal, for a call that goes on after a restart; personal data.");
    static final Setting<Duration> JOURNAL_KEEP = add(
            "records.keep",
            seconds(60, 86_400),
            "1800 s",
            "How long the journal remembers a call after its last sign.");
    static final Setting<Integer> JOURNAL_QUEUE = add(
            "records.queue",
            wholeNumber(64, 100_000, "records"),
            "8192",
            "Records of the call journal that may wait for a slow or full disk; beyond it new ones are lost and"
                    + " counted.");

    // log
    static final Setting<LogLevel> LOG_LEVEL =
            add("log.level", choice(LogLevel.class), "info", "Least severe lines that are written.");

    // agent
    static final Setting<AgentKind> AGENT = named(
            "agent.kind",
            "STEADYLINE_AGENT",
            choice(AgentKind.class),
            "greeting",
            "Who answers: greeting plays the greeting and listens, echo sends the caller's audio back; grpc: bots that"
                    + " register at the gRPC port; twilio: a bot that was written for Twilio, at agent.url.");
    static final Setting<URI> AGENT_URL =
            add("agent.url", webSocketUrl(), "", "With twilio: address of the bot's media socket.");
    static final Setting<Secret> AGENT_TWILIO_AUTH_TOKEN = add(
            "agent.twilio-auth-token",
            secret(),
            "",
            "With twilio: auth token that the bot checks Twilio's signature with; absent: no signature is sent.");
    static final Setting<Boolean> AGENT_GREETS = add(
            "agent.greets",
            onOff(),
            "on",
            "With grpc or twilio: off plays agent.greeting before the bot's first word.");
    static final Setting<FillerKind> FILLER = add(
            "agent.filler",
            choice(FillerKind.class),
            "tone",
            "With grpc or twilio: what the caller hears while no bot is there and nothing else plays.");
    static final Setting<Path> FILLER_FILE =
            add("agent.filler-file", readableFile(), "", "Audio file that is played over and over instead of that.");
    static final Setting<Duration> FILLER_AFTER =
            add("agent.filler-after", millis(0, 60_000), "1 s", "How long no bot must have been there before it.");
    static final Setting<Duration> WAIT_LIMIT = add(
            "agent.wait-limit",
            millis(100, 3_600_000),
            "30 s",
            "How long a call waits for a bot, at its start and after each loss, before it is given up.");
    static final Setting<Path> FAREWELL = add(
            "agent.farewell",
            readableFile(),
            "",
            "Audio file that a caller hears before the call is given up; absent: nothing.");
    static final Setting<Duration> REPLAY =
            add("agent.replay", seconds(0, 120), "10 s", "Caller audio that is kept for the next bot; events all are.");
    static final Setting<Duration> AGENT_BUFFER = add(
            "agent.buffer",
            seconds(1, 1800),
            "120 s",
            "Agent audio of a call that may wait to be played before the bot is slowed.");
    static final Setting<Duration> OFFER_TIMEOUT = add(
            "agent.offer-timeout",
            millis(100, 60_000),
            "2 s",
            "With grpc: time for a bot to take a call that it is offered; then the next one is asked.");
    static final Setting<Path> GREETING = named(
            "agent.greeting",
            "STEADYLINE_GREETING",
            readableFile(),
            "",
            "Audio file that is played at the start of each call; absent: the bundled one.");

    static final Setting<Path> RESUME_LINE = add(
            "agent.resume-line",
            readableFile(),
            "",
            "Audio file that a caller hears when the call came back on a new stream; absent: nothing.");

    // stt
    static final Setting<Names> STT_VENDORS = named(
            "stt.vendors",
            "STEADYLINE_STT",
            names("builtin"),
            "builtin",
            "Who listens, in the order of fail-over, such as deepgram,google,builtin; builtin hears speech, silence,"
                    + " keys and tones, and writes no words; none hears nothing, for bots that listen themselves: no"
                    + " speech events, no barge-in. Names and options: docs/stt-options.md.");

    static final Setting<Boolean> BUILTIN_WORDS = add(
            "stt.builtin-words",
            onOff(),
            "off",
            "The built-in recogniser writes \"utterance 3\" for the third utterance: to try out what is done with"
                    + " words.");

    static final Setting<Path> STT_EXTENSIONS = add(
            "stt.extensions",
            directory(),
            "",
            "Directory with jars of further vendors; they run as part of this process.");
    static final Setting<RuleList> STT_RULES = add(
            "stt.rules",
            choiceRules(),
            "",
            "Which calls get which vendors and options; the first rule that holds is obeyed. See"
                    + " docs/speech-to-text.md.");
    static final Setting<Names> STT_ALLOW_PER_CALL = add(
            "stt.allow-per-call",
            names(""),
            "",
            "What a call may choose by its own parameters (stt_vendor, stt_language, …): vendor, language, hints, the"
                    + " name of an option, or vendor.option.");
    static final Setting<Duration> STT_CONNECT_TIMEOUT = add(
            "stt.connect-timeout",
            millis(100, 60_000),
            "5 s",
            "From the beginning of a connection to a vendor until audio is welcome.");
    static final Setting<Duration> STT_SEND_TIMEOUT = add(
            "stt.send-timeout",
            millis(100, 60_000),
            "2 s",
            "A message that has not left after so long: the connection is given up.");
    static final Setting<Duration> STT_RESULT_TIMEOUT = add(
            "stt.result-timeout",
            millis(500, 600_000),
            "4 s",
            "The caller speaks and the vendor says nothing for so long: the connection is given up.");
    static final Setting<Duration> STT_RETRY_BUDGET = add(
            "stt.retry-budget",
            millis(0, 60_000),
            "3 s",
            "How long a vendor that failed is tried again before the next one of the list is asked.");
    static final Setting<Duration> STT_BREAKER_OPEN = add(
            "stt.breaker-open",
            millis(100, 600_000),
            "30 s",
            "How long calls keep away from a vendor that failed again and again.");
    static final Setting<Duration> STT_RETURN_AFTER = add(
            "stt.return-after",
            millis(0, 600_000),
            "30 s",
            "How long a call that failed over stays with the next vendor before its first one is tried again; 0: to its"
                    + " end.");
    static final Setting<Duration> STT_DRAIN = add(
            "stt.drain",
            millis(50, 30_000),
            "2 s",
            "How long the end of a call waits for the recogniser's last words.");
    static final Setting<Duration> STT_FINAL_TIMEOUT = add(
            "stt.final-timeout",
            millis(50, 30_000),
            "1500 ms",
            "How long the final is awaited after an utterance ended; then the interim text counts. Four times as long"
                    + " for a vendor that ends utterances by itself.");
    static final Setting<Integer> STT_CONNECTS = add(
            "stt.connects-per-second",
            wholeNumber(1, 1_000, "connections"),
            "100",
            "Connections with one vendor that are begun in a second, over all calls.");
    static final Setting<Duration> STT_REPLAY = add(
            "stt.replay",
            millis(1_000, 60_000),
            "15 s",
            "Caller audio without a final that is sent again after a connection was lost.");

    // transcripts
    static final Setting<Boolean> TRANSCRIPTS =
            add("transcripts.enabled", onOff(), "off", "Writes down what callers said, a file a call; personal data.");
    static final Setting<Path> TRANSCRIPTS_DIR = add(
            "transcripts.dir", directory(), "", "Where these files lie; absent: transcripts in the data directory.");
    static final Setting<Duration> TRANSCRIPTS_KEEP = add(
            "transcripts.keep",
            seconds(60, 315_360_000),
            "168 h",
            "A file that was last written to longer ago is deleted.");
    static final Setting<Integer> TRANSCRIPTS_MAX_MIB = add(
            "transcripts.max-mib",
            wholeNumber(1, 1_000_000, "MiB"),
            "1024",
            "All files together; beyond it the oldest are deleted.");
    static final Setting<Integer> TRANSCRIPTS_QUEUE = add(
            "transcripts.queue",
            wholeNumber(64, 100_000, "lines"),
            "8192",
            "Lines that may wait for a slow disk; beyond it new ones are lost and counted.");

    // twilio
    static final Setting<Secret> TWILIO_AUTH_TOKEN = named(
            "twilio.auth-token",
            "TWILIO_AUTH_TOKEN",
            secret(),
            "",
            "Auth token of the account, which Twilio signs its requests with.");
    static final Setting<SecretFile> TWILIO_AUTH_TOKEN_FILE =
            add("twilio.auth-token-file", secretFile(), "", "File that holds the token, instead of the variable.");
    static final Setting<Secret> TWILIO_SECONDARY_AUTH_TOKEN = named(
            "twilio.secondary-auth-token",
            "TWILIO_SECONDARY_AUTH_TOKEN",
            secret(),
            "",
            "A second token that is accepted too, while tokens are rotated.");
    static final Setting<SecretFile> TWILIO_SECONDARY_AUTH_TOKEN_FILE = add(
            "twilio.secondary-auth-token-file",
            secretFile(),
            "",
            "File that holds the second token, instead of the variable.");
    static final Setting<SignaturePolicy> TWILIO_SIGNATURE = add(
            "twilio.signature",
            choice(SignaturePolicy.class),
            "if-token",
            "When Twilio's signature is checked: required refuses to start without a token.");
    static final Setting<URI> TWILIO_PUBLIC_URL = add(
            "twilio.public-url",
            publicUrl(),
            "",
            "What callers of this gateway see in front of its paths; the signature covers it, so it is configured, not"
                    + " guessed.");
    static final Setting<Integer> TWILIO_MAX_RETURNS = add(
            "twilio.max-returns",
            wholeNumber(0, 100, "returns"),
            "10",
            "How often within ten minutes a call may come back by the webhook before it is given up.");

    static final Setting<URI> TWILIO_FALLBACK_URL = add(
            "twilio.fallback-url",
            publicUrl(),
            "",
            "Where a call goes on that was given up because no bot was there, such as a queue of people: its document"
                    + " is asked for by the voice webhook's redirect. Absent: such a call is hung up.");

    static final Setting<NoncePolicy> TWILIO_NONCE = add(
            "twilio.nonce",
            choice(NoncePolicy.class),
            "if-given",
            "The one-time token that the voice webhook puts into the stream's parameters: required refuses streams"
                    + " without.");

    // limits
    static final Setting<Integer> MAX_CALLS = add(
            "limits.max-calls", wholeNumber(1, 100_000, "calls"), "1000", "Calls at once; more are closed with 1013.");
    static final Setting<Integer> CALLS_PER_SECOND = add(
            "limits.calls-per-second", wholeNumber(1, 10_000, "calls/s"), "200", "New sockets a second; more get 503.");
    static final Setting<Integer> PENDING_SOCKETS = add(
            "limits.pending-sockets",
            wholeNumber(1, 10_000, "sockets"),
            "64",
            "Open sockets that have not sent their start message yet; more get 503.");
    static final Setting<Duration> LOOP_LATENESS = add(
            "limits.loop-lateness",
            millis(0, 1000),
            "10 ms",
            "New calls get 503 while the media loop was later than this in half of the tenths of the last two seconds;"
                    + " 0 does not judge it.");
    static final Setting<Integer> LOOP_BUSY = add(
            "limits.loop-busy",
            wholeNumber(50, 100, "%"),
            "80",
            "New calls get 503 while one more would keep the media loop busy for longer than this share of its time, in"
                    + " half of the tenths of the last two seconds; 100 does not judge it. Linux only.");
    static final Setting<Integer> MESSAGE_BYTES = add(
            "limits.message-bytes",
            wholeNumber(1024, 1_048_576, "bytes"),
            "65536",
            "Longest WebSocket message, all fragments together; longer ones close the socket with 1009.");
    static final Setting<Integer> JSON_DEPTH =
            add("limits.json-depth", wholeNumber(4, 64, "levels"), "8", "Deepest nesting of a message.");
    static final Setting<Integer> PAYLOAD_BYTES = add(
            "limits.payload-bytes",
            wholeNumber(160, 36_864, "bytes"),
            "32768",
            "Longest audio payload of one message, decoded.");
    static final Setting<Integer> CUSTOM_PARAMETERS = add(
            "limits.custom-parameters",
            wholeNumber(0, 1000, "parameters"),
            "32",
            "Custom parameters of a start message.");
    static final Setting<Integer> CUSTOM_PARAMETER_CHARS = add(
            "limits.custom-parameter-chars",
            wholeNumber(1, 10_000, "characters"),
            "500",
            "Longest custom parameter, name and value together; Twilio itself allows fewer than 500.");
    static final Setting<Duration> START_TIMEOUT =
            add("limits.start-timeout", seconds(1, 60), "5 s", "From the upgrade to the start message.");
    static final Setting<Duration> IDLE_TIMEOUT =
            add("limits.idle-timeout", seconds(1, 3600), "60 s", "A call without media for longer is ended.");
    static final Setting<Duration> PEER_STALL = add(
            "limits.peer-stall",
            seconds(1, 300),
            "10 s",
            "A call whose peer takes none of the audio sent to it for longer is ended.");
    static final Setting<Duration> LINGER = add(
            "limits.linger",
            seconds(0, 300),
            "10 s",
            "After a stream was lost: how long the call's return is waited for.");

    // media
    static final Setting<Integer> RX_QUEUE = add(
            "media.rx-queue",
            wholeNumber(10, 3000, "frames"),
            "200",
            "Caller audio before the pacer; full: the oldest frame is dropped and counted.");
    static final Setting<Integer> STT_QUEUE = add(
            "media.stt-queue",
            wholeNumber(10, 3000, "frames"),
            "200",
            "Caller audio before the recogniser; full: refuses, so that audio waits before it; drops the oldest only"
                    + " when there is no room either.");
    static final Setting<Integer> TX_QUEUE = add(
            "media.tx-queue",
            wholeNumber(20, 3000, "frames"),
            "120",
            "Agent audio before the pacer; full: the oldest frame is dropped and counted.");
    static final Setting<Integer> SEND_QUEUE = add(
            "media.send-queue",
            wholeNumber(10, 3000, "frames"),
            "144",
            "Audio and control before the socket; full: the oldest frame is dropped and counted.");
    static final Setting<Integer> DRAIN_ENTER = add(
            "media.drain-enter",
            wholeNumber(2, 3000, "frames"),
            "100",
            "Depth of the rx queue from which it is emptied faster than real time.");
    static final Setting<Integer> DRAIN_LEAVE = add(
            "media.drain-leave",
            wholeNumber(0, 2999, "frames"),
            "20",
            "Depth of the rx queue at which the 20 ms cadence is back.");
    static final Setting<Integer> DRAIN_FRAMES_PER_TURN = add(
            "media.drain-frames-per-turn",
            wholeNumber(2, 200, "frames"),
            "10",
            "Most frames of one call that one turn of the media loop takes in drain mode.");
    static final Setting<Duration> TX_LEAD = add(
            "media.tx-lead",
            millis(0, 200),
            "40 ms",
            "How far sending is ahead of real time, so that a pause of ours does not starve the peer's play-out"
                    + " buffer.");

    // barge-in
    static final Setting<BargeInKind> BARGE_IN = add(
            "barge-in.policy",
            choice(BargeInKind.class),
            "clear",
            "What caller speech does to the agent's audio: nothing, clear it at once, or clear it after a while.");
    static final Setting<Duration> BARGE_IN_AFTER = add(
            "barge-in.after", millis(0, 10_000), "300 ms", "With clear-after: how long the caller must have spoken.");
    static final Setting<Boolean> BARGE_IN_DURING_GREETING =
            add("barge-in.during-greeting", onOff(), "off", "The greeting may be interrupted too.");

    // endpointing
    static final Setting<Duration> SPEECH_START = add(
            "endpointing.speech-start",
            millis(20, 600),
            "60 ms",
            "Voiced audio that counts as the start of speech; it may be spread over 5/3 of that time.");
    static final Setting<Duration> MIN_SPEECH =
            add("endpointing.min-speech", millis(20, 2000), "100 ms", "Shorter speech makes no utterance.");
    static final Setting<Duration> HANGOVER =
            add("endpointing.hangover", millis(20, 2000), "200 ms", "Silence after which speech counts as ended.");
    static final Setting<Duration> END_SILENCE =
            add("endpointing.end-silence", millis(100, 10_000), "700 ms", "Silence after which the utterance is over.");
    static final Setting<Duration> MAX_UTTERANCE =
            add("endpointing.max-utterance", seconds(1, 300), "30 s", "A longer utterance is cut here.");

    // telemetry
    static final Setting<Integer> LINES_FOR_CALLS = add(
            "telemetry.lines-for-calls",
            wholeNumber(0, 10_000, "calls"),
            "20",
            "Up to so many calls each has its [RX] and [TX] line a second; beyond, only unhealthy ones and a summary.");
    static final Setting<Boolean> TRANSCRIPTS_IN_LOGS = add(
            "telemetry.transcripts-in-logs", onOff(), "off", "What callers said is personal data; off keeps it out.");
    static final Setting<Boolean> PROMETHEUS =
            add("telemetry.prometheus", onOff(), "on", "Metrics for Prometheus at /metrics of the HTTP port.");
    static final Setting<Boolean> METRICS_PUBLIC =
            add("telemetry.metrics-public", onOff(), "off", "Serves /metrics to everybody, not to this machine only.");

    private Catalogue() {}

    /** In the order of the documentation page. */
    static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /** Section names in the same order, each with a heading. */
    static Map<String, String> sectionHeadings() {
        return SECTIONS;
    }

    private static <T> Setting<T> add(String key, SettingType<T> type, String defaultText, String sentence) {
        return named(key, Setting.environmentOf(key), type, defaultText, sentence);
    }

    private static <T> Setting<T> named(
            String key, String environment, SettingType<T> type, String defaultText, String sentence) {
        Setting<T> setting = new Setting<>(key, environment, type, defaultText, sentence);
        ALL.add(setting);
        return setting;
    }

    private static SettingType<Duration> seconds(int min, int max) {
        return SettingTypes.duration(Duration.ofSeconds(min), Duration.ofSeconds(max), "s");
    }

    private static SettingType<Duration> millis(int min, int max) {
        return SettingTypes.duration(Duration.ofMillis(min), Duration.ofMillis(max), "ms");
    }

    private static Map<String, String> sections() {
        Map<String, String> headings = new LinkedHashMap<>();
        headings.put("http", "Calls, webhooks, health");
        headings.put("grpc", "Admin API");
        headings.put("process", "Process");
        headings.put("health", "Health on a port of its own");
        headings.put("records", "What outlives the process");
        headings.put("log", "Log");
        headings.put("agent", "Agent");
        headings.put("stt", "Recogniser");
        headings.put("transcripts", "Transcripts");
        headings.put("twilio", "Twilio");
        headings.put("limits", "Limits on what comes from outside");
        headings.put("media", "Queues and pacing");
        headings.put("barge-in", "Barge-in");
        headings.put("endpointing", "Where speech starts and ends");
        headings.put("telemetry", "Telemetry");
        return headings;
    }
}
