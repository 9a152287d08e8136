package io.steadyline.agent;

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
import io.steadyline.signal.StreamMode;
import io.steadyline.turn.BargeInPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's bot, whichever it is at the moment. Looks for one, gives it what it missed, feeds its audio to the call, and when
 * it is gone keeps the caller company and looks for the next. Media loop.
 */
final class Attachment implements AgentSession {

    private static final long MS = 1_000_000;
    /** A bot that stayed for so long has served the call. */
    private static final long SERVED_NS = 2_000 * MS;

    private static final long PLAYBACK_EVERY_NS = 500 * MS;

    private final AgentDoor door;
    private final AgentLine line;
    private final AgentSettings settings;
    private final Consumer<AttachmentView> onChange;
    private final Consumer<Attachment> onDetached;
    private final String traceparent;
    private final PlaybackFeeder feeder;
    private final ReplayWindow window;
    private final Story story = new Story();
    private final Company company;
    private final Retries retries = new Retries();
    private final Move move = new Move(this::newSeat, (bot, offered) -> seek(Optional.of(bot), offered));

    private CallFacts facts;
    private Optional<Resumption> resumption = Optional.empty();
    private Seat seat;
    private @Nullable Search search;
    private @Nullable AgentLeg leg;
    private Optional<String> last = Optional.empty();
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

    /** Some bot has stayed for a while: what lies before the first one is nobody's news any more. */
    private boolean served;

    private boolean over;
    private boolean wavSeen;
    private boolean toldToWait;
    private boolean toldMissing;
    private boolean overridesBargeIn;
    private long withoutSinceNs;
    private long takenNs;
    private long toldLostFrames;
    private long toldLostEvents;
    private long nextPlaybackNs;
    private int attached;

    Attachment(
            CallFacts facts,
            String traceparent,
            AgentLine line,
            AgentDoor door,
            AgentSettings settings,
            Consumer<AttachmentView> onChange,
            Consumer<Attachment> onDetached) {
        this.facts = facts;
        this.traceparent = traceparent;
        this.line = line;
        this.door = door;
        this.settings = settings;
        this.onChange = onChange;
        this.onDetached = onDetached;
        this.feeder = new PlaybackFeeder(facts.format(), line, this::onMarkInterrupted, this::onWavHeader);
        this.window = new ReplayWindow(
                (int) (settings.replay().toMillis() / facts.format().ptime().ms()));
        this.company = new Company(settings, facts.format(), line, feeder);
        this.seat = newSeat();
    }

    @Override
    public void onCallerFrame(AudioFrame frame) {
        AgentLeg to = leg;
        if (to == null || to.acknowledges()) {
            window.add(frame);
        } else {
            // It may have acknowledged until now.
            window.clear();
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
                resumption.ifPresent(past -> past.finals().forEach(text -> story.add(0, text)));
                return;
            }
        }
        if (event instanceof AgentEvent.BargedIn bargedIn) {
            feeder.onCleared(bargedIn.epoch());
        }
        if (event instanceof AgentEvent.Ended) {
            // Marks that wait are settled before the last word.
            feeder.discard();
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
            retries.atOnce(nowNs);
            nextPlaybackNs = nowNs;
            changed(whyNone, nowNs);
        }
        readSeat(nowNs);
        move.poll().ifPresent(arrival -> onMoved(arrival, nowNs));
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
        move.stop();
        seat.close();
        AgentLeg to = leg;
        leg = null;
        if (to != null) {
            to.end(why);
        }
        feeder.discard();
        onDetached.accept(this);
    }

    /** Another bot is to have the call. Any thread. */
    void moveTo(String bot) {
        move.ask(bot);
        line.wake();
    }

    private void tell(AgentEvent event) {
        // A guess that the next one replaces is of the moment only.
        boolean passes = event instanceof AgentEvent.Speech(SpeechEvent said) && said instanceof SpeechEvent.Interim;
        long number = passes ? 0 : ++sequence;
        if (event instanceof AgentEvent.Speech(SpeechEvent said) && said instanceof SpeechEvent.Final words) {
            story.add(number, words.text());
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
                case Seat.Message.Audio audio -> onAudio(audio);
                case Seat.Message.Mark mark -> onMark(mark);
                case Seat.Message.Clear _ -> clear();
                case Seat.Message.BargeInAsked asked -> bargeIn(asked.policy());
                case Seat.Message.HangUp hangUp -> onHangUp(hangUp.why());
                case Seat.Message.Acknowledged upTo -> window.acknowledge(upTo.sequence(), upTo.audioPosition());
                case Seat.Message.Context kept -> context = kept.context();
            }
        }
    }

    private void onAudio(Seat.Message.Audio audio) {
        if (listenOnly()) {
            feeder.withdraw(audio.payload().length);
        } else {
            feeder.audio(audio.payload(), audio.epoch());
        }
    }

    private void onMark(Seat.Message.Mark mark) {
        if (listenOnly()) {
            onMarkInterrupted(mark.name());
        } else {
            feeder.mark(mark.name(), mark.epoch());
        }
    }

    private void onHangUp(String why) {
        hangsUp = true;
        if (listenOnly()) {
            line.hangUp(why);
        } else {
            feeder.hangUp(why);
        }
    }

    /** Nothing can be played to the caller. */
    private boolean listenOnly() {
        return facts.mode() == StreamMode.LISTEN_ONLY;
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

    private void onMoved(Move.Arrival arrival, long nowNs) {
        if (search != null) {
            search.cancel();
        }
        AgentLeg from = leg;
        seat.close();
        if (from != null) {
            String why = "moved to " + arrival.leg().agent();
            from.end(why);
            line.detached(why);
            whyNone = why;
            whyLost = why;
            withoutSinceNs = nowNs;
            served = true;
        }
        seat = arrival.seat();
        onTaken(arrival.leg(), nowNs);
        readSeat(nowNs);
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
        toldMissing = false;
        if (overridesBargeIn) {
            overridesBargeIn = false;
            line.bargeIn(Optional.empty());
        }
        company.stop();
        attached++;
        long first = window.firstSequence(sequence + 1);
        long lostFrames = window.lostFrames() - toldLostFrames;
        long lostEvents = window.lostEvents() - toldLostEvents;
        toldLostFrames += lostFrames;
        toldLostEvents += lostEvents;
        taker.begin(new AgentLeg.Briefing(
                facts,
                served || (attached > 1 && resumption.isEmpty()) ? Optional.of(afterALoss(first, nowNs)) : resumption,
                context,
                first,
                line.epoch(),
                lostFrames,
                lostEvents));
        window.replay(taker);
        window.noteSent(sequence);
        if (!taker.acknowledges()) {
            window.clear();
        }
        line.attached(taker.agent());
        changed("", nowNs);
    }

    private Resumption afterALoss(long firstSequence, long nowNs) {
        long gapMs = (nowNs - withoutSinceNs) / MS;
        return new Resumption(gapMs, 0, 0, whyLost, true, story.before(firstSequence), List.of());
    }

    private void onRefused(String why, long nowNs) {
        seeking = false;
        search = null;
        whyNone = why;
        if (!toldMissing) {
            toldMissing = true;
            line.missing(why);
        }
        retries.later(nowNs);
        changed(why, nowNs);
    }

    private void onLeft(String why, long nowNs) {
        AgentLeg from = leg;
        boolean wasHere = from != null;
        leg = null;
        if (from != null) {
            // Its connection may not know: that it has lost its place can be the seat's decision.
            from.end(why);
        }
        search = null;
        seeking = false;
        seat.close();
        seat = newSeat();
        whyNone = why;
        whyLost = wasHere ? why : whyLost;
        company.restart();
        if (wasHere && nowNs - takenNs >= SERVED_NS) {
            served = true;
            withoutSinceNs = nowNs;
            retries.atOnce(nowNs);
        } else {
            // One that leaves as soon as it comes is no better than none: the limit goes on.
            retries.later(nowNs);
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
            if (!listenOnly()) {
                company.sayFarewell();
            }
            return;
        }
        if (!seeking && retries.isDue(nowNs)) {
            seeking = true;
            search = seek(Optional.empty(), seat);
            readSeat(nowNs);
        }
        if (sinceNs >= settings.fillerAfter().toNanos()) {
            company.fill();
        }
    }

    /** @param only empty: any bot */
    private Search seek(Optional<String> only, Seat offered) {
        boolean resumed = attached > 0 || resumption.isPresent();
        return door.seek(new Wanted(facts, traceparent, last, resumed, only), offered);
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
