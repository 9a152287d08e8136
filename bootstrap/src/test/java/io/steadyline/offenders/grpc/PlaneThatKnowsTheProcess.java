package io.steadyline.offenders.grpc;

import io.steadyline.bootstrap.Version;

/** An adapter that knows the process. */
public final class PlaneThatKnowsTheProcess {
    String version() {
        return Version.current();
    }
}
