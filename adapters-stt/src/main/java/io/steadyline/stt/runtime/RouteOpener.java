package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.LinkEvents;
import io.steadyline.stt.vendor.Route;

/** Opens what vendors name: WebSockets with one client for all, anything else by the vendor's own transport. */
public final class RouteOpener implements SttRuntime.Opener {

    private final WebSocketTransport webSockets;

    public RouteOpener(RuntimeSettings settings) {
        webSockets = new WebSocketTransport(settings.connectTimeout());
    }

    @Override
    public Link open(Route route, LinkEvents events) {
        return switch (route) {
            case Route.WebSocket webSocket -> webSockets.to(webSocket).open(events);
            case Route.Prepared prepared -> webSockets.to(prepared).open(events);
            case Route.Own own -> own.transport().open(events);
        };
    }

    @Override
    public void close() {
        webSockets.close();
    }
}
