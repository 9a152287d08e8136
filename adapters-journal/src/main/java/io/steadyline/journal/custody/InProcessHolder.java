package io.steadyline.journal.custody;

import io.steadyline.port.SocketHolder;
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.PosixException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds duplicates in this process itself, so that one gateway can go on with the calls of another one in it: a rehearsal
 * of what the keeper is for. Any thread; the lock is held for one system call.
 */
public final class InProcessHolder implements SocketHolder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InProcessHolder.class);

    private final Map<String, Integer> descriptors = new LinkedHashMap<>();

    /** Duplicates of what is held now, for the next gateway; each is to be adopted or closed. */
    synchronized List<Held> handOver() {
        List<Held> given = new ArrayList<>();
        descriptors.forEach((name, descriptor) -> {
            try {
                given.add(new Held(name, Descriptors.duplicate(descriptor, 0)));
            } catch (PosixException failed) {
                LOG.warn("socket {} is not handed over: {}", name, failed.getMessage());
            }
        });
        return given;
    }

    @Override
    public String name() {
        return "in process";
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    public synchronized boolean hold(String socketName, int descriptor) {
        drop(socketName);
        try {
            descriptors.put(socketName, Descriptors.duplicate(descriptor, 0));
            return true;
        } catch (PosixException failed) {
            LOG.warn("socket {} is not held: {}", socketName, failed.getMessage());
            return false;
        }
    }

    @Override
    public synchronized void drop(String socketName) {
        Integer before = descriptors.remove(socketName);
        if (before != null) {
            TcpSockets.closeQuietly(before);
        }
    }

    @Override
    public SocketCounts counts(int descriptor) {
        return TcpSockets.counts(descriptor);
    }

    @Override
    public void close(int descriptor) {
        TcpSockets.closeQuietly(descriptor);
    }

    /** Closes what is still held. */
    @Override
    public synchronized void close() {
        descriptors.values().forEach(TcpSockets::closeQuietly);
        descriptors.clear();
    }
}
