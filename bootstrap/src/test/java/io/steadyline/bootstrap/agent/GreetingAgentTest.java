package io.steadyline.bootstrap.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.AgentEvent;
import org.junit.jupiter.api.Test;

class GreetingAgentTest {

    private final RecordingLine line = new RecordingLine();
    private final GreetingAgent agent = new GreetingAgent();

    @Test
    void shouldHaveTheGreetingPlayed() {
        assertThat(agent.wantsGreeting()).isTrue();
        assertThat(agent.name()).isEqualTo("greeting");
    }

    @Test
    void shouldOnlyListenAfterIt() {
        AgentSession session = agent.attach(RecordingLine.FACTS, line);
        session.on(new AgentEvent.Started(RecordingLine.FACTS));
        session.onCallerFrame(new AudioFrame(AudioFormat.MULAW_8K.silentPayload(), 0));
        session.detach("over");
        assertThat(line.frames).isEmpty();
        assertThat(line.otherAsks).isZero();
    }
}
