package io.steadyline.journal.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.restart.CallPast;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {

    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

    static Stream<JournalRecord> everyKind() {
        return Stream.of(
                new JournalRecord.CallStarted(AT, "b", "CA\n\u2028", "MZ", "twilio", "AC", true, AT, "00-1", 2),
                new JournalRecord.AgentBound(AT, "b", "CA", "bot"),
                new JournalRecord.FinalTranscript(AT, "b", "CA", 1, 2, "\"\\\u0000 häß 😀"),
                new JournalRecord.MarkSent(AT, "b", "CA", "m"),
                new JournalRecord.MarkSettled(AT, "b", "CA", ""),
                new JournalRecord.Progress(AT, "b", "CA", Long.MAX_VALUE, 2, 3),
                new JournalRecord.StreamLost(AT, "b", "CA", "why"),
                new JournalRecord.StreamResumed(AT, "b", "CA", "MZ2"),
                new JournalRecord.CallEnded(AT, "b", "CA", "PEER", "IDLE", "d", false),
                new JournalRecord.CallCarried(AT, "b", trail("x", "m")));
    }

    private static CallTrail trail(String text, String mark) {
        List<CallPast.Final> finals = Collections.nCopies(CallTrail.MAX_FINALS, new CallPast.Final(1, 2, text));
        return new CallTrail(
                "CA",
                "MZ",
                "twilio",
                AT,
                "b0",
                "t",
                AT,
                finals,
                Collections.nCopies(CallTrail.MAX_MARKS, mark),
                1,
                2,
                3,
                4,
                5,
                true,
                false,
                "because");
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void shouldComeBackAsItWas(JournalRecord record) throws IOException {
        RecordCodec codec = new RecordCodec();
        byte[] line = codec.encode(record);
        assertThat(codec.decode(line)).isEqualTo(record);
        assertThat(new String(line, StandardCharsets.ISO_8859_1).indexOf('\n')).isEqualTo(line.length - 1);
    }

    @Test
    void shouldHaveRoomForTheLongestCarriedCall() {
        String longest = "\u0001".repeat(CallTrail.MAX_FINAL_CHARS / CallTrail.MAX_FINALS);
        String mark = "\u0001".repeat(JournalObserver.MAX_NAME_CHARS);
        byte[] line = new RecordCodec().encode(new JournalRecord.CallCarried(AT, "b", trail(longest, mark)));
        assertThat(line.length).isLessThan(Frames.MAX_PAYLOAD_BYTES * 3 / 4);
    }

    @Test
    void shouldSayWhatItDoesNotKnow() {
        assertThatThrownBy(() -> new RecordCodec()
                        .decode("{\"k\":\"Other\",\"at\":1,\"boot\":\"b\",\"call\":\"c\"}"
                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kind: Other");
        assertThatThrownBy(() -> new RecordCodec().decode("nonsense".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
