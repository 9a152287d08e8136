package io.steadyline.stt.vendor;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a dialect sends: texts as they are, audio as {@code <160 bytes>}, the end as {@code <close>}. */
public final class OutletLog implements Outlet {

    private final List<String> lines = new ArrayList<>();
    private final List<byte[]> binaries = new ArrayList<>();

    /** All since the last take. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What came since the last take. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** All audio so far, a message each. */
    public List<byte[]> binaries() {
        return List.copyOf(binaries);
    }

    @Override
    public void text(String text) {
        lines.add(text);
    }

    @Override
    public void binary(byte[] data) {
        binaries.add(data);
        lines.add("<" + data.length + " bytes>");
    }

    @Override
    public void close() {
        lines.add("<close>");
    }
}
