package io.steadyline.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Component;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.continuity.Continuity;
import io.steadyline.bootstrap.fault.Fault;
import io.steadyline.call.CallSettings;
import io.steadyline.call.LiveCalls;
import io.steadyline.grpc.GrpcControlPlane;
import io.steadyline.journal.transcripts.TranscriptFiles;
import io.steadyline.otel.Telemetry;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.ServerControl.ServerInfo;
import io.steadyline.port.SttProvider;
import io.steadyline.websocket.server.GatewayServer;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The object graph of the process. */
@Singleton
@Component(modules = {GatewayModule.class, AdapterModule.class})
public interface GatewayComponent {

    GatewayServer server();

    GrpcControlPlane controlPlane();

    LiveCalls calls();

    SttProvider recogniser();

    Telemetry telemetry();

    Optional<TranscriptFiles> transcripts();

    CallSettings callSettings();

    AgentProvider agents();

    BotDoors botDoors();

    DrainSwitch drainSwitch();

    /** Starts from checked settings. */
    @Component.Factory
    interface Factory {
        GatewayComponent create(
                @BindsInstance Settings settings,
                @BindsInstance ServerInfo info,
                @BindsInstance Optional<Fault> fault,
                @BindsInstance Continuity continuity);
    }
}
