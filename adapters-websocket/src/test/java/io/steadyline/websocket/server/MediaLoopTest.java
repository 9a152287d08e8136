package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void shouldWriteBehindEverythingThatIsReady() {
        List<String> order = new ArrayList<>();
        io.call(() -> {
            // As two sockets that are ready in one round, or a bot's audio and a socket.
            io.thread().execute(() -> order.add("second message"));
            loop.writeAtRoundEnd(() -> order.add("first write"));
            loop.writeAtRoundEnd(() -> order.add("second write"));
            return order.add("first message");
        });
        io.call(() -> true);
        assertThat(order).containsExactly("first message", "second message", "first write", "second write");
    }

    @Test
    void shouldWriteForTheOthersWhenOneWriteFails() {
        List<String> order = new ArrayList<>();
        io.call(() -> {
            loop.writeAtRoundEnd(() -> {
                throw new IllegalStateException("a failure of our own");
            });
            loop.writeAtRoundEnd(() -> order.add("written"));
            return true;
        });
        io.call(() -> true);
        io.call(() -> true);
        assertThat(order).containsExactly("written");
    }

    @Test
    void shouldWriteInTheSameRoundWhatAWriteBringsAbout() {
        List<String> order = new ArrayList<>();
        io.call(() -> {
            loop.writeAtRoundEnd(() -> loop.writeAtRoundEnd(() -> order.add("next of the same call")));
            return true;
        });
        io.call(() -> true);
        assertThat(order).containsExactly("next of the same call");
    }

    private boolean fourMessages() {
        for (int i = 0; i < TurnSpacing.MANY; i++) {
            loop.onMessage(System.nanoTime());
        }
        return true;
    }
}
