package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.CallInbox.Message;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.SpeechEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallInboxTest {

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final CallInbox inbox = new CallInbox(wakeUps::incrementAndGet);

    @Test
    void shouldKeepTheOrder() {
        inbox.on(speech(1));
        inbox.put(end());
        inbox.on(speech(2));
        assertThat(inbox.poll()).isEqualTo(new Message.Heard(speech(1)));
        assertThat(inbox.poll()).isEqualTo(end());
        assertThat(inbox.poll()).isEqualTo(new Message.Heard(speech(2)));
        assertThat(inbox.poll()).isNull();
    }

    @Test
    void shouldWakeTheLoopWhenItTurnsFromEmptyToNotEmpty() {
        inbox.put(end());
        inbox.put(end());
        assertThat(wakeUps).hasValue(1);
        inbox.poll();
        inbox.put(end());
        assertThat(wakeUps).hasValue(1);
        inbox.poll();
        inbox.poll();
        inbox.poll();
        inbox.put(end());
        assertThat(wakeUps).hasValue(2);
    }

    @Test
    void shouldRefuseAndCountBeyondItsBound() {
        for (int i = 0; i < 1024; i++) {
            assertThat(inbox.put(end())).isTrue();
        }
        assertThat(inbox.put(end())).isFalse();
        inbox.on(speech(1));
        assertThat(inbox.refused()).isEqualTo(2);
        inbox.poll();
        assertThat(inbox.put(end())).isTrue();
        assertThat(inbox.put(end())).isFalse();
    }

    @Test
    void shouldRefuseWhenClosedAndKeepWhatItHas() {
        inbox.put(end());
        inbox.close();
        assertThat(inbox.put(end())).isFalse();
        assertThat(inbox.refused()).isEqualTo(1);
        assertThat(inbox.poll()).isNotNull();
        assertThat(inbox.poll()).isNull();
    }

    @Test
    void shouldLoseNothingBetweenThreads() throws InterruptedException {
        int threads = 4;
        int each = 5000;
        CountDownLatch done = new CountDownLatch(threads);
        AtomicInteger accepted = new AtomicInteger();
        for (int thread = 0; thread < threads; thread++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    if (inbox.put(end())) {
                        accepted.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        int taken = 0;
        while (done.getCount() > 0) {
            if (inbox.poll() != null) {
                taken++;
            } else {
                Thread.onSpinWait();
            }
        }
        done.await();
        while (inbox.poll() != null) {
            taken++;
        }
        assertThat(taken).isEqualTo(accepted.get());
        assertThat(accepted.get() + inbox.refused()).isEqualTo((long) threads * each);
        List<Boolean> full = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            full.add(inbox.put(end()));
        }
        assertThat(full).doesNotContain(false);
    }

    private static Message end() {
        return new Message.EndRequested(
                new CallEnd(CallEnd.Party.OPERATOR, CallEnd.Reason.ADMIN_END, "maintenance"), true);
    }

    private static SpeechEvent speech(long sequence) {
        return new SpeechEvent.Closed(new SpeechEvent.Stamp("fake", 1, sequence, Duration.ZERO));
    }
}
