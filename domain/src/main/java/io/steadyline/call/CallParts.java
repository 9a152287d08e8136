package io.steadyline.call;

import io.steadyline.port.AgentProvider;
import io.steadyline.port.CallObserver;
import io.steadyline.port.SttProvider;
import io.steadyline.port.Ticker;

/** What a call is built from, besides its facts. The same for all calls of a process. */
public record CallParts(
        CallSettings settings, SttProvider recogniser, AgentProvider agents, CallObserver observer, Ticker ticker) {}
