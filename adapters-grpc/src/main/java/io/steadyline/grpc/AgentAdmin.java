package io.steadyline.grpc;

import static io.steadyline.grpc.Times.duration;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.steadyline.admin.v1.Agent;
import io.steadyline.admin.v1.AgentCall;
import io.steadyline.admin.v1.DrainAgentRequest;
import io.steadyline.admin.v1.DrainAgentResponse;
import io.steadyline.admin.v1.ListAgentsResponse;
import io.steadyline.admin.v1.MoveCallResponse;
import io.steadyline.admin.v1.OfferCounts;
import io.steadyline.port.AgentControl;
import io.steadyline.signal.CallId;
import io.steadyline.signal.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the admin service that is about bots. */
final class AgentAdmin {

    private static final Logger log = LoggerFactory.getLogger(AgentAdmin.class);
    private static final int MAX_AGENT_CHARS = 128;
    private static final int MAX_CALLS = 1_000;

    private final AgentControl control;

    AgentAdmin(AgentControl control) {
        this.control = control;
    }

    ListAgentsResponse list() {
        List<AgentControl.BotCall> calls = control.calls();
        ListAgentsResponse.Builder response = ListAgentsResponse.newBuilder();
        control.bots().forEach(bot -> response.addAgents(agent(bot, calls)));
        calls.stream()
                .sorted(Comparator.comparing((AgentControl.BotCall call) ->
                                call.agent().isPresent())
                        .thenComparing(AgentControl.BotCall::since, Comparator.reverseOrder()))
                .limit(MAX_CALLS)
                .map(AgentAdmin::call)
                .forEach(response::addCalls);
        long waiting = calls.stream().filter(call -> call.agent().isEmpty()).count();
        return response.setWaitingCalls((int) waiting).build();
    }

    DrainAgentResponse drain(DrainAgentRequest request) {
        String agent = requireAgent(request.getAgent());
        int bots = control.drain(agent, request.getOn());
        if (bots == 0) {
            throw unknown(agent);
        }
        log.info(
                "admin: drain {} of agent {} asked by {} ({} bots)",
                request.getOn() ? "on" : "off",
                Printable.of(agent),
                Caller.current(),
                bots);
        return DrainAgentResponse.newBuilder().setAgents(bots).build();
    }

    /** Empty: the call is not known here. */
    Optional<MoveCallResponse> move(CallId callId, String to) {
        String agent = requireAgent(to);
        return switch (control.move(callId, agent)) {
            case ASKED -> {
                log.info(
                        "admin: move of call {} to agent {} asked by {}",
                        Printable.of(callId.value()),
                        Printable.of(agent),
                        Caller.current());
                yield Optional.of(
                        MoveCallResponse.newBuilder().setCallId(callId.value()).build());
            }
            case UNKNOWN_CALL -> Optional.empty();
            case UNKNOWN_AGENT -> throw unknown(agent);
        };
    }

    private static String requireAgent(String agent) {
        if (agent.isEmpty() || agent.length() > MAX_AGENT_CHARS) {
            throw Refusals.invalid(
                    "agent",
                    "'" + Printable.of(agent) + "'",
                    "id or name of a bot, 1 to " + MAX_AGENT_CHARS + " characters");
        }
        return agent;
    }

    private StatusRuntimeException unknown(String agent) {
        List<String> known = control.bots().stream().map(AgentControl.Bot::id).toList();
        return Refusals.of(
                Code.NOT_FOUND,
                "UNKNOWN_AGENT",
                "agent: '" + Printable.of(agent) + "' (expected: id or name of a registered bot; "
                        + (known.isEmpty() ? "none is registered" : "registered: " + first(known)) + ")");
    }

    private static String first(List<String> ids) {
        int shown = Math.min(3, ids.size());
        String more = ids.size() > shown ? " and " + (ids.size() - shown) + " more" : "";
        return String.join(", ", ids.subList(0, shown)) + more;
    }

    private static Agent agent(AgentControl.Bot bot, List<AgentControl.BotCall> calls) {
        Agent.Builder agent = Agent.newBuilder()
                .setId(bot.id())
                .setName(bot.name())
                .setVersion(bot.version())
                .putAllLabels(bot.labels())
                .addAllRules(bot.rules())
                .setCapacity(bot.capacity())
                .setRunning(bot.running())
                .setReady(bot.ready())
                .setDrained(bot.drained())
                .setConnected(bot.connected())
                .setAge(duration(bot.age()))
                .setOffers(counts(bot.offers()))
                .setLastRefusal(bot.lastRefusal());
        calls.stream()
                .filter(call -> call.agent().filter(bot.id()::equals).isPresent())
                .map(call -> call.callId().value())
                .sorted()
                .forEach(agent::addCallIds);
        return agent.build();
    }

    private static OfferCounts counts(AgentControl.Offers offers) {
        return OfferCounts.newBuilder()
                .setAccepted(offers.accepted())
                .setDeclined(offers.declined())
                .setUnanswered(offers.unanswered())
                .setNotOpened(offers.notOpened())
                .setGone(offers.gone())
                .setWithdrawn(offers.withdrawn())
                .build();
    }

    private static AgentCall call(AgentControl.BotCall call) {
        return AgentCall.newBuilder()
                .setCallId(call.callId().value())
                .setAgent(call.agent().orElse(""))
                .setAgents(call.agents())
                .setWhy(call.why())
                .setSince(duration(call.since()))
                .setKeptEvents(call.keptEvents())
                .setKeptFrames(call.keptFrames())
                .build();
    }
}
