package io.steadyline.journal.calls;

import io.steadyline.journal.calls.JournalHealth.Loss;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records between those who tell and the disk.
 *
 * <p>Puts: any thread, mostly the media loop, without a lock. Takes: the writer's own thread. Order: as put. Bound: records.
 * Full: the new record is lost and counted. Closed: offers are lost and counted, what waits is still written.
 *
 * <p>A disk that cannot be written to is tried again each second; until then records wait in the queue.
 */
final class JournalWriter implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
    private static final long RETRY_NS = 1_000_000_000;
    private static final long TIDY_NS = 10_000_000_000L;
    private static final long MAX_PARK_NS = 100_000_000;

    private final JournalSettings settings;
    private final SegmentFiles files;
    private final Disk disk;
    private final String bootId;
    private final InstantSource clock;
    private final Runnable housekeeping;
    private final ConcurrentLinkedQueue<JournalRecord> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final ConcurrentHashMap<Loss, LongAdder> lost = new ConcurrentHashMap<>();
    private final LongAdder written = new LongAdder();
    private final Thread thread;
    private final RecordCodec codec = new RecordCodec();
    /** What the written records add up to, so that live calls can be carried into the next segment. */
    private final Map<String, CallTrail> trails;

    private int number;
    private @Nullable Segment segment;
    private @Nullable JournalRecord pending;
    private Instant segmentBegun = Instant.EPOCH;
    private long retryNs;
    private long tidyNs;
    private long syncNs;
    private boolean unsynced;
    private boolean syncWanted;
    private boolean lossTold;
    private long fullSeen;
    private volatile boolean closed;
    private volatile String trouble = "";
    private volatile Instant lastSync = Instant.EPOCH;

    /**
     * @param known calls of earlier boots, which may be gone on with
     * @param housekeeping run by the writer's thread every ten seconds
     */
    JournalWriter(
            JournalSettings settings,
            SegmentFiles files,
            Disk disk,
            int lastNumber,
            String bootId,
            InstantSource clock,
            Map<String, CallTrail> known,
            Runnable housekeeping) {
        this.settings = settings;
        this.files = files;
        this.disk = disk;
        this.number = lastNumber;
        this.bootId = bootId;
        this.clock = clock;
        this.trails = new HashMap<>(known);
        this.housekeeping = housekeeping;
        this.thread = Thread.ofPlatform().name("call-journal").daemon().unstarted(this);
    }

    void start() {
        long nowNs = System.nanoTime();
        retryNs = nowNs;
        tidyNs = nowNs;
        syncNs = nowNs;
        thread.start();
    }

    /** Never waits. False: it is lost, and counted. */
    boolean offer(JournalRecord record) {
        if (closed) {
            lose(Loss.CLOSED);
            return false;
        }
        if (depth.incrementAndGet() > settings.queueRecords()) {
            depth.decrementAndGet();
            lose(trouble.isEmpty() ? Loss.QUEUE_FULL : Loss.DISK);
            return false;
        }
        queue.add(record);
        // What is told every few seconds of each call can wait for the writer's own next turn.
        if (!(record instanceof JournalRecord.Progress)) {
            LockSupport.unpark(thread);
        }
        return true;
    }

    JournalHealth health() {
        Map<Loss, Long> counts = new EnumMap<>(Loss.class);
        for (Loss loss : Loss.values()) {
            counts.put(loss, lost(loss));
        }
        return new JournalHealth(trouble.isEmpty(), trouble, counts, depth.get(), written.sum(), lastSync);
    }

    /** Writes what waits and makes it safe, within this time. False: it was not done in time. */
    boolean close(long timeoutMillis) throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        thread.join(timeoutMillis);
        return !thread.isAlive();
    }

    @Override
    public void run() {
        while (!closed || (waits() && trouble.isEmpty())) {
            try {
                turn(System.nanoTime());
            } catch (RuntimeException ours) {
                pending = null;
                log.error("an error of ours in the call journal; the record in hand is lost, calls go on", ours);
            }
            if (queue.isEmpty() || !trouble.isEmpty()) {
                LockSupport.parkNanos(this, MAX_PARK_NS);
            }
        }
        finish();
    }

    private void turn(long nowNs) {
        tellLosses();
        if (segment == null && (nowNs - retryNs < 0 || !begin(nowNs))) {
            return;
        }
        try {
            drain();
            sync(nowNs);
            if (nowNs - tidyNs >= 0) {
                tidyNs = nowNs + TIDY_NS;
                tidy();
            }
        } catch (IOException failed) {
            stumble(failed, nowNs);
        }
    }

    private void drain() throws IOException {
        // A bound, so that a steady stream of records does not keep the sync away.
        for (int i = 0; i < 512; i++) {
            if (pending == null) {
                pending = queue.poll();
                if (pending == null) {
                    return;
                }
                depth.decrementAndGet();
            }
            rotateIfDue();
            write(pending);
            pending = null;
        }
    }

    private void write(JournalRecord record) throws IOException {
        byte[] payload = codec.encode(record);
        if (payload.length > Frames.MAX_PAYLOAD_BYTES) {
            lose(Loss.TOO_LONG);
            return;
        }
        Segment open = segment;
        if (open == null) {
            throw new IOException("no segment is open");
        }
        open.append(payload);
        written.increment();
        unsynced = true;
        CallTrail trail = CallTrail.after(trails.get(record.callId()), record);
        if (trail == null || trail.closed()) {
            trails.remove(record.callId());
            syncWanted |= record instanceof JournalRecord.CallEnded;
        } else {
            trails.put(record.callId(), trail);
        }
    }

    private void rotateIfDue() throws IOException {
        Segment open = segment;
        if (open == null) {
            return;
        }
        // By time as well: each segment can then be deleted as a whole once it is too old.
        boolean old = segmentBegun.plus(settings.keep().dividedBy(3)).isBefore(clock.instant());
        if (open.bytes() >= settings.segmentBytes() || (old && open.bytes() > Frames.HEADER_BYTES)) {
            open.force();
            lastSync = clock.instant();
            open.close();
            segment = null;
            openNext();
        }
    }

    private void openNext() throws IOException {
        Segment next = Segment.create(disk, files.path(number + 1), number + 1);
        number++;
        segment = next;
        segmentBegun = clock.instant();
        List<CallTrail> live = new ArrayList<>(trails.values());
        for (CallTrail trail : live) {
            if (trail.bootId().equals(bootId)) {
                next.append(codec.encode(new JournalRecord.CallCarried(now(), bootId, trail)));
            }
        }
    }

    private boolean begin(long nowNs) {
        try {
            openNext();
        } catch (IOException failed) {
            stumble(failed, nowNs);
            return false;
        }
        if (!trouble.isEmpty()) {
            trouble = "";
            log.info("the call journal can be written again; {} records were lost by then", health().lostRecords());
        }
        return true;
    }

    private void stumble(IOException failed, long nowNs) {
        Segment broken = segment;
        segment = null;
        retryNs = nowNs + RETRY_NS;
        if (broken != null) {
            try {
                broken.close();
            } catch (IOException alreadyTold) {
                failed.addSuppressed(alreadyTold);
            }
        }
        if (trouble.isEmpty()) {
            log.warn("the call journal cannot be written: {}. Calls go on; tried again each second", failed.toString());
        }
        trouble = failed.toString();
    }

    private void sync(long nowNs) throws IOException {
        Segment open = segment;
        if (open != null && unsynced && (syncWanted || nowNs - syncNs >= 0)) {
            open.force();
            syncNs = nowNs + settings.syncEvery().toNanos();
            unsynced = false;
            syncWanted = false;
            lastSync = clock.instant();
        }
    }

    private void tidy() throws IOException {
        Segment open = segment;
        if (open != null) {
            files.tidy(open.path(), clock.instant().minus(settings.keep()), settings.totalBytes());
        }
        Instant before = clock.instant().minus(settings.keep());
        trails.values()
                .removeIf(trail ->
                        !trail.bootId().equals(bootId) && trail.lastSeen().isBefore(before));
        housekeeping.run();
    }

    /** One line when records begin to be lost to a slow disk, and one when that is over. */
    private void tellLosses() {
        long full = lost(Loss.QUEUE_FULL);
        boolean isLosing = full > fullSeen;
        fullSeen = full;
        if (!lossTold && isLosing) {
            lossTold = true;
            log.warn("the call journal's disk is too slow: records are lost. Calls go on");
        } else if (lossTold && depth.get() <= settings.queueRecords() / 2) {
            lossTold = false;
            log.info("the call journal keeps up again; {} records were lost to a full queue by then", full);
        }
    }

    private void finish() {
        if (pending != null) {
            lose(Loss.CLOSED);
        }
        while (queue.poll() != null) {
            depth.decrementAndGet();
            lose(Loss.CLOSED);
        }
        try (Segment last = segment) {
            if (last != null && unsynced) {
                last.force();
                lastSync = clock.instant();
            }
        } catch (IOException failed) {
            log.warn("the call journal's last records may not be safe: {}", failed.toString());
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private void lose(Loss loss) {
        lost.computeIfAbsent(loss, _ -> new LongAdder()).increment();
    }

    private long lost(Loss loss) {
        LongAdder count = lost.get(loss);
        return count == null ? 0 : count.sum();
    }

    private boolean waits() {
        return pending != null || !queue.isEmpty();
    }
}
