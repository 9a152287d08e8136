package io.steadyline.port;

import io.steadyline.signal.CallId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators see of bots in processes of their own, and may do to them. Any thread; nothing blocks. */
public interface AgentControl {

    /** Bots by name; empty where bots do not register. */
    List<Bot> bots();

    /** Live calls and their bots. */
    List<BotCall> calls();

    /**
     * No offers for this bot from now on, or offers again; running calls stay.
     *
     * @param agent id of a bot, or name of several; a name also holds for bots that register with it later
     * @return bots that it is about; 0: there is none
     */
    int drain(String agent, boolean on);

    /** Asks that this bot take the call. The bot that has it keeps it until then. */
    Move move(CallId callId, String agent);

    enum Move {
        /** The bot is asked; it may decline. */
        ASKED,
        UNKNOWN_CALL,
        UNKNOWN_AGENT
    }

    /**
     * A registered bot.
     *
     * @param rules calls that it takes, in words; empty: all
     * @param running calls that it has, with offers that it may still accept
     * @param ready it wants offers
     * @param drained an operator wants none for it
     * @param connected false: it is leaving, and some of its calls still run
     * @param age since it registered
     * @param lastRefusal how it did not take a call last, in words; empty: it always did
     */
    record Bot(
            String id,
            String name,
            String version,
            Map<String, String> labels,
            List<String> rules,
            int capacity,
            int running,
            boolean ready,
            boolean drained,
            boolean connected,
            Duration age,
            Offers offers,
            String lastRefusal) {

        public Bot {
            labels = Map.copyOf(labels);
            rules = List.copyOf(rules);
        }
    }

    /**
     * What became of offers.
     *
     * @param unanswered neither yes nor no in time
     * @param notOpened accepted, and the stream for the call did not come
     * @param gone the bot went away, or did not read, while it was asked
     * @param withdrawn another bot was faster, or the call has ended
     */
    record Offers(long accepted, long declined, long unanswered, long notOpened, long gone, long withdrawn) {}

    /**
     * A call and its bot.
     *
     * @param agent empty while the call waits for one
     * @param agents how many bots it has had
     * @param why it waits; empty when it does not
     * @param since how long that has been so
     * @param keptEvents events that wait for the next bot
     * @param keptFrames caller audio that waits for it
     */
    record BotCall(
            CallId callId,
            Optional<String> agent,
            int agents,
            String why,
            Duration since,
            int keptEvents,
            int keptFrames) {}

    /** Where all agents live in this process. */
    static AgentControl none() {
        return new AgentControl() {
            @Override
            public List<Bot> bots() {
                return List.of();
            }

            @Override
            public List<BotCall> calls() {
                return List.of();
            }

            @Override
            public int drain(String agent, boolean on) {
                return 0;
            }

            @Override
            public Move move(CallId callId, String agent) {
                return Move.UNKNOWN_AGENT;
            }
        };
    }
}
