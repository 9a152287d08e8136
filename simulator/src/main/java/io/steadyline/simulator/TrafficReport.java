package io.steadyline.simulator;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a server took malformed traffic. */
public record TrafficReport(long seed, List<Reply> replies) {

    /** What the server did. */
    public enum Reaction {
        /** It went on: the message was ignored, or was good after all. */
        IGNORED,
        /** It closed with a Close frame. */
        CLOSED,
        /** It ended the connection without a Close frame. */
        DROPPED,
        /** Neither a pong nor an end within the limit. */
        SILENT,
        /** No connection, or no upgrade: nothing was sent. */
        UNREACHABLE
    }

    public record Reply(Mutation mutation, Reaction reaction, OptionalInt closeCode, String detail) {

        private String shortForm() {
            return closeCode.isPresent() ? reaction + " " + closeCode.getAsInt() : reaction.name();
        }
    }

    public long count(Reaction reaction) {
        return replies.stream().filter(reply -> reply.reaction() == reaction).count();
    }

    /** What no server should show: it hung, or was gone. */
    public List<Reply> suspicious() {
        return replies.stream()
                .filter(reply -> reply.reaction() == Reaction.SILENT || reply.reaction() == Reaction.UNREACHABLE)
                .toList();
    }

    /** A line for each kind with the numbers of the reactions to it, the seed first. */
    public String text() {
        Map<Mutation.Kind, Map<String, Long>> byKind = replies.stream()
                .collect(Collectors.groupingBy(
                        reply -> reply.mutation().kind(),
                        TreeMap::new,
                        Collectors.groupingBy(Reply::shortForm, TreeMap::new, Collectors.counting())));
        int width = byKind.keySet().stream()
                .mapToInt(kind -> kind.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(seed).append(", ").append(replies.size()).append(" mutations\n");
        byKind.forEach((kind, reactions) -> text.append(kind)
                .append(" ".repeat(width - kind.name().length() + 2))
                .append(reactions.entrySet().stream()
                        .map(entry -> entry.getValue() + " x " + entry.getKey())
                        .collect(Collectors.joining(", ")))
                .append('\n'));
        return text.toString();
    }
}
