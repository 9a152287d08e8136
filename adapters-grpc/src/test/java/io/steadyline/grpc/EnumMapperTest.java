package io.steadyline.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.Encoding;
import io.steadyline.restart.Cause;
import io.steadyline.restart.Confidence;
import io.steadyline.restart.CutCall;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallState;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.FaultSide;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EnumMapperTest {

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldKeepTheName(Enum<?> domain, Enum<?> contract, String prefix) {
        assertThat(contract.name()).isEqualTo(prefix + domain.name());
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                        pairs(CallState.values(), EnumMapper::of, "SESSION_STATE_"),
                        pairs(FaultSide.values(), EnumMapper::of, "SIDE_"),
                        pairs(CallEnd.Party.values(), EnumMapper::of, "SESSION_END_PARTY_"),
                        pairs(CallEnd.Reason.values(), EnumMapper::of, "SESSION_END_REASON_"),
                        pairs(Encoding.values(), EnumMapper::of, "AUDIO_ENCODING_"),
                        pairs(StreamMode.values(), EnumMapper::of, "STREAM_MODE_"),
                        pairs(Track.values(), EnumMapper::of, "TRACK_"),
                        pairs(QueueName.values(), EnumMapper::of, "QUEUE_NAME_"),
                        pairs(RxMode.values(), EnumMapper::of, "RX_MODE_"),
                        pairs(Cause.values(), EnumMapper::of, "BOOT_END_CAUSE_"),
                        pairs(Confidence.values(), EnumMapper::of, "CONFIDENCE_"),
                        pairs(CutCall.Fate.values(), EnumMapper::of, "CALL_FATE_"))
                .flatMap(each -> each);
    }

    private static <D extends Enum<D>> Stream<Arguments> pairs(
            D[] constants, Function<D, Enum<?>> mapper, String prefix) {
        return Arrays.stream(constants).map(constant -> Arguments.of(constant, mapper.apply(constant), prefix));
    }
}
