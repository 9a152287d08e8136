package io.steadyline.bootstrap.wiring;

import dagger.Lazy;
import io.steadyline.grpc.GrpcControlPlane;
import io.steadyline.port.ServerControl;
import io.steadyline.signal.Printable;
import io.steadyline.websocket.server.GatewayServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draining of the whole process, by an operator or because it stops. Any thread. */
@Singleton
public final class DrainSwitch implements ServerControl {

    private static final Logger LOG = LoggerFactory.getLogger(DrainSwitch.class);

    private final ServerInfo info;
    private final Lazy<GatewayServer> server;
    private final Lazy<GrpcControlPlane> controlPlane;
    private boolean stopping;

    @Inject
    DrainSwitch(ServerInfo info, Lazy<GatewayServer> server, Lazy<GrpcControlPlane> controlPlane) {
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
    public synchronized void setDraining(boolean draining, String why) {
        boolean on = draining || stopping;
        server.get().setDraining(on);
        controlPlane.get().setReady(!on);
        LOG.info("drain {}: {}", on ? "on" : "off", Printable.of(why, 200));
    }

    /** The process stops: drains, and nobody can switch that off any more. */
    public synchronized void stop(String why) {
        stopping = true;
        setDraining(true, why);
    }
}
