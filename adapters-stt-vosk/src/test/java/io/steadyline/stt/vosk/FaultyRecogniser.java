package io.steadyline.stt.vosk;

import io.steadyline.stt.peer.NumberedReader;
import io.steadyline.stt.peer.NumberedReader.Piece;
import io.steadyline.stt.peer.PeerScript;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.PeerScript.When;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The real recogniser and what goes wrong with it: what it is asked for and what it says is its own, until its script has an act. Keeps the
 * rules of the native code: one thread at a time, nothing after it was freed, freed once. Messages are its results, counted from 1.
 */
final class FaultyRecogniser implements Recogniser {

    private final int number;
    private final PeerScript script;
    private final Recogniser real;
    private final CountDownLatch letGo;
    private final Consumer<String> broken;
    private final NumberedReader reader = new NumberedReader(VendorAudio.L16_8K);
    private final Set<Integer> heard = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean inUse = new AtomicBoolean();
    private final AtomicReference<@Nullable Act> due = new AtomicReference<>();
    private volatile boolean hanging;
    private volatile boolean closed;
    private boolean stalled;
    private @Nullable String instead;
    private int messages;
    private long audioBytes;

    /**
     * @param letGo what hangs goes on after it
     * @param broken hears of a rule that was not kept
     */
    FaultyRecogniser(int number, PeerScript script, Recogniser real, CountDownLatch letGo, Consumer<String> broken) {
        this.number = number;
        this.script = script;
        this.real = real;
        this.letGo = letGo;
        this.broken = broken;
        happen(new When.Opened());
    }

    /** Nobody has freed it, though the native code could be: it is not inside. */
    boolean isOpen() {
        return !closed && !hanging;
    }

    boolean isClosed() {
        return closed;
    }

    Set<Integer> heard() {
        return heard;
    }

    /** The next time that anything is asked of it. */
    void make(Act act) {
        due.set(act);
    }

    @Override
    public boolean accept(byte[] samples) {
        return inTurn(() -> {
            boolean result = real.accept(samples);
            for (Piece piece : reader.read(samples)) {
                if (piece instanceof Piece.Numbered(int frame, boolean speaking)) {
                    heard.add(frame);
                }
            }
            long before = audioBytes;
            audioBytes += samples.length;
            script.steps().forEach(step -> {
                if (step.when() instanceof When.AfterAudio(long bytes) && before < bytes && bytes <= audioBytes) {
                    make(step.act());
                }
            });
            return result;
        });
    }

    @Override
    public String result() {
        return message(real::result, "{\"text\" : \"\"}");
    }

    @Override
    public String partial() {
        return message(real::partial, "{\"partial\" : \"\"}");
    }

    @Override
    public String finalResult() {
        return message(real::finalResult, "{\"text\" : \"\"}");
    }

    @Override
    public void close() {
        enter();
        closed = true;
        real.close();
        inUse.set(false);
    }

    private String message(Supplier<String> said, String nothing) {
        return inTurn(() -> {
            messages++;
            happen(new When.BeforeMessage(messages));
            actIfDue();
            await(script.messageDelay());
            String text = stalled ? nothing : said.get();
            String other = instead;
            instead = null;
            happen(new When.AfterMessage(messages));
            return other == null ? text : other;
        });
    }

    private <T> T inTurn(Supplier<T> task) {
        enter();
        try {
            actIfDue();
            return task.get();
        } finally {
            inUse.set(false);
        }
    }

    private void enter() {
        if (inUse.getAndSet(true)) {
            broken.accept(this + " is used by two threads");
        }
        if (closed) {
            broken.accept(this + " is used after it was freed");
        }
    }

    private void happen(When moment) {
        script.steps().stream().filter(step -> step.when().equals(moment)).forEach(step -> make(step.act()));
    }

    private void actIfDue() {
        Act act = due.getAndSet(null);
        switch (act) {
            case null -> {}
            case Act.Close(int code, String reason) -> throw lost();
            case Act.Drop() -> throw lost();
            case Act.Vanish() -> throw lost();
            case Act.Say(var trouble) -> throw lost();
            case Act.Stall() -> stalled = true;
            case Act.StopReading() -> hang();
            case Act.Text(String text) -> instead = text;
            case Act.Binary(byte[] data) -> instead = "<" + data.length + " bytes>";
        }
    }

    private IllegalStateException lost() {
        return new IllegalStateException(this + " failed as it was told");
    }

    private void hang() {
        hanging = true;
        try {
            letGo.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            hanging = false;
        }
    }

    static void await(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "recogniser " + number + " " + script.steps();
    }
}
