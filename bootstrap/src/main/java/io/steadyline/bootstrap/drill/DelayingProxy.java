package io.steadyline.bootstrap.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A bad network as TCP shows it: each piece arrives 150 to 250 ms late, and one of a hundred is lost on its way and sent again
 * after 200 ms, while all behind it wait. Both directions. Bytes stay in order.
 */
final class DelayingProxy implements AutoCloseable {

    private static final int MIN_MS = 150;
    private static final int JITTER_MS = 100;
    private static final int LOST_PER_CENT = 1;
    private static final int SENT_AGAIN_MS = 200;

    private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Without bytes: the end. Never compared. */
    private record Piece(
            @SuppressWarnings("ArrayRecordComponent") byte[] bytes, long dueNs) {
        static final Piece END = new Piece(new byte[0], 0);
    }

    DelayingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket();
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                open.add(near);
                open.add(far);
                pump(near, far);
                pump(far, near);
            }
        } catch (IOException closed) {
            // By close(), and then there is nothing more to do here.
            close();
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        from.setTcpNoDelay(true);
        BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> receive(from, underWay));
        Thread.ofVirtual().start(() -> deliver(underWay, to));
    }

    private static void receive(Socket from, BlockingQueue<Piece> underWay) {
        Random random = new Random();
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                boolean isLost = random.nextInt(100) < LOST_PER_CENT;
                int delayMs = MIN_MS + random.nextInt(JITTER_MS) + (isLost ? SENT_AGAIN_MS : 0);
                underWay.add(new Piece(Arrays.copyOf(buffer, read), System.nanoTime() + delayMs * 1_000_000L));
            }
            underWay.add(Piece.END);
        } catch (IOException broken) {
            underWay.add(Piece.END);
        }
    }

    private static void deliver(BlockingQueue<Piece> underWay, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Piece piece = underWay.take(); piece.bytes.length > 0; piece = underWay.take()) {
                for (long left = piece.dueNs - System.nanoTime(); left > 0; left = piece.dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(piece.bytes);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            underWay.clear();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException gone) {
            open.clear();
        }
    }
}
