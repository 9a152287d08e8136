package io.steadyline.grpc.agent;

import io.steadyline.port.AgentDoor;
import io.steadyline.port.AgentDoor.Wanted;
import io.steadyline.port.AgentSeat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a bot for one call. Bots are asked one after the other; each time that one lets the offer time out, twice as many are
 * asked at once, and the first that accepts has it: of a hundred bots that hang but one, that one is found in seven rounds.
 *
 * <p>Door's thread, but for {@link #cancel}.
 */
final class AgentSearch implements AgentDoor.Search {

    private static final int MAX_AT_ONCE = 64;

    private final Wanted wanted;
    private final AgentSeat seat;
    private final AgentDesk desk;
    private final Offers offers;
    private final List<Offer> open = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final OfferTally tally = new OfferTally();
    private int round;
    private int atOnce = 1;
    private boolean over;

    AgentSearch(Wanted wanted, AgentSeat seat, AgentDesk desk, Offers offers) {
        this.wanted = wanted;
        this.seat = seat;
        this.desk = desk;
        this.offers = offers;
    }

    void begin() {
        offers.began(this);
        askMore();
    }

    @Override
    public void cancel() {
        offers.run(() -> {
            if (!over) {
                end();
                withdrawAll("nobody is wanted any more");
            }
        });
    }

    /** The process stops. */
    void stop(String why) {
        if (!over) {
            end();
            withdrawAll(why);
            seat.refused(why);
        }
    }

    void onAccepted(Offer offer) {
        offer.accepted = true;
        List<Offer> others = open.stream().filter(other -> !other.equals(offer)).toList();
        // They may be asked again, should this one not open the call's stream.
        others.forEach(other -> asked.remove(other.botId));
        others.forEach(other -> withdraw(other, "another bot was faster"));
    }

    /** It is not taken. */
    void onEnded(Offer offer, OfferEnd how, String reason) {
        if (!open.remove(offer)) {
            return;
        }
        offers.settle(offer, how, reason);
        tally.add(how, reason);
        if (how.costTime() && offer.round == round) {
            round++;
            atOnce = Math.min(MAX_AT_ONCE, 2 * atOnce);
        }
        askMore();
    }

    /** The call's stream is open: the search is over, and this is the call's place for the bot. */
    AgentSeat onOpened(Offer offer) {
        end();
        open.remove(offer);
        offers.settle(offer, OfferEnd.ACCEPTED, "");
        withdrawAll("another bot has the call");
        return seat;
    }

    Wanted wanted() {
        return wanted;
    }

    private void askMore() {
        while (!over && open.size() < atOnce && open.stream().noneMatch(offer -> offer.accepted)) {
            Optional<String> bot = desk.choose(wanted, asked, offers.nowNs());
            if (bot.isEmpty()) {
                break;
            }
            asked.add(bot.get());
            Offer offer = offers.newOffer(this, bot.get(), round);
            open.add(offer);
            if (!offers.send(offer)) {
                open.remove(offer);
                offers.settle(offer, OfferEnd.GONE, "its registration is gone, or not read");
                tally.add(OfferEnd.GONE, "its registration is gone, or not read");
            }
        }
        if (!over && open.isEmpty()) {
            end();
            seat.refused(tally.asked() == 0 ? desk.whyNobody(wanted) : tally.sentence());
        }
    }

    private void end() {
        over = true;
        offers.ended(this);
    }

    private void withdrawAll(String why) {
        List.copyOf(open).forEach(offer -> withdraw(offer, why));
    }

    private void withdraw(Offer offer, String why) {
        open.remove(offer);
        offers.settle(offer, OfferEnd.WITHDRAWN, why);
        offers.withdraw(offer, why);
    }
}
