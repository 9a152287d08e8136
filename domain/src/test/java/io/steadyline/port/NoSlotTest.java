package io.steadyline.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.CallId;
import io.steadyline.signal.StreamMode;
import io.steadyline.testkit.CallHarness;
import org.junit.jupiter.api.Test;

class NoSlotTest {

    private final NoSlot slot = new NoSlot();

    @Test
    void shouldHaveBuffersOfItsOwnAndKeepNothing() {
        assertThat(slot.index()).isNegative();
        assertThat(slot.rxRing().capacity()).isEqualTo(CallSlot.RING_BYTES);
        assertThat(slot.txMessage().capacity()).isEqualTo(CallSlot.MESSAGE_BYTES);
        slot.bindSocket(1, 2);
        assertThat(slot.bindCall(
                        CallHarness.facts(new CallId("CA1"), "MZ1", StreamMode.BIDIRECTIONAL), 0, new byte[5], 0, 5))
                .isFalse();
        slot.rxHandled(1, true);
        slot.frameIn(1);
        slot.txInHand(1, 2, true);
        slot.frameOut();
        slot.depths(1, 2, 3, 4);
        slot.playout(1, 2, 3);
        slot.commit();
        slot.release();
        assertThat(slot.rxRing()).isNotSameAs(new NoSlot().rxRing());
    }

    @Test
    void shouldHoldNoSocketsWhereNobodyIs() {
        assertThat(SocketHolder.NONE.holds()).isFalse();
        assertThat(SocketHolder.NONE.name()).isEqualTo("no");
        assertThat(SocketHolder.NONE.hold("call-0-CA1", 7)).isFalse();
        SocketHolder.NONE.drop("call-0-CA1");
        assertThat(SocketHolder.NONE.counts(7).isKnown()).isFalse();
        assertThat(CallArchive.NONE.find("CA1")).isEmpty();
        assertThat(CallArchive.NONE.originOf("MZ1")).isEmpty();
    }
}
