package io.steadyline.stt.builtin;

import io.steadyline.stt.signal.DtmfRules;
import io.steadyline.stt.signal.VoiceRules;
import io.steadyline.turn.EndpointRules;

/** Every threshold of the built-in recogniser; one for all its sessions. */
public record BuiltinSettings(EndpointRules endpoint, VoiceRules voice, DtmfRules dtmf) {

    public static final BuiltinSettings DEFAULT =
            new BuiltinSettings(EndpointRules.DEFAULT, VoiceRules.DEFAULT, DtmfRules.DEFAULT);
}
