package io.steadyline.journal.custody;

import io.steadyline.keeper.KeeperMessage;
import io.steadyline.keeper.KeeperMessage.Drop;
import io.steadyline.keeper.KeeperMessage.End;
import io.steadyline.keeper.KeeperMessage.Ended;
import io.steadyline.keeper.KeeperMessage.Give;
import io.steadyline.keeper.KeeperMessage.Hello;
import io.steadyline.keeper.KeeperMessage.Hold;
import io.steadyline.keeper.KeeperMessage.OtherVersion;
import io.steadyline.keeper.KeeperMessage.Prepare;
import io.steadyline.keeper.KeeperMessage.Prepared;
import io.steadyline.keeper.KeeperMessage.Ready;
import io.steadyline.keeper.KeeperMessage.Stopping;
import io.steadyline.keeper.KeeperMessage.Upgrade;
import io.steadyline.keeper.KeeperMessage.Welcome;
import io.steadyline.keeper.KeeperProtocol;
import io.steadyline.keeper.Obituary;
import io.steadyline.port.SocketHolder;
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.Errno;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Processes;
import io.steadyline.posix.Sockets;
import io.steadyline.restart.Evidence;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's end of the connection to the keeper that started it. */
final class KeeperClient implements SocketHolder {

    static final String FD_VARIABLE = "STEADYLINE_KEEPER_FD";
    static final String PID_VARIABLE = "STEADYLINE_KEEPER_PID";
    /** Set: the keeper answers only when the worker that serves now has ended. */
    static final String STANDBY_VARIABLE = "STEADYLINE_KEEPER_STANDBY";

    private static final Logger LOG = LoggerFactory.getLogger(KeeperClient.class);
    /** The keeper has nothing else to do than to answer; it may have to be paged in first. */
    private static final long ANSWER_MS = 5_000;

    private final int socket;
    private final PostBox box;
    private final List<Held> held = new ArrayList<>();
    private final Object lostLock = new Object();
    private @Nullable Welcome welcome;
    private @Nullable Obituary previous;
    private volatile boolean lost;
    private @Nullable Runnable whenLost;
    /** Of the last question. */
    private volatile CompletableFuture<String> prepared = new CompletableFuture<>();

    private KeeperClient(int socket, long answerMs) throws IOException, NoCustodyException {
        this.socket = socket;
        converse(answerMs);
        this.box =
                new PostBox("keeper-post", (bytes, descriptor, wait) -> Sockets.send(socket, bytes, descriptor, wait));
        Thread.ofPlatform().daemon().name("keeper-watch").start(this::watch);
    }

    /** Waits for the keeper's answer: a worker that is to wait, as long as it takes. */
    static KeeperClient connect(Map<String, String> environment) throws NoCustodyException {
        int socket = number(environment, FD_VARIABLE);
        int keeper = number(environment, PID_VARIABLE);
        if (!Sockets.isPacket(socket)) {
            throw new NoCustodyException("descriptor " + socket + " of " + FD_VARIABLE
                    + " is not a keeper's socket: inherited from another process?");
        }
        try {
            // Programs that this process starts have no business with it.
            Descriptors.closeAtExec(socket);
            Sockets.Credentials peer = Sockets.peer(socket);
            int parent = Processes.parent();
            if (peer.pid() != keeper || parent != keeper) {
                throw new NoCustodyException("the keeper is " + keeper + ", the other end of its socket belongs to "
                        + peer.pid() + " and our parent is " + parent
                        + ": the keeper has died, or its command is a shell without exec");
            }
            if (peer.uid() != 0 && peer.uid() != Processes.user()) {
                throw new NoCustodyException(
                        "the keeper runs as user " + peer.uid() + " (expected: ours, " + Processes.user() + ")");
            }
        } catch (PosixException failed) {
            throw new NoCustodyException(failed.getMessage());
        }
        return over(socket, environment.containsKey(STANDBY_VARIABLE) ? 0 : ANSWER_MS);
    }

    /** Over a socket that was checked already. */
    static KeeperClient over(int socket) throws NoCustodyException {
        return over(socket, ANSWER_MS);
    }

    /** @param answerMs to wait for the answer; 0: for ever */
    private static KeeperClient over(int socket, long answerMs) throws NoCustodyException {
        try {
            return new KeeperClient(socket, answerMs);
        } catch (PosixException failed) {
            throw new NoCustodyException(
                    failed.is(Errno.EAGAIN) ? "the keeper did not answer within " + ANSWER_MS + " ms" : "" + failed);
        } catch (IOException failed) {
            throw new NoCustodyException("" + failed.getMessage());
        }
    }

    private void converse(long answerMs) throws IOException, NoCustodyException {
        Sockets.receiveTimeout(socket, answerMs);
        Sockets.send(
                socket, KeeperProtocol.encode(new Hello(ProcessHandle.current().pid())), -1, true);
        boolean complete = false;
        try {
            while (!complete) {
                Sockets.Packet packet = Sockets.receive(socket, KeeperProtocol.PACKET_BYTES + 1);
                if (packet.isEnd()) {
                    throw new NoCustodyException("the keeper has ended");
                }
                complete = take(KeeperProtocol.decode(packet.bytes()), packet);
            }
        } finally {
            if (!complete) {
                held.forEach(given -> close(given.descriptor()));
            }
        }
        Sockets.receiveTimeout(socket, 0);
    }

    /** True: that was all. */
    private boolean take(KeeperMessage message, Sockets.Packet packet) throws NoCustodyException {
        switch (message) {
            case Welcome answer -> welcome = answer;
            case Ended(Obituary obituary) -> previous = obituary;
            case Give(String name) when packet.descriptor() >= 0 -> held.add(new Held(name, packet.descriptor()));
            case Give(String name) -> LOG.error("socket {} was not given back: too many open files", name);
            case End(int count) -> {
                if (count != held.size()) {
                    LOG.error("{} sockets were given back (expected: {})", held.size(), count);
                }
                return true;
            }
            case OtherVersion(int version) ->
                throw new NoCustodyException(
                        "keeper speaks " + version + ", expected " + KeeperProtocol.VERSION + ": start it anew");
            default -> LOG.warn("the keeper said {} (expected: nothing of that kind)", message);
        }
        return false;
    }

    /** What was held for the worker before, in the order in which it was given into custody. */
    List<Held> held() {
        return List.copyOf(held);
    }

    /** How the worker before ended; empty when this is the keeper's first. */
    List<Evidence> evidence() {
        Obituary obituary = previous;
        return obituary == null ? List.of() : ObituaryEvidence.of(obituary);
    }

    Optional<Obituary> previous() {
        return Optional.ofNullable(previous);
    }

    /** Counts the workers of this keeper, from 1. */
    int generation() {
        Welcome answer = welcome;
        return answer == null ? 0 : answer.generation();
    }

    @Override
    public String name() {
        return "keeper";
    }

    @Override
    public boolean holds() {
        return !lost;
    }

    @Override
    public boolean hold(String socketName, int descriptor) {
        return post(new Hold(socketName), descriptor);
    }

    @Override
    public void drop(String socketName) {
        post(new Drop(socketName), -1);
    }

    @Override
    public SocketCounts counts(int descriptor) {
        return TcpSockets.counts(descriptor);
    }

    @Override
    public void close(int descriptor) {
        TcpSockets.closeQuietly(descriptor);
    }

    void ready() {
        post(new Ready(), -1);
    }

    void stopping() {
        post(new Stopping(), -1);
    }

    /**
     * Has the next worker started and warm, and waits for that. Any thread but one that calls depend on; one at a time.
     *
     * @return why it cannot be; empty: it waits, or this keeper lets nobody wait
     */
    String prepare(Optional<Path> programFile, Duration limit) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        prepared = answer;
        if (lost) {
            return "the keeper is gone";
        }
        if (!post(new Prepare(programFile.map(Path::toString).orElse("")), -1)) {
            return "the keeper cannot be told";
        }
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException none) {
            return "it was not ready within " + limit.toSeconds() + " s";
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the keeper's answer", impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** False: the keeper is gone, or the path is longer than a packet has room for. */
    boolean upgrade(Optional<Path> programFile) {
        String file = programFile.map(Path::toString).orElse("");
        return post(new Upgrade(file), -1);
    }

    /** Messages that never reached the keeper. Never reset. */
    long failures() {
        return box.failures();
    }

    /** Runs once when the keeper is gone, at once when it is gone already; on the thread that noticed. */
    void onLost(Runnable listener) {
        synchronized (lostLock) {
            if (!lost) {
                whenLost = listener;
                return;
            }
        }
        listener.run();
    }

    private boolean post(KeeperMessage message, int descriptor) {
        try {
            return box.post(KeeperProtocol.encode(message), descriptor);
        } catch (IllegalArgumentException tooLong) {
            box.refuse("" + tooLong.getMessage());
            return false;
        }
    }

    private void hear(Sockets.Packet packet) {
        try {
            if (KeeperProtocol.decode(packet.bytes()) instanceof Prepared(String whyNot)) {
                prepared.complete(whyNot);
            } else {
                LOG.warn("the keeper said something that is left out (expected: an answer)");
            }
        } catch (ProtocolException broken) {
            LOG.warn("the keeper said something that is left out: {}", broken.getMessage());
        }
    }

    private void watch() {
        try {
            // After End the keeper only answers; what comes else is its end.
            Sockets.Packet packet = Sockets.receive(socket, KeeperProtocol.PACKET_BYTES + 1);
            while (!packet.isEnd()) {
                hear(packet);
                packet = Sockets.receive(socket, KeeperProtocol.PACKET_BYTES + 1);
            }
        } catch (IOException failed) {
            LOG.debug("end of the keeper: {}", failed.getMessage());
        }
        Runnable listener;
        synchronized (lostLock) {
            lost = true;
            listener = whenLost;
        }
        box.close();
        prepared.complete("the keeper is gone");
        LOG.error("the keeper is gone: calls do not survive a restart of this worker any more");
        if (listener != null) {
            listener.run();
        }
    }

    private static int number(Map<String, String> environment, String variable) throws NoCustodyException {
        String value = environment.getOrDefault(variable, "");
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notOne) {
            throw new NoCustodyException(variable + "=" + value + " (expected: a number, set by the keeper)");
        }
    }
}
