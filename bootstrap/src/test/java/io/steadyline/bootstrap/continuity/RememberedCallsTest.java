package io.steadyline.bootstrap.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.port.CallArchive;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.Cause;
import io.steadyline.restart.Confidence;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RememberedCallsTest {

    private final Map<String, CallPast> journaled = new HashMap<>();
    private final Map<String, CallPast> unjournaled = new HashMap<>();
    private final CallArchive journal = new CallArchive() {
        @Override
        public Optional<CallPast> find(String callId) {
            return Optional.ofNullable(journaled.get(callId));
        }

        @Override
        public Optional<String> originOf(String streamId) {
            return Optional.of("origin of " + streamId);
        }
    };
    private final RememberedCalls calls =
            new RememberedCalls(journal, callId -> Optional.ofNullable(unjournaled.get(callId)));

    @Test
    void shouldKnowNothingOfACallThatNobodyKnows() {
        calls.note(report("boot-7", "CA1"));
        assertThat(calls.find("CA1")).isEmpty();
        assertThat(calls.find("CA2")).isEmpty();
    }

    @Test
    void shouldPreferTheJournalToWhatWasLeft() {
        CallPast known = past("boot-7");
        journaled.put("CA1", known);
        unjournaled.put("CA1", past("boot-6"));
        unjournaled.put("CA2", past("boot-6"));
        assertThat(calls.find("CA1")).contains(known);
        assertThat(calls.find("CA2")).contains(past("boot-6"));
    }

    @Test
    void shouldAddWhatTheBootReportSaysWasLost() {
        journaled.put("CA1", past("boot-7"));
        calls.note(report("boot-7", "CA1"));
        assertThat(calls.find("CA1")).contains(past("boot-7").withLoss(4, 120, "boot 7 ended: somebody killed it"));
    }

    @Test
    void shouldNotAddTheLossOfABootThatDidNotHaveTheCallLast() {
        journaled.put("CA1", past("boot-8"));
        calls.note(report("boot-7", "CA1"));
        assertThat(calls.find("CA1")).contains(past("boot-8"));
    }

    @Test
    void shouldAskTheJournalWhereAStreamIsFrom() {
        assertThat(calls.originOf("MZ1")).contains("origin of MZ1");
    }

    private static CallPast past(String bootId) {
        return new CallPast(
                "CA1", "MZ1", Instant.EPOCH, bootId, "", Instant.EPOCH, List.of(), List.of(), 0, 0, 0, 0, false, "");
    }

    private static BootReport report(String bootId, String callId) {
        BootIdentity boot = new BootIdentity(bootId, 7, Instant.EPOCH, 1, "1", "unknown", "test", "", List.of());
        CutCall call = new CutCall(
                callId, "MZ1", "twilio", Instant.EPOCH, Duration.ZERO, Instant.EPOCH, 9, 9, 4, 120, 0, true, Fate.CUT);
        return new BootReport(
                boot,
                Instant.EPOCH,
                Duration.ZERO,
                new Diagnosis(Cause.SIGKILL, Confidence.LIKELY, "somebody killed it", false, List.of()),
                List.of(call),
                List.of(),
                List.of(),
                List.of());
    }
}
