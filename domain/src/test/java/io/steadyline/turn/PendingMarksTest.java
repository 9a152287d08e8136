package io.steadyline.turn;

import static io.steadyline.signal.MarkOutcome.INTERRUPTED;
import static io.steadyline.signal.MarkOutcome.PLAYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.turn.PendingMarks.Settled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingMarksTest {

    private final PendingMarks marks = new PendingMarks();

    @Test
    void shouldGiveEachMarkANameOfItsOwnOnTheWire() {
        assertThat(marks.onSend("same", 1)).isEqualTo("m1");
        assertThat(marks.onSend("same", 2)).isEqualTo("m2");
        assertThat(marks.size()).isEqualTo(2);
    }

    @Test
    void shouldSettleAReturnedMarkAsPlayedOnce() {
        marks.onSend("first", 10);
        marks.onSend("second", 20);
        assertThat(marks.onReturned("m2")).isEqualTo(new Settled("second", PLAYED, 20));
        assertThat(marks.onReturned("m2")).isNull();
        assertThat(marks.onReturned("m1")).isEqualTo(new Settled("first", PLAYED, 10));
        assertThat(marks.size()).isZero();
    }

    @Test
    void shouldInterruptAllOldestFirst() {
        marks.onSend("first", 10);
        marks.onSend("second", 20);
        assertThat(marks.interruptAll())
                .containsExactly(new Settled("first", INTERRUPTED, 10), new Settled("second", INTERRUPTED, 20));
        assertThat(marks.size()).isZero();
        assertThat(marks.interruptAll()).isEmpty();
    }

    @Test
    void shouldKnowAReturnThatCrossedAClearForWhatItIs() {
        marks.onSend("first", 10);
        marks.interruptAll();
        marks.onSend("second", 20);
        assertThat(marks.onReturned("m1")).isNull();
        assertThat(marks.isLateReturn("m1")).isTrue();
        assertThat(marks.isLateReturn("m2")).isFalse();
        assertThat(marks.onReturned("m2")).isEqualTo(new Settled("second", PLAYED, 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "m", "m0", "m-1", "m2", "x1", "1", "m1x", "m99999999999999999999", "m1234567890123456789012"
            })
    void shouldTakeNothingElseForALateReturn(String wireName) {
        marks.onSend("first", 10);
        marks.interruptAll();
        assertThat(marks.onReturned(wireName)).isNull();
        assertThat(marks.isLateReturn(wireName)).isFalse();
    }

    @Test
    void shouldReadTheLongestNumberThatItCanHaveGiven() {
        assertThat(marks.isLateReturn("m" + Long.MAX_VALUE)).isFalse();
        marks.onSend("first", 10);
        marks.interruptAll();
        assertThat(marks.isLateReturn("m0000000000000000001")).isTrue();
        assertThat(marks.isLateReturn("m00000000000000000001")).isFalse();
    }

    @Test
    void shouldGoOnCountingBehindAWorkerBeforeThisOne() {
        marks.continueAfter(17);
        assertThat(marks.lastNumber()).isEqualTo(17);
        assertThat(marks.onSend("next", 1)).isEqualTo("m18");
        assertThat(marks.isLateReturn("m17")).isTrue();
        assertThat(marks.isLateReturn("m18")).isFalse();
        assertThat(marks.onReturned("m17")).isNull();
    }

    @Test
    void shouldNeverCountBackwards() {
        marks.onSend("first", 1);
        marks.onSend("second", 2);
        marks.continueAfter(1);
        assertThat(marks.onSend("third", 3)).isEqualTo("m3");
    }
}
