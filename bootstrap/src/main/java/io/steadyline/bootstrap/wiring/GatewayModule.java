package io.steadyline.bootstrap.wiring;

import dagger.Binds;
import dagger.Lazy;
import dagger.Module;
import dagger.Provides;
import io.steadyline.bootstrap.agent.EchoAgent;
import io.steadyline.bootstrap.agent.GreetingAgent;
import io.steadyline.bootstrap.audio.GreetingLoader;
import io.steadyline.bootstrap.config.Choices.BargeInKind;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.continuity.Continuity;
import io.steadyline.bootstrap.logging.CallLog;
import io.steadyline.call.CallDirectory;
import io.steadyline.call.CallFactory;
import io.steadyline.call.CallParts;
import io.steadyline.call.CallSettings;
import io.steadyline.call.LiveCalls;
import io.steadyline.call.ObserverFan;
import io.steadyline.call.TranscriptRecorder;
import io.steadyline.journal.transcripts.TranscriptFiles;
import io.steadyline.media.AudioClip;
import io.steadyline.media.Ptime;
import io.steadyline.otel.Telemetry;
import io.steadyline.pacing.RxPacing;
import io.steadyline.pacing.TxPacing;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.CallObserver;
import io.steadyline.port.ServerControl;
import io.steadyline.port.SttProvider;
import io.steadyline.telemetry.HealthLimits;
import io.steadyline.turn.BargeInPolicy;
import io.steadyline.websocket.server.GatewayServer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The core: what calls are made of and who watches them. Singletons, because there is one media loop and one process. */
@Module(subcomponents = CallComponent.class)
abstract class GatewayModule {

    /** A recogniser says its last words at the end of its own limit; they are to be heard. */
    private static final Duration LAST_WORDS_ON_THE_WAY = Duration.ofMillis(100);

    private GatewayModule() {}

    @Provides
    @Singleton
    static CallFactory callFactory(CallComponent.Factory factory) {
        return (facts, link, nowNs, waker) -> factory.create(
                        facts, link, new CallModule.StartNs(nowNs), new CallModule.Waker(waker))
                .call();
    }

    @Provides
    @Singleton
    static CallParts callParts(
            CallSettings settings, SttProvider recogniser, AgentProvider agents, CallObserver observer) {
        return new CallParts(settings, recogniser, agents, observer, System::nanoTime);
    }

    @Provides
    @Singleton
    static CallObserver observer(
            CallLog log,
            LiveCalls calls,
            Telemetry telemetry,
            Continuity continuity,
            Optional<TranscriptFiles> transcripts) {
        // The directory comes first: the others may ask it for a call's verdict. The journal after the traces, whose
        // context it keeps.
        List<CallObserver> observers = new ArrayList<>(List.of(calls, log, telemetry.observer()));
        continuity.observer().ifPresent(observers::add);
        transcripts.map(TranscriptRecorder::new).ifPresent(observers::add);
        return new ObserverFan(observers, new ObserverErrors());
    }

    @Provides
    @Singleton
    static CallLog callLog(Settings settings) {
        return new CallLog(
                settings.telemetry().linesForCalls(), settings.telemetry().transcriptsInLogs());
    }

    @Provides
    @Singleton
    static LiveCalls liveCalls(Lazy<GatewayServer> server) {
        return new LiveCalls(
                (callId, end) -> {
                    server.get().requestEnd(callId, end);
                    return true;
                },
                HealthLimits.R17,
                Instant.now(),
                System.nanoTime());
    }

    @Binds
    abstract CallDirectory directory(LiveCalls calls);

    @Binds
    abstract ServerControl serverControl(DrainSwitch drainSwitch);

    @Provides
    @Singleton
    static AgentProvider agents(Settings settings, BotDoors doors) {
        return switch (settings.agent().kind()) {
            case GREETING -> new GreetingAgent();
            case ECHO -> new EchoAgent();
            case GRPC, TWILIO -> doors.agents().orElseThrow();
        };
    }

    @Provides
    @Singleton
    static CallSettings callSettings(Settings settings) {
        Settings.Media media = settings.media();
        Settings.Limits limits = settings.limits();
        RxPacing rx = new RxPacing(
                Ptime.MS_20,
                media.drainEnterFrames(),
                media.drainLeaveFrames(),
                media.drainFramesPerTurn(),
                RxPacing.DEFAULT.lagEnterFrames(),
                RxPacing.DEFAULT.lagLeaveFrames(),
                RxPacing.DEFAULT.lagLimit());
        return new CallSettings(
                media.rxQueueFrames(),
                media.sttQueueFrames(),
                media.txQueueFrames(),
                media.sendQueueFrames(),
                rx,
                new TxPacing(Ptime.MS_20, media.txLead()),
                bargeIn(settings.bargeIn()),
                limits.idleTimeout(),
                limits.peerStall(),
                limits.linger(),
                settings.stt().runtime().drain().plus(LAST_WORDS_ON_THE_WAY),
                CallSettings.DEFAULT.hangUpLimit(),
                Optional.of(greeting(settings)),
                resumeLine(settings));
    }

    private static AudioClip greeting(Settings settings) {
        try {
            return GreetingLoader.load(settings.agent().greeting());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), unreadable);
        }
    }

    private static Optional<AudioClip> resumeLine(Settings settings) {
        Optional<Path> file = settings.agent().resumeLine();
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(GreetingLoader.load(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), unreadable);
        }
    }

    private static BargeInPolicy bargeIn(Settings.BargeIn settings) {
        Duration after = settings.policy() == BargeInKind.CLEAR_AFTER ? settings.after() : Duration.ZERO;
        return new BargeInPolicy(settings.policy() != BargeInKind.OFF, after, settings.duringGreeting());
    }
}
