package io.steadyline.keeper;

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
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.Errno;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Sockets;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keeper's end of the connection to one worker: its own thread takes the worker's messages in the order in which they
 * were sent. It may wait for a worker that does not read, which nobody else waits for.
 */
final class WorkerLink {

    private final int socket;
    private final HeldSockets held;
    private final Runnable whenWaiting;
    private final Thread reader;

    /** A worker that may be answered: its number; 0 while it is to wait. Guarded by this. */
    private int generation;
    /** Guarded by this. */
    private @Nullable Obituary previous;
    /** Guarded by this. */
    private boolean greeted;
    /** Guarded by this. */
    private @Nullable Thread answer;

    private volatile @Nullable Ears ears;
    private volatile boolean ready;
    private volatile @Nullable Instant stoppingAt;
    private volatile @Nullable Instant upgradeAt;
    private volatile String upgradeFile = "";

    /** Who is told what the worker says; on the thread that reads. */
    interface Ears {
        void onReady();

        /** The worker waits for the answer, {@link #prepared}. */
        void onPrepare(String programFile);
    }

    /**
     * @param socket the keeper's end; closed by {@link #finish}
     * @param whenWaiting the worker has said hello and waits for {@link #begin}
     */
    WorkerLink(int socket, HeldSockets held, Runnable whenWaiting) {
        this.socket = socket;
        this.held = held;
        this.whenWaiting = whenWaiting;
        this.reader = Thread.ofPlatform().daemon().name("keeper-reader").unstarted(this::read);
    }

    /** With nobody to be told. */
    void begin(int number, @Nullable Obituary before) {
        begin(number, before, null);
    }

    /**
     * The worker is the one that serves from now on: its hello is answered, at once when it has been said.
     *
     * @param number of this worker, from 1
     * @param before how the worker before ended; null: there was none
     */
    void begin(int number, @Nullable Obituary before, @Nullable Ears listener) {
        ears = listener;
        synchronized (this) {
            generation = number;
            previous = before;
            if (greeted) {
                // Not on this thread: a worker that does not read would hold up the keeper.
                answer = Thread.ofPlatform().daemon().name("keeper-answer").start(this::answerOrEnd);
            }
        }
    }

    /** It serves, or is about to; what it says before is only its hello. */
    private synchronized boolean isCalled() {
        return generation > 0;
    }

    /** It has said hello, and was not answered yet. */
    synchronized boolean isWaiting() {
        return greeted && generation == 0;
    }

    /** The answer to the wish for a next worker. */
    void prepared(String whyNot) {
        try {
            send(new Prepared(whyNot), -1);
        } catch (PosixException failed) {
            KeeperLog.say(failed.getMessage());
        }
    }

    void start() {
        reader.start();
    }

    /** Takes what a dead worker has still sent, and ends. Afterwards the held sockets belong to the caller. */
    void finish() throws PosixException, InterruptedException {
        // A child of the worker may have inherited its end, so that the end of the connection would not come by itself.
        Sockets.shutdown(socket);
        Thread answering = answering();
        if (answering != null) {
            answering.join();
        }
        reader.join();
        Descriptors.close(socket);
    }

    private synchronized @Nullable Thread answering() {
        return answer;
    }

    /** It has said that it serves. */
    boolean isReady() {
        return ready;
    }

    /** When it said that it stops; null: it did not. */
    @Nullable
    Instant stoppingAt() {
        return stoppingAt;
    }

    /** When it said that it steps aside; null: it did not. */
    @Nullable
    Instant upgradeAt() {
        return upgradeAt;
    }

    /** What the next one is to be started from; empty: the same. */
    String upgradeFile() {
        return upgradeFile;
    }

    private void read() {
        try {
            while (true) {
                Sockets.Packet packet = next();
                if (packet.isEnd()) {
                    return;
                }
                take(packet);
            }
        } catch (IOException failed) {
            KeeperLog.say("no more messages of " + name() + ": " + failed.getMessage());
        }
    }

    private Sockets.Packet next() throws PosixException {
        while (true) {
            try {
                return Sockets.receive(socket, KeeperProtocol.PACKET_BYTES + 1);
            } catch (PosixException failed) {
                // It died with messages unread. This is told once; what it has sent itself is still there behind it.
                if (!failed.is(Errno.ECONNRESET)) {
                    throw failed;
                }
            }
        }
    }

    private void take(Sockets.Packet packet) throws IOException {
        int unclaimed = packet.descriptor();
        try {
            KeeperMessage message = KeeperProtocol.decode(packet.bytes());
            if (!isCalled() && !(message instanceof Hello) && !(message instanceof OtherVersion)) {
                throw new ProtocolException(message.getClass().getSimpleName() + " of a worker that waits");
            }
            if (message instanceof Hold(String name) && unclaimed >= 0) {
                int descriptor = unclaimed;
                unclaimed = -1;
                String refusal = held.hold(name, descriptor);
                if (refusal != null) {
                    KeeperLog.say(refusal);
                }
            } else {
                act(message);
            }
        } catch (ProtocolException broken) {
            KeeperLog.say("a message of " + name() + " is left out: " + broken.getMessage());
        } finally {
            if (unclaimed >= 0) {
                Descriptors.close(unclaimed);
            }
        }
    }

    private void act(KeeperMessage message) throws IOException {
        switch (message) {
            case Hello hello -> greet();
            case Hold(String name) ->
                KeeperLog.say("socket " + name + " is not held: no descriptor came with it (too many open files?)");
            case Drop(String name) -> held.drop(name);
            case Ready() -> {
                ready = true;
                upgradeFile = "";
                upgradeAt = null;
                tell(Ears::onReady);
            }
            case Prepare(String file) -> tell(listener -> listener.onPrepare(file));
            case Stopping() -> stoppingAt = Instant.now();
            case Upgrade(String file) -> {
                upgradeFile = file;
                upgradeAt = Instant.now();
            }
            case OtherVersion(int version) -> refuse(version);
            case Welcome w -> throw unexpected(message);
            case Ended e -> throw unexpected(message);
            case Give g -> throw unexpected(message);
            case End e -> throw unexpected(message);
            case Prepared p -> throw unexpected(message);
        }
    }

    private void greet() throws IOException {
        boolean waits;
        synchronized (this) {
            greeted = true;
            waits = generation == 0;
        }
        if (waits) {
            whenWaiting.run();
        } else {
            welcome();
        }
    }

    private void tell(Consumer<Ears> word) {
        Ears listener = ears;
        if (listener != null) {
            word.accept(listener);
        }
    }

    private synchronized String name() {
        return generation == 0 ? "the worker that waits" : "worker generation " + generation;
    }

    /** A worker that cannot be answered must not wait for ever. */
    private void answerOrEnd() {
        try {
            welcome();
        } catch (IOException failed) {
            KeeperLog.say(name() + " cannot be answered: " + failed.getMessage());
            hangUp();
        }
    }

    /** The worker sees the end of the connection. */
    private void hangUp() {
        try {
            Sockets.shutdown(socket);
        } catch (PosixException failed) {
            KeeperLog.say(failed.getMessage());
        }
    }

    private void welcome() throws IOException {
        send(new Welcome(generation, ProcessHandle.current().pid()), -1);
        if (previous != null) {
            send(new Ended(previous), -1);
        }
        for (Map.Entry<String, Integer> socketOf : held.all().entrySet()) {
            send(new Give(socketOf.getKey()), socketOf.getValue());
        }
        send(new End(held.size()), -1);
    }

    /** The worker reads our version from the answer and goes on alone. Its peers must not wait for it for ever. */
    private synchronized void refuse(int version) throws IOException {
        if (generation == 0) {
            // Another one serves, and what is held is its own.
            KeeperLog.say("the worker that waits speaks version " + version + " (expected: " + KeeperProtocol.VERSION
                    + "): it cannot take over");
            hangUp();
            return;
        }
        int closed = held.closeAll();
        KeeperLog.say(name() + " speaks version " + version + " (expected: "
                + KeeperProtocol.VERSION + "): it runs without custody until the keeper is started anew; " + closed
                + " sockets closed");
        send(new Welcome(generation, ProcessHandle.current().pid()), -1);
    }

    private void send(KeeperMessage message, int descriptor) throws PosixException {
        try {
            Sockets.send(socket, KeeperProtocol.encode(message), descriptor, true);
        } catch (PosixException failed) {
            // It has died meanwhile, or gave up its end. What it sent before is still to be taken.
            if (!failed.is(Errno.EPIPE) && !failed.is(Errno.ECONNRESET)) {
                throw failed;
            }
        }
    }

    private static ProtocolException unexpected(KeeperMessage message) {
        return new ProtocolException(message.getClass().getSimpleName() + " (expected: a message of a worker)");
    }
}
