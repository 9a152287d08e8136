package io.steadyline.simulator;

import io.steadyline.simulator.TrafficReport.Reaction;
import io.steadyline.simulator.TrafficReport.Reply;
import io.steadyline.simulator.ws.CloseStatus;
import io.steadyline.simulator.ws.FrameParser;
import io.steadyline.simulator.ws.FrameSink;
import io.steadyline.simulator.ws.FrameWriter;
import io.steadyline.simulator.ws.Handshake;
import io.steadyline.simulator.ws.Opcode;
import io.steadyline.simulator.ws.ProtocolException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One blocking socket at a time for malformed traffic. After each mutation it sends a ping: a server works on what comes
 * in order, so its pong says that the mutation has been dealt with and the connection lives on. One thread.
 */
final class TrafficLane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrafficLane.class);
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final int READ_BUFFER_BYTES = 16 * 1024;

    private final CallPlan plan;
    private final FrameWriter writer = new FrameWriter();
    private final byte[] readBuffer = new byte[READ_BUFFER_BYTES];
    private @Nullable Connection connection;

    TrafficLane(CallPlan plan) {
        this.plan = plan;
    }

    Reply send(MalformedTraffic traffic, int number) {
        Mutation mutation = traffic.mutation(number, newSid("CA"), newSid("MZ"));
        Connection open;
        try {
            open = connectionFor(mutation);
        } catch (IOException e) {
            close();
            return new Reply(mutation, Reaction.UNREACHABLE, OptionalInt.empty(), String.valueOf(e.getMessage()));
        }
        Mutation sent = traffic.mutation(number, open.callSid, open.streamSid);
        Reply reply = open.provoke(sent);
        if (reply.reaction() != Reaction.IGNORED || sent.needsFreshSocket()) {
            close();
        }
        return reply;
    }

    private Connection connectionFor(Mutation mutation) throws IOException {
        Connection current = connection;
        if (current != null && !mutation.needsFreshSocket()) {
            return current;
        }
        close();
        Connection opened = new Connection(newSid("CA"), newSid("MZ"));
        connection = opened;
        opened.upgrade();
        if (!mutation.needsFreshSocket()) {
            opened.startStream();
        }
        return opened;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.end();
            connection = null;
        }
    }

    private static String newSid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    /** One stream. */
    private final class Connection implements FrameSink {

        private final String callSid;
        private final String streamSid;
        private final Socket socket = new Socket();
        private final FrameParser parser = new FrameParser(MAX_MESSAGE_BYTES);
        private @Nullable CloseStatus closed;
        private String lastPong = "";

        Connection(String callSid, String streamSid) {
            this.callSid = callSid;
            this.streamSid = streamSid;
        }

        void upgrade() throws IOException {
            int limitMs = Math.toIntExact(plan.setUpLimit().toMillis());
            int port = plan.media().getPort() < 0 ? 80 : plan.media().getPort();
            socket.connect(new InetSocketAddress(plan.media().getHost(), port), limitMs);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(limitMs);
            Handshake handshake = new Handshake(plan.media(), plan.headers());
            socket.getOutputStream().write(handshake.request());
            Handshake.Answer answer = new Handshake.Incomplete();
            while (answer instanceof Handshake.Incomplete) {
                ByteBuffer in = read();
                answer = handshake.read(in);
                parse(in);
            }
            if (answer instanceof Handshake.Refused refused) {
                throw new IOException("upgrade refused: " + refused.why());
            }
        }

        void startStream() throws IOException {
            ProviderMessages messages = new ProviderMessages(plan.accountSid(), callSid, streamSid);
            write(new Mutation.Part(0x81, true, ProviderMessages.CONNECTED));
            write(new Mutation.Part(0x81, true, messages.start(Tracks.INBOUND, Map.of())));
        }

        Reply provoke(Mutation mutation) {
            String problem = "";
            try {
                for (Mutation.Part part : mutation.parts()) {
                    write(part);
                }
                String question = String.valueOf(mutation.number());
                write(new Mutation.Part(0x80 | Opcode.PING, true, question.getBytes(StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                // The server may have closed before it had all of it; its Close frame is still to be read.
                problem = "while sending: " + e.getMessage();
            }
            return await(mutation, problem);
        }

        private Reply await(Mutation mutation, String problem) {
            try {
                while (closed == null && !lastPong.equals(String.valueOf(mutation.number()))) {
                    parse(read());
                }
            } catch (SocketTimeoutException e) {
                return new Reply(mutation, Reaction.SILENT, OptionalInt.empty(), problem);
            } catch (IOException e) {
                return new Reply(mutation, Reaction.DROPPED, OptionalInt.empty(), problem + e.getMessage());
            }
            CloseStatus status = closed;
            return status == null
                    ? new Reply(mutation, Reaction.IGNORED, OptionalInt.empty(), "")
                    : new Reply(mutation, Reaction.CLOSED, OptionalInt.of(status.code()), status.reason());
        }

        private ByteBuffer read() throws IOException {
            int count = socket.getInputStream().read(readBuffer);
            if (count < 0) {
                throw new IOException("the server ended the connection without a Close frame");
            }
            return ByteBuffer.wrap(readBuffer, 0, count);
        }

        private void parse(ByteBuffer in) throws IOException {
            try {
                parser.parse(in, this);
            } catch (ProtocolException e) {
                throw new IOException("the server broke the protocol: " + e.getMessage(), e);
            }
        }

        private void write(Mutation.Part part) throws IOException {
            byte[] payload = part.payload();
            ByteBuffer frame = part.isMasked()
                    ? writer.frame(part.firstByte(), payload, payload.length, 0x0F1E_2D3C)
                    : writer.unmaskedFrame(part.firstByte(), payload, payload.length);
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            socket.getOutputStream().write(bytes);
        }

        void end() {
            try {
                socket.close();
            } catch (IOException e) {
                // The reply to what was sent on it is known already.
                log.debug("a socket of malformed traffic did not close", e);
            }
        }

        @Override
        public void onText(byte[] message, int length) {
            // What the server has to say to its caller is not looked at here.
        }

        @Override
        public void onBinary(byte[] message, int length) {
            // As with text.
        }

        @Override
        public void onPing(byte[] body) {
            // A connection lives for less than any server waits for a pong.
        }

        @Override
        public void onPong(byte[] body) {
            lastPong = new String(body, StandardCharsets.US_ASCII);
        }

        @Override
        public void onClose(CloseStatus status) {
            closed = status;
        }
    }
}
