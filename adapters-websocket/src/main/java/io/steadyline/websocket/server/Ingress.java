package io.steadyline.websocket.server;

import io.steadyline.call.CallLoop;
import io.steadyline.port.IngressObserver;
import io.steadyline.websocket.server.FrameConnection.Scratch;

/** What every socket of a loop shares. */
record Ingress(
        ServerConfig config,
        MediaLoop loop,
        CallLoop calls,
        Admission admission,
        TokenGate tokens,
        IngressObserver observer,
        SocketKeeping keeping,
        Scratch scratch) {}
