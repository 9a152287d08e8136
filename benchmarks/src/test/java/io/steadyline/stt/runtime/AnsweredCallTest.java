package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnsweredCallTest {

    private static final int MINUTE = 3_000;

    /** Else the benchmark would measure a call that waits, or one that begins again and again. */
    @Test
    void shouldSendEachFrameAndHearEachFinal() {
        AnsweredCall call = new AnsweredCall();
        long sent = 0;
        for (int frame = 0; frame < MINUTE; frame++) {
            sent = call.frame();
        }
        assertThat(sent).isBetween(MINUTE - 2L, (long) MINUTE);
        assertThat(call.finals()).isBetween(MINUTE / 100 - 1L, MINUTE / 100L);
    }
}
