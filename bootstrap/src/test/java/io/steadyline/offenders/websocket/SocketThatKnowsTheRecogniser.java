package io.steadyline.offenders.websocket;

import io.steadyline.stt.builtin.BuiltinRecogniser;

/** An adapter that knows another one. */
public record SocketThatKnowsTheRecogniser(BuiltinRecogniser recogniser) {}
