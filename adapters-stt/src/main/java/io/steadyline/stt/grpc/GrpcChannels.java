package io.steadyline.stt.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One connection for each target, shared by all calls, and the threads of their events. Any thread may call. */
public final class GrpcChannels implements AutoCloseable {

    private static final int KEEP_ALIVE_TIMEOUT_S = 10;
    private static final int THREAD_STAYS_S = 30;
    private static final int CLOSE_TIMEOUT_S = 2;

    /** A target that no connection can be made to, whatever the network does. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final Map<GrpcTarget, ManagedChannel> channels = new HashMap<>();
    private final ThreadPoolExecutor events = new ThreadPoolExecutor(
            1,
            1,
            THREAD_STAYS_S,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("stt-grpc").factory(),
            // After close nobody listens any more.
            new ThreadPoolExecutor.DiscardPolicy());
    private final ExecutorService mayBlock = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stt-grpc-wait-", 0).factory());
    private boolean closed;

    public GrpcChannels() {
        // Vendors that nobody uses cost no thread.
        events.allowCoreThreadTimeOut(true);
    }

    /** Runs what it is given one after the other. */
    Executor events() {
        return events;
    }

    Executor mayBlock() {
        return mayBlock;
    }

    /** May read files. */
    synchronized ManagedChannel channel(GrpcTarget target) throws Unusable {
        if (closed) {
            throw new Unusable("closed already", new IllegalStateException("channels of " + target));
        }
        ManagedChannel known = channels.get(target);
        if (known == null) {
            known = connection(target);
            channels.put(target, known);
        } else if (known.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            // Who opens a call has waited long enough; the channel's own back-off grows to two minutes.
            known.enterIdle();
        }
        return known;
    }

    /** How many connections there are, for a look from outside. */
    synchronized int size() {
        return channels.size();
    }

    private ManagedChannel connection(GrpcTarget target) throws Unusable {
        return Grpc.newChannelBuilderForAddress(target.host(), target.port(), credentials(target))
                .executor(events)
                .offloadExecutor(mayBlock)
                .keepAliveTime(target.keepAlive().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_S, TimeUnit.SECONDS)
                .disableRetry() // It would hold a copy of the audio; the runtime has its own.
                .userAgent("steadyline")
                .build();
    }

    private static ChannelCredentials credentials(GrpcTarget target) throws Unusable {
        if (!target.tls()) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        try {
            if (target.authorities().isPresent()) {
                Path file = target.authorities().get();
                tls.trustManager(file.toFile());
            }
            if (target.identity().isPresent()) {
                GrpcTarget.Identity own = target.identity().get();
                tls.keyManager(own.certificate().toFile(), own.key().toFile());
            }
        } catch (IOException unreadable) {
            throw new Unusable("certificates for " + target + ": " + unreadable.getMessage(), unreadable);
        }
        return tls.build();
    }

    /** Ends what is still open. */
    @Override
    public void close() {
        Map<GrpcTarget, ManagedChannel> open;
        synchronized (this) {
            closed = true;
            open = Map.copyOf(channels);
            channels.clear();
        }
        open.values().forEach(ManagedChannel::shutdownNow);
        try {
            for (ManagedChannel channel : open.values()) {
                channel.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            mayBlock.shutdown();
            events.shutdown();
        }
    }
}
