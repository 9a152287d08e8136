package io.steadyline.call;

import static io.steadyline.signal.CallState.ACTIVE;
import static io.steadyline.signal.CallState.CLOSED;
import static io.steadyline.signal.CallState.CONNECTING;
import static io.steadyline.signal.CallState.DRAINING;
import static io.steadyline.signal.CallState.LINGERING;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.CallLifeCycle.LifeEvent;
import io.steadyline.signal.CallState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallLifeCycleTest {

    /** One row a state, one column an event in its order. */
    private static final Map<CallState, List<CallState>> TABLE = new EnumMap<>(Map.of(
            CONNECTING, row(ACTIVE, DRAINING, CONNECTING, LINGERING, CONNECTING, CONNECTING, CLOSED),
            ACTIVE, row(ACTIVE, DRAINING, ACTIVE, LINGERING, ACTIVE, ACTIVE, CLOSED),
            DRAINING, row(DRAINING, DRAINING, LINGERING, LINGERING, DRAINING, DRAINING, CLOSED),
            LINGERING, row(LINGERING, LINGERING, LINGERING, LINGERING, ACTIVE, CLOSED, CLOSED),
            CLOSED, row(CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED)));

    @Test
    void shouldKnowEveryEventInEveryState() {
        assertThat(TABLE).hasSize(CallState.values().length);
        for (CallState state : CallState.values()) {
            List<CallState> reached = Stream.of(LifeEvent.values())
                    .map(event -> CallLifeCycle.next(state, event))
                    .toList();
            assertThat(reached).as("from %s", state).isEqualTo(TABLE.get(state));
        }
    }

    @Test
    void shouldNameTheEventsInTheOrderOfTheTable() {
        assertThat(LifeEvent.values())
                .containsExactly(
                        LifeEvent.FIRST_FRAME,
                        LifeEvent.FINISH_REQUESTED,
                        LifeEvent.PLAYED_OUT,
                        LifeEvent.STREAM_ENDED,
                        LifeEvent.STREAM_RESUMED,
                        LifeEvent.SETTLED,
                        LifeEvent.ABORTED);
    }

    private static List<CallState> row(CallState... states) {
        return List.of(states);
    }
}
