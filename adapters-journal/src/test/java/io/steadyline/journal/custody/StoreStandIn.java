package io.steadyline.journal.custody;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.steadyline.posix.Descriptors;
import io.steadyline.posix.Errno;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Processes;
import io.steadyline.posix.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does with descriptors what systemd does: takes them by datagram, and hands them to the next process as LISTEN_FDS. */
final class StoreStandIn {

    private final String address;
    private final int socket;
    private final Map<String, Integer> stored = new ConcurrentSkipListMap<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /** @param address path, or "@" and an abstract name */
    StoreStandIn(String address) throws PosixException {
        this.address = address;
        this.socket = Sockets.datagram();
        bind(socket, address);
        Sockets.receiveTimeout(socket, 50);
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    String address() {
        return address;
    }

    List<String> messages() {
        return messages;
    }

    Map<String, Integer> stored() {
        return stored;
    }

    /** Starts a process with everything that is stored. Its pid must be reaped by the caller. */
    int start(List<String> command) throws PosixException {
        Map<Integer, Integer> descriptors = new LinkedHashMap<>();
        int number = 3;
        for (int descriptor : stored.values()) {
            descriptors.put(Descriptors.duplicate(descriptor, 500), number);
            number++;
        }
        List<String> variables = List.of(
                "PATH=" + System.getenv("PATH"),
                "NOTIFY_SOCKET=" + address,
                "STEADYLINE_SYSTEMD_STORE=true",
                "LISTEN_FDS=" + stored.size(),
                "LISTEN_FDNAMES=" + String.join(":", stored.keySet()));
        List<String> all = new ArrayList<>(List.of("sh", "-c", "LISTEN_PID=$$ exec \"$@\"", "sh"));
        all.addAll(command);
        try {
            return Processes.spawn(bytes(all), bytes(variables), descriptors);
        } finally {
            for (int copy : descriptors.keySet()) {
                Descriptors.close(copy);
            }
        }
    }

    void stop() throws PosixException, InterruptedException {
        reader.interrupt();
        reader.join();
        Descriptors.close(socket);
        for (int descriptor : stored.values()) {
            Descriptors.close(descriptor);
        }
    }

    private void read() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                take(Sockets.receive(socket, 4096));
            } catch (PosixException nothing) {
                if (!nothing.is(Errno.EAGAIN)) {
                    throw new AssertionError(nothing);
                }
            }
        }
    }

    private void take(Sockets.Packet packet) throws PosixException {
        String message = new String(packet.bytes(), StandardCharsets.UTF_8);
        messages.add(message);
        List<String> lines = List.of(message.split("\n", -1));
        String name = lines.stream()
                .filter(line -> line.startsWith("FDNAME="))
                .map(line -> line.substring("FDNAME=".length()))
                .findFirst()
                .orElse("");
        if (lines.contains("FDSTORE=1")) {
            replace(stored.put(name, packet.descriptor()));
        } else if (lines.contains("FDSTOREREMOVE=1")) {
            replace(stored.remove(name));
        }
    }

    private static void replace(@Nullable Integer before) throws PosixException {
        if (before != null) {
            Descriptors.close(before);
        }
    }

    private static List<byte[]> bytes(List<String> words) {
        return Stream.of(words.toArray(String[]::new))
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @SuppressWarnings("restricted") // the JDK has no datagram sockets of the Unix family
    private static void bind(int socket, String address) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] path = address.getBytes(StandardCharsets.UTF_8);
            MemorySegment struct = arena.allocate(110, 8);
            struct.set(JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(path, 0, struct, JAVA_BYTE, 2, path.length);
            boolean isAbstract = path[0] == '@';
            if (isAbstract) {
                struct.set(JAVA_BYTE, 2, (byte) 0);
            }
            Linker linker = Linker.nativeLinker();
            int result = (int) linker.downcallHandle(
                            linker.defaultLookup().find("bind").orElseThrow(),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT))
                    .invokeExact(socket, struct, 2 + path.length + (isAbstract ? 0 : 1));
            if (result != 0) {
                throw new AssertionError("bind " + address);
            }
        } catch (Throwable failed) {
            throw new AssertionError(failed);
        }
    }
}
