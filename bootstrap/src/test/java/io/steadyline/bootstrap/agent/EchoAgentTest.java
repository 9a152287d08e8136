package io.steadyline.bootstrap.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.AgentEvent;
import org.junit.jupiter.api.Test;

class EchoAgentTest {

    private final RecordingLine line = new RecordingLine();
    private final EchoAgent agent = new EchoAgent();
    private final AgentSession session = agent.attach(RecordingLine.FACTS, line);

    @Test
    void shouldSendEveryFrameBackAsItCame() {
        AudioFrame first = new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), 0);
        AudioFrame second = new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), 1);
        session.onCallerFrame(first);
        session.onCallerFrame(second);
        assertThat(line.frames).containsExactly(first, second);
    }

    @Test
    void shouldGoOnInTheNewEpochAfterAClear() {
        line.clear();
        session.onCallerFrame(new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), 0));
        assertThat(line.epochs).containsExactly(1L);
    }

    @Test
    void shouldGoOnAfterARefusal() {
        line.refuses = true;
        session.onCallerFrame(new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), 0));
        line.refuses = false;
        session.onCallerFrame(new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), 1));
        assertThat(line.frames).extracting(AudioFrame::position).containsExactly(1L);
    }

    @Test
    void shouldAddNothingOfItsOwn() {
        session.on(new AgentEvent.Started(RecordingLine.FACTS));
        session.on(new AgentEvent.Dtmf('1', false));
        session.detach("over");
        assertThat(line.frames).isEmpty();
        assertThat(line.otherAsks).isZero();
        assertThat(agent.wantsGreeting()).isFalse();
        assertThat(agent.name()).isEqualTo("echo");
    }
}
