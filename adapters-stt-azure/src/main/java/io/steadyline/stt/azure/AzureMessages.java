package io.steadyline.stt.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.microsoft.cognitiveservices.speech.CancellationErrorCode;
import com.microsoft.cognitiveservices.speech.CancellationReason;
import io.steadyline.stt.vendor.Json;
import java.math.BigInteger;

/** The SDK's events as messages: what happened, and with it the service's own JSON where there is any. */
final class AzureMessages {

    static final String EVENT = "event";
    static final String RESULT = "result";
    static final String OFFSET = "offset";
    static final String SESSION = "session";
    static final String REASON = "reason";
    static final String CODE = "code";
    static final String DETAILS = "details";

    static final String CONNECTED = "connected";
    static final String RECOGNIZING = "recognizing";
    static final String RECOGNIZED = "recognized";
    static final String SPEECH_START = "speechStart";
    static final String SPEECH_END = "speechEnd";
    static final String CANCELED = "canceled";
    static final String STOPPED = "stopped";

    private AzureMessages() {}

    static String connected(String session) {
        return Json.write(event(CONNECTED).put(SESSION, session));
    }

    static String stopped() {
        return Json.write(event(STOPPED));
    }

    /** @param kind one of the two results */
    static String result(String kind, String serviceJson) {
        ObjectNode message = event(kind);
        message.putRawValue(RESULT, new RawValue(serviceJson.isBlank() ? "{}" : serviceJson));
        return Json.write(message);
    }

    /** @param offset in ticks of 100 ns */
    static String speech(String kind, BigInteger offset) {
        return Json.write(event(kind).put(OFFSET, offset.longValue()));
    }

    static String canceled(CancellationReason reason, CancellationErrorCode code, String details) {
        return Json.write(event(CANCELED)
                .put(REASON, reason.name())
                .put(CODE, code.name())
                .put(DETAILS, details));
    }

    private static ObjectNode event(String name) {
        return Json.object().put(EVENT, name);
    }
}
