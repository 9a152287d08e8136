package io.steadyline.port;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import java.util.List;
import java.util.Optional;

/** This boot and those before it. Any thread; answers from memory. */
public interface BootHistory {

    BootIdentity current();

    /** Ended boots, newest first, as far as they are kept. */
    List<BootReport> ended();

    /** What repeats itself in them, in one sentence; empty when nothing does. */
    Optional<String> pattern();

    /** By boot id, or by number written in digits. */
    default Optional<BootReport> find(String bootIdOrNumber) {
        return ended().stream()
                .filter(report -> report.boot().bootId().equals(bootIdOrNumber)
                        || String.valueOf(report.boot().number()).equals(bootIdOrNumber))
                .findFirst();
    }
}
