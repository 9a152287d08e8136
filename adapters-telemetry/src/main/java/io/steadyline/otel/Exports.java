package io.steadyline.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.atomic.LongAdder;

/** What both counting exporters do with a result. */
final class Exports {

    private Exports() {}

    static CompletableResultCode counted(CompletableResultCode result, LongAdder failures) {
        return result.whenComplete(() -> {
            if (!result.isSuccess()) {
                failures.increment();
            }
        });
    }
}
