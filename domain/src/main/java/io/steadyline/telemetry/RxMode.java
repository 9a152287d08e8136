package io.steadyline.telemetry;

/** How caller audio leaves its queue. */
public enum RxMode {
    /** One frame a ptime. */
    NORMAL("normal"),
    /** Faster than real time, until the lag is gone. */
    DRAIN("drain");

    private final String label;

    RxMode(String label) {
        this.label = label;
    }

    /** As in the log line. */
    public String label() {
        return label;
    }
}
