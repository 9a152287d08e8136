package io.steadyline.grpc.agent;

import io.steadyline.agent.v1.OfferWithdrawn;
import io.steadyline.agent.v1.RegisterResponse;
import io.steadyline.port.AgentDoor.Wanted;
import io.steadyline.port.AgentSeat;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Offers that are open, the searches that they belong to, and the connections that they go over. Door's thread. */
final class Offers {

    private static final int TOKEN_BYTES = 16;

    /** A call that a bot has taken. */
    record Opened(String botId, Wanted wanted, AgentSeat seat) {}

    private final AgentDesk desk;
    private final AgentLimits limits;
    private final DoorThread thread;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Offer> byId = new HashMap<>();
    private final Map<String, Offer> byToken = new HashMap<>();
    private final Map<String, RegisterStream> bots = new HashMap<>();
    private final Set<AgentSearch> searches = new HashSet<>();
    private long lastNumber;

    Offers(AgentDesk desk, AgentLimits limits, DoorThread thread) {
        this.desk = desk;
        this.limits = limits;
        this.thread = thread;
    }

    /** Any thread. */
    void run(Runnable task) {
        // Not done when the door is closed: then no search is left either.
        var _ = thread.run(task);
    }

    long nowNs() {
        return thread.nowNs();
    }

    void began(AgentSearch search) {
        searches.add(search);
    }

    void ended(AgentSearch search) {
        searches.remove(search);
    }

    Offer newOffer(AgentSearch search, String botId, int round) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        Offer offer = new Offer("offer-" + ++lastNumber, HexFormat.of().formatHex(secret), botId, search, round);
        byId.put(offer.id, offer);
        byToken.put(offer.token, offer);
        return offer;
    }

    /** False: the bot does not read what it is told. */
    boolean send(Offer offer) {
        RegisterStream bot = bots.get(offer.botId);
        if (bot == null || !bot.isReady()) {
            return false;
        }
        Wanted wanted = offer.search.wanted();
        bot.send(RegisterResponse.newBuilder()
                .setOffer(io.steadyline.agent.v1.Offer.newBuilder()
                        .setOfferId(offer.id)
                        .setToken(offer.token)
                        .setCall(LegMapper.call(wanted.facts()))
                        .setAnswerWithinMs((int) limits.offerTime().toMillis())
                        .setResumed(wanted.resumed())
                        .setTraceparent(wanted.traceparent()))
                .build());
        offer.timer = thread.after(limits.offerTime().toNanos(), () -> onTimeOver(offer));
        return true;
    }

    void withdraw(Offer offer, String why) {
        RegisterStream bot = bots.get(offer.botId);
        if (bot != null) {
            bot.send(RegisterResponse.newBuilder()
                    .setWithdrawn(
                            OfferWithdrawn.newBuilder().setOfferId(offer.id).setReason(why))
                    .build());
        }
    }

    void settle(Offer offer, OfferEnd how, String reason) {
        byId.remove(offer.id);
        byToken.remove(offer.token);
        if (offer.timer != null) {
            offer.timer.cancel(false);
        }
        desk.settle(offer.botId, how, reason, nowNs());
    }

    /** An answer that crosses the offer's end on its way means nothing. */
    void onAnswer(String botId, String offerId, boolean accept, String reason) {
        Offer offer = byId.get(offerId);
        if (offer == null || !offer.botId.equals(botId)) {
            return;
        }
        if (accept) {
            offer.search.onAccepted(offer);
        } else {
            offer.search.onEnded(offer, OfferEnd.DECLINED, reason);
        }
    }

    /** Also without an answer: the two come over different streams, and either may be first. */
    Optional<Opened> open(String token) {
        return Optional.ofNullable(byToken.get(token))
                .map(offer -> new Opened(offer.botId, offer.search.wanted(), offer.search.onOpened(offer)));
    }

    /** The call's stream began with something wrong: the next bot is asked at once. */
    void spoil(String token, String why) {
        Offer offer = byToken.get(token);
        if (offer != null) {
            offer.search.onEnded(offer, OfferEnd.NOT_OPENED, why);
        }
    }

    void onJoined(String botId, RegisterStream bot) {
        bots.put(botId, bot);
    }

    /** @param inOrder it has said that it leaves: what it has accepted stays its own */
    void onLeft(String botId, boolean inOrder) {
        bots.remove(botId);
        desk.leave(botId);
        List.copyOf(byId.values()).stream()
                .filter(offer -> offer.botId.equals(botId) && !(inOrder && offer.accepted))
                .forEach(offer -> offer.search.onEnded(offer, OfferEnd.GONE, ""));
    }

    void stop(String why) {
        List.copyOf(searches).forEach(search -> search.stop(why));
    }

    private void onTimeOver(Offer offer) {
        offer.search.onEnded(offer, offer.accepted ? OfferEnd.NOT_OPENED : OfferEnd.NO_ANSWER, "");
    }
}
