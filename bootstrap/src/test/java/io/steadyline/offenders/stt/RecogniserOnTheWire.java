package io.steadyline.offenders.stt;

import io.steadyline.admin.v1.SessionState;

/** A message of the control plane in another adapter. */
public record RecogniserOnTheWire(SessionState state) {}
