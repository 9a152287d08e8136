package io.steadyline.bootstrap.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be made to go wrong. */
public enum Fault {
    /** The recogniser takes nothing for three seconds. Absorbed: the audio waits and is drained, none is lost. */
    STT_STALL("the recogniser refuses audio for 3 s, one second into the call"),
    /** The media loop stands still for half a second, as in a long collector pause. Has to end in NO-GO. */
    PACER_STALL("the media loop stands still for 500 ms, three seconds into the call");

    private final String what;

    Fault(String what) {
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
}
