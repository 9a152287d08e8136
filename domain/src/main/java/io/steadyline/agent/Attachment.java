package io.steadyline.agent;

import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentDoor;
import io.steadyline.port.AgentDoor.Search;
import io.steadyline.port.AgentDoor.Wanted;
import io.steadyline.port.AgentLeg;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.Resumption;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.turn.BargeInPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's bot, whichever it is at the moment. Looks for one, gives it what it missed, feeds its audio to the call, and when
 * it is gone keeps the caller company and looks for the next. Media loop.
 */
final class Attachment implements AgentSession {

    private static final long MS = 1_000_000;
    /** Finals that a bot is told of at once when it takes a call that others had. */
    private static final int MAX_HISTORY = 200;

    /** The first search after a loss comes at once: a bot that was restarted may be back, another one may be free. */
    private static final long FIRST_RETRY_NS = 200 * MS;

    private static final long LAST_RETRY_NS = 2_000 * MS;
    /** A bot that stayed for so long has served the call. */
    private static final long SERVED_NS = 2_000 * MS;

    private static final long PLAYBACK_EVERY_NS = 500 * MS;
    /** Two frames of filler in hand, so that the bot's first word is at most 40 ms behind it. */
    private static final int FILLER_FRAMES_AHEAD = 2;

    private record Heard(long sequence, String text) {}

    private final AgentDoor door;
    private final AgentLine line;
    private final AgentSettings settings;
    private final Consumer<AttachmentView> onChange;
    private final String traceparent;
    private final PlaybackFeeder feeder;
    private final ReplayWindow window;
    private final Queue<String> moves = new ConcurrentLinkedQueue<>();
    private final Optional<AudioClip> filler;
    private final Optional<AudioClip> farewell;

    private CallFacts facts;
    private Optional<Resumption> resumption = Optional.empty();
    private Seat seat;
    private @Nullable Search search;
    private @Nullable AgentLeg leg;
    private Optional<String> last = Optional.empty();
    private @Nullable Seat nextSeat;
    private @Nullable Search nextSearch;
    /** What the caller said and a bot has been told of. */
    private final Deque<Heard> history = new ArrayDeque<>();

    private byte[] context = {};
    private String whyNone = "no bot has been asked yet";
    /** The bot before is gone; what has been said since by those who were asked does not count. */
    private String whyLost = "";

    private long sequence;
    private boolean begun;
    private boolean polled;
    private boolean seeking;
    private boolean giveUp;
    /** The last bot has said its last word; nobody is needed any more. */
    private boolean hangsUp;

    private boolean over;
    private boolean wavSeen;
    private boolean toldToWait;
    private boolean overridesBargeIn;
    private long withoutSinceNs;
    private long takenNs;
    private long retryAtNs;
    private long retryNs = FIRST_RETRY_NS;
    private long nextPlaybackNs;
    private int fillerFrame;
    private int attached;

    Attachment(
            CallFacts facts,
            String traceparent,
            AgentLine line,
            AgentDoor door,
            AgentSettings settings,
            Consumer<AttachmentView> onChange) {
        this.facts = facts;
        this.traceparent = traceparent;
        this.line = line;
        this.door = door;
        this.settings = settings;
        this.onChange = onChange;
        this.feeder = new PlaybackFeeder(facts.format(), line, this::onMarkInterrupted, this::onWavHeader);
        this.window = new ReplayWindow(
                (int) (settings.replay().toMillis() / facts.format().ptime().ms()));
        // Audio of another format would be noise to the caller.
        this.filler = settings.filler().filter(clip -> clip.format().equals(facts.format()) && clip.frameCount() > 0);
        this.farewell = settings.farewell().filter(clip -> clip.format().equals(facts.format()));
        this.seat = newSeat();
    }

    @Override
    public void onCallerFrame(AudioFrame frame) {
        AgentLeg to = leg;
        if (to == null || to.acknowledges()) {
            window.add(frame);
        }
        if (to != null) {
            to.onCallerFrame(frame, false);
            window.noteSent(frame);
        }
    }

    @Override
    public void on(AgentEvent event) {
        if (event instanceof AgentEvent.Started started) {
            facts = started.facts();
            if (!begun) {
                begun = true;
                resumption = started.resumption();
                return;
            }
        }
        if (event instanceof AgentEvent.BargedIn bargedIn) {
            feeder.onCleared(bargedIn.epoch());
        }
        tell(event);
    }

    @Override
    public void poll(long nowNs) {
        if (over) {
            return;
        }
        if (!polled) {
            polled = true;
            withoutSinceNs = nowNs;
            retryAtNs = nowNs;
            nextPlaybackNs = nowNs;
            changed(whyNone, nowNs);
        }
        readSeat(nowNs);
        readMoves();
        readNextSeat(nowNs);
        if (leg == null) {
            awaitBot(nowNs);
        } else {
            tellPlayback(nowNs);
        }
        feeder.pump(nowNs);
        seat.tellWhenWritable();
        if (giveUp && feeder.isIdle()) {
            over = true;
            line.end(new CallEnd(CallEnd.Party.AGENT, CallEnd.Reason.AGENT_LOST, whyNone));
        }
    }

    @Override
    public void detach(String why) {
        over = true;
        if (search != null) {
            search.cancel();
        }
        stopMove();
        seat.close();
        AgentLeg to = leg;
        leg = null;
        if (to != null) {
            to.end(why);
        }
        feeder.discard();
    }

    /** Another bot is to have the call. Any thread. */
    void moveTo(String bot) {
        moves.add(bot);
        line.wake();
    }

    private void tell(AgentEvent event) {
        // A guess that the next one replaces is of the moment only.
        boolean passes = event instanceof AgentEvent.Speech(SpeechEvent said) && said instanceof SpeechEvent.Interim;
        long number = passes ? 0 : ++sequence;
        if (event instanceof AgentEvent.Speech(SpeechEvent said) && said instanceof SpeechEvent.Final words) {
            remember(number, words.text());
        }
        AgentLeg to = leg;
        if (!passes && (to == null || to.acknowledges())) {
            window.add(number, event);
        }
        if (to != null) {
            to.on(number, event, false);
            if (!passes) {
                window.noteSent(sequence);
            }
        }
    }

    private void readSeat(long nowNs) {
        for (Seat.Message message = seat.poll(); message != null; message = seat.poll()) {
            switch (message) {
                case Seat.Message.Taken taken -> onTaken(taken.leg(), nowNs);
                case Seat.Message.Refused refused -> onRefused(refused.why(), nowNs);
                case Seat.Message.Left left -> onLeft(left.why(), nowNs);
                case Seat.Message.Audio audio -> feeder.audio(audio.payload(), audio.epoch());
                case Seat.Message.Mark mark -> feeder.mark(mark.name(), mark.epoch());
                case Seat.Message.Clear _ -> clear();
                case Seat.Message.BargeInAsked asked -> bargeIn(asked.policy());
                case Seat.Message.HangUp hangUp -> {
                    hangsUp = true;
                    feeder.hangUp(hangUp.why());
                }
                case Seat.Message.Acknowledged upTo -> window.acknowledge(upTo.sequence(), upTo.audioPosition());
                case Seat.Message.Context kept -> context = kept.context();
            }
        }
    }

    private void clear() {
        line.clear();
        long epoch = line.epoch();
        feeder.onCleared(epoch);
        tell(new AgentEvent.Cleared(epoch));
    }

    private void bargeIn(BargeInPolicy policy) {
        overridesBargeIn = true;
        line.bargeIn(Optional.of(policy));
    }

    /** The bot that has the call keeps it until the other one has taken it. */
    private void readMoves() {
        for (String to = moves.poll(); to != null; to = moves.poll()) {
            stopMove();
            Seat offered = newSeat();
            nextSeat = offered;
            nextSearch = door.seek(new Wanted(facts, traceparent, last, Optional.of(to)), offered);
        }
    }

    private void readNextSeat(long nowNs) {
        Seat offered = nextSeat;
        Seat.Message first = offered == null ? null : offered.poll();
        if (offered == null || first == null) {
            return;
        }
        nextSeat = null;
        nextSearch = null;
        if (!(first instanceof Seat.Message.Taken(AgentLeg taker))) {
            offered.close();
            return;
        }
        if (search != null) {
            search.cancel();
        }
        AgentLeg from = leg;
        seat.close();
        if (from != null) {
            String why = "moved to " + taker.agent();
            from.end(why);
            line.detached(why);
            whyNone = why;
            whyLost = why;
            withoutSinceNs = nowNs;
        }
        seat = offered;
        onTaken(taker, nowNs);
        readSeat(nowNs);
    }

    private void stopMove() {
        if (nextSearch != null) {
            nextSearch.cancel();
        }
        if (nextSeat != null) {
            nextSeat.close();
        }
        nextSearch = null;
        nextSeat = null;
    }

    private void remember(long number, String text) {
        if (history.size() == MAX_HISTORY) {
            history.removeFirst();
        }
        history.addLast(new Heard(number, text));
    }

    private void onTaken(AgentLeg taker, long nowNs) {
        seeking = false;
        search = null;
        if (giveUp) {
            taker.end("the call is given up already");
            return;
        }
        leg = taker;
        last = Optional.of(taker.agent());
        takenNs = nowNs;
        if (overridesBargeIn) {
            overridesBargeIn = false;
            line.bargeIn(Optional.empty());
        }
        boolean isFirst = attached++ == 0;
        long first = window.firstSequence(sequence + 1);
        taker.begin(new AgentLeg.Briefing(
                facts,
                isFirst ? resumption : Optional.of(afterALoss(first, nowNs)),
                context,
                first,
                line.epoch(),
                window.lostFrames(),
                window.lostEvents()));
        window.replay(taker);
        window.noteSent(sequence);
        if (!taker.acknowledges()) {
            window.clear();
        }
        line.attached(taker.agent());
        changed("", nowNs);
    }

    private Resumption afterALoss(long firstSequence, long nowNs) {
        List<String> known = history.stream()
                .filter(heard -> heard.sequence < firstSequence)
                .map(Heard::text)
                .toList();
        long gapMs = (nowNs - withoutSinceNs) / MS;
        return new Resumption(gapMs, window.lostFrames(), 0, whyLost, true, known, List.of());
    }

    private void onRefused(String why, long nowNs) {
        seeking = false;
        search = null;
        whyNone = why;
        retryAtNs = nowNs + retryNs;
        retryNs = Math.min(2 * retryNs, LAST_RETRY_NS);
        changed(why, nowNs);
    }

    private void onLeft(String why, long nowNs) {
        boolean wasHere = leg != null;
        leg = null;
        search = null;
        seeking = false;
        seat.close();
        seat = newSeat();
        whyNone = why;
        whyLost = wasHere ? why : whyLost;
        fillerFrame = 0;
        if (wasHere && nowNs - takenNs >= SERVED_NS) {
            withoutSinceNs = nowNs;
            retryAtNs = nowNs;
            retryNs = FIRST_RETRY_NS;
        } else {
            // One that leaves as soon as it comes is no better than none: the limit goes on, and the tries are fewer.
            retryAtNs = nowNs + retryNs;
            retryNs = Math.min(2 * retryNs, LAST_RETRY_NS);
        }
        if (wasHere) {
            line.detached(why);
        }
        changed(why, nowNs);
    }

    /** No bot is here. */
    private void awaitBot(long nowNs) {
        long sinceNs = nowNs - withoutSinceNs;
        if (giveUp || hangsUp) {
            return;
        }
        if (sinceNs >= settings.waitLimit().toNanos()) {
            giveUp = true;
            whyNone = "no bot for " + settings.waitLimit().toMillis() + " ms: " + whyNone;
            if (search != null) {
                search.cancel();
            }
            farewell.ifPresent(clip -> {
                for (int i = 0; i < clip.frameCount(); i++) {
                    feeder.announce(clip.frame(i).payloadBytes());
                    feeder.audio(clip.frame(i).payload(), 0);
                }
            });
            return;
        }
        if (!seeking && retryAtNs - nowNs <= 0) {
            seeking = true;
            search = door.seek(new Wanted(facts, traceparent, last, Optional.empty()), seat);
            readSeat(nowNs);
        }
        if (sinceNs >= settings.fillerAfter().toNanos() && feeder.isIdle()) {
            filler.ifPresent(this::fill);
        }
    }

    private void fill(AudioClip clip) {
        while (line.isWritable() && line.queuedFrames() < FILLER_FRAMES_AHEAD) {
            if (!line.offer(clip.frame(fillerFrame), line.epoch()).isAccepted()) {
                return;
            }
            fillerFrame = (fillerFrame + 1) % clip.frameCount();
        }
    }

    private void tellPlayback(long nowNs) {
        AgentLeg to = leg;
        boolean mustWait = seat.mustWait();
        boolean isDue = nowNs - nextPlaybackNs >= 0 && !feeder.isIdle();
        if (to == null || (!isDue && mustWait == toldToWait)) {
            return;
        }
        toldToWait = mustWait;
        nextPlaybackNs = nowNs + PLAYBACK_EVERY_NS;
        int ptimeMs = facts.format().ptime().ms();
        long waitingMs = feeder.waitingBytes() / facts.format().bytesPerMs() + (long) line.queuedFrames() * ptimeMs;
        to.onPlayback(new AgentLeg.Playback(feeder.sentFrames() * ptimeMs, waitingMs, mustWait));
    }

    private void onMarkInterrupted(String name) {
        long sentMs = feeder.sentFrames() * facts.format().ptime().ms();
        tell(new AgentEvent.MarkSettled(name, MarkOutcome.INTERRUPTED, sentMs));
    }

    private void onWavHeader() {
        if (!wavSeen && leg != null) {
            wavSeen = true;
            leg.warn("audio begins with a RIFF header (expected: raw samples); it is left out");
        }
    }

    private Seat newSeat() {
        long bytes = settings.buffer().toMillis() * facts.format().bytesPerMs();
        return new Seat(feeder, line, bytes);
    }

    private void changed(String why, long nowNs) {
        onChange.accept(new AttachmentView(
                facts.callId(),
                leg == null ? Optional.empty() : last,
                attached,
                why,
                leg == null ? withoutSinceNs : nowNs,
                window.events(),
                window.frames()));
    }
}
