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
import org.awaitility.Awaitility;
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

    /** Does not come back from inside until it is let go; all that hang say that they do. */
    private static final class Trap {
        private final CountDownLatch free = new CountDownLatch(1);
        private final AtomicInteger caught = new AtomicInteger();

        void enter() {
            caught.incrementAndGet();
            try {
                free.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void await(int number) {
            Awaitility.await().until(() -> caught.get() == number);
        }

        void letGo() {
            free.countDown();
        }
    }

    private Link opensIn(Trap trap) {
        return links.open(
                voice -> {
                    trap.enter();
                    return new Echo(voice);
                },
                new LinkLines());
    }

    private LibrarySession closesIn(Trap trap, LibraryVoice voice) {
        Echo echo = new Echo(voice);
        return new LibrarySession() {
            @Override
            public void audio(byte[] data) {
                echo.audio(data);
            }

            @Override
            public void control(String text) {
                echo.control(text);
            }

            @Override
            public void endOfInput() {
                echo.endOfInput();
            }

            @Override
            public void close() {
                trap.enter();
                echo.close();
            }
        };
    }

    private void assertServed() {
        Link link = links.open(Echo::new, log);
        awaitLine("opened");
        link.send(audio("a"));
        awaitLine("received heard a");
        link.abort();
    }

    /** Each of these is the symptom; a thread that is gone is one that no later call has. */
    @Nested
    class ALibraryThatHangs {

        private final Trap trap = new Trap();

        @AfterEach
        void letGo() {
            trap.letGo();
        }

        @Test
        void shouldNotOpenWhatIsAbortedBefore() {
            AtomicInteger opened = new AtomicInteger();
            opensIn(trap);
            opensIn(trap);
            trap.await(2);
            Link link = links.open(
                    voice -> {
                        opened.incrementAndGet();
                        return new Echo(voice);
                    },
                    log);
            link.abort();
            trap.letGo();
            links.open(Echo::new, new LinkLines());
            await().until(() -> links.openNow() == 3);

            assertThat(opened).hasValue(0);
            assertThat(log.lines()).isEmpty();
        }

        @Test
        void shouldNotHearWhatWasSentBeforeTheAbort() {
            Link link = links.open(Echo::new, log);
            awaitLine("opened");
            opensIn(trap);
            opensIn(trap);
            trap.await(2);
            link.send(audio("a"));
            link.abort();
            trap.letGo();
            await().until(() -> links.openNow() == 2);

            assertThat(log.lines()).containsExactly("opened");
            assertThat(closed).hasValue(1);
        }

        /** Both threads of the pool were gone, and so was every connection after it. */
        @Test
        void shouldServeOthersWhileTheLibraryDoesNotComeBackToThoseThatWereAborted() {
            List<Link> hanging = List.of(opensIn(trap), opensIn(trap));
            trap.await(2);
            hanging.forEach(Link::abort);
            hanging.forEach(Link::abort);

            assertServed();
            await().until(() -> links.openNow() == 2);
            trap.letGo();
            await().until(() -> links.openNow() == 0);
            assertThat(closed).hasValue(3);
        }

        /** The substitute opened what nobody wanted any more, and was gone as well. */
        @Test
        void shouldServeOthersAfterOneThatWasAbortedWhileItWaitedForAThread() {
            Link first = opensIn(trap);
            opensIn(trap);
            trap.await(2);
            Link waiting = opensIn(trap);
            waiting.abort();
            first.abort();

            assertServed();
            assertThat(trap.caught).hasValue(2);
        }

        /** The substitute was given back when the library had come back, and closing hung again. */
        @Test
        void shouldServeOthersWhileThoseThatCameBackCannotBeClosed() {
            Trap closing = new Trap();
            List<Link> hanging = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                hanging.add(links.open(
                        voice -> {
                            trap.enter();
                            return closesIn(closing, voice);
                        },
                        new LinkLines()));
            }
            trap.await(2);
            hanging.forEach(Link::abort);
            trap.letGo();
            closing.await(2);

            assertServed();
            await().until(() -> links.openNow() == 2);
            closing.letGo();
            await().until(() -> links.openNow() == 0);
        }

        /** The library did nothing when they were aborted, so nobody had asked for a substitute. */
        @Test
        void shouldServeOthersWhileThoseThatWereIdleCannotBeClosed() {
            List<Link> idle = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                LinkLines each = new LinkLines();
                idle.add(links.open(voice -> closesIn(trap, voice), each));
                await().until(() -> each.has("opened"));
            }
            idle.forEach(Link::abort);
            trap.await(2);

            assertServed();
            await().until(() -> links.openNow() == 2);
            trap.letGo();
            await().until(() -> links.openNow() == 0);
        }
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
}
