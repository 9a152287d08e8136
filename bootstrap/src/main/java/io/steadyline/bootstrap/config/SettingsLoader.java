package io.steadyline.bootstrap.config;

import io.steadyline.bootstrap.config.Choices.NoncePolicy;
import io.steadyline.bootstrap.config.Choices.SignaturePolicy;
import io.steadyline.bootstrap.config.SettingTypes.SecretFile;
import io.steadyline.pacing.LoadLimits;
import io.steadyline.signal.Printable;
import io.steadyline.stt.runtime.RuntimeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads all sources, collects all problems, and assembles the settings when there are none. */
final class SettingsLoader {

    private SettingsLoader() {}

    static LoadOutcome load(SettingsInput input) {
        Optional<ConfigFile> file = input.file()
                .map(path -> ConfigFile.read(
                        path, input.files(), Catalogue.sectionHeadings().keySet()));
        Resolver resolver = new Resolver(input.environment(), file, input.files());
        VendorLoader vendors = new VendorLoader(input.vendors(), resolver.resolve(Catalogue.all()));
        List<Setting<?>> known = Stream.concat(Catalogue.all().stream(), vendors.settings().stream())
                .toList();
        Values values = resolver.resolve(vendors.settings());
        Rules rules = new Rules(values, input.environment());
        rules.check();
        vendors.check(values);

        List<Problem> problems = new ArrayList<>();
        file.ifPresent(given -> {
            problems.addAll(given.problems());
            problems.addAll(unknownKeys(given, known));
        });
        problems.addAll(EnvironmentNames.unknown(input.environment(), known));
        problems.addAll(resolver.problems());
        problems.addAll(rules.problems());
        problems.addAll(vendors.problems());
        return problems.isEmpty()
                ? new LoadOutcome.Loaded(
                        assemble(values, vendors.setups()),
                        shown(values, vendors.setups()),
                        Stream.concat(rules.notices().stream(), vendors.notices().stream())
                                .toList())
                : new LoadOutcome.Refused(problems);
    }

    /** Settings of vendors that nobody has asked for would hide all others. */
    private static List<Effective<?>> shown(Values values, List<VendorSetup> setups) {
        List<String> silent = setups.stream()
                .filter(setup -> !setup.isGiven()
                        && !values.of(Catalogue.STT_VENDORS).all().contains(setup.name()))
                .flatMap(setup -> VendorSettings.flat(setup.vendor()).stream())
                .map(Setting::key)
                .toList();
        return values.all().stream()
                .filter(entry -> !silent.contains(entry.setting().key()))
                .toList();
    }

    /** The value of an unknown key is not shown: it may be a secret under a mistyped name. */
    private static List<Problem> unknownKeys(ConfigFile file, List<Setting<?>> settings) {
        List<String> known = settings.stream().map(Setting::key).toList();
        return file.entries().entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .map(entry -> {
                    String expectation = OwnJars.ofKey(entry.getKey(), known)
                            .or(() ->
                                    Suggestion.nearest(entry.getKey(), known).map(near -> "did you mean " + near + "?"))
                            .orElse("a key of docs/configuration.md");
                    return new Problem(
                            file.originOf(entry.getValue()), Printable.of(entry.getKey()), "unknown key", expectation);
                })
                .toList();
    }

    private static Settings assemble(Values values, List<VendorSetup> setups) {
        return new Settings(
                new Settings.Http(
                        values.of(Catalogue.HTTP_PORT),
                        values.of(Catalogue.HTTP_BIND_ADDRESS),
                        values.of(Catalogue.HTTP_KEEP_ALIVE)),
                new Settings.Grpc(
                        values.of(Catalogue.GRPC_PORT),
                        values.of(Catalogue.GRPC_BIND_ADDRESS),
                        tls(values),
                        secret(values, Catalogue.GRPC_BEARER_TOKEN, Catalogue.GRPC_BEARER_TOKEN_FILE)),
                new Settings.ProcessLife(
                        values.of(Catalogue.PROFILE),
                        values.of(Catalogue.DATA_DIR),
                        values.of(Catalogue.APP_SHA),
                        values.of(Catalogue.DRAIN_GRACE),
                        values.of(Catalogue.STUCK_LIMIT)),
                new Settings.Health(values.of(Catalogue.HEALTH_PORT), values.of(Catalogue.HEALTH_BIND_ADDRESS)),
                new Settings.Records(
                        values.of(Catalogue.RECORDS),
                        values.find(Catalogue.RECORDER_FILE),
                        values.of(Catalogue.JOURNAL_TRANSCRIPTS),
                        values.of(Catalogue.JOURNAL_KEEP),
                        values.of(Catalogue.JOURNAL_QUEUE)),
                new Settings.Log(values.of(Catalogue.LOG_LEVEL)),
                new Settings.Agent(
                        values.of(Catalogue.AGENT),
                        values.find(Catalogue.GREETING),
                        values.find(Catalogue.RESUME_LINE),
                        bots(values)),
                stt(values, setups),
                new Settings.Transcripts(
                        values.of(Catalogue.TRANSCRIPTS),
                        values.find(Catalogue.TRANSCRIPTS_DIR),
                        values.of(Catalogue.TRANSCRIPTS_KEEP),
                        values.of(Catalogue.TRANSCRIPTS_MAX_MIB),
                        values.of(Catalogue.TRANSCRIPTS_QUEUE)),
                twilio(values),
                limits(values),
                media(values),
                new Settings.BargeIn(
                        values.of(Catalogue.BARGE_IN),
                        values.of(Catalogue.BARGE_IN_AFTER),
                        values.of(Catalogue.BARGE_IN_DURING_GREETING)),
                new Settings.Endpointing(
                        values.of(Catalogue.SPEECH_START),
                        values.of(Catalogue.MIN_SPEECH),
                        values.of(Catalogue.HANGOVER),
                        values.of(Catalogue.END_SILENCE),
                        values.of(Catalogue.MAX_UTTERANCE)),
                new Settings.Telemetry(
                        values.of(Catalogue.LINES_FOR_CALLS),
                        values.of(Catalogue.TRANSCRIPTS_IN_LOGS),
                        values.of(Catalogue.PROMETHEUS),
                        values.of(Catalogue.METRICS_PUBLIC)));
    }

    private static Optional<Settings.Tls> tls(Values values) {
        return values.find(Catalogue.GRPC_TLS_CERTIFICATE_FILE)
                .map(certificate -> new Settings.Tls(
                        certificate,
                        values.of(Catalogue.GRPC_TLS_KEY_FILE),
                        values.find(Catalogue.GRPC_TLS_CLIENT_CA_FILE)));
    }

    private static Settings.Bots bots(Values values) {
        return new Settings.Bots(
                values.find(Catalogue.AGENT_URL),
                values.find(Catalogue.AGENT_TWILIO_AUTH_TOKEN),
                !values.of(Catalogue.AGENT_GREETS),
                values.of(Catalogue.FILLER),
                values.find(Catalogue.FILLER_FILE),
                values.of(Catalogue.FILLER_AFTER),
                values.of(Catalogue.WAIT_LIMIT),
                values.find(Catalogue.FAREWELL),
                values.of(Catalogue.REPLAY),
                values.of(Catalogue.AGENT_BUFFER),
                values.of(Catalogue.OFFER_TIMEOUT));
    }

    private static Settings.Stt stt(Values values, List<VendorSetup> setups) {
        return new Settings.Stt(
                values.of(Catalogue.STT_VENDORS).all(),
                values.of(Catalogue.BUILTIN_WORDS),
                setups,
                values.find(Catalogue.STT_RULES).map(SttTypes.RuleList::all).orElse(List.of()),
                values.find(Catalogue.STT_ALLOW_PER_CALL)
                        .map(names -> Set.copyOf(names.all()))
                        .orElse(Set.of()),
                new RuntimeSettings(
                        values.of(Catalogue.STT_CONNECT_TIMEOUT),
                        values.of(Catalogue.STT_SEND_TIMEOUT),
                        values.of(Catalogue.STT_RESULT_TIMEOUT),
                        values.of(Catalogue.STT_FINAL_TIMEOUT),
                        values.of(Catalogue.STT_DRAIN),
                        values.of(Catalogue.STT_RETRY_BUDGET),
                        values.of(Catalogue.STT_BREAKER_OPEN),
                        values.of(Catalogue.STT_RETURN_AFTER),
                        values.of(Catalogue.STT_REPLAY),
                        values.of(Catalogue.STT_CONNECTS),
                        RuntimeSettings.DEFAULT.ears()));
    }

    private static Settings.Twilio twilio(Values values) {
        List<Secret> tokens = values.of(Catalogue.TWILIO_SIGNATURE) == SignaturePolicy.OFF
                ? List.of()
                : Stream.of(
                                secret(values, Catalogue.TWILIO_AUTH_TOKEN, Catalogue.TWILIO_AUTH_TOKEN_FILE),
                                secret(
                                        values,
                                        Catalogue.TWILIO_SECONDARY_AUTH_TOKEN,
                                        Catalogue.TWILIO_SECONDARY_AUTH_TOKEN_FILE))
                        .flatMap(Optional::stream)
                        .toList();
        return new Settings.Twilio(
                tokens,
                values.find(Catalogue.TWILIO_PUBLIC_URL),
                values.of(Catalogue.TWILIO_MAX_RETURNS),
                values.of(Catalogue.TWILIO_NONCE) == NoncePolicy.REQUIRED,
                values.find(Catalogue.TWILIO_FALLBACK_URL));
    }

    private static Optional<Secret> secret(Values values, Setting<Secret> direct, Setting<SecretFile> byFile) {
        return values.find(direct).or(() -> values.find(byFile).map(SecretFile::secret));
    }

    private static Settings.Limits limits(Values values) {
        return new Settings.Limits(
                values.of(Catalogue.MAX_CALLS),
                values.of(Catalogue.CALLS_PER_SECOND),
                values.of(Catalogue.PENDING_SOCKETS),
                new LoadLimits(
                        values.of(Catalogue.LOOP_LATENESS), values.of(Catalogue.LOOP_BUSY), LoadLimits.FEW_CALLS),
                values.of(Catalogue.MESSAGE_BYTES),
                values.of(Catalogue.JSON_DEPTH),
                values.of(Catalogue.PAYLOAD_BYTES),
                values.of(Catalogue.CUSTOM_PARAMETERS),
                values.of(Catalogue.CUSTOM_PARAMETER_CHARS),
                values.of(Catalogue.START_TIMEOUT),
                values.of(Catalogue.IDLE_TIMEOUT),
                values.of(Catalogue.PEER_STALL),
                values.of(Catalogue.LINGER));
    }

    private static Settings.Media media(Values values) {
        return new Settings.Media(
                values.of(Catalogue.RX_QUEUE),
                values.of(Catalogue.STT_QUEUE),
                values.of(Catalogue.TX_QUEUE),
                values.of(Catalogue.SEND_QUEUE),
                values.of(Catalogue.DRAIN_ENTER),
                values.of(Catalogue.DRAIN_LEAVE),
                values.of(Catalogue.DRAIN_FRAMES_PER_TURN),
                values.of(Catalogue.TX_LEAD));
    }
}
