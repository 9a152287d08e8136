package io.steadyline.stt.builtin;

import io.steadyline.stt.signal.DtmfRules;
import io.steadyline.stt.signal.VoiceRules;
import io.steadyline.turn.EndpointRules;

/**
 * Every threshold of the built-in recogniser; one for all its sessions.
 *
 * @param words writes "utterance 3" for the third utterance of a call
 */
public record BuiltinSettings(EndpointRules endpoint, VoiceRules voice, DtmfRules dtmf, boolean words) {

    public static final BuiltinSettings DEFAULT =
            new BuiltinSettings(EndpointRules.DEFAULT, VoiceRules.DEFAULT, DtmfRules.DEFAULT, false);

    /** The same thresholds, with words. */
    public BuiltinSettings withWords() {
        return new BuiltinSettings(endpoint, voice, dtmf, true);
    }
}
