package io.steadyline.bootstrap.wiring;

import dagger.Lazy;
import io.steadyline.bootstrap.continuity.Continuity;
import io.steadyline.grpc.GrpcControlPlane;
import io.steadyline.port.ServerControl;
import io.steadyline.signal.Printable;
import io.steadyline.websocket.server.GatewayServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draining of the whole process, by an operator or because it stops. Any thread. */
@Singleton
public final class DrainSwitch implements ServerControl {

    private static final Logger LOG = LoggerFactory.getLogger(DrainSwitch.class);

    private final ServerInfo info;
    private final Lazy<GatewayServer> server;
    private final Lazy<GrpcControlPlane> controlPlane;
    private final Continuity continuity;
    private boolean stopping;
    private Optional<Drain> drain = Optional.empty();

    @Inject
    DrainSwitch(
            ServerInfo info, Lazy<GatewayServer> server, Lazy<GrpcControlPlane> controlPlane, Continuity continuity) {
        this.continuity = continuity;
        this.info = info;
        this.server = server;
        this.controlPlane = controlPlane;
    }

    @Override
    public ServerInfo info() {
        return info;
    }

    @Override
    public boolean isDraining() {
        return server.get().isDraining();
    }

    @Override
    public synchronized Optional<Drain> drain() {
        return drain;
    }

    @Override
    public String callsSurvive() {
        return server.get().callsSurvive();
    }

    @Override
    public UpgradeAnswer requestUpgrade(Optional<String> jar) {
        synchronized (this) {
            if (stopping) {
                return UpgradeAnswer.refused("the process is stopping");
            }
        }
        LOG.info(
                "upgrade asked for{}",
                jar.map(file -> ", to " + Printable.of(file, 300)).orElse(""));
        return continuity.prepareUpgrade(jar, this::stopForHandOver, server.get()::resumeAfterHandOver);
    }

    /** Not in a stop that has come meanwhile: it ends the calls itself, within their grace. */
    private boolean stopForHandOver() {
        synchronized (this) {
            if (stopping) {
                return false;
            }
        }
        return server.get().stopForHandOver();
    }

    @Override
    public synchronized void setDraining(boolean draining, String why) {
        if (!stopping) {
            drain = draining ? Optional.of(new Drain(since(), why, Optional.empty())) : Optional.empty();
        }
        set(draining || stopping, why);
    }

    /**
     * The process stops: drains, and nobody can switch that off any more.
     *
     * @param deadline when calls that are left are ended
     */
    public synchronized void stop(String why, Instant deadline) {
        stopping = true;
        drain = Optional.of(new Drain(since(), why, Optional.of(deadline)));
        set(true, why);
    }

    private void set(boolean on, String why) {
        server.get().setDraining(on);
        controlPlane.get().setReady(!on);
        if (on) {
            continuity.onDraining(why);
        }
        LOG.info("drain {}: {}", on ? "on" : "off", Printable.of(why, 200));
    }

    /** A drain that lasts already began then. */
    private Instant since() {
        return drain.map(Drain::since).orElseGet(Instant::now);
    }
}
