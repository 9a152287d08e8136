package io.steadyline.simulator;

import io.steadyline.simulator.CallEvent.Kind;
import io.steadyline.simulator.CallReport.Outcome;
import io.steadyline.simulator.PlayoutClock.ReturnedMark;
import io.steadyline.simulator.ws.CloseStatus;
import io.steadyline.simulator.ws.ProtocolException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call from dialling to its report: the schedule of what the provider does. Loop thread. */
final class Call implements Link.Owner {

    private enum Phase {
        /** Connection and upgrade. */
        DIALLING,
        /** The stream runs. */
        TALKING,
        /** We or the server ended the stream; the connection is being closed. Nothing is sent or measured any more. */
        ENDING,
        ENDED
    }

    private final CallPlan plan;
    private final Loop loop;
    private final Link link;
    private final EventLog events;
    private final Caller caller;
    private final Answer answer;
    private final ProviderMessages messages;
    private final @Nullable EchoProbe probe;
    private final long phaseNs;
    private final long dialAtNs;
    private final Timers.Timer dialTimer;
    private final Timers.Timer mediaTimer;
    private final Timers.Timer markTimer;
    private final Timers.Timer digitTimer;
    private final Timers.Timer endTimer;
    private final Freezer freezer;

    private Consumer<CallReport> onReport = report -> {};
    private Phase phase = Phase.DIALLING;
    private int nextDigit;
    private long startNs;
    private long streamEndNs;
    private OptionalDouble connectMs = OptionalDouble.empty();
    private OptionalDouble setUpMs = OptionalDouble.empty();
    private boolean isDiscarding;
    private boolean isDraining;

    /** {@code phaseNs} is this call's place in the 20 ms that all calls share. */
    Call(CallPlan plan, Loop loop, Tally tally, InetSocketAddress address, long phaseNs, int callTag, long dialAtNs) {
        this.plan = plan;
        this.loop = loop;
        this.phaseNs = phaseNs;
        this.dialAtNs = dialAtNs;
        probe = plan.isEchoProbe() ? new EchoProbe(callTag, plan.silenceBound().toNanos()) : null;
        link = new Link(loop, this, plan.media(), plan.headers());
        events = new EventLog(plan.listener(), dialAtNs);
        messages = new ProviderMessages(plan.accountSid(), plan.callSid(), plan.streamSid());
        caller = new Caller(plan, link, messages, tally, probe);
        answer = new Answer(plan, link, events, tally, probe);
        dialTimer = timer((dueNs, nowNs) ->
                link.connect(address, dueNs + plan.setUpLimit().toNanos()));
        mediaTimer = timer(this::onMediaDue);
        markTimer = timer((dueNs, nowNs) -> returnMarks(answer.poll(nowNs)));
        digitTimer = timer((dueNs, nowNs) -> onDigitDue());
        endTimer = timer((dueNs, nowNs) -> onTalkedOut(nowNs));
        freezer = new Freezer(loop, link, events, plan.freezes());
    }

    private Timers.Timer timer(Timers.Action action) {
        return loop.timers().create(action, link::onFault);
    }

    /** Dials when its time has come; the report is told once, on the loop thread. */
    void dial(Consumer<CallReport> onReport) {
        this.onReport = onReport;
        loop.timers().set(dialTimer, dialAtNs);
    }

    boolean isDialling() {
        return phase == Phase.DIALLING;
    }

    @Override
    public void onConnected(long nowNs) {
        connectMs = OptionalDouble.of((nowNs - dialAtNs) / 1e6);
    }

    @Override
    public void onOpen(long nowNs) {
        setUpMs = OptionalDouble.of((nowNs - dialAtNs) / 1e6);
        events.add(Kind.CONNECTED, plan.media().toString(), nowNs);
        phase = Phase.TALKING;
        startNs = nowNs;
        answer.startAt(nowNs);
        caller.startAt(nowNs);
        events.add(Kind.START_SENT, plan.streamSid(), nowNs);
        loop.timers().set(mediaTimer, firstFrameNs(nowNs));
        loop.timers().set(endTimer, nowNs + plan.duration().toNanos());
        freezer.startAt(nowNs);
        armDigit();
    }

    /** The first instant of this call's own grid that lies a whole frame after the start. */
    private long firstFrameNs(long nowNs) {
        long earliest = nowNs + Caller.PTIME_NS;
        return earliest + Math.floorMod(phaseNs - earliest, Caller.PTIME_NS);
    }

    private void onMediaDue(long dueNs, long nowNs) {
        // From the deadline, not from now: a late wake-up must not shift the rest of the call.
        loop.timers().set(mediaTimer, dueNs + Caller.PTIME_NS);
        boolean isSent = caller.sendFrame(dueNs, nowNs);
        if (!isSent && !isDiscarding && phase == Phase.TALKING) {
            events.add(Kind.MEDIA_DISCARDED, "the server does not read (31930)", nowNs);
        }
        isDiscarding = !isSent;
    }

    private void armDigit() {
        if (nextDigit < plan.digits().size()) {
            loop.timers()
                    .set(digitTimer, startNs + plan.digits().get(nextDigit).at().toNanos());
        }
    }

    private void onDigitDue() {
        press(plan.digits().get(nextDigit++).key());
        armDigit();
    }

    void press(char key) {
        if (phase == Phase.TALKING) {
            caller.send(messages.dtmf(key));
            events.add(Kind.DIGIT_SENT, String.valueOf(key), System.nanoTime());
        }
    }

    @Override
    public void onText(byte[] message, int length, long nowNs) throws ProtocolException {
        if (phase == Phase.TALKING) {
            returnMarks(answer.onText(message, length, nowNs));
        }
    }

    @Override
    public void onBinary(int length, long nowNs) {
        if (phase == Phase.TALKING) {
            answer.onBinary(length, nowNs);
        }
    }

    @Override
    public void onPing(long nowNs) {
        answer.onPing(nowNs);
    }

    private void returnMarks(List<ReturnedMark> marks) {
        if (plan.markReplies() == MarkReplies.WHEN_PLAYED) {
            for (ReturnedMark mark : marks) {
                caller.send(messages.mark(mark.name()));
            }
        }
        if (answer.hasPendingMarks()) {
            loop.timers().set(markTimer, answer.nextMarkNs());
        } else {
            loop.timers().cancel(markTimer);
        }
    }

    /** The duration is over: the drain begins, or is over as well. */
    private void onTalkedOut(long nowNs) {
        if (isDraining || plan.drainFor().isZero()) {
            hangUp(plan.hangUp());
        } else {
            isDraining = true;
            caller.drain();
            events.add(Kind.DRAINING, plan.drainFor().toMillis() + " ms", nowNs);
            loop.timers().set(endTimer, nowNs + plan.drainFor().toNanos());
        }
    }

    void finish() {
        if (phase == Phase.DIALLING) {
            hangUp(plan.hangUp());
        } else if (phase == Phase.TALKING && !isDraining) {
            onTalkedOut(System.nanoTime());
        }
    }

    void freeze(Freeze.Side side) {
        if (phase == Phase.TALKING) {
            freezer.freeze(side, System.nanoTime());
        }
    }

    void thaw() {
        if (phase == Phase.TALKING) {
            freezer.thaw(System.nanoTime());
        }
    }

    void hangUp(HangUp style) {
        if (phase == Phase.DIALLING) {
            link.abandon(LinkEnd.of(Outcome.HUNG_UP, "hung up while dialling"), false);
            return;
        }
        if (phase != Phase.TALKING) {
            return;
        }
        long nowNs = System.nanoTime();
        LinkEnd end = LinkEnd.of(Outcome.HUNG_UP, "");
        if (link.holdsWrites()) {
            // Whatever the style: a peer that stands still has nothing to say.
            link.abandon(end.withDetail("frozen"), style == HangUp.RESET);
            return;
        }
        switch (style) {
            case STOP_THEN_CLOSE -> stopThenClose(end, nowNs);
            case ABRUPT, RESET -> link.abandon(end, style == HangUp.RESET);
            case BY_SERVER -> {
                String detail =
                        "the server did not hang up within " + plan.duration().toMillis() + " ms";
                events.add(Kind.SERVER_DID_NOT_HANG_UP, detail, nowNs);
                stopThenClose(end.withDetail(detail), nowNs);
            }
        }
    }

    private void stopThenClose(LinkEnd end, long nowNs) {
        // Only reading can stand still here; the answer to our Close is to be seen.
        link.hold(false, false);
        caller.send(messages.stop());
        if (!link.isOpen()) {
            // The write found the connection broken, which has ended the call.
            return;
        }
        events.add(Kind.STOP_SENT, "", nowNs);
        endStream(nowNs);
        events.add(Kind.CLOSE_SENT, String.valueOf(CloseStatus.NORMAL), nowNs);
        link.close(new CloseStatus(CloseStatus.NORMAL, ""), end);
    }

    void cancel() {
        link.abandon(LinkEnd.of(Outcome.CANCELLED, "the simulator was closed"), false);
    }

    @Override
    public void onClose(CloseStatus status, long nowNs) {
        String reason = status.reason().isEmpty() ? "" : " " + Printable.of(status.reason());
        events.add(Kind.CLOSE_RECEIVED, status.code() + reason, nowNs);
        endStream(nowNs);
    }

    private void endStream(long nowNs) {
        if (phase == Phase.TALKING) {
            phase = Phase.ENDING;
            streamEndNs = nowNs;
            answer.endAt(nowNs);
        }
        loop.timers().cancel(dialTimer);
        loop.timers().cancel(mediaTimer);
        loop.timers().cancel(markTimer);
        loop.timers().cancel(digitTimer);
        loop.timers().cancel(endTimer);
        freezer.stop();
    }

    @Override
    public void onEnd(LinkEnd end, long nowNs) {
        endStream(nowNs);
        phase = Phase.ENDED;
        events.add(
                Kind.ENDED, end.detail().isEmpty() ? end.outcome().name() : end.outcome() + ": " + end.detail(), nowNs);
        onReport.accept(report(end));
    }

    private CallReport report(LinkEnd end) {
        long endNs = setUpMs.isPresent() ? streamEndNs : startNs;
        return new CallReport(
                plan,
                new CallReport.Ending(
                        end.outcome(),
                        connectMs,
                        setUpMs,
                        end.httpStatus(),
                        end.closeCode(),
                        end.closeReason(),
                        end.detail()),
                (endNs - startNs) / 1_000_000,
                caller.report(),
                answer.received(endNs),
                answer.playout(),
                probe == null ? null : probe.report(),
                answer.malformed(),
                answer.malformedCount(),
                events.events(),
                events.leftOut(),
                answer.recording());
    }
}
