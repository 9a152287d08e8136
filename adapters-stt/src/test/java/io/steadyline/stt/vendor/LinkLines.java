package io.steadyline.stt.vendor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what happens to a link, one line each, such as {@code received 12 bytes}. */
public class LinkLines implements LinkEvents {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger inside = new AtomicInteger();

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public String last() {
        List<String> now = lines();
        return now.isEmpty() ? "" : now.getLast();
    }

    public long count(String line) {
        return lines().stream().filter(line::equals).count();
    }

    public boolean has(String beginning) {
        return lines().stream().anyMatch(line -> line.startsWith(beginning));
    }

    /** The last event has come. */
    public boolean isOver() {
        return has("closed ") || has("refused ") || has("broken ");
    }

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
        note("received "
                + switch (message) {
                    case Wire.Text(String text) -> text;
                    case Wire.Binary(byte[] data) -> data.length + " bytes";
                });
    }

    @Override
    public void refused(Refusal refusal) {
        note("refused " + refusal.status() + " " + refusal.body());
    }

    @Override
    public void closed(Closing closing) {
        note("closed " + closing.code() + " " + closing.reason());
    }

    @Override
    public void broken(Throwable cause) {
        note("broken " + cause.getMessage());
    }

    /** A wrong event is a line too, so that the test sees it. */
    private void note(String line) {
        if (inside.incrementAndGet() > 1) {
            lines.add("together with another: " + line);
        }
        if (isOver()) {
            lines.add("after the last: " + line);
        }
        lines.add(line);
        inside.decrementAndGet();
    }
}
