package io.steadyline.stt.peer;

import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.PeerScript.When;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * All that a peer says on one connection, in order, from a thread of its own, so that a peer that is slow to speak does not
 * stop listening.
 */
final class PeerWriter implements PeerDialect.PeerOut {

    private static final int BUFFER_BYTES = 1 << 20;

    private sealed interface Item {
        /** Of the dialect; counted. */
        record Message(PeerFrame frame) implements Item {}

        /** Control frames, and what a script says; not counted. */
        record Extra(PeerFrame frame) implements Item {}

        record EndOfBatch() implements Item {}
    }

    private final Socket socket;
    private final PeerScript script;
    private final Consumer<Act> others;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final AtomicInteger messages = new AtomicInteger();
    private volatile boolean stalled;
    private volatile boolean closing;

    /** @param others what is done to more than the outgoing side */
    PeerWriter(Socket socket, PeerScript script, Consumer<Act> others) {
        this.socket = socket;
        this.script = script;
        this.others = others;
    }

    @Override
    public void text(String text) {
        queue.add(new Item.Message(PeerFrame.text(text)));
    }

    @Override
    public void binary(byte[] data) {
        queue.add(new Item.Message(new PeerFrame(true, PeerFrame.BINARY, data)));
    }

    @Override
    public void close(int code, String reason) {
        extra(PeerFrame.close(code, reason));
    }

    /** After all that has been said before. */
    void extra(PeerFrame frame) {
        queue.add(new Item.Extra(frame));
    }

    /** What was said since the last time may go. */
    void endBatch() {
        queue.add(new Item.EndOfBatch());
    }

    void stall() {
        stalled = true;
    }

    boolean isClosing() {
        return closing;
    }

    int messagesSent() {
        return messages.get();
    }

    List<String> textsSent() {
        return List.copyOf(texts);
    }

    /** Until the close frame is out. */
    void run() throws IOException, InterruptedException {
        BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
        while (!closing) {
            switch (queue.take()) {
                case Item.EndOfBatch() -> out.flush();
                case Item.Extra(PeerFrame frame) -> writeExtra(frame, out);
                case Item.Message(PeerFrame frame) -> writeMessage(frame, out);
            }
        }
    }

    private void writeExtra(PeerFrame frame, OutputStream out) throws IOException {
        if (stalled && !frame.isControl()) {
            return;
        }
        out.write(frame.encoded());
        out.flush();
        closing = frame.opcode() == PeerFrame.CLOSE;
    }

    private void writeMessage(PeerFrame message, OutputStream out) throws IOException, InterruptedException {
        int number = messages.get() + 1;
        act(new When.BeforeMessage(number), out);
        if (stalled || closing) {
            return;
        }
        Thread.sleep(script.messageDelay());
        for (PeerFrame part : message.fragments(script.fragments())) {
            out.write(part.encoded());
            if (!script.isMerged()) {
                out.flush();
            }
        }
        if (message.opcode() == PeerFrame.TEXT) {
            texts.add(message.text());
        }
        messages.set(number);
        act(new When.AfterMessage(number), out);
    }

    private void act(When now, OutputStream out) throws IOException {
        for (PeerScript.Step step : script.steps()) {
            if (!step.when().equals(now)) {
                continue;
            }
            switch (step.act()) {
                case Act.Text(String text) -> writeExtra(PeerFrame.text(text), out);
                case Act.Binary(byte[] data) -> writeExtra(new PeerFrame(true, PeerFrame.BINARY, data), out);
                case Act.Close(int code, String reason) -> writeExtra(PeerFrame.close(code, reason), out);
                case Act.Stall() -> stall();
                case Act.Drop(), Act.Vanish(), Act.StopReading() -> actElsewhere(step.act(), out);
                case Act.Say say -> actElsewhere(say, out);
            }
        }
    }

    private void actElsewhere(Act act, OutputStream out) throws IOException {
        out.flush();
        others.accept(act);
    }
}
