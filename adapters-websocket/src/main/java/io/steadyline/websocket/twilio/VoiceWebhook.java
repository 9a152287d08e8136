package io.steadyline.websocket.twilio;

import io.steadyline.signal.Printable;
import io.steadyline.signal.StreamMode;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a call does next when Twilio asks: at its beginning, and each time its stream has ended. Only decides;
 * who asks has checked the signature, knows the call and counts its returns. Immutable; any thread.
 */
public final class VoiceWebhook {

    /** The provider says that the call is over: nothing that we answer is played. */
    private static final Set<String> OVER = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    /** What is known here about the call, from the registry and the journal. */
    public enum KnownCall {
        /** Never heard of, or all trace of it is lost. */
        NEW,
        /** It has a stream, or had one that nobody ended: the caller is still there. */
        LIVE_OR_LOST,
        /** Ended on purpose, by us or by the caller. */
        FINISHED,
        /** Given up because no bot came, or came back; the caller is still there. */
        WITHOUT_BOT
    }

    /** What was decided; usable as a metric label. */
    public enum Decision {
        /** The call's first stream. */
        CONNECT,
        /** A new stream for a call that came back. */
        RECONNECT,
        /** The call was finished: its end is made real. */
        HANG_UP,
        /** No bot was there for it: it goes on with the flow that is configured for that. */
        HAND_BACK,
        /** It came back too often. */
        GIVE_UP,
        /** The request names no call; answer with status 400. */
        REFUSE
    }

    /**
     * @param reason one sentence for the log; safe to print
     * @param twiml the body, {@code text/xml}
     */
    public record Answer(Decision decision, String reason, String twiml) {}

    private final TwilioUrls urls;
    private final int maxReturns;
    private final @Nullable String farewell;
    private final @Nullable String fallbackUrl;

    /** Calls without a bot are hung up. */
    public VoiceWebhook(TwilioUrls urls, int maxReturns, @Nullable String farewell) {
        this(urls, maxReturns, farewell, null);
    }

    /**
     * @param maxReturns how often a call may come back within the time window of {@link CallReturns}
     * @param farewell what the caller hears when the call came back too often; silence without it
     * @param fallbackUrl where a call goes on that was given up for want of a bot; without it such a call is hung up
     */
    public VoiceWebhook(TwilioUrls urls, int maxReturns, @Nullable String farewell, @Nullable String fallbackUrl) {
        this.fallbackUrl = fallbackUrl;
        if (maxReturns < 0) {
            throw new IllegalArgumentException("maxReturns: " + maxReturns + " (expected: 0 or more)");
        }
        this.urls = urls;
        this.maxReturns = maxReturns;
        this.farewell = farewell;
    }

    /** What Twilio's own ids look like; anything else is no call to remember. */
    public static boolean isCallSid(String text) {
        return TwilioStart.isId(text);
    }

    /** A call that never ended and is back on this webhook, by redirect or by a second request. */
    public static boolean isReturn(@Nullable String rawQuery, KnownCall known) {
        return TwilioUrls.RESUME_QUERY.equals(rawQuery) || known == KnownCall.LIVE_OR_LOST;
    }

    /**
     * @param rawQuery of the request, null when it had none
     * @param returnsSoFar earlier returns within the window; only looked at when {@link #isReturn}
     * @param parametersOf given the call's id when it gets a stream: what goes to that stream as it is, such as a
     *     one-time token
     */
    public Answer answer(
            FormBody form,
            @Nullable String rawQuery,
            KnownCall known,
            int returnsSoFar,
            Function<String, Map<String, String>> parametersOf) {
        String callSid = form.first("CallSid");
        if (!TwilioStart.isId(callSid)) {
            String reason = "CallSid: '" + Printable.of(callSid) + "' (expected: a call's id)";
            return new Answer(Decision.REFUSE, reason, TwiML.hangUp());
        }
        String status = form.first("CallStatus");
        if (OVER.contains(status)) {
            return new Answer(Decision.HANG_UP, "CallStatus is " + status, TwiML.hangUp());
        }
        if (known == KnownCall.WITHOUT_BOT && fallbackUrl != null) {
            return new Answer(Decision.HAND_BACK, "no bot was there for the call", TwiML.handBack(fallbackUrl));
        }
        if (known == KnownCall.FINISHED || known == KnownCall.WITHOUT_BOT) {
            return new Answer(Decision.HANG_UP, "the call was finished", TwiML.hangUp());
        }
        if (!isReturn(rawQuery, known)) {
            return new Answer(Decision.CONNECT, "first request of the call", connect(parametersOf.apply(callSid)));
        }
        return returning(callSid, returnsSoFar, parametersOf);
    }

    private Answer returning(String callSid, int returnsSoFar, Function<String, Map<String, String>> parametersOf) {
        if (returnsSoFar >= maxReturns) {
            String reason = "returns: " + returnsSoFar + " (expected: less than " + maxReturns + ")";
            return new Answer(Decision.GIVE_UP, reason, farewell == null ? TwiML.hangUp() : TwiML.farewell(farewell));
        }
        String reason = "return " + (returnsSoFar + 1) + " of at most " + maxReturns;
        return new Answer(Decision.RECONNECT, reason, connect(parametersOf.apply(callSid)));
    }

    private String connect(Map<String, String> parameters) {
        return TwiML.connect(urls.mediaUrl(StreamMode.BIDIRECTIONAL), parameters, urls.resumeUrl());
    }
}
