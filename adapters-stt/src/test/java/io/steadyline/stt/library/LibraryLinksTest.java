package io.steadyline.stt.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkLines;
import io.steadyline.stt.vendor.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LibraryLinksTest {

    private final LibraryLinks links = new LibraryLinks("test-library", 2);
    private final AtomicInteger closed = new AtomicInteger();
    private final LinkLines log = new LinkLines();

    @AfterEach
    void close() {
        links.close();
        assertThat(log.lines()).noneMatch(line -> line.startsWith("together") || line.startsWith("after"));
    }

    /** Says back what it is given. */
    private final class Echo implements LibrarySession {
        private final LibraryVoice voice;

        Echo(LibraryVoice voice) {
            this.voice = voice;
        }

        @Override
        public void audio(byte[] data) {
            voice.text("heard " + new String(data, StandardCharsets.UTF_8));
        }

        @Override
        public void control(String text) {
            if (text.equals("fail")) {
                throw new IllegalStateException("as it was told");
            }
            voice.text("told " + text);
        }

        @Override
        public void endOfInput() {
            voice.text("all");
            voice.over(new Closing(Closing.COMPLETE, "done"));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static Wire audio(String text) {
        return new Wire.Binary(text.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitLine(String line) {
        await().until(() -> log.has(line));
    }

    @Test
    void shouldCarryMessagesInOrderToTheEnd() {
        Link link = links.open(Echo::new, log);
        awaitLine("opened");
        link.send(audio("a"));
        link.send(new Wire.Text("b"));
        link.finish();
        await().until(log::isOver);

        assertThat(log.lines().stream().filter(line -> !line.equals("written")))
                .containsExactly("opened", "received heard a", "received told b", "received all", "closed 0 done");
        assertThat(log.count("written")).isEqualTo(3);
        assertThat(closed).hasValue(1);
        assertThat(links.openNow()).isZero();
    }

    @Test
    void shouldCloseTheSessionWhenItIsAborted() {
        Link link = links.open(Echo::new, log);
        awaitLine("opened");
        link.abort();
        link.abort();
        link.send(audio("late"));
        await().until(() -> links.openNow() == 0);

        assertThat(closed).hasValue(1);
        assertThat(log.lines()).containsExactly("opened");
    }

    @Test
    void shouldCloseTheSessionWhenItFails() {
        Link link = links.open(Echo::new, log);
        awaitLine("opened");
        link.send(new Wire.Text("fail"));
        await().until(log::isOver);

        assertThat(log.last()).isEqualTo("broken as it was told");
        assertThat(closed).hasValue(1);
        assertThat(links.openNow()).isZero();
    }

    @Test
    void shouldNotOpenWhatIsAbortedBefore() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch free = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            links.open(
                    voice -> {
                        busy.countDown();
                        awaitQuietly(free);
                        return new Echo(voice);
                    },
                    new LinkLines());
        }
        busy.await();
        AtomicInteger opened = new AtomicInteger();
        Link link = links.open(
                voice -> {
                    opened.incrementAndGet();
                    return new Echo(voice);
                },
                log);
        link.abort();
        free.countDown();
        await().until(() -> links.openNow() <= 2);

        assertThat(log.lines()).doesNotContain("received heard a");
        await().until(() -> opened.get() == closed.get());
    }

    /** Both threads of the pool were gone, and so was every connection after it. */
    @Test
    void shouldServeOthersWhileTheLibraryDoesNotComeBackToThoseThatWereAborted() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch free = new CountDownLatch(1);
        List<LinkLines> logs = List.of(new LinkLines(), new LinkLines());
        List<Link> hanging = logs.stream()
                .map(each -> links.open(
                        voice -> {
                            inside.countDown();
                            awaitQuietly(free);
                            return new Echo(voice);
                        },
                        each))
                .toList();
        inside.await();
        hanging.forEach(Link::abort);
        hanging.forEach(Link::abort);

        Link link = links.open(Echo::new, log);
        awaitLine("opened");
        link.send(audio("a"));
        awaitLine("received heard a");
        link.abort();
        await().until(() -> links.openNow() == 2);
        free.countDown();
        await().until(() -> links.openNow() == 0);

        assertThat(closed).hasValue(3);
    }

    @Nested
    class ALibraryThatCannotBeUsed {

        @Test
        void shouldBeARefusalThatSaysWhy() {
            links.open(
                    voice -> {
                        throw new IOException("model: /m (expected: a model)");
                    },
                    log);
            await().until(log::isOver);

            assertThat(log.lines()).containsExactly("refused 0 model: /m (expected: a model)");
        }

        @Test
        void shouldBeARefusalWithoutItsNativeCode() {
            links.open(
                    voice -> {
                        throw new UnsatisfiedLinkError("no vosk in java.library.path");
                    },
                    log);
            await().until(log::isOver);

            assertThat(log.lines()).containsExactly("refused 0 no vosk in java.library.path");
        }

        @Test
        void shouldBeBrokenWhenItFails() {
            links.open(
                    voice -> {
                        throw new IllegalStateException("out of handles");
                    },
                    log);
            await().until(log::isOver);

            assertThat(log.lines()).containsExactly("broken out of handles");
            assertThat(links.openNow()).isZero();
        }
    }

    @Test
    void shouldGoOnAfterASessionThatCannotBeClosed() {
        Link link = links.open(
                voice -> new LibrarySession() {
                    @Override
                    public void audio(byte[] data) {}

                    @Override
                    public void control(String text) {}

                    @Override
                    public void endOfInput() {
                        voice.over(new Closing(Closing.COMPLETE, ""));
                    }

                    @Override
                    public void close() {
                        throw new IllegalStateException("still busy");
                    }
                },
                log);
        awaitLine("opened");
        link.finish();
        await().until(log::isOver);

        assertThat(log.last()).isEqualTo("closed 0 ");
        assertThat(links.openNow()).isZero();
    }

    @Test
    void shouldCloseEverySessionInTheEnd() {
        List<LinkLines> logs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            LinkLines each = new LinkLines();
            logs.add(each);
            links.open(Echo::new, each);
        }
        logs.forEach(each -> await().until(() -> each.has("opened")));
        assertThat(links.openNow()).isEqualTo(20);

        assertThat(links.end()).isTrue();
        assertThat(closed).hasValue(20);
        assertThat(links.openNow()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
