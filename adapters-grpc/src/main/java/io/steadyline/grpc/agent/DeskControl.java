package io.steadyline.grpc.agent;

import io.steadyline.agent.AttachedAgents;
import io.steadyline.agent.AttachedControl;
import io.steadyline.port.AgentControl;
import io.steadyline.port.Ticker;
import io.steadyline.signal.CallId;
import java.util.List;

/** Registered bots and their calls for operators. Any thread. */
final class DeskControl implements AgentControl {

    private final AgentDesk desk;
    private final DoorThread thread;
    private final AttachedControl calls;

    DeskControl(AgentDesk desk, DoorThread thread, AttachedAgents agents, Ticker mediaClock) {
        this.desk = desk;
        this.thread = thread;
        this.calls = new AttachedControl(agents, mediaClock);
    }

    @Override
    public List<Bot> bots() {
        return desk.bots(thread.nowNs());
    }

    @Override
    public List<BotCall> calls() {
        return calls.calls();
    }

    @Override
    public int drain(String agent, boolean on) {
        return desk.drain(agent, on);
    }

    @Override
    public Move move(CallId callId, String agent) {
        return desk.knows(agent) ? calls.move(callId, agent) : Move.UNKNOWN_AGENT;
    }
}
