package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.port.CallSlot;
import io.steadyline.port.SocketHolder.SocketCounts;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.websocket.server.Adoption.NotExact;
import io.steadyline.websocket.server.FrameConnection.Position;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a successor goes on. In all of these the page was bound after 700 bytes read and 200 written. */
class AdoptionTest {

    private static final long RX_BASE = 700;
    private static final long TX_BASE = 200;

    @Nested
    class WhatWasRead {

        @ParameterizedTest(name = "{0} bytes read and not handled")
        @ValueSource(longs = {0, 1, 5, CallSlot.RING_BYTES - 1, CallSlot.RING_BYTES})
        void shouldGoOnBehindWhatWasHandledWithTheRestFromTheRing(long unhandled) throws NotExact {
            Position position = position(page(5_000, false, 0, 0), 5_000 + unhandled, 0);
            assertThat(position).isEqualTo(new Position(0, 5_000 + unhandled, 5_000, 0, 0, 0, false));
        }

        @ParameterizedTest(name = "{0} bytes read and not handled")
        @ValueSource(longs = {-1, -5_000, CallSlot.RING_BYTES + 1, 1L << 40})
        void shouldRefuseWhatTheRingCannotHave(long unhandled) {
            assertThatThrownBy(() -> position(page(5_000, false, 0, 0), 5_000 + unhandled, 0))
                    .isInstanceOf(NotExact.class)
                    .hasMessageContaining("bytes read: " + (5_000 + unhandled));
        }

        @Test
        void shouldRefuseAMessageThatWasPartlyElsewhere() {
            assertThatThrownBy(() -> position(page(5_000, true, 0, 0), 5_000, 0))
                    .isInstanceOf(NotExact.class)
                    .hasMessageContaining("memory of the dead worker");
        }
    }

    @Nested
    class TheMessageInHand {

        @Test
        void shouldGoOnBehindWhatHasLeft() throws NotExact {
            assertThat(position(page(0, false, 3_000, 0), 0, 3_000))
                    .isEqualTo(new Position(0, 0, 0, 3_000, 0, 0, false));
        }

        @ParameterizedTest(name = "{0} of 100 bytes written: {1} left")
        @CsvSource({"0, 100", "1, 99", "50, 50", "99, 1"})
        void shouldCompleteIt(long written, int left) throws NotExact {
            assertThat(position(page(0, false, 3_000, 100), 0, 3_000 + written))
                    .isEqualTo(new Position(0, 0, 0, 3_000, 100, left, false));
        }

        @Test
        void shouldTakeACompleteOneAsWritten() throws NotExact {
            assertThat(position(page(0, false, 3_000, 100), 0, 3_100))
                    .isEqualTo(new Position(0, 0, 0, 3_100, 0, 0, false));
        }

        @Test
        void shouldCompleteTheLongestThatAPageHas() throws NotExact {
            assertThat(position(page(0, false, 0, CallSlot.MESSAGE_BYTES), 0, 1))
                    .isEqualTo(new Position(0, 0, 0, 0, CallSlot.MESSAGE_BYTES, CallSlot.MESSAGE_BYTES - 1, false));
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 101, -3_000})
        void shouldRefuseWhatIsNoPartOfIt(long written) {
            assertThatThrownBy(() -> position(page(0, false, 3_000, 100), 0, 3_000 + written))
                    .isInstanceOf(NotExact.class)
                    .hasMessageContaining("message in hand: " + written);
        }

        @Test
        void shouldRefuseBytesThatNobodyNoted() {
            assertThatThrownBy(() -> position(page(0, false, 3_000, 0), 0, 3_001))
                    .isInstanceOf(NotExact.class);
        }

        @Test
        void shouldRefuseOneThatIsLongerThanThePage() {
            assertThatThrownBy(() -> position(page(0, false, 0, CallSlot.MESSAGE_BYTES + 1), 0, 1))
                    .isInstanceOf(NotExact.class)
                    .hasMessageContaining("2049");
        }

        @Test
        void shouldGoWithoutALongOneThatHadNotBegunOrWasDone() throws NotExact {
            assertThat(position(page(0, false, 3_000, -4_000), 0, 3_000))
                    .isEqualTo(new Position(0, 0, 0, 3_000, 0, 0, false));
            assertThat(position(page(0, false, 3_000, -4_000), 0, 7_000))
                    .isEqualTo(new Position(0, 0, 0, 7_000, 0, 0, false));
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 1, 3_999, 4_001})
        void shouldRefuseALongOneThatWasHalfWritten(long written) {
            assertThatThrownBy(() -> position(page(0, false, 3_000, -4_000), 0, 3_000 + written))
                    .isInstanceOf(NotExact.class);
        }
    }

    @Nested
    class WithoutCounts {

        @Test
        void shouldRefuseUnknownCounts() {
            assertThatThrownBy(() -> Adoption.position(page(0, false, 0, 0), SocketCounts.UNKNOWN, CallSlot.RING_BYTES))
                    .isInstanceOf(NotExact.class)
                    .hasMessageContaining("not known");
        }

        @ParameterizedTest
        @CsvSource({"-1, 0", "0, -1", "-1, -1"})
        void shouldRefuseAPageThatWasNeverBoundToASocket(long rxBase, long txBase) {
            SlotSnapshot unbound = page(rxBase, 0, false, txBase, 0, 0);
            assertThatThrownBy(() -> Adoption.position(unbound, new SocketCounts(700, 200, false), CallSlot.RING_BYTES))
                    .isInstanceOf(NotExact.class)
                    .hasMessageContaining("not known");
        }
    }

    private static Position position(SlotSnapshot left, long read, long written) throws NotExact {
        return Adoption.position(left, new SocketCounts(RX_BASE + read, TX_BASE + written, false), CallSlot.RING_BYTES);
    }

    private static SlotSnapshot page(long rxHandled, boolean partlyElsewhere, long txStart, int txBytes) {
        return page(RX_BASE, rxHandled, partlyElsewhere, TX_BASE, txStart, txBytes);
    }

    private static SlotSnapshot page(
            long rxBase, long rxHandled, boolean partlyElsewhere, long txBase, long txStart, int txBytes) {
        return new SlotSnapshot(
                3,
                "CA1",
                "MZ1",
                "twilio",
                false,
                "{}",
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                rxBase,
                rxHandled,
                partlyElsewhere,
                txBase,
                txStart,
                txBytes,
                true,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                -1,
                0);
    }
}
