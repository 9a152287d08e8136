package io.steadyline.websocket.downstream;

import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLeg;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.websocket.downstream.Outbox.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call as a bot sees it at Twilio. The media loop calls; nothing is written by it. */
final class TwilioLeg implements AgentLeg {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioLeg.class);

    /** Parameters of the start, beside the call's own. */
    static final String TRACEPARENT = "traceparent";

    static final String RESUMED = "steadyline_resumed";
    static final String GAP_MS = "steadyline_gap_ms";

    private final DownstreamConfig config;
    private final String traceparent;
    private final Translation translation;
    private final BotEar ear;
    private final Outbox outbox;
    private final PongAcknowledgements pongs;
    /** Then those that are heard in the audio too are the same ones. */
    private boolean providerTellsKeys;

    /** Null before the start and after the stop. The door, when it closes, ends its legs from another thread. */
    private volatile @Nullable Stream stream;

    /** What there is from the start on. */
    private record Stream(CallFacts facts, BotWriter writer) {}

    TwilioLeg(
            DownstreamConfig config,
            String traceparent,
            Translation translation,
            BotEar ear,
            Outbox outbox,
            PongAcknowledgements pongs) {
        this.pongs = pongs;
        this.config = config;
        this.traceparent = traceparent;
        this.translation = translation;
        this.ear = ear;
        this.outbox = outbox;
    }

    @Override
    public String agent() {
        return config.agent();
    }

    @Override
    public boolean acknowledges() {
        return pongs.areComing(System.nanoTime());
    }

    @Override
    public void begin(Briefing briefing) {
        CallFacts facts = briefing.facts();
        Map<String, String> parameters = new HashMap<>(facts.parameters());
        if (!traceparent.isEmpty()) {
            parameters.put(TRACEPARENT, traceparent);
        }
        briefing.resumption().ifPresent(resumption -> {
            parameters.put(RESUMED, "true");
            parameters.put(GAP_MS, String.valueOf(resumption.gapMs()));
        });
        stream = new Stream(facts, new BotWriter(facts));
        ear.began(facts.streamId().value());
        tell(Kind.EVENT, _ -> BotWriter.CONNECTED);
        tell(Kind.EVENT, writer -> writer.start(parameters));
    }

    @Override
    public void onCallerFrame(AudioFrame frame, boolean isReplay) {
        Stream current = stream;
        if (current != null) {
            long timestampMs = frame.position() * current.facts.format().ptime().ms();
            tell(
                    isReplay ? Kind.REPLAY : Kind.FRAME,
                    writer -> writer.media(translation.toBot(frame.payload()), timestampMs));
            pongs.onFrame(frame.position(), System.nanoTime());
        }
    }

    @Override
    public void on(long sequence, AgentEvent event, boolean isReplay) {
        Kind kind = isReplay ? Kind.REPLAY : Kind.EVENT;
        switch (event) {
            case AgentEvent.Dtmf(char digit, boolean _) -> {
                providerTellsKeys = true;
                tell(kind, writer -> writer.dtmf(digit));
            }
            case AgentEvent.Speech(SpeechEvent said) -> {
                if (said instanceof SpeechEvent.DtmfHeard heard && !providerTellsKeys) {
                    tell(kind, writer -> writer.dtmf(heard.digit()));
                }
            }
            case AgentEvent.MarkSettled settled -> {
                // Played or cleared: Twilio returns both, and does not say which. Those of a bot before too: whoever
                // takes
                // its place may go by the same names.
                var _ = ear.marks().take(settled.name());
                tell(kind, writer -> writer.mark(settled.name()));
            }
            case AgentEvent.Ended _ -> stop();
            case AgentEvent.Started _, AgentEvent.BargedIn _, AgentEvent.Cleared _, AgentEvent.StreamLost _ -> {
                // Twilio has no word for it.
            }
        }
        pongs.onEvent(sequence, System.nanoTime());
    }

    @Override
    public void onPlayback(Playback playback) {
        // Twilio's bots are not told: their socket is not read while they have to wait.
    }

    @Override
    public void warn(String what) {
        LOG.warn("call {}: bot {}: {}", ear.callId(), agent(), what);
    }

    @Override
    public void end(String why) {
        stop();
        ear.end();
        outbox.finish(() -> ear.close(why));
    }

    private void stop() {
        tell(Kind.EVENT, BotWriter::stop);
        stream = null;
    }

    private void tell(Kind kind, Function<BotWriter, String> message) {
        Stream current = stream;
        if (current != null && !outbox.offer(kind, () -> message.apply(current.writer))) {
            stream = null;
            ear.giveUp("does not read: "
                    + (kind == Kind.FRAME
                            ? "more than " + config.backlog().toMillis() + " ms of caller audio wait"
                            : "more than " + Outbox.MAX_EVENTS + " events wait"));
        }
    }
}
