package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On XNIO's own thread. */
class MediaLoopTest {

    private OneIoThread io;
    private MediaLoop loop;

    @BeforeEach
    void open() throws IOException {
        io = new OneIoThread();
        loop = new MediaLoop(io.thread());
    }

    @AfterEach
    void close() {
        io.close();
    }

    @Test
    void shouldPauseOnceForEachRoundOfManyMessages() {
        long startNs = System.nanoTime();
        for (int round = 0; round < 50; round++) {
            io.call(this::fourMessages);
            // Runs behind the pause, which was asked for on the loop itself.
            io.call(() -> true);
        }
        assertThat(System.nanoTime() - startNs).as("50 rounds, ns").isGreaterThan(49 * TurnSpacing.SPACING_NS);
    }

    private boolean fourMessages() {
        for (int i = 0; i < TurnSpacing.MANY; i++) {
            loop.onMessage(System.nanoTime());
        }
        return true;
    }
}
