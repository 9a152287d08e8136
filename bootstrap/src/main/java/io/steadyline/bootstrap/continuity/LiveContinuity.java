package io.steadyline.bootstrap.continuity;

import io.steadyline.bootstrap.Version;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.journal.boots.BootStore;
import io.steadyline.journal.boots.ExitTraces;
import io.steadyline.journal.boots.Forensics;
import io.steadyline.journal.boots.LastResort;
import io.steadyline.journal.boots.Life;
import io.steadyline.journal.boots.LifeLog;
import io.steadyline.journal.boots.Retention;
import io.steadyline.journal.calls.CallJournal;
import io.steadyline.journal.calls.JournalHealth;
import io.steadyline.journal.calls.JournalSettings;
import io.steadyline.journal.custody.Custody;
import io.steadyline.journal.host.HostEvidence;
import io.steadyline.journal.host.MemoryWatch;
import io.steadyline.journal.host.WorkerGuard;
import io.steadyline.journal.periodic.Periodic;
import io.steadyline.journal.recorder.Previous;
import io.steadyline.journal.recorder.Recorder;
import io.steadyline.journal.recorder.RecorderPlace;
import io.steadyline.journal.recorder.RecorderSettings;
import io.steadyline.journal.recorder.RecorderState;
import io.steadyline.port.BootHistory;
import io.steadyline.port.CallObserver;
import io.steadyline.port.ServerControl.UpgradeAnswer;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.CallFacts;
import io.steadyline.websocket.server.Kept;
import io.steadyline.websocket.twilio.TokenKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real one, on the data directory. Opened before anything listens, closed as the last thing that the process does. */
public final class LiveContinuity implements Continuity {

    private static final Logger LOG = LoggerFactory.getLogger(LiveContinuity.class);

    /** A Java machine starts and rehearses within five seconds; a machine that is busy with calls takes longer. */
    private static final Duration NEXT_WORKER_LIMIT = Duration.ofSeconds(45);

    private final Settings settings;
    private final Optional<WorkerGuard> guard;
    private final Custody custody;
    private final BootStore boots;
    private final LifeLog life;
    private final LastResort lastResort;
    private final ExitTraces traces;
    private final Recorder recorder;
    private final CallJournal journal;
    private final RememberedCalls remembered;
    private final TokenKey tokenKey;
    private final Pulse pulse;
    private final Map<String, SlotSnapshot> left;
    private final List<String> standingNotes;
    private final AtomicBoolean upgrading = new AtomicBoolean();
    /** Reports are read from files by then, which no call waits for. */
    private volatile boolean told;

    private volatile Function<CallFacts, String> traceparentOf = _ -> "";

    private LiveContinuity(Settings settings, String bootId, WorkerPlace own, Custody custody) {
        this.settings = settings;
        this.guard = own.guard();
        this.custody = custody;
        this.standingNotes = new ArrayList<>(own.notes());
        Path dataDir = settings.process().dataDir();
        TokenKeyFile.Found kept = TokenKeyFile.in(dataDir);
        tokenKey = kept.key();
        kept.note().ifPresent(standingNotes::add);
        boots = BootStore.open(
                dataDir,
                Retention.defaults(),
                InstantSource.system(),
                number -> identity(settings, bootId, number, own.parentNames()));
        life = boots.openLife();
        lastResort = new LastResort(life, Runtime.getRuntime()::halt);
        traces = ExitTraces.install(
                life, lastResort, (thread, failure) -> LOG.error("uncaught in thread {}", thread.getName(), failure));
        RecorderSettings pages = new RecorderSettings(
                settings.limits().maxCalls() + settings.limits().pendingSockets());
        RecorderPlace place = RecorderPlace.choose(dataDir, settings.records().recorderFile(), pages);
        recorder = Recorder.open(place.file(), pages, boots.current());
        LOG.info("{}", recorder.isDurable() ? place.sentence() : recorder.whyNotDurable());
        recorder.state(RecorderState.STARTING, "");
        pulse = new Pulse(recorder, guard, life, lastResort);
        MemoryWatch memory = new MemoryWatch();
        pulse.everySecond("memory group", () -> memory.look().ifPresent(life::note));
        left = recorder.previous().map(Previous::calls).orElse(List.of()).stream()
                .collect(Collectors.toMap(SlotSnapshot::callId, Function.identity(), (one, other) -> other));
        journal = CallJournal.open(
                journalSettings(settings),
                bootId,
                this::wordsOf,
                facts -> traceparentOf.apply(facts),
                InstantSource.system());
        journal.damage().forEach(damage -> LOG.warn("call journal: {}", damage));
        remembered = new RememberedCalls(
                journal.archive(),
                callId -> Optional.ofNullable(left.get(callId)).map(this::fromPage));
        custody.onLost(() -> LOG.error("the keeper is gone: this worker and its calls go on, but no call survives it"));
    }

    /**
     * Takes the lock and opens the records.
     *
     * @param custody of the sockets, this boot's and those that outlived the one before
     * @param requirements run once the lock is ours; what they throw is thrown on, and the lock is free again
     * @throws Refusal another worker has the data directory, or production refuses what is around
     */
    public static LiveContinuity open(Settings settings, String bootId, Custody custody, Runnable requirements)
            throws Refusal {
        WorkerPlace place = WorkerPlace.take(settings, bootId);
        try {
            requirements.run();
        } catch (RuntimeException refused) {
            place.guard().ifPresent(WorkerGuard::close);
            throw refused;
        }
        return new LiveContinuity(settings, bootId, place, custody);
    }

    private static BootIdentity identity(Settings settings, String bootId, long number, List<String> parentNames) {
        return new BootIdentity(
                bootId,
                number,
                Instant.now(),
                ProcessHandle.current().pid(),
                Version.current(),
                settings.process().appSha(),
                settings.process().profile().name().toLowerCase(Locale.ROOT),
                HostEvidence.machineBootId(),
                parentNames);
    }

    private static JournalSettings journalSettings(Settings settings) {
        JournalSettings usual = JournalSettings.defaults(settings.process().dataDir());
        Duration keep = settings.records().keep();
        Duration keepEnded = keep.compareTo(usual.keepEnded()) < 0 ? keep : usual.keepEnded();
        return new JournalSettings(
                usual.directory(),
                usual.segmentBytes(),
                usual.totalBytes(),
                keep,
                keepEnded,
                settings.records().queue(),
                usual.progressEvery(),
                usual.syncEvery(),
                settings.records().transcripts());
    }

    @Override
    public Kept kept() {
        return new Kept(
                recorder,
                custody.holder(),
                remembered,
                custody.held(),
                custody.sentence().substring(custody.sentence().indexOf(": ") + 2),
                recorder.previous().map(Previous::calls).orElse(List.of()));
    }

    @Override
    public Optional<Instant> calledAt() {
        return custody.calledAt();
    }

    @Override
    public BootHistory history() {
        return boots;
    }

    @Override
    public TokenKey tokenKey() {
        return tokenKey;
    }

    @Override
    public Optional<CallObserver> observer() {
        return Optional.of(journal.observer());
    }

    @Override
    public void tracesBy(Function<CallFacts, String> source) {
        traceparentOf = source;
    }

    @Override
    public CallPast pastOf(SlotSnapshot page) {
        CallPast paged = fromPage(page);
        return remembered
                .find(page.callId())
                .map(known -> known.seen(page.lastMediaAt())
                        .withLoss(paged.lostInFrames(), paged.lostOutMs(), paged.endedBecause()))
                .orElse(paged);
    }

    /** What a page alone tells, when the journal had no time to. */
    private CallPast fromPage(SlotSnapshot page) {
        String bootId = recorder.previous().map(Previous::bootId).orElse("");
        return new CallPast(
                page.callId(),
                page.streamId(),
                page.startedAt(),
                bootId,
                "",
                page.lastMediaAt(),
                List.of(),
                List.of(),
                20 * page.framesIn(),
                page.resumes(),
                (long) page.rxDepthFrames() + page.sttDepthFrames(),
                20 * ((long) page.txDepthFrames() + page.sendDepthFrames()),
                false,
                wordsOf(bootId).orElse("the worker before ended"));
    }

    @Override
    public Optional<BootReport> investigate(Map<SlotSnapshot, Fate> fates) {
        Inquest inquest = new Inquest(settings.process().dataDir(), custody, boots, journal, recorder.previous());
        Optional<BootReport> latest = Optional.empty();
        for (Life ended : boots.previousUnfinished()) {
            BootReport report = Forensics.withFates(inquest.report(ended), byCallId(fates));
            boots.add(report);
            remembered.note(report);
            latest = Optional.of(report);
        }
        told = true;
        boots.damage().forEach(damage -> LOG.warn("boot records: {}", damage));
        fates.forEach((page, fate) -> {
            if (fate != Fate.ADOPTED) {
                recorder.discard(page);
            }
        });
        return latest;
    }

    private static Map<String, Fate> byCallId(Map<SlotSnapshot, Fate> fates) {
        Map<String, Fate> byId = new HashMap<>();
        fates.forEach((page, fate) -> byId.put(page.callId(), fate));
        return byId;
    }

    /** "boot 41 (ended 12:03:07Z: SIGKILL …)", for the line about a stream that it had started. */
    private Optional<String> wordsOf(String bootId) {
        if (!told) {
            return custody.previous()
                    .map(obituary -> "boot " + bootId + " (" + obituary.status().words() + ")");
        }
        return boots.ended().stream()
                .filter(report -> report.boot().bootId().equals(bootId))
                .findFirst()
                .map(report -> "boot " + report.boot().number() + " (ended " + report.endedAt() + ": "
                        + report.diagnosis().sentence() + ")");
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(standingNotes);
        if (!recorder.isDurable()) {
            notes.add(recorder.whyNotDurable());
        }
        JournalHealth health = journal.health();
        if (!health.writable()) {
            notes.add("call journal: " + health.reason());
        }
        if (health.lostRecords() > 0) {
            notes.add("call journal: " + health.lostRecords() + " records lost since the start");
        }
        boots.degradedBecause().ifPresent(why -> notes.add("boot records: " + why));
        return notes;
    }

    @Override
    public Map<String, Long> lostRecords() {
        Map<String, Long> lost = new HashMap<>();
        journal.health()
                .lost()
                .forEach((reason, count) -> lost.put(reason.name().toLowerCase(Locale.ROOT), count));
        return lost;
    }

    @Override
    public boolean isDurable() {
        return recorder.isDurable();
    }

    /** Runs it each second, whatever it throws. */
    public void everySecond(String name, Periodic.Task task) {
        pulse.everySecond(name, task);
    }

    /** Tells of times when the process stood still: their kind, and their length in ms. */
    public void onStall(ObjLongConsumer<String> listener) {
        pulse.onStall(listener);
    }

    /** Ends the process at once, because living on would be worse. */
    public LastResort lastResort() {
        return lastResort;
    }

    /** The report of the boot before, with the first lines of this one. */
    public void addLinesAfter(BootReport report, List<String> lines) {
        boots.add(Forensics.withLinesAfter(report, lines));
    }

    /** Where log lines are kept for the one after. */
    public Recorder recorder() {
        return recorder;
    }

    /** Notes about this boot's life. */
    public LifeLog life() {
        return life;
    }

    @Override
    public void onServing() {
        recorder.state(RecorderState.SERVING, "");
        custody.ready();
    }

    @Override
    public void onDraining(String why) {
        recorder.state(RecorderState.DRAINING, why);
    }

    @Override
    public void onStopAsked(String signal) {
        life.note(new Evidence.StopAsked(Instant.now(), signal, Optional.empty()));
        custody.stopping();
    }

    @Override
    public UpgradeAnswer prepareUpgrade(Optional<String> jar, Supplier<Boolean> handOver, Runnable calledOff) {
        if (!custody.holder().holds()) {
            return UpgradeAnswer.refused("nobody holds the sockets: start with serve --keep-calls");
        }
        Optional<Path> file = jar.map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            return UpgradeAnswer.refused("jar: " + file.get() + " (expected: a file that this process can read)");
        }
        if (!upgrading.compareAndSet(false, true)) {
            return UpgradeAnswer.refused("an upgrade is under way");
        }
        Thread.ofPlatform().name("hand-over").start(() -> {
            LOG.info("upgrade: the next worker is started; this one serves until it is ready");
            String whyNot = custody.prepare(file, NEXT_WORKER_LIMIT);
            if (!whyNot.isEmpty()) {
                LOG.error("the upgrade was called off, and no call noticed: {}", whyNot);
                custody.ready();
                upgrading.set(false);
                return;
            }
            if (!handOver.get() || !custody.upgrade(file)) {
                LOG.error(
                        "the upgrade was called off: a stream did not start in time, the process is stopping, or nobody"
                                + " would start the next worker");
                custody.ready();
                calledOff.run();
                upgrading.set(false);
                return;
            }
            life.note(new Evidence.HandOver(
                    Instant.now(), file.map(Path::toString).orElse("the installed version")));
            journal.close();
            life.note(new Evidence.CleanMark(Instant.now(), "handed over"));
            recorder.state(RecorderState.HANDED_OVER, "upgrade");
            Runtime.getRuntime().halt(Custody.HAND_OVER_EXIT_CODE);
        });
        return UpgradeAnswer.accepted("this worker hands its calls to the next one and ends");
    }

    @Override
    public void closeClean(String reason) {
        journal.close();
        pulse.close();
        life.note(new Evidence.CleanMark(Instant.now(), reason));
        recorder.state(RecorderState.CLEAN, reason);
    }

    @Override
    public void abandon(String why) {
        life.note(new Evidence.OwnDecision(Instant.now(), Evidence.OwnReason.START_FAILED, why));
        journal.close();
        pulse.close();
        traces.close();
        guard.ifPresent(WorkerGuard::close);
    }
}
