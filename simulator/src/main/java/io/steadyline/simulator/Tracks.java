package io.steadyline.simulator;

import java.util.List;

/** Which sides of the call are streamed. */
public enum Tracks {
    /** Only the caller, both directions of media: {@code <Connect><Stream>}. */
    INBOUND,
    /** Only what the caller hears; a fork ({@code <Start><Stream>}), on which the server must not send. */
    OUTBOUND,
    /** Both, a fork: each 20 ms one message for each track. */
    BOTH;

    private static final List<String> INBOUND_NAMES = List.of("inbound");
    private static final List<String> OUTBOUND_NAMES = List.of("outbound");
    private static final List<String> BOTH_NAMES = List.of("inbound", "outbound");

    public boolean isBidirectional() {
        return this == INBOUND;
    }

    public List<String> names() {
        return switch (this) {
            case INBOUND -> INBOUND_NAMES;
            case OUTBOUND -> OUTBOUND_NAMES;
            case BOTH -> BOTH_NAMES;
        };
    }
}
