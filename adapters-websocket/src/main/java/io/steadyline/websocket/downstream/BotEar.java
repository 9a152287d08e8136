package io.steadyline.websocket.downstream;

import io.steadyline.port.AgentSeat;
import io.steadyline.signal.CallId;
import io.steadyline.signal.Printable;
import io.steadyline.websocket.frames.CloseCode;
import io.steadyline.websocket.server.CloseReason;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one bot says, on its way to its seat; and the end of its connection, from whichever side. One message is asked for at
 * a time, and none while the seat has enough: then the bot's own socket fills up. The client's threads call, one at a time;
 * the lock is for who gives the bot up meanwhile.
 */
final class BotEar implements WebSocket.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(BotEar.class);

    /** Beyond this nothing can be expected of the rest. */
    static final int MAX_UNUSABLE = 50;

    /** For what waits to be sent, and for the bot's answer to our close. */
    private static final long CLOSE_LIMIT_MS = 2_000;
    /** Text of which the memory is kept for the next message. */
    private static final int USUAL_CHARS = 65_536;

    private final CallId callId;
    private final DownstreamConfig config;
    private final BotReader reader;
    private final Translation translation;
    private final AgentSeat seat;
    private final Executor executor;
    private final PendingMarks marks = new PendingMarks();
    private final AtomicBoolean waits = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

    private volatile String streamSid = "";
    private volatile boolean over;
    private volatile @Nullable WebSocket socket;
    private volatile @Nullable Outbox outbox;
    private volatile @Nullable PongAcknowledgements pongs;
    private StringBuilder text = new StringBuilder();
    private int unusable;
    private boolean otherStreamSeen;
    private boolean unknownSeen;

    BotEar(
            CallId callId,
            DownstreamConfig config,
            BotReader reader,
            Translation translation,
            AgentSeat seat,
            Executor executor) {
        this.callId = callId;
        this.config = config;
        this.reader = reader;
        this.translation = translation;
        this.seat = seat;
        this.executor = executor;
    }

    CallId callId() {
        return callId;
    }

    PendingMarks marks() {
        return marks;
    }

    /** The connection is over. */
    CompletableFuture<@Nullable Void> gone() {
        return gone;
    }

    /** The bot has its place: from now on it is listened to. */
    void listen(WebSocket to, Outbox with, PongAcknowledgements acknowledgements) {
        socket = to;
        outbox = with;
        pongs = acknowledgements;
        seat.onWritable(this::goOn);
        to.request(1);
    }

    /** The bot has been told this id. Media loop. */
    void began(String id) {
        streamSid = id;
    }

    /** Nothing that the bot says matters any more, but for its close. Media loop. */
    void end() {
        over = true;
        goOn();
        abortLater();
    }

    /** Says goodbye. */
    void close(String why) {
        sendClose(CloseCode.NORMAL, why);
    }

    /** Cuts the bot, which has done nothing wrong that a close could tell it, or would not read it. Any thread. */
    void giveUp(String why) {
        executor.execute(() -> {
            leave(why);
            abort();
        });
    }

    /** Nothing more can be sent. */
    void onSendFailure(Throwable failure) {
        if (failure instanceof RuntimeException) {
            LOG.error("call {}: bot {}: a message could not be written", callId, config.agent(), failure);
        }
        giveUp("connection lost: " + Failures.words(failure));
    }

    void abort() {
        WebSocket current = socket;
        if (current != null) {
            current.abort();
        }
        gone.complete(null);
    }

    /** Demand is given when the leg has been taken. */
    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (over) {
            from.request(1);
            return null;
        }
        if (data.length() > config.maxMessageBytes() - text.length()) {
            cut("message: more than " + config.maxMessageBytes() + " bytes (expected: at most that)");
            from.request(1);
            return null;
        }
        text.append(data);
        if (!last) {
            from.request(1);
            return null;
        }
        String message = text.toString();
        text.setLength(0);
        if (message.length() > USUAL_CHARS) {
            text = new StringBuilder();
        }
        hear(reader.read(message, streamSid));
        askForMore(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        if (!over && last) {
            hear(new BotSaid.Unusable("message: " + data.remaining() + " bytes of binary (expected: text)"));
        }
        askForMore(from);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        PongAcknowledgements to = pongs;
        if (to != null) {
            to.onPong(payload);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        String why = code == CloseCode.ABNORMAL
                ? "connection lost: closed without a word"
                : ("closed by the bot: " + code + " " + Printable.of(reason)).strip();
        if (code == CloseCode.NORMAL && !over) {
            // How a bot for Twilio hangs up. One that is stopped or killed says 1001, 1012 or nothing.
            seat.hangUp(why);
        }
        leave(why);
        gone.complete(null);
        abortLater();
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        leave("connection lost: " + Failures.words(failure));
        gone.complete(null);
    }

    private synchronized void hear(BotSaid said) {
        if (over) {
            return;
        }
        switch (said) {
            case BotSaid.Media media -> {
                if (media.mulaw().length > 0) {
                    seat.audio(translation.toCall(media.mulaw()), 0);
                }
            }
            case BotSaid.Mark mark -> {
                if (marks.add(mark.name())) {
                    seat.mark(mark.name(), 0);
                } else {
                    cut("more than " + PendingMarks.MAX + " marks wait");
                }
            }
            case BotSaid.Clear _ -> seat.clear();
            case BotSaid.OtherStream other -> {
                if (!otherStreamSeen) {
                    otherStreamSeen = true;
                    warn("streamSid: '" + Printable.of(other.streamSid()) + "' (expected: '" + streamSid
                            + "'); such messages are ignored");
                }
            }
            case BotSaid.Unknown unknown -> {
                if (!unknownSeen) {
                    unknownSeen = true;
                    warn("event: '" + Printable.of(unknown.event())
                            + "' (expected: media, mark or clear); such messages are ignored");
                }
            }
            case BotSaid.Unusable bad -> onUnusable(bad.detail());
        }
    }

    private void onUnusable(String detail) {
        unusable++;
        if (unusable == 1) {
            warn(detail + "; such messages are ignored, up to " + MAX_UNUSABLE);
        }
        if (unusable > MAX_UNUSABLE) {
            cut("more than " + MAX_UNUSABLE + " messages that cannot be used, the last one: " + detail);
        }
    }

    private void askForMore(WebSocket from) {
        if (over || seat.isWritable()) {
            from.request(1);
            return;
        }
        waits.set(true);
        // It may have become writable before it could know that somebody waits.
        if (over || seat.isWritable()) {
            goOn();
        }
    }

    /** Media loop, among others: the client would read and decode in the thread that asks. */
    private void goOn() {
        WebSocket current = socket;
        if (waits.compareAndSet(true, false) && current != null) {
            executor.execute(() -> current.request(1));
        }
    }

    /** With 1008 in each case: of the codes for errors it is the only one that the JDK's client may send. */
    private void cut(String why) {
        leave(why);
        sendClose(CloseCode.POLICY_VIOLATION, why);
        abortLater();
    }

    private void sendClose(int code, String why) {
        WebSocket current = socket;
        if (current != null) {
            // A close that cannot be sent leaves nothing to wait for.
            var _ = current.sendClose(code, CloseReason.of(why)).whenComplete((_, failure) -> {
                if (failure != null) {
                    abort();
                }
            });
        }
    }

    private synchronized void leave(String why) {
        Outbox current = outbox;
        if (current != null && !over) {
            current.discard();
        }
        if (!over) {
            over = true;
            seat.left(why);
        }
    }

    private void abortLater() {
        CompletableFuture.delayedExecutor(CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS, executor)
                .execute(this::abort);
    }

    private void warn(String what) {
        LOG.warn("call {}: bot {}: {}", callId, config.agent(), what);
    }
}
