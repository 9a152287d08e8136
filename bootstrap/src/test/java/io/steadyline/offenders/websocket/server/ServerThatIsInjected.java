package io.steadyline.offenders.websocket.server;

import jakarta.inject.Inject;

/** The wiring leaks into an adapter. */
public final class ServerThatIsInjected {
    @Inject
    ServerThatIsInjected() {}
}
