package io.steadyline.bootstrap.system;

import io.steadyline.port.SocketHolder;
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.TcpInfo;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds duplicates of sockets as the keeper does, in this process. */
final class HoldingHand implements SocketHolder, AutoCloseable {

    /** Out of the way of what the process opens itself. */
    private static final int LOWEST = 700;

    private final Map<String, Integer> held = new ConcurrentHashMap<>();

    /** Calls by the names of their sockets. */
    List<String> calls() {
        return held.keySet().stream().filter(name -> !name.equals(LISTENER)).toList();
    }

    int descriptor(String socketName) {
        return held.getOrDefault(socketName, -1);
    }

    /** What a successor is given: the calls' sockets. */
    List<Held> forSuccessor() {
        List<Held> given = new ArrayList<>();
        calls().forEach(name -> given.add(new Held(name, duplicate(descriptor(name)))));
        return given;
    }

    @Override
    public String name() {
        return "hand";
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    public boolean hold(String socketName, int descriptor) {
        Integer before = held.put(socketName, duplicate(descriptor));
        if (before != null) {
            close(before);
        }
        return true;
    }

    @Override
    public void drop(String socketName) {
        Integer descriptor = held.remove(socketName);
        if (descriptor != null) {
            close(descriptor);
        }
    }

    @Override
    public SocketCounts counts(int descriptor) {
        try {
            TcpInfo info = TcpInfo.of(descriptor);
            long fin = info.hasPeerFin() ? 1 : 0;
            return new SocketCounts(
                    info.bytesReceived() - fin - info.unread(), info.bytesAcked() + info.unacked(), fin == 1);
        } catch (PosixException gone) {
            return SocketCounts.UNKNOWN;
        }
    }

    @Override
    public void close(int descriptor) {
        try {
            Descriptors.close(descriptor);
        } catch (PosixException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        List.copyOf(held.keySet()).forEach(this::drop);
    }

    private static int duplicate(int descriptor) {
        try {
            return Descriptors.duplicate(descriptor, LOWEST);
        } catch (PosixException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
