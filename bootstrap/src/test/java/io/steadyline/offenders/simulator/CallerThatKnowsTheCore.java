package io.steadyline.offenders.simulator;

import io.steadyline.media.G711;

/** Tests the gateway with the gateway's own code. */
public final class CallerThatKnowsTheCore {
    byte encode(int sample) {
        return G711.toMulaw(sample);
    }
}
