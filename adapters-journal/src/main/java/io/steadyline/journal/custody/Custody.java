package io.steadyline.journal.custody;

import io.steadyline.keeper.KeeperExit;
import io.steadyline.keeper.Obituary;
import io.steadyline.keeper.ObituaryFile;
import io.steadyline.port.SocketHolder;
import io.steadyline.port.SocketHolder.Held;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds the sockets of this worker, what was held for the one before it, and how those who started it are told of its
 * state. The keeper comes first, then systemd, then nobody. Any thread after {@link #connect}; never waits.
 */
public final class Custody {

    /** What the worker exits with when it steps aside for the next one; see {@link #upgrade}. */
    public static final int HAND_OVER_EXIT_CODE = KeeperExit.HAND_OVER;

    /** From the keeper's start of a process until that one opens its records. */
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private final SocketHolder holder;
    private final List<Held> held;
    private final String sentence;
    private final Optional<KeeperClient> keeper;
    private final Optional<SdNotify> systemd;
    private final Optional<Instant> calledAt;

    private Custody(
            SocketHolder holder,
            List<Held> held,
            String sentence,
            Optional<KeeperClient> keeper,
            Optional<SdNotify> systemd) {
        this(holder, held, sentence, keeper, systemd, Optional.empty());
    }

    private Custody(
            SocketHolder holder,
            List<Held> held,
            String sentence,
            Optional<KeeperClient> keeper,
            Optional<SdNotify> systemd,
            Optional<Instant> calledAt) {
        this.holder = holder;
        this.held = List.copyOf(held);
        this.sentence = sentence;
        this.keeper = keeper;
        this.systemd = systemd;
        this.calledAt = calledAt;
    }

    /**
     * At the start of the process, before it opens descriptors by number. Waits for the keeper's answer, 5 s at most. Never
     * fails: a worker runs without custody rather than not at all.
     *
     * @param environment of the process, such as {@link System#getenv()}
     */
    public static Custody connect(Map<String, String> environment) {
        List<String> why = new ArrayList<>();
        Optional<SdNotify> systemd = Optional.empty();
        try {
            systemd = SdNotify.of(environment);
        } catch (NoCustodyException failed) {
            why.add(failed.why());
        }
        if (environment.containsKey(KeeperClient.FD_VARIABLE)) {
            try {
                KeeperClient client = KeeperClient.connect(environment);
                return new Custody(client, client.held(), sentence("yes (keeper)"), Optional.of(client), systemd);
            } catch (NoCustodyException failed) {
                why.add(failed.why());
            }
        }
        if (systemd.isPresent()) {
            SystemdClient client = SystemdClient.connect(
                    systemd.get(), environment, ProcessHandle.current().pid());
            why.add("systemd's unit is not known to have FileDescriptorStoreMax=; where it has, set "
                    + SystemdClient.STORE_VARIABLE + "=true");
            String answer = client.holds() ? "yes (systemd, as far as known)" : "no (" + String.join("; ", why) + ")";
            return new Custody(client, client.held(), sentence(answer), Optional.empty(), systemd);
        }
        if (why.isEmpty()) {
            why.add("neither a keeper nor systemd started this worker");
        }
        return new Custody(
                SocketHolder.NONE,
                List.of(),
                sentence("no (" + String.join("; ", why) + ")"),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a keeper or systemd may have sockets for this worker: it then needs what talks to them soon. */
    public static boolean mayHaveHolder(Map<String, String> environment) {
        return environment.containsKey(KeeperClient.FD_VARIABLE) || environment.containsKey(SdNotify.VARIABLE);
    }

    /** Whether this worker is to wait, warm, until the one that serves has ended: see {@link #standBy}. */
    public static boolean isStandby(Map<String, String> environment) {
        return environment.containsKey(KeeperClient.STANDBY_VARIABLE);
    }

    /**
     * Waits until the worker that serves has ended, and takes its place: with its sockets. Hours, or for ever.
     *
     * @return without a {@link #hasKeeper keeper}: nobody will ever call this process, which is to end as well
     */
    public static Custody standBy(Map<String, String> environment) {
        Custody called = connect(environment);
        return new Custody(
                called.holder, called.held, called.sentence, called.keeper, called.systemd, Optional.of(Instant.now()));
    }

    /** When a worker that had waited was called; empty for one that serves from its start. */
    public Optional<Instant> calledAt() {
        return calledAt;
    }

    /** With a holder in this very process: nothing outlives it. For rehearsals. */
    public static Custody inProcess(InProcessHolder holder) {
        return new Custody(
                holder, holder.handOver(), sentence("yes (in this process)"), Optional.empty(), Optional.empty());
    }

    public SocketHolder holder() {
        return holder;
    }

    /** Sockets that outlived the worker before; each must be adopted, or dropped and closed. */
    public List<Held> held() {
        return held;
    }

    /** It was a keeper that answered. */
    public boolean hasKeeper() {
        return keeper.isPresent();
    }

    /** The listening socket is among them. */
    public boolean hasListener() {
        return held.stream().anyMatch(socket -> socket.socketName().equals(SocketHolder.LISTENER));
    }

    /** What the keeper saw of the end of the worker before; empty when nobody saw it. */
    public List<Evidence> evidence() {
        return keeper.map(KeeperClient::evidence).orElse(List.of());
    }

    /** The keeper's own record of it; check the pid against the boot that is judged. */
    public Optional<Obituary> previous() {
        return keeper.flatMap(KeeperClient::previous);
    }

    /**
     * How the worker of a dead boot ended: as the keeper told this worker, or as one wrote it down that has ended since, or
     * whose next worker ended before it made a report. Empty: no keeper saw it.
     */
    public Optional<Obituary> obituaryOf(BootIdentity boot, Path dataDir) {
        return previous()
                .filter(obituary -> obituary.workerPid() == boot.pid())
                .or(() -> ObituaryFile.readAll(dataDir).stream()
                        .filter(obituary -> obituary.workerPid() == boot.pid() && isStartOf(obituary, boot))
                        .findFirst());
    }

    /** Within a container every start may have the same pid. The end says nothing: the clock may have been set meanwhile. */
    private static boolean isStartOf(Obituary obituary, BootIdentity boot) {
        Duration later = Duration.between(obituary.startedAt(), boot.startedAt());
        return !later.isNegative() && later.compareTo(LONGEST_START) <= 0;
    }

    /** Counts the workers of one keeper, from 1; 0 without a keeper. */
    public int generation() {
        return keeper.map(KeeperClient::generation).orElse(0);
    }

    /** For the log: "calls survive a worker restart: yes (keeper)". */
    public String sentence() {
        return sentence;
    }

    /** Messages to the keeper and to systemd that never went out. Never reset. */
    public long failures() {
        return keeper.map(KeeperClient::failures).orElse(0L)
                + systemd.map(SdNotify::failures).orElse(0L);
    }

    /** The worker serves. */
    public void ready() {
        keeper.ifPresent(KeeperClient::ready);
        systemd.ifPresent(service -> service.say("READY=1"));
    }

    /** One line for {@code systemctl status}. */
    public void status(String line) {
        systemd.ifPresent(service -> service.say("STATUS=" + line.replace('\n', ' ')));
    }

    /** Settings are read again; {@link #ready} follows. */
    public void reloading() {
        systemd.ifPresent(service -> service.say("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000));
    }

    /** The worker lives; to be said at half of systemd's {@code WATCHDOG_USEC}. */
    public void watchdog() {
        systemd.ifPresent(service -> service.say("WATCHDOG=1"));
    }

    /** The worker was asked to stop and will end: no other one is to be started. */
    public void stopping() {
        keeper.ifPresent(KeeperClient::stopping);
        systemd.ifPresent(service -> service.say("STOPPING=1"));
    }

    /**
     * Has the next worker started and warm before this one steps aside: a program that does not start then costs nothing.
     * Waits for that. Any thread that calls do not depend on.
     *
     * @param programFile that the next worker is started from; empty: the same
     * @return why there is none; empty: it waits, or nobody ever waits here
     */
    public String prepare(Optional<Path> programFile, Duration limit) {
        return keeper.map(client -> client.prepare(programFile, limit)).orElse("");
    }

    /**
     * Announces that the worker steps aside; it then exits with {@link #HAND_OVER_EXIT_CODE}.
     *
     * @param programFile that the next worker is started from; empty: the same
     * @return false: nobody starts a next one, or not from that file
     */
    public boolean upgrade(Optional<Path> programFile) {
        if (keeper.isPresent()) {
            return keeper.get().upgrade(programFile);
        }
        return holder.holds() && programFile.isEmpty();
    }

    /** Runs once when the keeper dies, at once when it has died already. Never runs without a keeper. */
    public void onLost(Runnable listener) {
        keeper.ifPresent(client -> client.onLost(listener));
    }

    private static String sentence(String answer) {
        return "calls survive a worker restart: " + answer;
    }
}
