package io.steadyline.journal.host;

import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The note that systemd's {@code ExecStopPost} leaves: lines of key=value. {@code result} is {@code $SERVICE_RESULT},
 * {@code code} and {@code status} are {@code $EXIT_CODE} and {@code $EXIT_STATUS}, {@code at} is in seconds since 1970,
 * {@code pid} may be left empty. Pure.
 */
final class WitnessText {

    /** Numbers of Linux on x86-64 and arm64. */
    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("TRAP", 5),
            Map.entry("ABRT", 6),
            Map.entry("BUS", 7),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15),
            Map.entry("XCPU", 24),
            Map.entry("XFSZ", 25),
            Map.entry("SYS", 31));

    private final Map<String, String> values = new HashMap<>();

    WitnessText(String text) {
        text.lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> values.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip()));
    }

    Optional<Instant> at() {
        OptionalLong seconds = number("at");
        return seconds.isPresent() ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
    }

    /**
     * @param pid of the boot; a witness of another process (our keeper, say) tells how the service ended and not how this
     *     pid did
     * @param at when the note has no time of its own
     */
    List<Evidence> evidence(long pid, Instant at) {
        List<Evidence> found = new ArrayList<>();
        String result = values.getOrDefault("result", "");
        OptionalLong noted = number("pid");
        if (noted.isEmpty() || noted.getAsLong() == pid) {
            waitStatus(result.isEmpty() ? Witness.SUPERVISOR : Witness.SYSTEMD, at().orElse(at))
                    .ifPresent(found::add);
        }
        if (!result.isEmpty()) {
            found.add(new Evidence.ServiceResult(Shown.text(result)));
        }
        return found;
    }

    private Optional<Evidence> waitStatus(Witness witness, Instant at) {
        return switch (values.getOrDefault("code", "")) {
            case "exited" -> {
                OptionalLong code = number("status");
                yield code.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Evidence.WaitStatus(
                                witness, OptionalInt.of((int) code.getAsLong()), OptionalInt.empty(), at));
            }
            case "killed", "dumped" ->
                signal().stream()
                        .mapToObj(signal -> (Evidence)
                                new Evidence.WaitStatus(witness, OptionalInt.empty(), OptionalInt.of(signal), at))
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private OptionalInt signal() {
        OptionalLong number = number("status");
        if (number.isPresent()) {
            return OptionalInt.of((int) number.getAsLong());
        }
        Integer known = SIGNALS.get(
                values.getOrDefault("status", "").toUpperCase(Locale.ROOT).replaceFirst("^SIG", ""));
        return known == null ? OptionalInt.empty() : OptionalInt.of(known);
    }

    private OptionalLong number(String key) {
        String value = values.getOrDefault(key, "");
        return value.matches("[0-9]{1,12}") ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }
}
