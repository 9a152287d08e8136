package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.CallReport.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamsOfOneCallTest {

    @Test
    void shouldOpenASecondStreamWhileTheFirstIsUp() throws Exception {
        CountDownLatch firstIsUp = new CountDownLatch(1);
        CountDownLatch secondIsUp = new CountDownLatch(1);
        AtomicInteger streams = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    if (streams.getAndIncrement() == 0) {
                        String sid = ScriptedServer.streamSidIn(peer.readEvent("start"));
                        firstIsUp.countDown();
                        while (secondIsUp.getCount() > 0) {
                            peer.echo(peer.read(), sid);
                        }
                        peer.close(1008, "a newer stream of the same call");
                        peer.readUntilClose();
                    } else {
                        secondIsUp.countDown();
                        ScriptedServer.echo(peer);
                    }
                });
                Simulator simulator = Simulator.start()) {
            LiveCall first = simulator.dial(CallPlan.to(server.uri())
                    .duration(Duration.ofMinutes(5))
                    .echoProbe(true)
                    .build());
            assertThat(firstIsUp.await(10, TimeUnit.SECONDS)).isTrue();
            LiveCall second = simulator.dial(first.plan()
                    .anotherStream()
                    .duration(Duration.ofMillis(300))
                    .drainFor(Duration.ofMillis(500))
                    .build());
            CallReport replaced = first.report().get(10, TimeUnit.SECONDS);
            CallReport newest = second.report().get(10, TimeUnit.SECONDS);
            assertThat(replaced.ending().outcome()).isEqualTo(Outcome.SERVER_CLOSED);
            assertThat(replaced.ending().closeCode()).hasValue(1008);
            assertThat(replaced.wasCut()).isTrue();
            assertThat(newest.plan().callSid()).isEqualTo(replaced.plan().callSid());
            assertThat(Objects.requireNonNull(newest.echo()).isComplete()).isTrue();
        }
    }
}
