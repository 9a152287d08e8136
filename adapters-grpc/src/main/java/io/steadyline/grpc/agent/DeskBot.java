package io.steadyline.grpc.agent;

import io.steadyline.port.AgentControl;
import io.steadyline.port.AgentDoor.Wanted;
import java.time.Duration;

/** One registered bot at the desk; under the desk's lock. */
final class DeskBot {

    final String id;
    final BotProfile profile;
    final OfferTally offers = new OfferTally();
    private final long registeredNs;
    boolean ready = true;
    boolean drained;
    boolean connected = true;
    /** Calls, and offers that may become one. */
    int running;
    /** Number of the latest offer of all; 0: never asked. */
    long lastAsked;

    String lastRefusal = "";
    private boolean slow;
    private long slowUntilNs;

    DeskBot(String id, BotProfile profile, long nowNs) {
        this.id = id;
        this.profile = profile;
        this.registeredNs = nowNs;
    }

    boolean isCalled(String idOrName) {
        return id.equals(idOrName) || profile.name().equals(idOrName);
    }

    boolean mayTake(Wanted wanted) {
        return connected
                && ready
                && !drained
                && running < profile.capacity()
                && wanted.only().map(this::isCalled).orElse(true)
                && profile.takes(wanted.facts());
    }

    void slowUntil(long atNs) {
        slow = true;
        slowUntilNs = atNs;
    }

    boolean isSlow(long nowNs) {
        slow = slow && slowUntilNs - nowNs > 0;
        return slow;
    }

    AgentControl.Bot view(long nowNs) {
        return new AgentControl.Bot(
                id,
                profile.name(),
                profile.version(),
                profile.labels(),
                profile.rules().stream().map(BotRule::text).toList(),
                profile.capacity(),
                running,
                ready,
                drained,
                connected,
                Duration.ofNanos(Math.max(0, nowNs - registeredNs)),
                new AgentControl.Offers(
                        offers.count(OfferEnd.ACCEPTED),
                        offers.count(OfferEnd.DECLINED),
                        offers.count(OfferEnd.NO_ANSWER),
                        offers.count(OfferEnd.NOT_OPENED),
                        offers.count(OfferEnd.GONE),
                        offers.count(OfferEnd.WITHDRAWN)),
                lastRefusal);
    }
}
