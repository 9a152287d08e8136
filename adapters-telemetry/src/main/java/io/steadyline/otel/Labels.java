package io.steadyline.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.FaultSide;
import io.steadyline.telemetry.QueueName;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Label values as they are exported: the constant's name in small letters. */
final class Labels {

    private static final AttributeKey<String> QUEUE = AttributeKey.stringKey("queue");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("provider");
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");

    private static final String UNJUDGED = "unjudged";

    private Labels() {}

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Of one call: healthy, unjudged, or the side at fault. */
    static String verdict(CallVerdict verdict) {
        return verdict.secondsJudged() == 0 ? UNJUDGED : side(verdict.fault());
    }

    /** All that {@link #verdict} can say. */
    static Stream<String> verdicts() {
        return Stream.concat(
                Stream.of(UNJUDGED), Arrays.stream(FaultSide.values()).map(Labels::side));
    }

    private static String side(FaultSide fault) {
        return fault == FaultSide.NONE ? "healthy" : label(fault);
    }

    /** How a call of an earlier boot goes on: on its own socket, or on a new one. */
    static String continued(boolean adopted) {
        return adopted ? "adopted" : "rejoined";
    }

    static Attributes kind(String kind) {
        return Attributes.of(KIND, kind);
    }

    static Attributes queue(QueueName queue) {
        return Attributes.of(QUEUE, label(queue));
    }

    static Attributes state(CallState state) {
        return Attributes.of(STATE, label(state));
    }

    static Attributes provider(String provider) {
        return Attributes.of(PROVIDER, provider);
    }
}
