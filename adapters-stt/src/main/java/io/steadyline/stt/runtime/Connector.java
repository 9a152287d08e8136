package io.steadyline.stt.runtime;

import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Route;

/** Opens connections; what happens to them comes back to the session with the attempt's number. */
@FunctionalInterface
interface Connector {
    Link connect(Route route, int attempt);
}
