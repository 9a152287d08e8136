package io.steadyline.agent;

import io.steadyline.port.AgentDoor.Search;
import io.steadyline.port.AgentLeg;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call on its way to another bot. The bot that has it keeps it until the other one has taken it, and for good if none does. */
final class Move {

    /** The other bot is here. */
    record Arrival(Seat seat, AgentLeg leg) {}

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Supplier<Seat> seats;
    private final BiFunction<String, Seat, Search> seek;
    private @Nullable Seat offered;
    private @Nullable Search search;

    /** @param seek looks for the bot of this name, and for no other */
    Move(Supplier<Seat> seats, BiFunction<String, Seat, Search> seek) {
        this.seats = seats;
        this.seek = seek;
    }

    /** Any thread. */
    void ask(String bot) {
        asked.add(bot);
    }

    /** Media loop, as what follows. A later wish replaces an earlier one. */
    Optional<Arrival> poll() {
        for (String bot = asked.poll(); bot != null; bot = asked.poll()) {
            stop();
            Seat seat = seats.get();
            offered = seat;
            search = seek.apply(bot, seat);
        }
        Seat seat = offered;
        Seat.Message first = seat == null ? null : seat.poll();
        if (seat == null || first == null) {
            return Optional.empty();
        }
        offered = null;
        search = null;
        if (first instanceof Seat.Message.Taken(AgentLeg leg)) {
            return Optional.of(new Arrival(seat, leg));
        }
        seat.close();
        return Optional.empty();
    }

    void stop() {
        if (search != null) {
            search.cancel();
        }
        if (offered != null) {
            offered.close();
        }
        search = null;
        offered = null;
    }
}
