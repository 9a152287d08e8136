package io.steadyline.journal.custody;

import io.steadyline.port.SocketHolder;
import io.steadyline.port.SocketHolder.Held;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker with no state but its sockets: sends back every byte. Each of its facts is a file in the directory that is its
 * argument. A file {@code command} there tells it what to do: halt, prepare, upgrade, stop.
 */
final class EchoWorker {

    private final Path directory;
    private final Custody custody;
    private final Selector selector;
    private final AtomicInteger calls = new AtomicInteger();
    private final ByteBuffer buffer = ByteBuffer.allocate(4096);

    private EchoWorker(Path directory, Custody custody) throws IOException {
        this.directory = directory;
        this.custody = custody;
        this.selector = Selector.open();
    }

    public static void main(String[] arguments) throws Exception {
        boolean isStandby = Custody.isStandby(System.getenv());
        Custody custody = isStandby ? Custody.standBy(System.getenv()) : Custody.connect(System.getenv());
        if (!isStandby || custody.hasKeeper()) {
            new EchoWorker(Path.of(arguments[0]), custody).run();
        }
    }

    private void run() throws Exception {
        SocketHolder holder = custody.holder();
        ServerSocketChannel listener = null;
        int adopted = 0;
        for (Held held : custody.held()) {
            if (held.socketName().equals(SocketHolder.LISTENER)) {
                listener = Channels.listener(held.descriptor());
            } else {
                int number = Integer.parseInt(held.socketName().substring("call-".length()));
                calls.accumulateAndGet(number, Math::max);
                take(Channels.connection(held.descriptor()), held.socketName());
                adopted++;
            }
        }
        if (listener == null) {
            listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            holder.hold(SocketHolder.LISTENER, Channels.descriptor(listener));
        }
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        custody.onLost(() -> tell("lost", Boolean.toString(holder.holds())));
        custody.ready();
        custody.status("echoes");
        tell("port", Integer.toString(((InetSocketAddress) listener.getLocalAddress()).getPort()));
        tell("sentence", custody.sentence());
        tell("evidence", custody.evidence().toString());
        tell("adopted", Integer.toString(adopted));
        tell("pid", Long.toString(ProcessHandle.current().pid()));
        while (true) {
            selector.select(20);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    accept(listener);
                } else {
                    echo(key);
                }
            }
            selector.selectedKeys().clear();
            obey();
        }
    }

    private void accept(ServerSocketChannel listener) throws Exception {
        for (SocketChannel call = listener.accept(); call != null; call = listener.accept()) {
            String name = "call-" + calls.incrementAndGet();
            custody.holder().hold(name, Channels.descriptor(call));
            take(call, name);
        }
    }

    private void take(SocketChannel call, String name) throws IOException {
        call.configureBlocking(false);
        call.register(selector, SelectionKey.OP_READ, name);
    }

    private void echo(SelectionKey key) throws IOException {
        SocketChannel call = (SocketChannel) key.channel();
        buffer.clear();
        if (call.read(buffer) < 0) {
            custody.holder().drop((String) key.attachment());
            call.close();
            return;
        }
        call.write(buffer.flip());
    }

    private void obey() throws IOException {
        Path file = directory.resolve("command");
        if (!Files.exists(file)) {
            return;
        }
        List<String> words =
                List.of(Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", -1));
        Files.delete(file);
        switch (words.getFirst()) {
            case "halt" -> Runtime.getRuntime().halt(7);
            case "prepare" ->
                tell("prepared", custody.prepare(Optional.of(Path.of(words.get(1))), Duration.ofSeconds(40)));
            case "upgrade" -> {
                custody.upgrade(words.size() > 1 ? Optional.of(Path.of(words.get(1))) : Optional.empty());
                Runtime.getRuntime().halt(Custody.HAND_OVER_EXIT_CODE);
            }
            case "stop" -> {
                custody.stopping();
                Runtime.getRuntime().halt(3);
            }
            default -> throw new IllegalStateException(words.getFirst());
        }
    }

    private void tell(String fact, String value) {
        try {
            Path beside = directory.resolve(fact + ".new");
            Files.writeString(beside, value);
            Files.move(beside, directory.resolve(fact), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new IllegalStateException(fact, failed);
        }
    }
}
