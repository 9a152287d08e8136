package io.steadyline.grpc;

import io.grpc.StatusRuntimeException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a handler threw into an answer. The client never sees an exception's text, only an id to look it up by. */
public final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** A refusal stays as it is; anything else is a bug of ours: logged here, once. */
    public static StatusRuntimeException answerTo(RuntimeException thrown, String method) {
        if (thrown instanceof StatusRuntimeException refusal) {
            return refusal;
        }
        String errorId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        log.error("admin: unexpected error {} in {}", errorId, method, thrown);
        return Refusals.unexpected(errorId);
    }
}
