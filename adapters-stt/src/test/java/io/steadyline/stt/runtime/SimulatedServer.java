package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The far end of one simulated connection: hears numbered frames, says an interim text each half second and a final each second
 * of audio, each named after its frames, and goes wrong as it is told. Time is an argument.
 */
final class SimulatedServer implements Link {

    /** How a connection goes wrong, and after how many frames. */
    record Fate(Kind kind, int afterFrames) {
        static final Fate NONE = new Fate(Kind.NONE, Integer.MAX_VALUE);
    }

    enum Kind {
        NONE,
        NEVER_OPENS,
        REFUSED,
        NEVER_READY,
        /** Takes what is sent and says nothing more. */
        MUTE,
        /** Hears what is sent, says so, and says nothing of words any more. */
        ACKNOWLEDGES,
        /** Sending never completes. */
        STOPS_READING,
        DROPPED,
        CLOSED_FOR_RESTART,
        TALKS_NONSENSE
    }

    private static final String ACKNOWLEDGEMENT = "idle";

    private static final int INTERIM_FRAMES = 25;
    private static final int FINAL_FRAMES = 50;
    private static final int FRAME_BYTES = 160;
    private static final int PTIME_MS = 20;

    /** Frames that were read, in their order. */
    private final List<Long> heard = new ArrayList<>();

    private final int number;
    private final SimulatedCall call;
    private final Fate fate;
    private final int lagMs;
    private long streamFrames;
    private long segmentStart;
    private boolean over;
    private boolean givenUp;

    SimulatedServer(SimulatedCall call, int number, Fate fate, int openMs, int lagMs) {
        this.call = call;
        this.number = number;
        this.fate = fate;
        this.lagMs = lagMs;
        switch (fate.kind()) {
            case NEVER_OPENS -> {}
            case REFUSED ->
                call.later(openMs, its -> its.onRefused(number, new Refusal(503, Map.of(), "busy"), call.nowNs()));
            default -> call.later(openMs, its -> its.onOpened(number, call.nowNs()));
        }
    }

    List<Long> heard() {
        return heard;
    }

    /** This side gave it up: nothing of it is left. */
    boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public String toString() {
        return "server " + number + " with " + fate + " heard " + heard.size() + " frames"
                + (heard.isEmpty() ? "" : ", " + heard.getFirst() + " to " + heard.getLast());
    }

    @Override
    public void send(Wire message) {
        if (isGoneWrong() && fate.kind() == Kind.STOPS_READING) {
            return;
        }
        call.later(1, its -> its.onWritten(number, call.nowNs()));
        switch (message) {
            case Wire.Text(String text) -> onText(text);
            case Wire.Binary(byte[] data) -> onAudio(data);
        }
    }

    @Override
    public void finish() {
        call.later(1, its -> its.onWritten(number, call.nowNs()));
    }

    @Override
    public void abort() {
        givenUp = true;
        over = true;
    }

    private void onText(String text) {
        switch (text) {
            case "hello" -> {
                if (fate.kind() != Kind.NEVER_READY) {
                    say("ready");
                }
            }
            case "flush" -> {
                sayFinal();
                say("flushed");
            }
            case "end" -> {
                sayFinal();
                say("over " + streamFrames * PTIME_MS);
                say("bye");
            }
            default -> say(ACKNOWLEDGEMENT);
        }
    }

    private void onAudio(byte[] data) {
        for (int at = 0; at + FRAME_BYTES <= data.length; at += FRAME_BYTES) {
            long frame = SimulatedCall.numberIn(data, at);
            boolean gone = isGoneWrong();
            if (gone) {
                goWrong();
            }
            if (gone && fate.kind() != Kind.ACKNOWLEDGES) {
                return;
            }
            if (frame >= 0) {
                heard.add(frame);
            }
            if (!gone && call.isNoise(frame)) {
                onNoise();
            } else if (!gone) {
                onWords();
            }
        }
    }

    private void onWords() {
        streamFrames++;
        if (streamFrames - segmentStart == INTERIM_FRAMES) {
            say("interim part of " + segmentStart);
        }
        if (streamFrames - segmentStart == FINAL_FRAMES) {
            sayFinal();
        }
    }

    /** Words before it are final, and it has none. */
    private void onNoise() {
        sayFinal();
        segmentStart = ++streamFrames;
        say(ACKNOWLEDGEMENT);
    }

    private void sayFinal() {
        if (streamFrames > segmentStart) {
            say("final " + segmentStart * PTIME_MS + " " + streamFrames * PTIME_MS + " of " + number);
            segmentStart = streamFrames;
        }
    }

    private boolean isGoneWrong() {
        return fate.kind() != Kind.NONE && streamFrames >= fate.afterFrames();
    }

    private void goWrong() {
        switch (fate.kind()) {
            case NONE, NEVER_OPENS, REFUSED, NEVER_READY, MUTE, STOPS_READING -> {}
            case ACKNOWLEDGES -> say(ACKNOWLEDGEMENT);
            case DROPPED ->
                lose(() ->
                        call.later(1, its -> its.onBroken(number, new IOException("connection reset"), call.nowNs())));
            case CLOSED_FOR_RESTART ->
                lose(() -> call.later(
                        1, its -> its.onClosed(number, new Closing(Closing.RESTARTING, "restart"), call.nowNs())));
            case TALKS_NONSENSE -> lose(() -> say("\u0000{"));
        }
    }

    private void lose(Runnable how) {
        if (!over) {
            how.run();
            over = true;
        }
    }

    private void say(String text) {
        boolean silenced =
                fate.kind() == Kind.MUTE || (fate.kind() == Kind.ACKNOWLEDGES && !text.equals(ACKNOWLEDGEMENT));
        if (over || (isGoneWrong() && silenced)) {
            return;
        }
        call.later(lagMs, its -> its.onReceived(number, new Wire.Text(text), call.nowNs()));
    }
}
