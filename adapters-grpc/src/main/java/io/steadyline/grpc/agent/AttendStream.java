package io.steadyline.grpc.agent;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.Open;
import io.steadyline.grpc.Failures;
import io.steadyline.grpc.Refusals;
import io.steadyline.media.AudioFormat;
import io.steadyline.port.AgentSeat;
import io.steadyline.signal.Printable;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bot's stream for one call: waits for Open, takes the call's seat on the door's thread, then hands what the bot says to
 * {@link BotSpeech}. Messages come on a handler thread, one at a time and only when asked for.
 */
final class AttendStream implements StreamObserver<AttendRequest>, LegWriter.Listener {

    private static final Logger log = LoggerFactory.getLogger(AttendStream.class);
    private static final int LOGGED_CHARS = 200;
    /** For the last messages of a call to be read. */
    private static final long LAST_WORDS_NS = TimeUnit.SECONDS.toNanos(10);

    private final GrpcAgentDoor door;
    private final ServerCallStreamObserver<AttendResponse> bot;
    private final LegWriter writer;
    private boolean asked;
    /** Why the bot is of no use to a call any more, as it was first told. */
    private volatile @Nullable String gone;

    private volatile @Nullable BotPlace place;
    private volatile String botId = "";
    private volatile @Nullable BotSpeech speech;

    AttendStream(GrpcAgentDoor door, ServerCallStreamObserver<AttendResponse> bot) {
        this.door = door;
        this.bot = bot;
        this.writer = new LegWriter(bot, door::onALeg, door.limits(), this);
        bot.disableAutoRequest();
        bot.setOnReadyHandler(writer::wake);
        bot.setOnCancelHandler(() -> onGone("its connection broke"));
        bot.request(1);
    }

    @Override
    public void onNext(AttendRequest message) {
        try {
            handle(message);
        } catch (RuntimeException e) {
            fail(Failures.answerTo(e, "Attend"));
        }
    }

    @Override
    public void onError(Throwable broken) {
        onGone("its connection broke");
    }

    @Override
    public void onCompleted() {
        noteGone("it left the call");
        writer.complete();
    }

    /** Any thread. */
    void fail(StatusRuntimeException why) {
        writer.fail(why);
    }

    @Override
    public void onFailed(String why) {
        noteGone(why);
    }

    @Override
    public void onCut() {
        door.desk().putLast(botId, door.nowNs());
    }

    @Override
    public void onOver() {
        door.forget(this);
    }

    /** Nobody may hold a stream for nothing. Door's thread. */
    void requireOpen(long withinMs) {
        if (!asked()) {
            fail(Refusals.invalid("message", "none within " + withinMs + " ms", "open as the first message"));
        }
    }

    private synchronized boolean asked() {
        return asked;
    }

    private void handle(AttendRequest message) {
        BotSpeech saying = speech;
        if (saying != null) {
            saying.on(message);
        } else if (message.getMessageCase() != AttendRequest.MessageCase.OPEN) {
            throw AttendFields.notFirst(message);
        } else {
            synchronized (this) {
                asked = true;
            }
            askForTheCall(message.getOpen());
        }
    }

    private void askForTheCall(Open open) {
        try {
            AttendFields.check(open);
        } catch (StatusRuntimeException refusal) {
            String why = String.valueOf(refusal.getStatus().getDescription());
            door.run(() -> door.offers().spoil(open.getToken(), why));
            throw refusal;
        }
        if (!door.run(() -> take(open))) {
            fail(GrpcAgentDoor.stopping());
        }
    }

    /** Door's thread. */
    private void take(Open open) {
        String why = gone;
        if (why != null) {
            door.offers().spoil(open.getToken(), why);
            return;
        }
        Optional<Offers.Opened> opened = door.offers().open(open.getToken());
        if (opened.isEmpty()) {
            fail(Refusals.of(
                    Code.NOT_FOUND,
                    "UNKNOWN_OFFER",
                    "open.token: not known, or used, or its time is over (expected: the token of an offer within its"
                            + " answer_within_ms)"));
            return;
        }
        begin(open, opened.get());
    }

    private void begin(Open open, Offers.Opened call) {
        AgentSeat seat = call.seat();
        AudioFormat format = call.wanted().facts().format();
        BotPlace taken = new BotPlace(call.botId(), seat, () -> door.desk().release(call.botId()));
        place = taken;
        botId = call.botId();
        GrpcLeg leg = new GrpcLeg(
                call.botId(),
                door.bootId(),
                open.getAcknowledges(),
                format,
                AttendFields.callerAudio(open),
                writer,
                why -> onReleased(taken));
        BotSpeech saying = new BotSpeech(
                taken,
                leg,
                new Transcoder(AttendFields.agentAudio(open), format),
                format,
                call.wanted().facts().dialect(),
                () -> bot.request(1));
        seat.onWritable(() -> door.onALeg(() -> resume(saying)));
        taken.say(to -> to.taken(leg));
        AttendFields.bargeIn(open).ifPresent(policy -> taken.say(to -> to.bargeIn(policy)));
        speech = saying;
        String why = gone;
        if (why != null) {
            // Gone while it took the seat: whoever noticed did not know the place yet.
            leave(why);
        }
        bot.request(1);
    }

    private void resume(BotSpeech saying) {
        try {
            saying.resume();
        } catch (RuntimeException e) {
            fail(Failures.answerTo(e, "Attend"));
        }
    }

    private void onGone(String why) {
        noteGone(why);
        writer.onBroken();
    }

    private void noteGone(String why) {
        String first;
        synchronized (this) {
            first = gone == null ? why : gone;
            gone = first;
        }
        leave(first);
    }

    private void leave(String why) {
        BotPlace left = place;
        if (left != null && left.leave(why)) {
            log.info("agents: {} has left its call: {}", left.botId(), Printable.of(why, LOGGED_CHARS));
        }
    }

    /** Media loop: the call has said its last word. */
    private void onReleased(BotPlace released) {
        // Not done when the door is closed: then no bot is counted any more.
        var _ = door.run(() -> {
            released.close();
            var _ = door.thread().after(LAST_WORDS_NS, () -> writer.giveUp("the end of the call was not read"));
        });
    }
}
