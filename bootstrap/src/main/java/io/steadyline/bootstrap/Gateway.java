package io.steadyline.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.bootstrap.agent.GreetingAgent;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.continuity.Continuity;
import io.steadyline.bootstrap.continuity.NoContinuity;
import io.steadyline.bootstrap.fault.Fault;
import io.steadyline.bootstrap.speech.Recognisers;
import io.steadyline.bootstrap.wiring.DaggerGatewayComponent;
import io.steadyline.bootstrap.wiring.GatewayComponent;
import io.steadyline.journal.transcripts.TranscriptFiles;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.ServerControl.ServerInfo;
import io.steadyline.port.SttProvider;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.RestartText;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.CallEnd;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.twilio.TwilioDialect;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running gateway: starts everything, and stops it in an order that lets calls finish. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int CLOSE_SERVICE_RESTART = 1012;
    private static final Duration DRAIN_POLL = Duration.ofMillis(50);
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(400);

    private final Settings settings;
    private final ServerInfo info;
    private final GatewayComponent parts;
    private final Continuity continuity;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Optional<BootReport> previousBoot = Optional.empty();

    private Gateway(Settings settings, ServerInfo info, Optional<Fault> fault, Continuity continuity) {
        this.settings = settings;
        this.info = info;
        this.continuity = continuity;
        this.parts = DaggerGatewayComponent.factory().create(settings, info, fault, continuity);
    }

    /** A name for one run of the process. */
    public static String newBootId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** One that leaves nothing behind, for the demo and for tests. */
    public static Gateway start(Settings settings, String bootId, Optional<Fault> fault) {
        return start(settings, bootId, fault, NoContinuity.of(settings, bootId));
    }

    /** Listens when it returns. What is taken or cannot be read is thrown with a sentence that says so. */
    public static Gateway start(Settings settings, String bootId, Optional<Fault> fault, Continuity continuity) {
        ServerInfo info = new ServerInfo(
                Version.current(),
                bootId,
                settings.process().appSha(),
                ProcessHandle.current().pid(),
                Instant.now(),
                Runtime.version().toString(),
                settings.limits().maxCalls());
        Gateway gateway = new Gateway(settings, info, fault, continuity);
        try {
            gateway.listen();
        } catch (RuntimeException failure) {
            gateway.close();
            throw failure;
        }
        return gateway;
    }

    /** Port of HTTP and media. */
    public int httpPort() {
        return parts.server().port();
    }

    /** Port of the control plane. */
    public int grpcPort() {
        return parts.controlPlane().port();
    }

    /** The graph, for the demo's faults and for tests. */
    public GatewayComponent parts() {
        return parts;
    }

    /** Of the boot before this one; empty when it is not known. */
    public Optional<BootReport> previousBoot() {
        return previousBoot;
    }

    /** Ends a drain that is under way: what is left is closed at once. Any thread. */
    public void forceStop() {
        hurry.countDown();
    }

    /** Not ready, no new calls; running ones finish within the grace, what is left is closed with 1012. Once. */
    public void drainAndStop(String why) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        Duration grace = settings.process().drainGrace();
        parts.drainSwitch().stop(why, Instant.now().plus(grace));
        awaitCalls(grace);
        int left = parts.server().liveCalls();
        if (left > 0) {
            LOG.warn("drain: {} calls are left after {} s and are ended now", left, grace.toSeconds());
        }
        stopServers(new CallEnd(CallEnd.Party.GATEWAY, CallEnd.Reason.DRAIN, why));
        LOG.info("stopped: {}", why);
    }

    /** Stops without waiting for calls. */
    @Override
    public void close() {
        if (stopped.compareAndSet(false, true)) {
            stopServers(new CallEnd(CallEnd.Party.GATEWAY, CallEnd.Reason.DRAIN, "the gateway closes"));
        }
    }

    private void listen() {
        LOG.info("APP_SHA {}", info.appSha());
        int adopted = adopt();
        if (adopted == 0) {
            warmUp();
        }
        parts.server().listen();
        parts.controlPlane().start();
        LOG.info("calls survive a worker restart: {}", parts.server().callsSurvive());
        LOG.info("APP_START {}", appStart());
        LOG.info("ready {}", sinceItsBeginning());
        previousBoot.ifPresent(report -> {
            parts.telemetry().bootEnded(report);
            continuity.history().pattern().ifPresent(pattern -> LOG.warn("restarts: {}", pattern));
        });
        parts.telemetry().onRecorder(continuity.isDurable());
        // No new call before APP_START is in the log: one after a call began means a restart, and must not lie (R18).
        parts.server().open();
        parts.controlPlane().setReady(!parts.server().isDraining());
        continuity.onServing();
    }

    /** Calls that outlived the boot before come first: their callers hear silence until then. How many go on. */
    private int adopt() {
        Map<SlotSnapshot, Fate> fates = Map.of();
        try {
            fates = parts.server().adoptCalls(continuity::pastOf);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        int adopted = (int) fates.values().stream().filter(Fate.ADOPTED::equals).count();
        if (adopted > 0) {
            LOG.info("calls that are back: {}, {}", adopted, sinceItsBeginning());
        }
        previousBoot = continuity.investigate(fates);
        previousBoot.ifPresent(report -> LOG.warn("previous {}", RestartText.line(report)));
        return adopted;
    }

    private String sinceItsBeginning() {
        Instant machineStart =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        long ms = Duration.between(continuity.calledAt().orElse(machineStart), Instant.now())
                .toMillis();
        return ms + " ms after "
                + (continuity.calledAt().isPresent()
                        ? "this waiting worker was called"
                        : "the start of the Java machine");
    }

    private void warmUp() {
        long beforeNs = System.nanoTime();
        TwilioDialect dialect = new TwilioDialect(DialectLimits.defaults());
        // A bot outside would get a call that there is not.
        AgentProvider agents = parts.agents().attachesAtOnce() ? parts.agents() : new GreetingAgent();
        int frames;
        // A vendor would be paid for a call that there is not.
        try (SttProvider recogniser = Recognisers.builtin(settings)) {
            frames = Warmup.run(dialect, parts.callSettings(), recogniser, agents);
        }
        LOG.info("warm after {} frames and {} ms", frames, (System.nanoTime() - beforeNs) / 1_000_000);
    }

    private void awaitCalls(Duration grace) {
        long deadlineNs = System.nanoTime() + grace.toNanos();
        try {
            boolean hurried = false;
            while (!hurried && parts.server().liveCalls() > 0 && System.nanoTime() - deadlineNs < 0) {
                hurried = hurry.await(DRAIN_POLL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopServers(CallEnd end) {
        try {
            parts.server().stop(end, CLOSE_SERVICE_RESTART);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        // A backend that hangs must not hold up the end: the process has a bound to keep.
        Thread closing = Thread.ofPlatform().name("closing").daemon().start(() -> {
            parts.botDoors().close();
            parts.controlPlane().close();
            parts.recogniser().close();
            parts.transcripts().ifPresent(TranscriptFiles::close);
            parts.telemetry().close();
        });
        try {
            closing.join(CLOSE_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String appStart() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", info.version());
        facts.put("sha", info.appSha());
        facts.put("boot", info.bootId());
        facts.put("pid", info.pid());
        facts.put("started", info.startedAt().toString());
        facts.put("java", info.javaVersion());
        facts.put("profile", settings.process().profile().name().toLowerCase(Locale.ROOT));
        facts.put("http", settings.http().bindAddress() + ":" + httpPort());
        facts.put("grpc", settings.grpc().bindAddress() + ":" + grpcPort());
        facts.put("agent", settings.agent().kind().name().toLowerCase(Locale.ROOT));
        facts.put("stt", String.join(",", settings.stt().vendors()));
        facts.put("max_calls", settings.limits().maxCalls());
        facts.put("boot_number", continuity.history().current().number());
        facts.put("calls_survive", parts.server().callsSurvive());
        previousBoot.ifPresent(report -> facts.put("previous", RestartText.facts(report)));
        try {
            return new ObjectMapper().writeValueAsString(facts);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("APP_START: strings and numbers only", impossible);
        }
    }
}
