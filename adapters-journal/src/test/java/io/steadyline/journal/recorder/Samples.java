package io.steadyline.journal.recorder;

import io.steadyline.media.AudioFormat;
import io.steadyline.restart.BootIdentity;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class Samples {

    private Samples() {}

    static BootIdentity boot(long number) {
        return new BootIdentity(
                "boot-" + number,
                number,
                Instant.ofEpochMilli(1_700_000_000_000L),
                4711,
                "1",
                "abc",
                "test",
                "0b8e4f1a-5f0e-4a53-9a52-9a6a9ad64e37",
                List.of("bash"));
    }

    static CallFacts facts(String callId, String streamId) {
        return new CallFacts(
                new CallId(callId),
                new StreamId(streamId),
                "twilio",
                "AC1",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                Map.of());
    }

    static byte[] start(String callId) {
        return ("{\"event\":\"start\",\"callSid\":\"" + callId + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
