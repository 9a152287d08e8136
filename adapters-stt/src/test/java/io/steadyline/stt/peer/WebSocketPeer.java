package io.steadyline.stt.peer;

import io.steadyline.stt.vendor.VendorAudio;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A vendor's server on a loopback port: RFC 6455 to the letter, and a vendor's language on each connection. Goes wrong where
 * its script says so, and nowhere else.
 */
public final class WebSocketPeer implements AutoCloseable {

    /** Small, so that a peer that stops reading is felt soon. */
    private static final int RECEIVE_BUFFER_BYTES = 8_192;

    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Supplier<? extends PeerDialect> dialects;
    private final VendorAudio audio;
    private final ServerSocket server;
    private final Map<Integer, PeerScript> scripts = new ConcurrentHashMap<>();
    private final List<PeerConnection> connections = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<HttpRequestText> requests = new CopyOnWriteArrayList<>();
    private final List<HttpRequestText> posts = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile PeerScript others = new PeerScript();
    private volatile Function<HttpRequestText, HttpAnswer> onPost = request -> HttpAnswer.json(404, "{}");

    /** @param audio what the clients are expected to send */
    public WebSocketPeer(Supplier<? extends PeerDialect> dialects, VendorAudio audio) {
        this.dialects = dialects;
        this.audio = audio;
        try {
            server = new ServerSocket();
            server.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        Thread.ofVirtual().name("peer-accept").start(this::accept);
    }

    /** What goes wrong on the connection of this number, from 1; refused ones count too. */
    public PeerScript script(int number) {
        return scripts.computeIfAbsent(number, fresh -> new PeerScript());
    }

    /** What goes wrong on each connection without a script of its own. */
    public PeerScript everyOther() {
        return others;
    }

    /** From now on each connection without a script of its own is well again. */
    public void recover() {
        others = new PeerScript();
    }

    public WebSocketPeer onPost(Function<HttpRequestText, HttpAnswer> answers) {
        onPost = answers;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** @param path with the query, from the slash */
    public URI uri(String path) {
        return URI.create("ws://127.0.0.1:" + port() + path);
    }

    public URI httpUri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** All that were upgraded, in the order of their upgrade. */
    public List<PeerConnection> connections() {
        return List.copyOf(connections);
    }

    public PeerConnection latest() {
        return connections.getLast();
    }

    /** Requests for an upgrade, whether granted or not. */
    public List<HttpRequestText> requests() {
        return List.copyOf(requests);
    }

    public List<HttpRequestText> posts() {
        return List.copyOf(posts);
    }

    public int openedEver() {
        return connections.size();
    }

    public int openNow() {
        return (int) connections.stream().filter(PeerConnection::isOpen).count();
    }

    /** TCP connections, those without an upgrade included. */
    public int socketsNow() {
        return sockets.size();
    }

    public long audioBytes() {
        return connections.stream().mapToLong(PeerConnection::audioBytes).sum();
    }

    /** Ends everything. A mistake of a client against RFC 6455, or of a dialect here, fails the test. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
        for (PeerConnection connection : connections) {
            for (Throwable failure : connection.failures()) {
                throw new AssertionError(connection + ": " + failure.getMessage(), failure);
            }
        }
    }

    /** Connections that stopped reading read what is left, without hearing it, until their clients' end of the stream. */
    public void readOff() {
        connections.forEach(PeerConnection::readOff);
    }

    /** Forgives what has gone wrong so far: the test wanted it. */
    public List<Throwable> forgive() {
        return connections.stream().flatMap(each -> each.forgive().stream()).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().name("peer-socket").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            HttpRequestText request = HttpRequestText.read(in);
            if (request.method().equals("POST")) {
                posts.add(request);
                answer(socket, onPost.apply(request));
            } else {
                upgrade(request, socket, in);
            }
        } catch (IOException gone) {
            // A client may leave at any time.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private void upgrade(HttpRequestText request, Socket socket, DataInputStream in)
            throws IOException, InterruptedException {
        int number = attempts.incrementAndGet();
        requests.add(request);
        PeerScript script = scripts.getOrDefault(number, others);
        Thread.sleep(script.openDelay());
        PeerDialect dialect = dialects.get();
        Optional<HttpAnswer> refusal = problem(request)
                .or(() -> script.refusal().map(HttpAnswer::of))
                .or(() -> dialect.onRequest(request.asPeerRequest(), script.requestTrouble())
                        .map(HttpAnswer::of));
        if (refusal.isPresent()) {
            answer(socket, refusal.get());
            return;
        }
        PeerConnection connection = new PeerConnection(number, request, socket, script, dialect, audio);
        // Before the answer, so that a client that has it finds itself counted.
        connections.add(connection);
        try {
            socket.getOutputStream().write(switchingProtocols(request));
            connection.run(in);
        } finally {
            connection.end(false);
        }
    }

    private static Optional<HttpAnswer> problem(HttpRequestText request) {
        boolean wellFormed = request.method().equals("GET")
                && request.header("upgrade").equalsIgnoreCase("websocket")
                && request.header("connection").toLowerCase(Locale.ROOT).contains("upgrade")
                && request.header("sec-websocket-version").equals("13")
                && request.header("sec-websocket-key").length() == 24
                && !request.header("host").isEmpty();
        return wellFormed
                ? Optional.empty()
                : Optional.of(new HttpAnswer(400, Map.of(), "not an upgrade by RFC 6455, 4.2.1"));
    }

    private static void answer(Socket socket, HttpAnswer answer) throws IOException {
        socket.getOutputStream().write(answer.encoded());
        socket.shutdownOutput();
    }

    private static byte[] switchingProtocols(HttpRequestText request) {
        String subprotocol =
                request.header("sec-websocket-protocol").split(",", -1)[0].strip();
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(request.header("sec-websocket-key")) + "\r\n"
                + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                + "\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
