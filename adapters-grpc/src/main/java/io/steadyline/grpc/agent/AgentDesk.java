package io.steadyline.grpc.agent;

import io.steadyline.port.AgentControl;
import io.steadyline.port.AgentDoor.Wanted;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Which bots there are, and whose turn it is. Any thread, under one short lock: the door's thread writes, operators read and
 * drain. An id is the bot's name with the number of its registration, such as {@code sales#7}.
 */
final class AgentDesk {

    private static final char BEFORE_NUMBER = '#';

    private final AgentLimits limits;
    private final Map<String, DeskBot> bots = new LinkedHashMap<>();
    /** A drain by name outlives the connections of its bots. */
    private final Set<String> drainedNames = new HashSet<>();

    private long registrations;
    private long asks;

    AgentDesk(AgentLimits limits) {
        this.limits = limits;
    }

    /** The new bot's id; empty: there are too many. */
    synchronized Optional<String> register(BotProfile profile, long nowNs) {
        if (bots.values().stream().filter(bot -> bot.connected).count() >= limits.maxBots()) {
            return Optional.empty();
        }
        String id = profile.name() + BEFORE_NUMBER + ++registrations;
        DeskBot bot = new DeskBot(id, profile, nowNs);
        bot.drained = drainedNames.contains(profile.name());
        bots.put(id, bot);
        return Optional.of(id);
    }

    /** Its connection is gone. Its calls may go on. */
    synchronized void leave(String id) {
        DeskBot bot = bots.get(id);
        if (bot != null) {
            bot.connected = false;
            forgetIfOver(bot);
        }
    }

    synchronized void ready(String id, boolean ready) {
        DeskBot bot = bots.get(id);
        if (bot != null) {
            bot.ready = ready;
        }
    }

    /**
     * The bot whose turn it is; its place for the call is held until {@link #settle}.
     *
     * @param asked bots that this search has asked already
     */
    synchronized Optional<String> choose(Wanted wanted, Set<String> asked, long nowNs) {
        Optional<DeskBot> chosen = bots.values().stream()
                .filter(bot -> !asked.contains(bot.id) && bot.mayTake(wanted))
                .min(turn(wanted, nowNs));
        chosen.ifPresent(bot -> {
            bot.running++;
            bot.lastAsked = ++asks;
        });
        return chosen.map(bot -> bot.id);
    }

    /** It has a call and does not read what it is told: for a while it is asked after all others. */
    synchronized void putLast(String id, long nowNs) {
        DeskBot bot = bots.get(id);
        if (bot != null) {
            bot.slowUntil(nowNs + limits.askLastFor().toNanos());
        }
    }

    /** @param reason in the bot's words; empty: none */
    synchronized void settle(String id, OfferEnd end, String reason, long nowNs) {
        DeskBot bot = bots.get(id);
        if (bot == null) {
            return;
        }
        bot.offers.add(end, "");
        if (end.costTime()) {
            bot.slowUntil(nowNs + limits.askLastFor().toNanos());
        }
        if (end != OfferEnd.ACCEPTED) {
            bot.running--;
            if (end != OfferEnd.WITHDRAWN) {
                bot.lastRefusal = end.words() + (reason.isEmpty() ? "" : ": " + reason);
            }
            forgetIfOver(bot);
        }
    }

    /** A call that it had is over for it. */
    synchronized void release(String id) {
        DeskBot bot = bots.get(id);
        if (bot != null) {
            bot.running--;
            forgetIfOver(bot);
        }
    }

    synchronized int drain(String agent, boolean on) {
        List<DeskBot> meant =
                bots.values().stream().filter(bot -> bot.isCalled(agent)).toList();
        meant.forEach(bot -> bot.drained = on);
        if (!on) {
            drainedNames.remove(agent);
        } else if (meant.stream().anyMatch(bot -> bot.profile.name().equals(agent))) {
            drainedNames.add(agent);
        }
        return meant.size();
    }

    synchronized boolean knows(String agent) {
        return bots.values().stream().anyMatch(bot -> bot.connected && bot.isCalled(agent));
    }

    synchronized List<AgentControl.Bot> bots(long nowNs) {
        return bots.values().stream()
                .map(bot -> bot.view(nowNs))
                .sorted(Comparator.comparing(AgentControl.Bot::name))
                .toList();
    }

    /** Why there is nobody to ask, such as {@code 3 bots: 1 not ready, 2 full}. */
    synchronized String whyNobody(Wanted wanted) {
        List<DeskBot> meant = bots.values().stream()
                .filter(bot -> bot.connected && wanted.only().map(bot::isCalled).orElse(true))
                .toList();
        if (meant.isEmpty()) {
            return wanted.only()
                    .map(name -> "no bot " + name + " is registered")
                    .orElse("no bot is registered");
        }
        StringJoiner parts = new StringJoiner(", ");
        long notReady = meant.stream().filter(bot -> !bot.ready).count();
        long drained = meant.stream().filter(bot -> bot.ready && bot.drained).count();
        List<DeskBot> open =
                meant.stream().filter(bot -> bot.ready && !bot.drained).toList();
        long others =
                open.stream().filter(bot -> !bot.profile.takes(wanted.facts())).count();
        addCount(parts, notReady, "not ready");
        addCount(parts, drained, "drained");
        addCount(parts, others, "for other calls");
        addCount(parts, open.size() - others, "full");
        return meant.size() + (meant.size() == 1 ? " bot: " : " bots: ") + parts;
    }

    private static void addCount(StringJoiner parts, long count, String words) {
        if (count > 0) {
            parts.add(count + " " + words);
        }
    }

    private static Comparator<DeskBot> turn(Wanted wanted, long nowNs) {
        return Comparator.comparing((DeskBot bot) -> bot.isSlow(nowNs))
                .thenComparingInt(bot -> distance(bot, wanted.preferred()))
                .thenComparing(AgentDesk::compareLoad)
                .thenComparingLong(bot -> bot.lastAsked);
    }

    /** From the bot that had the call: itself, one of its name, any other. */
    private static int distance(DeskBot bot, Optional<String> preferred) {
        return preferred
                .map(id -> bot.id.equals(id) ? 0 : id.startsWith(bot.profile.name() + BEFORE_NUMBER) ? 1 : 2)
                .orElse(2);
    }

    private static int compareLoad(DeskBot one, DeskBot other) {
        return Long.compare(
                (long) one.running * other.profile.capacity(), (long) other.running * one.profile.capacity());
    }

    private void forgetIfOver(DeskBot bot) {
        if (!bot.connected && bot.running == 0) {
            bots.remove(bot.id);
        }
    }
}
