package io.steadyline.agent;

import io.steadyline.port.AgentControl;
import io.steadyline.port.Ticker;
import io.steadyline.signal.CallId;
import java.time.Duration;
import java.util.List;

/** Calls and their bots for operators, with a door whose bots do not register. Any thread. */
public final class AttachedControl implements AgentControl {

    private final AttachedAgents agents;
    private final Ticker ticker;

    /** @param ticker the media loop's clock */
    public AttachedControl(AttachedAgents agents, Ticker ticker) {
        this.agents = agents;
        this.ticker = ticker;
    }

    @Override
    public List<Bot> bots() {
        return List.of();
    }

    @Override
    public List<BotCall> calls() {
        long nowNs = ticker.nowNs();
        return agents.views().stream()
                .map(view -> new BotCall(
                        view.callId(),
                        view.agent(),
                        view.attached(),
                        view.why(),
                        Duration.ofNanos(Math.max(0, nowNs - view.sinceNs())),
                        view.keptEvents(),
                        view.keptFrames()))
                .toList();
    }

    @Override
    public int drain(String agent, boolean on) {
        return 0;
    }

    @Override
    public Move move(CallId callId, String agent) {
        return agents.move(callId, agent) ? Move.ASKED : Move.UNKNOWN_CALL;
    }
}
