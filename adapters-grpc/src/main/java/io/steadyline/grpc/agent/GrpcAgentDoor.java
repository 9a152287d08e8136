package io.steadyline.grpc.agent;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.steadyline.agent.AttachedAgents;
import io.steadyline.grpc.Refusals;
import io.steadyline.port.AgentControl;
import io.steadyline.port.AgentDoor;
import io.steadyline.port.AgentSeat;
import io.steadyline.port.Ticker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Bots that come over gRPC. Bots reach it through the control plane that it is given to; it does not mind whether that one is
 * started before it or after, but it is closed first.
 */
public final class GrpcAgentDoor implements AgentDoor {

    private static final String STOPPING = "the process is stopping";
    private static final int LEG_THREADS = 2;
    private static final long CLOSE_MS = 450;
    private static final long FIRST_MESSAGE_MS = 10_000;
    private static final long NS_PER_MS = 1_000_000;

    private final AgentLimits limits;
    private final String bootId;
    private final AgentDesk desk;
    private final DoorThread thread = new DoorThread();
    private final Offers offers;
    private final Set<RegisterStream> registrations = new HashSet<>();
    private final Set<AttendStream> attended = new HashSet<>();
    private final ExecutorService legs = Executors.newFixedThreadPool(
            LEG_THREADS, Thread.ofPlatform().daemon().name("agent-leg-", 0).factory());

    /** @param bootId of this process, told to bots */
    public GrpcAgentDoor(AgentLimits limits, String bootId) {
        this.limits = limits;
        this.bootId = bootId;
        this.desk = new AgentDesk(limits);
        this.offers = new Offers(desk, limits, thread);
    }

    @Override
    public String name() {
        return "grpc";
    }

    @Override
    public boolean isInterruptible() {
        return true;
    }

    @Override
    public Search seek(Wanted wanted, AgentSeat seat) {
        AgentSearch search = new AgentSearch(wanted, seat, desk, offers);
        if (!thread.run(search::begin)) {
            seat.refused(STOPPING);
        }
        return search;
    }

    /** What operators see of these bots and their calls, and may do. */
    public AgentControl control(AttachedAgents agents, Ticker mediaClock) {
        return new DeskControl(desk, thread, agents, mediaClock);
    }

    @Override
    public void close() {
        // Not done by a second close.
        var _ = thread.run(() -> {
            offers.stop(STOPPING);
            List.copyOf(registrations).forEach(bot -> bot.fail(stopping()));
            List.copyOf(attended).forEach(call -> call.fail(stopping()));
        });
        try {
            thread.close(CLOSE_MS);
            legs.shutdown();
            var _ = legs.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            legs.shutdown();
        }
    }

    static StatusRuntimeException stopping() {
        return Refusals.of(
                Code.UNAVAILABLE, "STOPPING", STOPPING + "; connect again when it, or its successor, is ready");
    }

    AgentLimits limits() {
        return limits;
    }

    String bootId() {
        return bootId;
    }

    AgentDesk desk() {
        return desk;
    }

    /** Door's thread only. */
    Offers offers() {
        return offers;
    }

    boolean run(Runnable task) {
        return thread.run(task);
    }

    DoorThread thread() {
        return thread;
    }

    long nowNs() {
        return thread.nowNs();
    }

    Executor legs() {
        return legs;
    }

    /** False: the door is closed. */
    boolean note(RegisterStream bot) {
        return thread.run(() -> {
            registrations.add(bot);
            var _ = thread.after(FIRST_MESSAGE_MS * NS_PER_MS, () -> bot.requireHello(FIRST_MESSAGE_MS));
        });
    }

    void forget(RegisterStream bot) {
        registrations.remove(bot);
    }

    boolean note(AttendStream call) {
        return thread.run(() -> {
            attended.add(call);
            var _ = thread.after(FIRST_MESSAGE_MS * NS_PER_MS, () -> call.requireOpen(FIRST_MESSAGE_MS));
        });
    }

    void forget(AttendStream call) {
        // Not done when the door is closed: then nobody looks any more.
        var _ = thread.run(() -> attended.remove(call));
    }
}
