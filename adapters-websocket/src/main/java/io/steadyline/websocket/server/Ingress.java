package io.steadyline.websocket.server;

import io.steadyline.call.CallLoop;
import io.steadyline.port.IngressObserver;

/**
 * What every socket of a loop shares.
 *
 * @param scratch one message is copied here while it is read; there is one loop, so one is enough
 */
record Ingress(
        ServerConfig config,
        MediaLoop loop,
        CallLoop calls,
        Admission admission,
        IngressObserver observer,
        @SuppressWarnings("ArrayRecordComponent") byte[] scratch) {}
