package io.steadyline.bootstrap.continuity;

import io.steadyline.port.CallArchive;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The journal's calls, with what the boot reports say was lost of them. Any thread; from memory. */
final class RememberedCalls implements CallArchive {

    private record Loss(String bootId, CutCall call, String because) {}

    private final CallArchive journal;
    private final Function<String, Optional<CallPast>> unjournaled;
    private final Map<String, Loss> losses = new ConcurrentHashMap<>();

    /** @param unjournaled asked when the journal knows nothing: of pages that were left */
    RememberedCalls(CallArchive journal, Function<String, Optional<CallPast>> unjournaled) {
        this.journal = journal;
        this.unjournaled = unjournaled;
    }

    void note(BootReport report) {
        String because = "boot " + report.boot().number() + " ended: "
                + report.diagnosis().sentence();
        report.calls()
                .forEach(
                        call -> losses.put(call.callId(), new Loss(report.boot().bootId(), call, because)));
    }

    @Override
    public Optional<CallPast> find(String callId) {
        Optional<CallPast> past = journal.find(callId).or(() -> unjournaled.apply(callId));
        Loss loss = losses.get(callId);
        return past.map(known -> loss == null || !known.bootId().equals(loss.bootId())
                ? known
                : known.withLoss(loss.call().lostInFrames(), loss.call().lostOutMs(), loss.because()));
    }

    @Override
    public Optional<String> originOf(String streamId) {
        return journal.originOf(streamId);
    }
}
