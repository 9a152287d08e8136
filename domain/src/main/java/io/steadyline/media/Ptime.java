package io.steadyline.media;

/** Duration of one frame. 20 ms is what every media-stream provider sends in practice. */
public enum Ptime {
    MS_10(10),
    MS_20(20),
    MS_30(30);

    private final int ms;

    Ptime(int ms) {
        this.ms = ms;
    }

    /** @throws IllegalArgumentException for anything but 10, 20 or 30 */
    public static Ptime ofMs(int ptimeMs) {
        for (Ptime ptime : values()) {
            if (ptime.ms == ptimeMs) {
                return ptime;
            }
        }
        throw new IllegalArgumentException("ptimeMs: " + ptimeMs + " (expected: 10, 20 or 30)");
    }

    public int ms() {
        return ms;
    }

    public long ns() {
        return ms * 1_000_000L;
    }
}
