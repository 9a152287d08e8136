package io.steadyline.offenders.media;

import io.steadyline.call.Call;

/** The first package of the domain uses the last. */
public record FrameThatKnowsItsCall(Call call) {}
