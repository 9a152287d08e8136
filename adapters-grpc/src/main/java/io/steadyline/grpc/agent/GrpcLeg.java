package io.steadyline.grpc.agent;

import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLeg;
import io.steadyline.signal.AgentEvent;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call as its bot hears it over one Attend stream. Media loop; messages are built by the leg threads that write them. */
final class GrpcLeg implements AgentLeg {

    private final String botId;
    private final String bootId;
    private final boolean acknowledges;
    private final LegWriter writer;
    private final Consumer<String> onEnd;
    private final int ptimeMs;
    private final @Nullable Transcoder callerAudio;
    private volatile long epoch;
    private boolean isEnded;

    /**
     * @param bootId whose numbers the events have
     * @param format of the call
     * @param wanted what the bot wants to hear; empty: events only
     * @param onEnd the call has let go of this leg
     */
    GrpcLeg(
            String botId,
            String bootId,
            boolean acknowledges,
            AudioFormat format,
            Optional<AudioFormat> wanted,
            LegWriter writer,
            Consumer<String> onEnd) {
        this.botId = botId;
        this.bootId = bootId;
        this.acknowledges = acknowledges;
        this.writer = writer;
        this.onEnd = onEnd;
        this.ptimeMs = format.ptime().ms();
        this.callerAudio = wanted.map(to -> new Transcoder(format, to)).orElse(null);
    }

    @Override
    public String agent() {
        return botId;
    }

    @Override
    public boolean acknowledges() {
        return acknowledges;
    }

    @Override
    public void begin(Briefing briefing) {
        epoch = briefing.epoch();
        writer.event(() -> LegMapper.started(briefing, bootId), true);
    }

    @Override
    public void onCallerFrame(AudioFrame frame, boolean isReplay) {
        Transcoder transcoder = callerAudio;
        if (transcoder != null) {
            writer.audio(
                    () -> LegMapper.audio(transcoder.process(frame.payload()), frame.position(), isReplay),
                    ptimeMs,
                    isReplay);
        }
    }

    @Override
    public void on(long sequence, AgentEvent event, boolean isReplay) {
        AgentEvent told = noted(event);
        writer.event(() -> LegMapper.event(sequence, told, isReplay), isReplay);
    }

    @Override
    public void onPlayback(Playback playback) {
        writer.event(() -> LegMapper.playback(playback), false);
    }

    @Override
    public void warn(String what) {
        writer.event(() -> LegMapper.warning(what), false);
    }

    @Override
    public void end(String why) {
        if (isEnded) {
            writer.complete();
        } else {
            AttendResponse released = LegMapper.released(why);
            writer.last(() -> released);
        }
        onEnd.accept(why);
    }

    /** A bot goes by the epoch that it was told last: one that is replayed must not lead it back behind the current one. */
    private AgentEvent noted(AgentEvent event) {
        return switch (event) {
            case AgentEvent.BargedIn bargedIn -> new AgentEvent.BargedIn(raised(bargedIn.epoch()));
            case AgentEvent.Cleared cleared -> new AgentEvent.Cleared(raised(cleared.epoch()));
            case AgentEvent.Ended ended -> {
                isEnded = true;
                yield ended;
            }
            case AgentEvent.Started _,
                    AgentEvent.Speech _,
                    AgentEvent.Dtmf _,
                    AgentEvent.MarkSettled _,
                    AgentEvent.StreamLost _ -> event;
        };
    }

    private long raised(long newEpoch) {
        epoch = Math.max(epoch, newEpoch);
        return epoch;
    }

    /** The latest that the bot has been told, or is about to be. Any thread. */
    long epoch() {
        return epoch;
    }
}
