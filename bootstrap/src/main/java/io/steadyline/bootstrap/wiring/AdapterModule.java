package io.steadyline.bootstrap.wiring;

import dagger.Lazy;
import dagger.Module;
import dagger.Provides;
import io.steadyline.bootstrap.config.Secret;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.continuity.Continuity;
import io.steadyline.bootstrap.fault.BreakingRecogniser;
import io.steadyline.bootstrap.fault.CommitWindow;
import io.steadyline.bootstrap.fault.Fault;
import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.bootstrap.fault.StallingRecogniser;
import io.steadyline.bootstrap.speech.Recognisers;
import io.steadyline.bootstrap.speech.VendorCounts;
import io.steadyline.call.CallDirectory;
import io.steadyline.call.CallFactory;
import io.steadyline.call.CallView;
import io.steadyline.call.LiveCalls;
import io.steadyline.grpc.GrpcConfig;
import io.steadyline.grpc.GrpcControlPlane;
import io.steadyline.grpc.GrpcLimits;
import io.steadyline.grpc.GrpcTls;
import io.steadyline.grpc.TokenSource;
import io.steadyline.journal.transcripts.TranscriptFiles;
import io.steadyline.journal.transcripts.TranscriptSettings;
import io.steadyline.otel.Telemetry;
import io.steadyline.otel.TelemetrySettings;
import io.steadyline.port.BootHistory;
import io.steadyline.port.CallObserver;
import io.steadyline.port.ServerControl;
import io.steadyline.port.ServerControl.ServerInfo;
import io.steadyline.port.SttProvider;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.server.GatewayServer;
import io.steadyline.websocket.server.Kept;
import io.steadyline.websocket.server.ServerConfig;
import io.steadyline.websocket.twilio.TwilioSignature;
import io.steadyline.websocket.twilio.TwilioUrls;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The adapters, from the settings. Singletons: each owns a port, a thread or a connection. */
@Module
final class AdapterModule {

    private AdapterModule() {}

    @Provides
    @Singleton
    static GatewayServer server(
            ServerConfig config,
            CallFactory factory,
            CallObserver observer,
            LiveCalls calls,
            Telemetry telemetry,
            Continuity continuity,
            Settings settings,
            Optional<Fault> fault) {
        continuity.tracesBy(facts -> telemetry.traceparentOf(facts.callId()).orElse(""));
        return new GatewayServer(
                config,
                factory,
                observer,
                telemetry.ingressObserver(),
                faulty(continuity.kept(), settings, fault),
                calls::findCall,
                telemetry::prometheusText,
                continuity::notes);
    }

    @Provides
    @Singleton
    static Telemetry telemetry(Settings settings, ServerInfo info, LiveCalls calls) {
        Telemetry telemetry = Telemetry.start(new TelemetrySettings(
                System.getenv(),
                settings.telemetry().prometheus(),
                settings.telemetry().transcriptsInLogs(),
                info.version(),
                info.bootId()));
        telemetry.verdictsFrom(
                callId -> calls.findCall(callId.value()).map(CallView::verdict).orElse(CallVerdict.UNJUDGED));
        return telemetry;
    }

    @Provides
    @Singleton
    static SttProvider recogniser(Settings settings, Telemetry telemetry, Optional<Fault> fault) {
        SttProvider recogniser = Recognisers.of(
                settings, reason -> telemetry.onSttWishIgnored(reason.label()), new VendorCounts(telemetry));
        if (fault.isEmpty()) {
            return recogniser;
        }
        return switch (fault.get()) {
            case STT_STALL -> new StallingRecogniser(recogniser, Duration.ofSeconds(1), Duration.ofSeconds(3));
            case STT_HANG -> new StallingRecogniser(recogniser, Duration.ofSeconds(1), Duration.ofDays(1));
            case STT_BREAKS -> new BreakingRecogniser(recogniser, Duration.ofSeconds(1), Duration.ofSeconds(3));
            case PACER_STALL, KILL_BEFORE_COMMIT -> recogniser;
        };
    }

    /** Does nothing, and has no thread, unless transcripts are wanted. */
    @Provides
    @Singleton
    static Optional<TranscriptFiles> transcripts(Settings settings, Telemetry telemetry) {
        Settings.Transcripts wanted = settings.transcripts();
        if (!wanted.enabled()) {
            return Optional.empty();
        }
        TranscriptSettings files = new TranscriptSettings(
                wanted.dir().orElseGet(() -> settings.process().dataDir().resolve("transcripts")),
                wanted.keep(),
                (long) wanted.maxMib() << 20,
                wanted.queue());
        return Optional.of(TranscriptFiles.open(
                files, InstantSource.system(), (lines, why) -> telemetry.onTranscriptsLost(lines, why.label())));
    }

    private static Kept faulty(Kept kept, Settings settings, Optional<Fault> fault) {
        if (fault.filter(wanted -> wanted == Fault.KILL_BEFORE_COMMIT).isEmpty()) {
            return kept;
        }
        return new Kept(
                CommitWindow.around(kept.slots(), settings.process().dataDir().resolve(Mishap.FILE)),
                kept.holder(),
                kept.archive(),
                kept.held(),
                kept.survival(),
                kept.left());
    }

    @Provides
    @Singleton
    static BotDoors botDoors(Settings settings, ServerInfo info, Lazy<Telemetry> telemetry) {
        return BotDoors.of(
                settings,
                info.bootId(),
                facts -> telemetry.get().traceparentOf(facts.callId()).orElse(""));
    }

    @Provides
    @Singleton
    static BootHistory bootHistory(Continuity continuity) {
        return continuity.history();
    }

    @Provides
    @Singleton
    static GrpcControlPlane controlPlane(
            Settings settings, CallDirectory directory, ServerControl control, BootHistory boots, BotDoors doors) {
        Settings.Grpc grpc = settings.grpc();
        GrpcConfig config = new GrpcConfig(
                grpc.bindAddress(),
                grpc.port(),
                grpc.tls().map(tls -> new GrpcTls(tls.certificateFile(), tls.keyFile(), tls.clientCaFile())),
                grpc.bearerToken().map(token -> TokenSource.fixed(token.reveal())),
                GrpcLimits.DEFAULTS);
        return new GrpcControlPlane(config, directory, control, boots, doors.control(), doors.grpc());
    }

    @Provides
    static ServerConfig serverConfig(Settings settings, Continuity continuity) {
        Settings.Limits limits = settings.limits();
        DialectLimits usual = DialectLimits.defaults();
        DialectLimits dialect = new DialectLimits(
                limits.messageBytes(),
                limits.jsonDepth(),
                usual.tokens(),
                Math.min(limits.messageBytes(), usual.stringChars()),
                usual.nameChars(),
                usual.numberDigits(),
                limits.payloadBytes(),
                limits.customParameters(),
                limits.customParameterChars(),
                usual.idChars(),
                usual.markNameChars());
        return new ServerConfig(
                settings.http().bindAddress(),
                settings.http().port(),
                settings.http().keepAlive(),
                settings.twilio().publicUrl().map(URI::toString).map(TwilioUrls::new),
                signature(settings.twilio().authTokens()),
                continuity.tokenKey(),
                settings.twilio().nonceRequired(),
                dialect,
                limits.startTimeout(),
                limits.maxCalls(),
                limits.pendingSockets(),
                limits.callsPerSecond(),
                limits.load(),
                settings.twilio().maxReturns(),
                Optional.empty(),
                settings.twilio().fallbackUrl().map(URI::toString),
                settings.telemetry().metricsPublic());
    }

    private static Optional<TwilioSignature> signature(List<Secret> tokens) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        String secondary = tokens.size() > 1 ? tokens.get(1).reveal() : null;
        return Optional.of(new TwilioSignature(tokens.getFirst().reveal(), secondary));
    }
}
