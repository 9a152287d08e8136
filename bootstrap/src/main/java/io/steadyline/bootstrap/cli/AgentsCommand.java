package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.Agent;
import io.steadyline.admin.v1.AgentCall;
import io.steadyline.admin.v1.ListAgentsResponse;
import io.steadyline.admin.v1.OfferCounts;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.signal.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Bots that are attached to a running gateway, and their calls. */
@Command(
        name = "agents",
        description = "Lists bots that have registered, live calls with their bots, and what became of offers.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {AgentsCommand.DrainAgent.class, AgentsCommand.MoveCall.class})
final class AgentsCommand implements Callable<Integer> {

    private static final int MAX_CHARS = 200;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private AdminOptions admin;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (AdminClient client = admin.connect()) {
            ListAgentsResponse found = client.agents();
            out.printf("bots: %d%n", found.getAgentsCount());
            found.getAgentsList().forEach(agent -> print(agent, out));
            out.printf("calls: %d, waiting for a bot: %d%n", found.getCallsCount(), found.getWaitingCalls());
            found.getCallsList().forEach(call -> print(call, out));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void print(Agent agent, PrintWriter out) {
        out.printf(
                "  %-24s version %-10s calls %d of %d, %s, for %d s%n",
                safe(agent.getId()),
                safe(agent.getVersion()),
                agent.getRunning(),
                agent.getCapacity(),
                standing(agent),
                agent.getAge().getSeconds());
        out.printf("    offers: %s%n", outcomes(agent.getOffers()));
        if (!agent.getLastRefusal().isEmpty()) {
            out.printf("    last refusal: %s%n", safe(agent.getLastRefusal()));
        }
        agent.getRulesList().forEach(rule -> out.printf("    takes: %s%n", safe(rule)));
    }

    private static String standing(Agent agent) {
        List<String> words = new ArrayList<>();
        if (!agent.getConnected()) {
            words.add("has left");
        }
        if (agent.getDrained()) {
            words.add("drained");
        }
        if (!agent.getReady()) {
            words.add("not ready");
        }
        return words.isEmpty() ? "ready" : String.join(", ", words);
    }

    private static String outcomes(OfferCounts offers) {
        return String.format(
                "%d accepted, %d declined, %d unanswered, %d not opened, %d gone, %d withdrawn",
                offers.getAccepted(),
                offers.getDeclined(),
                offers.getUnanswered(),
                offers.getNotOpened(),
                offers.getGone(),
                offers.getWithdrawn());
    }

    private static void print(AgentCall call, PrintWriter out) {
        String who = call.getAgent().isEmpty()
                ? "waits: " + safe(call.getWhy())
                : safe(call.getAgent()) + (call.getAgents() > 1 ? " (bot " + call.getAgents() + " of this call)" : "");
        out.printf(
                "  %-36s %5d s  %s%s%n", safe(call.getCallId()), call.getSince().getSeconds(), who, kept(call));
    }

    private static String kept(AgentCall call) {
        return call.getKeptEvents() + call.getKeptFrames() == 0
                ? ""
                : String.format(", kept: %d events, %d frames", call.getKeptEvents(), call.getKeptFrames());
    }

    private static String safe(String text) {
        return Printable.of(text, MAX_CHARS);
    }

    /** {@code agents drain}. */
    @Command(
            name = "drain",
            description =
                    "Offers a bot no new call; its running calls stay. To swap a version: start the new one, drain the"
                            + " old one, and stop it when its calls have ended.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class DrainAgent implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // injected
        private CommandSpec spec;

        @Parameters(
                paramLabel = "NAME",
                description = "Name or id of a bot. A name also holds for bots that come later.")
        @SuppressWarnings("NullAway.Init") // injected
        private String name;

        @Option(names = "--off", description = "Offers it calls again.")
        private boolean off;

        @Mixin
        @SuppressWarnings("NullAway.Init") // injected
        private AdminOptions admin;

        @Override
        public Integer call() {
            try (AdminClient client = admin.connect()) {
                int bots = client.drainAgent(name, !off).getAgents();
                spec.commandLine().getOut().printf("drain %s: %d bots%n", off ? "off" : "on", bots);
                spec.commandLine().getOut().flush();
            }
            return ExitCode.OK;
        }
    }

    /** {@code agents move}. */
    @Command(
            name = "move",
            description = "Gives a live call to another bot, which takes it before the old one loses it.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class MoveCall implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // injected
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "CALL", description = "Id of the call or of its stream.")
        @SuppressWarnings("NullAway.Init") // injected
        private String callId;

        @Parameters(index = "1", paramLabel = "NAME", description = "Name or id of the bot.")
        @SuppressWarnings("NullAway.Init") // injected
        private String name;

        @Mixin
        @SuppressWarnings("NullAway.Init") // injected
        private AdminOptions admin;

        @Override
        public Integer call() {
            try (AdminClient client = admin.connect()) {
                String moved = client.move(callId, name).getCallId();
                spec.commandLine()
                        .getOut()
                        .printf("call %s: %s is asked to take it; see: steadyline agents%n", safe(moved), safe(name));
                spec.commandLine().getOut().flush();
            }
            return ExitCode.OK;
        }
    }
}
