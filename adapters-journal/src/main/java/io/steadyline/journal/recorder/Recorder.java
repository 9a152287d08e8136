package io.steadyline.journal.recorder;

import io.steadyline.port.CallSlot;
import io.steadyline.port.CallSlots;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.SlotSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this boot leaves to the next one, to the byte, however it ends.
 *
 * <p>The file belongs on a tmpfs ({@link RecorderPlace}): it then survives the process, as it must, and is gone with the
 * machine, as its sockets are. On a slow disk the kernel may hold up whoever stores to a page that it is just writing
 * back, and that would be the media loop.
 *
 * <p>A recorder that has no file works all the same, on memory that dies with the process; callers need no second way.
 *
 * <p>Threads: {@link #acquire}, {@link #adopt} and the pages: the media loop; {@link #heartbeat}: one ticker;
 * {@link #line}: the one that writes the log; {@link #state}, {@link #discard} and everything that only reads: any.
 */
public final class Recorder implements CallSlots {

    private final ProcessPage process;
    private final LineRing lines;
    private final String whyNotDurable;
    private final @Nullable Previous previous;
    private final int pages;
    private final Deque<PageMemory> free = new ArrayDeque<>();
    private final Map<Integer, PageMemory> left = new HashMap<>();
    private final Map<Integer, String> leftCalls = new HashMap<>();
    private final Deque<PageMemory> freeSpares = new ArrayDeque<>();
    private int spares;
    private volatile long coarseMillis;

    private Recorder(
            RecorderFile.Mapped mapped, String whyNotDurable, int pages, BootIdentity boot, List<String> damage) {
        this.whyNotDurable = whyNotDurable;
        this.pages = pages;
        this.coarseMillis = System.currentTimeMillis();
        ByteBuffer memory = mapped.memory();
        process = new ProcessPage(memory);
        lines = new LineRing(memory);
        List<SlotSnapshot> calls = readPages(memory, mapped.wholeBytes(), damage);
        previous = readProcess(mapped, calls, damage);
        lines.begin();
        process.identity(boot, coarseMillis, System.nanoTime());
    }

    /**
     * Opens the file, or makes it; never fails. The worker's guard must be held: two writers would spoil it.
     *
     * @param file in a directory that only we can write to
     * @param boot who writes from now on
     */
    public static Recorder open(Path file, RecorderSettings settings, BootIdentity boot) {
        int pages = settings.pages();
        List<String> damage = new ArrayList<>();
        try {
            return new Recorder(new RecorderFile(file, pages).map(damage), "", pages, boot, damage);
        } catch (IOException | SecurityException noFile) {
            String why =
                    "no recorder in " + file + ": " + noFile.getClass().getSimpleName() + ": " + noFile.getMessage();
            damage.add(why);
            return inPlainMemory(why, pages, boot, damage);
        }
    }

    private static Recorder inPlainMemory(String why, int pages, BootIdentity boot, List<String> damage) {
        // Without pages: each call gets one of its own when it comes.
        int bytes = (int) Layout.fileBytes(0);
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new Recorder(new RecorderFile.Mapped(memory, false, bytes), why, pages, boot, damage);
    }

    /** What is stored outlives the process. */
    public boolean isDurable() {
        return whyNotDurable.isEmpty();
    }

    /** Why it does not; empty when it does. */
    public String whyNotDurable() {
        return whyNotDurable;
    }

    /** What the boot before left; empty when there was none, or nothing is left of it. */
    public Optional<Previous> previous() {
        return Optional.ofNullable(previous);
    }

    /** Pages of the file. A call in plain memory has a number from here on. */
    public int pages() {
        return pages;
    }

    @Override
    public synchronized CallSlot acquire() {
        PageMemory page = free.poll();
        if (page == null) {
            page = freeSpares.poll();
        }
        if (page == null) {
            // Kept for reuse: as many as there ever were calls at once beyond the file's pages.
            page = PageMemory.plain(pages + spares++);
        }
        return CallPage.fresh(page, this::coarseMillis, this::takeBack);
    }

    @Override
    public synchronized CallSlot adopt(SlotSnapshot snapshot) {
        return CallPage.adopted(takeLeft(snapshot), this::coarseMillis, this::takeBack);
    }

    /** The call is not gone on with: its page is free. */
    public synchronized void discard(SlotSnapshot snapshot) {
        PageMemory page = takeLeft(snapshot);
        page.commits().write(Twin.room(PageMemory.COMMIT_NUMBERS));
        free.add(page);
    }

    /**
     * The process is alive. To be called every 20 ms or so by one thread that nothing else can hold up.
     *
     * @param nowMillis wall clock; also the time that media messages are recorded with
     * @param nowNs the machine's monotonic clock
     */
    public void heartbeat(long nowMillis, long nowNs) {
        coarseMillis = nowMillis;
        process.heartbeat(nowMillis, nowNs);
    }

    /** How far the process has come. {@link RecorderState#CLEAN} has to be the very last act of an orderly end. */
    public void state(RecorderState state, String reason) {
        process.state(state, reason, coarseMillis);
    }

    /** One line of the log, without its end. By one thread; never waits. */
    public void line(String line) {
        lines.line(line);
    }

    private PageMemory takeLeft(SlotSnapshot snapshot) {
        PageMemory page = left.get(snapshot.index());
        if (page == null || !snapshot.callId().equals(leftCalls.get(snapshot.index()))) {
            throw new IllegalArgumentException("page " + snapshot.index() + " of call " + snapshot.callId()
                    + " (expected: a call of previous() that was neither adopted nor discarded)");
        }
        left.remove(snapshot.index());
        leftCalls.remove(snapshot.index());
        return page;
    }

    private synchronized void takeBack(PageMemory page) {
        (page.index() < pages ? free : freeSpares).add(page);
    }

    private long coarseMillis() {
        return coarseMillis;
    }

    private List<SlotSnapshot> readPages(ByteBuffer memory, long wholeBytes, List<String> damage) {
        List<SlotSnapshot> calls = new ArrayList<>();
        LongBuffer cells = Twin.cellsOf(memory);
        for (int index = 0; index < pages && isDurable(); index++) {
            PageMemory page = new PageMemory(memory, cells, Layout.pageAt(index), index);
            boolean cut = Layout.pageAt(index) + Layout.PAGE_BYTES > wholeBytes;
            int before = damage.size();
            SlotSnapshot call = cut ? null : page.read(damage);
            if (call != null) {
                calls.add(call);
                left.put(index, page);
                leftCalls.put(index, call.callId());
            } else {
                if (cut || damage.size() > before) {
                    page.erase();
                }
                free.add(page);
            }
        }
        return calls;
    }

    private @Nullable Previous readProcess(RecorderFile.Mapped mapped, List<SlotSnapshot> calls, List<String> damage) {
        ProcessPage.Content found = process.read();
        boolean cut = mapped.wholeBytes() < Layout.LINES;
        if (cut || !found.whole()) {
            damage.add("the record of the boot before is " + (cut ? "cut off" : "damaged"));
            process.erase();
        }
        List<String> lastLines = List.of();
        if (mapped.wholeBytes() < Layout.PAGES) {
            damage.add("the log lines are cut off");
            lines.erase();
        } else {
            int before = damage.size();
            lastLines = lines.read(damage);
            if (damage.size() > before) {
                lines.erase();
            }
        }
        if (damage.isEmpty() && (!mapped.wasThere() || !found.there())) {
            return null;
        }
        return previous(cut ? ProcessPage.NONE : found, calls, lastLines, damage);
    }

    private static Previous previous(
            ProcessPage.Content found, List<SlotSnapshot> calls, List<String> lastLines, List<String> damage) {
        return new Previous(
                found.bootId(),
                found.number(),
                found.pid(),
                found.machineBootId(),
                Instant.ofEpochMilli(found.startedMillis()),
                Instant.ofEpochMilli(found.heartbeatMillis()),
                found.heartbeatNs(),
                found.state(),
                found.reason(),
                calls,
                lastLines,
                damage);
    }
}
