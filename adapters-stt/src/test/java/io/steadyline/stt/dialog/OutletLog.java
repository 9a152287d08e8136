package io.steadyline.stt.dialog;

import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Wire;
import java.util.ArrayList;
import java.util.List;

/** All that a dialect sent. */
public final class OutletLog implements Outlet {

    private final List<Wire> sent = new ArrayList<>();
    private boolean closed;

    public List<Wire> sent() {
        return List.copyOf(sent);
    }

    /** Text messages sent since the last time they were asked for. */
    public List<String> texts() {
        List<String> texts = sent.stream()
                .filter(Wire.Text.class::isInstance)
                .map(wire -> ((Wire.Text) wire).text())
                .toList();
        sent.clear();
        return texts;
    }

    /** Binary messages sent since the last time they were asked for. */
    public List<byte[]> binaries() {
        List<byte[]> binaries = sent.stream()
                .filter(Wire.Binary.class::isInstance)
                .map(wire -> ((Wire.Binary) wire).data())
                .toList();
        sent.clear();
        return binaries;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void text(String text) {
        sent.add(new Wire.Text(text));
    }

    @Override
    public void binary(byte[] data) {
        sent.add(new Wire.Binary(data));
    }

    @Override
    public void close() {
        closed = true;
    }
}
