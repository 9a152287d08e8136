package io.steadyline.stt.peer;

import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.PeerScript.When;
import io.steadyline.stt.vendor.VendorAudio;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One WebSocket at a peer, after its upgrade. Two threads: one reads, one writes; the dialect is used by one at a time. */
public final class PeerConnection {

    /** Time for the client's close frame after ours. */
    private static final long CLOSING_MS = 2_000;

    /** How often a peer that does not read looks if its client is still there: by writing. */
    private static final long PROBE_MS = 50;

    private final int number;
    private final HttpRequestText request;
    private final Socket socket;
    private final PeerScript script;
    private final PeerDialect dialect;
    private final PeerWriter writer;
    private final PeerRecogniser recogniser;
    private final PeerDialect.Ear ear = new CountingEar();
    private final Object turn = new Object();
    private final List<String> textsHeard = new CopyOnWriteArrayList<>();
    private final List<PeerScript.Step> audioSteps = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong audioBytes = new AtomicLong();
    private final AtomicLong audioMessages = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean deaf;
    private volatile boolean readingOff;
    private volatile long bytesReadOff;
    private volatile int clientCloseCode = -1;

    PeerConnection(
            int number,
            HttpRequestText request,
            Socket socket,
            PeerScript script,
            PeerDialect dialect,
            VendorAudio audio) {
        this.number = number;
        this.request = request;
        this.socket = socket;
        this.script = script;
        this.dialect = dialect;
        this.writer = new PeerWriter(socket, script, this::act);
        this.recogniser = new PeerRecogniser(dialect, writer, audio);
        script.steps().stream()
                .filter(step -> step.when() instanceof When.AfterAudio)
                .forEach(audioSteps::add);
    }

    /** From 1; refused ones count too. */
    public int number() {
        return number;
    }

    public HttpRequestText request() {
        return request;
    }

    public PeerRecogniser recogniser() {
        return recogniser;
    }

    public boolean isOpen() {
        return ended.getCount() > 0;
    }

    /** Of the frame that the client sent; empty: none came. */
    public OptionalInt clientCloseCode() {
        return clientCloseCode < 0 ? OptionalInt.empty() : OptionalInt.of(clientCloseCode);
    }

    /** As the vendor's recogniser got it, after its message was decoded. */
    public long audioBytes() {
        return audioBytes.get();
    }

    public long audioMessages() {
        return audioMessages.get();
    }

    public List<String> textsHeard() {
        return List.copyOf(textsHeard);
    }

    public List<String> textsSent() {
        return writer.textsSent();
    }

    public int messagesSent() {
        return writer.messagesSent();
    }

    /** Does it now, from a thread of the test. */
    public void act(Act act) {
        switch (act) {
            case Act.Text(String text) -> writer.extra(PeerFrame.text(text));
            case Act.Binary(byte[] data) -> writer.extra(new PeerFrame(true, PeerFrame.BINARY, data));
            case Act.Close(int code, String reason) -> writer.close(code, reason);
            case Act.Stall() -> writer.stall();
            case Act.Drop() -> end(true);
            case Act.Vanish() -> end(false);
            case Act.StopReading() -> deaf = true;
            case Act.Say(Trouble trouble) -> say(trouble);
        }
    }

    /**
     * When deaf: takes what the client had written, hears none of it, and so comes to the end of the stream if the client
     * closed it. Before, a kernel that cannot get rid of what a closed socket still holds may leave probes unanswered for
     * minutes (seen on Linux 6.18: FIN-WAIT-1 with 227 KB).
     */
    void readOff() {
        readingOff = true;
    }

    /** What was left when it read off, up to the end of the stream. */
    public long bytesReadOff() {
        return bytesReadOff;
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    List<Throwable> forgive() {
        List<Throwable> forgiven = List.copyOf(failures);
        failures.removeAll(forgiven);
        return forgiven;
    }

    /** Reads until the end, on the caller's thread. */
    void run(DataInputStream in) throws InterruptedException {
        Thread writing = Thread.ofVirtual().name("peer-" + number + "-writer").start(this::write);
        try {
            inTurn(() -> dialect.onOpened(writer));
            writer.endBatch();
            script.steps().stream()
                    .filter(step -> step.when() instanceof When.Opened)
                    .forEach(step -> act(step.act()));
            read(in);
        } catch (PeerFrame.Violation violation) {
            failures.add(violation);
            writer.close(violation.code(), violation.reason());
            awaitClosing();
        } catch (IOException gone) {
            // The client went without a close frame; whether it may is for the test to say.
        } finally {
            end(false);
            writing.interrupt();
            writing.join();
        }
    }

    private void write() {
        try {
            writer.run();
            // The reader goes on until the client's close frame, but not for ever.
            if (!ended.await(CLOSING_MS, TimeUnit.MILLISECONDS)) {
                end(false);
            }
        } catch (IOException gone) {
            end(false);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(DataInputStream in) throws IOException, InterruptedException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int opcode = PeerFrame.CONTINUATION;
        while (true) {
            awaitHearing(in);
            PeerFrame frame = PeerFrame.read(in);
            if (frame.isControl()) {
                if (!onControl(frame)) {
                    return;
                }
                continue;
            }
            boolean begins = frame.opcode() != PeerFrame.CONTINUATION;
            if (begins == (opcode != PeerFrame.CONTINUATION)) {
                throw new PeerFrame.Violation(1002, "opcode: " + frame.opcode() + " within or without a message");
            }
            opcode = begins ? frame.opcode() : opcode;
            message.writeBytes(frame.payload());
            if (message.size() > PeerFrame.MAX_PAYLOAD_BYTES) {
                throw new PeerFrame.Violation(1009, "message: " + message.size() + " bytes");
            }
            if (frame.last()) {
                onMessage(opcode, message.toByteArray());
                opcode = PeerFrame.CONTINUATION;
                message.reset();
            }
        }
    }

    /** While deaf, nothing is read until the connection is gone. */
    private void awaitHearing(DataInputStream in) throws IOException, InterruptedException {
        while (deaf && !ended.await(PROBE_MS, TimeUnit.MILLISECONDS)) {
            if (readingOff) {
                bytesReadOff = in.transferTo(OutputStream.nullOutputStream());
                throw new EOFException("the client closed");
            }
            writer.extra(new PeerFrame(true, PeerFrame.PING, new byte[0]));
        }
    }

    /** False at the client's close. */
    private boolean onControl(PeerFrame frame) throws InterruptedException {
        switch (frame.opcode()) {
            case PeerFrame.PING -> writer.extra(new PeerFrame(true, PeerFrame.PONG, frame.payload()));
            case PeerFrame.CLOSE -> {
                clientCloseCode = frame.closeCode();
                if (!writer.isClosing()) {
                    writer.close(frame.closeCode(), "");
                    awaitClosing();
                }
                return false;
            }
            default -> {
                // A pong that nobody waits for.
            }
        }
        return true;
    }

    private void awaitClosing() throws InterruptedException {
        for (int i = 0; i < CLOSING_MS && !writer.isClosing() && isOpen(); i++) {
            Thread.sleep(1);
        }
    }

    private void onMessage(int opcode, byte[] payload) throws PeerFrame.Violation {
        if (writer.isClosing()) {
            return;
        }
        if (opcode == PeerFrame.TEXT) {
            String text = strictText(payload);
            textsHeard.add(text);
            inTurn(() -> dialect.onText(text, writer, ear));
        } else {
            inTurn(() -> dialect.onBinary(payload, writer, ear));
        }
        writer.endBatch();
        audioSteps.removeIf(this::isDone);
    }

    private static String strictText(byte[] payload) throws PeerFrame.Violation {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new PeerFrame.Violation(1007, "text: not UTF-8");
        }
    }

    private boolean isDone(PeerScript.Step step) {
        if (step.when() instanceof When.AfterAudio(long bytes) && audioBytes.get() >= bytes) {
            act(step.act());
            return true;
        }
        return false;
    }

    private void say(Trouble trouble) {
        inTurn(() -> dialect.trouble(trouble, writer));
        writer.endBatch();
    }

    /** A dialect that throws is a mistake in the test. */
    private void inTurn(Runnable step) {
        try {
            synchronized (turn) {
                step.run();
            }
        } catch (RuntimeException | AssertionError bug) {
            failures.add(bug);
            writer.close(1011, "the peer failed");
        }
    }

    void end(boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException cannotClose) {
            failures.add(cannotClose);
        } finally {
            ended.countDown();
        }
    }

    @Override
    public String toString() {
        return "connection " + number + " " + request.path() + " " + script.steps();
    }

    private final class CountingEar implements PeerDialect.Ear {
        @Override
        public void audio(byte[] data) {
            audioBytes.addAndGet(data.length);
            audioMessages.incrementAndGet();
            recogniser.audio(data);
        }

        @Override
        public void flush() {
            recogniser.flush();
        }

        @Override
        public void endOfInput() {
            recogniser.endOfInput();
        }
    }
}
