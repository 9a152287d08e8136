package io.steadyline.restart;

import io.steadyline.restart.Evidence.HandOver;
import io.steadyline.restart.Evidence.LastHeartbeat;
import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.ServiceResult;
import io.steadyline.restart.Evidence.StopAsked;
import io.steadyline.restart.Evidence.Uncaught;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.Evidence.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** All evidence of one end, by kind, and what follows from one piece alone. */
final class Traces {

    /** Longer than a garbage collection or a heap dump of some GiB, much shorter than a life. */
    private static final Duration SHORTLY = Duration.ofSeconds(10);

    private final List<Evidence> evidence;

    Traces(List<Evidence> evidence) {
        this.evidence = List.copyOf(evidence);
    }

    List<Evidence> evidence() {
        return evidence;
    }

    <T extends Evidence> Optional<T> first(Class<T> kind) {
        return all(kind).stream().findFirst();
    }

    <T extends Evidence> List<T> all(Class<T> kind) {
        return evidence.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    boolean has(Class<? extends Evidence> kind) {
        return evidence.stream().anyMatch(kind::isInstance);
    }

    /** Of the witness that is nearest: systemd's own child may be the keeper, and not the worker. */
    Optional<WaitStatus> waitStatus() {
        return all(WaitStatus.class).stream()
                .filter(status ->
                        status.exitCode().isPresent() || status.signal().isPresent())
                .min(Comparator.comparing(WaitStatus::witness));
    }

    boolean isWitnessed() {
        return waitStatus().isPresent();
    }

    /** The signal that killed it, by a witness. A supervisor like a shell tells it as a code above 128. */
    OptionalInt killedBy() {
        return waitStatus().map(Traces::signalOf).orElse(OptionalInt.empty());
    }

    boolean isKilledBy(int signal) {
        OptionalInt by = killedBy();
        return by.isPresent() && by.getAsInt() == signal;
    }

    /** The code that it exited with by itself, by a witness. */
    OptionalInt exitCode() {
        return killedBy().isPresent()
                ? OptionalInt.empty()
                : waitStatus().map(WaitStatus::exitCode).orElse(OptionalInt.empty());
    }

    boolean isExitedWith(int code) {
        OptionalInt exited = exitCode();
        return exited.isPresent() && exited.getAsInt() == code;
    }

    private static OptionalInt signalOf(WaitStatus status) {
        if (status.signal().isPresent() || status.witness() != Witness.SUPERVISOR) {
            return status.signal();
        }
        int signal = status.exitCode().orElse(0) - Signals.SHELL_BASE;
        return signal > 0 && signal < 65 && !Signals.asksToStop(signal) ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    /** systemd or a container platform says this of the service. */
    boolean isResult(String... results) {
        return all(ServiceResult.class).stream()
                .map(result -> result.result().strip().toLowerCase(Locale.ROOT))
                .anyMatch(List.of(results)::contains);
    }

    /** As noted; else by the JDK's own signal handler, which exits from a thread of that name. */
    Optional<StopAsked> stopAsked() {
        return first(StopAsked.class)
                .or(() -> all(RuntimeExit.class).stream()
                        .filter(Traces::isOfASignal)
                        .map(exit -> new StopAsked(exit.at(), signalName(exit), Optional.empty()))
                        .findFirst());
    }

    /** When it was told to go, in whatever way. */
    Optional<Instant> toldToGoAt() {
        return stopAsked().map(StopAsked::at).or(() -> first(HandOver.class).map(HandOver::at));
    }

    /** {@code System.exit} by somebody's code, and not by the JDK's signal handler. */
    Optional<RuntimeExit> exitByCode() {
        return all(RuntimeExit.class).stream()
                .filter(exit -> !isOfASignal(exit))
                .findFirst();
    }

    private static boolean isOfASignal(RuntimeExit exit) {
        return exit.caller().startsWith("java.lang.Terminator")
                || handledSignal(exit).isPresent();
    }

    private static OptionalInt handledSignal(RuntimeExit exit) {
        String suffix = " handler";
        return exit.thread().startsWith("SIG") && exit.thread().endsWith(suffix)
                ? Signals.parse(exit.thread().substring(0, exit.thread().length() - suffix.length()))
                : OptionalInt.empty();
    }

    private static String signalName(RuntimeExit exit) {
        OptionalInt byThread = handledSignal(exit);
        OptionalInt signal = byThread.isPresent() ? byThread : Signals.answeredBy(exit.status());
        return signal.isPresent() ? String.valueOf(signal.getAsInt()) : "signal";
    }

    Optional<Uncaught> uncaughtInMain() {
        return all(Uncaught.class).stream()
                .filter(uncaught -> uncaught.thread().equals("main"))
                .findFirst();
    }

    /** The last sign of life in the recorder; else the moment at which a witness saw the end. */
    Optional<Instant> lastSign() {
        return all(LastHeartbeat.class).stream()
                .map(LastHeartbeat::at)
                .max(Comparator.naturalOrder())
                .or(() -> waitStatus().map(WaitStatus::at));
    }

    /** Nothing shows that it lived on for long after this moment. */
    boolean isAtTheEnd(Instant at) {
        return lastSign()
                .map(last -> Duration.between(at, last).compareTo(SHORTLY) <= 0)
                .orElse(true);
    }

    /** The process was seen to be alive up to this moment and hardly longer. */
    boolean isKnownToEndAt(Instant at) {
        return lastSign().isPresent() && isAtTheEnd(at);
    }
}
