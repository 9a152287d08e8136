package io.steadyline.offenders.websocket.server;

import jakarta.inject.Singleton;

/** The wiring leaks into an adapter. */
@Singleton
public final class ServerThatIsInjected {}
