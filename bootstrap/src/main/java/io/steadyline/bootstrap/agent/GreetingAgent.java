package io.steadyline.bootstrap.agent;

import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentLine;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallFacts;

/** Has the gateway play its greeting, then only listens. */
public final class GreetingAgent implements AgentProvider {

    public static final String NAME = "greeting";

    private static final AgentSession LISTENER = new AgentSession() {
        @Override
        public void onCallerFrame(AudioFrame frame) {
            // The recogniser hears it.
        }

        @Override
        public void on(AgentEvent event) {
            // Said in the log and the traces already.
        }

        @Override
        public void detach(String why) {
            // Nothing to release.
        }
    };

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean wantsGreeting() {
        return true;
    }

    @Override
    public boolean isInterruptible() {
        return true;
    }

    @Override
    public AgentSession attach(CallFacts facts, AgentLine line) {
        return LISTENER;
    }
}
