package io.steadyline.testkit;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentDoor;
import io.steadyline.port.AgentLeg;
import io.steadyline.port.AgentSeat;
import io.steadyline.signal.AgentEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A door whose bots do what the test tells them, and remember what they were told. */
public final class FakeDoor implements AgentDoor {

    /** What was asked of the door, and is not answered until the test does so. */
    public static final class Asked {

        private final Wanted wanted;
        private final AgentSeat seat;
        private boolean cancelled;

        private Asked(Wanted wanted, AgentSeat seat) {
            this.wanted = wanted;
            this.seat = seat;
        }

        public Wanted wanted() {
            return wanted;
        }

        public boolean isCancelled() {
            return cancelled;
        }

        /** A bot takes the call. */
        public Bot taken(String name, boolean acknowledges) {
            Bot bot = new Bot(name, acknowledges, seat);
            seat.taken(bot);
            return bot;
        }

        public void refused(String why) {
            seat.refused(why);
        }
    }

    private final List<Asked> asked = new ArrayList<>();

    @Override
    public String name() {
        return "fake-door";
    }

    @Override
    public boolean isInterruptible() {
        return true;
    }

    @Override
    public Search seek(Wanted wanted, AgentSeat seat) {
        Asked search = new Asked(wanted, seat);
        asked.add(search);
        return () -> search.cancelled = true;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The latest search. */
    public Asked search() {
        return asked.getLast();
    }

    /** A bot with one call. */
    public static final class Bot implements AgentLeg {

        private final String name;
        private final boolean acknowledges;
        private final AgentSeat seat;
        private final List<String> script = new ArrayList<>();
        private final List<Playback> playbacks = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private @Nullable Briefing briefing;
        private @Nullable String endedWhy;
        private long spoken;

        private Bot(String name, boolean acknowledges, AgentSeat seat) {
            this.name = name;
            this.acknowledges = acknowledges;
            this.seat = seat;
        }

        public AgentSeat seat() {
            return seat;
        }

        /** So many frames at once, numbered on, each as a chunk of its own. */
        public void says(int frames) {
            for (int i = 0; i < frames; i++) {
                seat.audio(Frames.payload(spoken++, AudioFormat.MULAW_8K), 0);
            }
        }

        /** What it was told, for the eye: {@code begin 0 1 #1 BargedIn r2 r#2 Dtmf}; r: replayed. */
        public String script() {
            return String.join(" ", script);
        }

        public List<String> told() {
            return List.copyOf(script);
        }

        public Briefing briefing() {
            if (briefing == null) {
                throw new AssertionError("not begun");
            }
            return briefing;
        }

        public List<Playback> playbacks() {
            return List.copyOf(playbacks);
        }

        public List<String> warnings() {
            return List.copyOf(warnings);
        }

        /** Null while it has the call. */
        public @Nullable String endedWhy() {
            return endedWhy;
        }

        @Override
        public String agent() {
            return name;
        }

        @Override
        public boolean acknowledges() {
            return acknowledges;
        }

        @Override
        public void begin(Briefing first) {
            requireOpen();
            briefing = first;
            script.add("begin");
        }

        @Override
        public void onCallerFrame(AudioFrame frame, boolean isReplay) {
            requireOpen();
            script.add((isReplay ? "r" : "") + Frames.numberOf(frame));
        }

        @Override
        public void on(long sequence, AgentEvent event, boolean isReplay) {
            requireOpen();
            String what = event instanceof AgentEvent.MarkSettled mark
                    ? mark.name() + ":" + mark.outcome()
                    : event instanceof AgentEvent.Speech speech
                            ? speech.event().getClass().getSimpleName()
                            : event.getClass().getSimpleName();
            script.add((isReplay ? "r" : "") + "#" + sequence + " " + what);
        }

        @Override
        public void onPlayback(Playback playback) {
            requireOpen();
            playbacks.add(playback);
        }

        @Override
        public void warn(String what) {
            warnings.add(what);
        }

        @Override
        public void end(String why) {
            requireOpen();
            endedWhy = why;
        }

        private void requireOpen() {
            if (endedWhy != null) {
                throw new AssertionError("told something after its end: " + endedWhy);
            }
        }
    }
}
