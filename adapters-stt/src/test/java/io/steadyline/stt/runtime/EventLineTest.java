package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLineTest {

    private final LinkLog log = new LinkLog();
    private final List<String> givenUp = new ArrayList<>();
    private final EventLine line = new EventLine(log, () -> givenUp.add("given up"));

    @Test
    void shouldTellNothingAfterTheLastEvent() {
        line.tell(LinkEvents::opened);

        assertThat(line.tellLast(events -> events.broken(new IllegalStateException("lost"))))
                .isTrue();
        assertThat(line.tellLast(events -> events.closed(new Closing(1000, ""))))
                .isFalse();
        line.tell(LinkEvents::written);

        assertThat(log.lines()).containsExactly("opened", "broken");
        assertThat(line.isOver()).isTrue();
    }

    @Test
    void shouldTellNothingAfterSilence() {
        line.silence();
        line.tell(LinkEvents::opened);

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void shouldTellAnEventThatComesFromWithinAnotherAfterIt() {
        line.tell(events -> {
            line.tell(LinkEvents::written);
            events.opened();
        });

        assertThat(log.lines()).containsExactly("opened", "written");
    }

    @Test
    void shouldForgetWhatWaitsWhenItIsSilencedFromWithinAnEvent() {
        line.tell(events -> {
            line.tell(LinkEvents::written);
            line.silence();
            events.opened();
        });

        assertThat(log.lines()).containsExactly("opened");
    }

    @Test
    void shouldTellOneAtATimeWhateverThreadsTheyComeFrom() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    go.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                for (int n = 0; n < 1_000; n++) {
                    line.tell(LinkEvents::written);
                }
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(log.count("written")).isEqualTo(8_000);
        assertThat(log.wrongs()).isEmpty();
    }

    @Test
    void shouldEndTheConnectionOfAnOwnerThatFails() {
        line.tell(events -> {
            line.tell(LinkEvents::written);
            throw new IllegalStateException("bug of the owner");
        });

        assertThat(givenUp).hasSize(1);
        assertThat(log.lines()).containsExactly("broken");
        assertThat(log.cause()).hasMessage("bug of the owner");
        assertThat(line.isOver()).isTrue();
    }

    @Test
    void shouldPassOnAFailureThatNobodyCanBeTold() {
        EventLine hopeless = new EventLine(new FailsAlways(), () -> givenUp.add("given up"));

        assertThatIllegalStateException()
                .isThrownBy(() -> hopeless.tell(LinkEvents::opened))
                .withMessage("broken");
        assertThat(hopeless.isOver()).isTrue();
    }

    private static final class FailsAlways implements LinkEvents {
        @Override
        public void opened() {
            throw new IllegalStateException("opened");
        }

        @Override
        public void written() {
            throw new IllegalStateException("written");
        }

        @Override
        public void received(Wire message) {
            throw new IllegalStateException("received");
        }

        @Override
        public void refused(Refusal refusal) {
            throw new IllegalStateException("refused");
        }

        @Override
        public void closed(Closing closing) {
            throw new IllegalStateException("closed");
        }

        @Override
        public void broken(Throwable cause) {
            throw new IllegalStateException("broken");
        }
    }
}
