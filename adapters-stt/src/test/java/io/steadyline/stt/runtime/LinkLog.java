package io.steadyline.stt.runtime;

import static org.awaitility.Awaitility.await;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What happened to a link; finds out if events came together or after the last one. */
final class LinkLog implements LinkEvents {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> wrongs = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean over;
    private volatile @Nullable Refusal refusal;
    private volatile @Nullable Closing closing;
    private volatile @Nullable Throwable cause;

    @Override
    public void opened() {
        note("opened");
    }

    @Override
    public void written() {
        note("written");
    }

    @Override
    public void received(Wire message) {
        switch (message) {
            case Wire.Text(String text) -> note(text);
            case Wire.Binary(byte[] data) -> note(data.length + " bytes");
        }
    }

    @Override
    public void refused(Refusal why) {
        refusal = why;
        noteLast("refused " + why.status());
    }

    @Override
    public void closed(Closing how) {
        closing = how;
        noteLast("closed " + how.code() + " " + how.reason());
    }

    @Override
    public void broken(Throwable why) {
        cause = why;
        noteLast("broken");
    }

    Refusal refusal() {
        return there(refusal);
    }

    Closing closing() {
        return there(closing);
    }

    Throwable cause() {
        return there(cause);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Events against the contract. */
    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    long count(String line) {
        return lines().stream().filter(line::equals).count();
    }

    boolean isOver() {
        return over;
    }

    LinkLog awaitOpen() {
        return awaitLine("opened");
    }

    LinkLog awaitLine(String line) {
        soon(() -> lines().contains(line));
        return this;
    }

    LinkLog awaitWritten(int times) {
        soon(() -> count("written") == times);
        return this;
    }

    LinkLog awaitEnd() {
        soon(this::isOver);
        return this;
    }

    private static void soon(Callable<Boolean> claim) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(claim);
    }

    private void noteLast(String line) {
        note(line);
        over = true;
    }

    private void note(String line) {
        if (inside.incrementAndGet() != 1) {
            wrongs.add("together with another: " + line);
        }
        if (over) {
            wrongs.add("after the last: " + line);
        }
        lines.add(line);
        inside.decrementAndGet();
    }

    private static <T> T there(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("nothing of this kind happened");
        }
        return value;
    }
}
