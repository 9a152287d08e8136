package io.steadyline.bootstrap.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be made to go wrong in one of the gateway's parts: by the demo, or by a drill. */
public enum Fault {
    /** The recogniser takes nothing for three seconds. Absorbed: the audio waits and is drained, none is lost. */
    STT_STALL(true, "the recogniser refuses audio for 3 s, one second into the call"),
    /** The media loop stands still for half a second, as in a long collector pause. Has to end in NO-GO. */
    PACER_STALL(true, "the media loop stands still for 500 ms, three seconds into the call"),
    /** The recogniser never takes anything again. */
    STT_HANG(false, "the recogniser refuses audio for good, one second into the call"),
    /** The recogniser talks nonsense, and then its session is gone. */
    STT_BREAKS(false, "the recogniser says 1 MiB of garbage, and two seconds later its session breaks"),
    /** The process dies with what it has read and not yet noted as handled. */
    KILL_BEFORE_COMMIT(false, "SIGKILL between the reading of a socket and the note that it was read");

    private final boolean inDemo;
    private final String what;

    Fault(boolean inDemo, String what) {
        this.inDemo = inDemo;
        this.what = what;
    }

    public String what() {
        return what;
    }

    /** As on the command line: {@code stt-stall}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Fault> byLabel(String label) {
        return Arrays.stream(values())
                .filter(fault -> fault.label().equals(label))
                .findFirst();
    }

    /** Those that the demo shows; the others need calls that outlast them. */
    public static List<Fault> ofDemo() {
        return Arrays.stream(values()).filter(fault -> fault.inDemo).toList();
    }
}
