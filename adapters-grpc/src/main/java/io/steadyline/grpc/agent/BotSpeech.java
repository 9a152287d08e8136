package io.steadyline.grpc.agent;

import io.steadyline.agent.v1.Acknowledge;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.Audio;
import io.steadyline.agent.v1.Mark;
import io.steadyline.media.AudioFormat;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a bot says in its call. The next message is asked for only when this one is with the call: a bot that is ahead of what
 * the call holds waits in its own connection.
 *
 * <p>One thread at a time: the handler that brings a message, or the leg thread that goes on with one when the call wants more.
 */
final class BotSpeech {

    private static final int SLICE_MS = 500;
    private static final byte[] NONE = {};

    private final BotPlace place;
    private final GrpcLeg leg;
    private final Transcoder transcoder;
    private final int sliceBytes;
    private final String provider;
    private final Runnable requestNext;
    private final AtomicBoolean parked = new AtomicBoolean();
    private byte[] rest = NONE;
    private int offset;
    /** As the bot said it last. */
    private long epoch;

    private long restEpoch;

    /**
     * @param format of the call
     * @param provider whose abilities bound what the bot may ask for
     * @param requestNext lets the next message come
     */
    BotSpeech(
            BotPlace place,
            GrpcLeg leg,
            Transcoder transcoder,
            AudioFormat format,
            String provider,
            Runnable requestNext) {
        this.place = place;
        this.leg = leg;
        this.transcoder = transcoder;
        this.sliceBytes = SLICE_MS * format.bytesPerMs();
        this.provider = provider;
        this.requestNext = requestNext;
    }

    void on(AttendRequest message) {
        switch (message.getMessageCase()) {
            case OPEN -> throw AttendFields.secondOpen();
            case AUDIO -> audio(message.getAudio());
            case MARK -> mark(message.getMark());
            case CLEAR -> {
                transcoder.reset();
                place.say(seat -> seat.clear());
            }
            case DTMF -> {
                AttendFields.requireDigits(message.getDtmf().getDigits());
                leg.warn("dtmf: not sent, " + provider + " takes no digits from a media stream");
            }
            case HANG_UP -> {
                String reason = message.getHangUp().getReason();
                AttendFields.requireReason(reason);
                place.say(seat -> seat.hangUp(reason));
            }
            case KEEP_CONTEXT -> {
                AttendFields.requireContext(
                        message.getKeepContext().getContext().size());
                byte[] context = message.getKeepContext().getContext().toByteArray();
                place.say(seat -> seat.keep(context));
            }
            case ACKNOWLEDGE -> acknowledge(message.getAcknowledge());
            case REDIRECT -> {
                AttendFields.requireUrl(message.getRedirect().getUrl());
                leg.warn("redirect: not done, " + provider + " cannot be sent elsewhere by a media stream");
            }
            case MESSAGE_NOT_SET -> throw AttendFields.unknown();
        }
        hand();
    }

    /** The call wants more. */
    void resume() {
        if (parked.compareAndSet(true, false)) {
            hand();
        }
    }

    private void audio(Audio audio) {
        AttendFields.requirePayload(audio.getPayload().size());
        AttendFields.requireEpoch("audio.epoch", audio.getEpoch(), leg.epoch());
        if (audio.getEpoch() != epoch) {
            epoch = audio.getEpoch();
            transcoder.reset();
        }
        rest = transcoder.process(audio.getPayload().toByteArray());
        offset = 0;
        restEpoch = epoch;
    }

    private void mark(Mark mark) {
        AttendFields.requireMarkName(mark.getName());
        AttendFields.requireEpoch("mark.epoch", mark.getEpoch(), leg.epoch());
        place.say(seat -> seat.mark(mark.getName(), mark.getEpoch()));
    }

    private void acknowledge(Acknowledge upTo) {
        AttendFields.requireAcknowledges(leg.acknowledges());
        place.say(seat -> seat.acknowledge(upTo.getSequence(), upTo.getAudioPosition()));
    }

    /** In slices, so that even one message is no more than the call holds. */
    private void hand() {
        do {
            while (place.isWritable() && offset < rest.length) {
                int end = Math.min(rest.length, offset + sliceBytes);
                byte[] slice = offset == 0 && end == rest.length ? rest : Arrays.copyOfRange(rest, offset, end);
                offset = end;
                long sliceEpoch = restEpoch;
                place.say(seat -> seat.audio(slice, sliceEpoch));
            }
            if (place.isWritable()) {
                rest = NONE;
                offset = 0;
                requestNext.run();
                return;
            }
            if (restEpoch == 0 && offset < rest.length) {
                // What is left of a message belongs to the epoch that it came in, not to the one in which it is handed
                // on.
                restEpoch = leg.epoch();
            }
            parked.set(true);
            // The call may have said that it wants more just before it was heard here.
        } while (place.isWritable() && parked.compareAndSet(true, false));
    }
}
