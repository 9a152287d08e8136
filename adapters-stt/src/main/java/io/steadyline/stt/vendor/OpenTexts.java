package io.steadyline.stt.vendor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that may still change, of vendors that name each by an id: in the order in which they appeared. What is finished
 * stays finished: a text that comes later for the same id is older than its final. Not thread-safe.
 */
public final class OpenTexts {

    /** A late text follows its final at once; this many finals later none comes any more. */
    private static final int REMEMBERED = 16;

    private final Map<String, String> open = new LinkedHashMap<>();
    private final Deque<String> finished = new ArrayDeque<>();

    /** @return whether the whole is another one now, and not empty */
    public boolean put(String id, String text) {
        if (finished.contains(id)) {
            return false;
        }
        if (text.isEmpty()) {
            return open.remove(id) != null && !open.isEmpty();
        }
        return !text.equals(open.put(id, text));
    }

    /**
     * Finals come in the order of the audio: what appeared before this one and is still open will never be finished.
     *
     * @return false when it was finished before
     */
    public boolean finish(String id) {
        if (finished.contains(id)) {
            return false;
        }
        if (open.containsKey(id)) {
            Iterator<String> ids = open.keySet().iterator();
            String first;
            do {
                first = ids.next();
                ids.remove();
            } while (!first.equals(id));
        }
        finished.addLast(id);
        if (finished.size() > REMEMBERED) {
            finished.removeFirst();
        }
        return true;
    }

    /** Whatever is still open appears again, or was lost. */
    public void clear() {
        open.clear();
    }

    public boolean isEmpty() {
        return open.isEmpty();
    }

    public String joined() {
        return String.join(" ", open.values());
    }
}
