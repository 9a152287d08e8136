package io.steadyline.bootstrap.agent;

import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallFacts;

/** Sends every frame of the caller straight back. */
public final class EchoAgent implements AgentProvider {

    public static final String NAME = "echo";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean wantsGreeting() {
        return false;
    }

    @Override
    public boolean isInterruptible() {
        return false;
    }

    @Override
    public AgentSession attach(CallFacts facts, AgentLine line) {
        return new Session(line);
    }

    private static final class Session implements AgentSession {

        private final AgentLine line;

        Session(AgentLine line) {
            this.line = line;
        }

        @Override
        public void onCallerFrame(AudioFrame frame) {
            // A refusal is counted by the queue that refuses; an echo has nothing to make up for.
            var _ = line.offer(frame, line.epoch());
        }

        @Override
        public void on(AgentEvent event) {
            // An echo has nothing to say about it.
        }

        @Override
        public void detach(String why) {
            // Nothing to release.
        }
    }
}
