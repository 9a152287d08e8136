package io.steadyline.bootstrap.wiring;

import io.steadyline.agent.AgentSettings;
import io.steadyline.agent.AttachedAgents;
import io.steadyline.agent.AttachedControl;
import io.steadyline.bootstrap.audio.FillerTone;
import io.steadyline.bootstrap.audio.GreetingLoader;
import io.steadyline.bootstrap.config.Choices.FillerKind;
import io.steadyline.bootstrap.config.Secret;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.grpc.agent.AgentLimits;
import io.steadyline.grpc.agent.GrpcAgentDoor;
import io.steadyline.media.AudioClip;
import io.steadyline.port.AgentControl;
import io.steadyline.port.AgentDoor;
import io.steadyline.signal.CallFacts;
import io.steadyline.websocket.downstream.DownstreamConfig;
import io.steadyline.websocket.downstream.TwilioAgentDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way to bots in processes of their own, when the settings ask for one.
 *
 * @param grpc the service that bots register at; empty when they come another way
 * @param agents empty when the agent is built in
 */
public record BotDoors(Optional<GrpcAgentDoor> grpc, Optional<AttachedAgents> agents, AgentControl control)
        implements AutoCloseable {

    /** @param traceparents W3C trace context of a call; empty when it is not traced */
    static BotDoors of(Settings settings, String bootId, Function<CallFacts, String> traceparents) {
        Settings.Bots bots = settings.agent().bots();
        return switch (settings.agent().kind()) {
            case GREETING, ECHO -> new BotDoors(Optional.empty(), Optional.empty(), AgentControl.none());
            case GRPC -> {
                GrpcAgentDoor door = new GrpcAgentDoor(AgentLimits.DEFAULTS.withOfferTime(bots.offerTimeout()), bootId);
                AttachedAgents agents = attached(door, bots, traceparents);
                yield new BotDoors(Optional.of(door), Optional.of(agents), door.control(agents, System::nanoTime));
            }
            case TWILIO -> {
                DownstreamConfig plain = DownstreamConfig.to(bots.url().orElseThrow());
                DownstreamConfig config = bots.twilioAuthToken()
                        .map(Secret::reveal)
                        .map(plain::withAuthToken)
                        .orElse(plain);
                AttachedAgents agents = attached(new TwilioAgentDoor(config), bots, traceparents);
                yield new BotDoors(
                        Optional.empty(), Optional.of(agents), new AttachedControl(agents, System::nanoTime));
            }
        };
    }

    private static AttachedAgents attached(
            AgentDoor door, Settings.Bots bots, Function<CallFacts, String> traceparents) {
        AgentSettings settings = new AgentSettings(
                filler(bots),
                bots.fillerAfter(),
                bots.waitLimit(),
                bots.farewell().map(BotDoors::clip),
                bots.replay(),
                bots.buffer());
        return new AttachedAgents(door, settings, bots.greet(), traceparents);
    }

    private static Optional<AudioClip> filler(Settings.Bots bots) {
        return bots.fillerFile()
                .map(BotDoors::clip)
                .or(() -> bots.filler() == FillerKind.TONE ? Optional.of(FillerTone.clip()) : Optional.empty());
    }

    private static AudioClip clip(Path file) {
        try {
            return GreetingLoader.load(Optional.of(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public void close() {
        agents.ifPresent(AttachedAgents::close);
    }
}
