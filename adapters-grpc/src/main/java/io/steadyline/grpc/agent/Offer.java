package io.steadyline.grpc.agent;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One bot that is asked to take one call. Door's thread. */
final class Offer {

    final String id;
    final String token;
    final String botId;
    final AgentSearch search;
    /** Of the search; a round ends with the first offer of it that nobody answered in time. */
    final int round;

    boolean accepted;
    @Nullable
    Future<?> timer;

    Offer(String id, String token, String botId, AgentSearch search, int round) {
        this.id = id;
        this.token = token;
        this.botId = botId;
        this.search = search;
        this.round = round;
    }
}
