package io.steadyline.bootstrap.continuity;

import io.steadyline.port.BootHistory;
import io.steadyline.port.CallObserver;
import io.steadyline.port.ServerControl.UpgradeAnswer;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.CallFacts;
import io.steadyline.websocket.server.Kept;
import io.steadyline.websocket.twilio.TokenKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** This boot between the one before and the one after. */
public interface Continuity {

    /** What was kept over the end of the boot before, for the server. */
    Kept kept();

    BootHistory history();

    /** When this worker was called, if it had waited until then; empty for one that serves from its start. */
    default Optional<Instant> calledAt() {
        return Optional.empty();
    }

    /** Signs the one-time tokens of streams; the same over restarts, where something can be kept. */
    TokenKey tokenKey();

    /** Watches calls for the journal; empty when there is none. */
    Optional<CallObserver> observer();

    /** How the journal learns a call's trace; to be told before the first call. */
    void tracesBy(Function<CallFacts, String> traceparentOf);

    /** What is known of a call whose page was left. */
    CallPast pastOf(SlotSnapshot left);

    /** Tells how the boot before ended, and what became of its calls; empty when this is the first one. */
    Optional<BootReport> investigate(Map<SlotSnapshot, Fate> fates);

    /** Sentences for {@code /readyz}: what is degraded. Any thread. */
    List<String> notes();

    /** Records of calls that were lost, by reason, since the start. Any thread. */
    Map<String, Long> lostRecords();

    /** What is recorded outlives the process. */
    boolean isDurable();

    /** The process serves from now on. */
    void onServing();

    void onDraining(String why);

    /** A signal or an operator has asked the process to stop. Any thread. */
    void onStopAsked(String signal);

    /** Calls are to be handed to a successor; refused when nobody would start one. */
    UpgradeAnswer prepareUpgrade(Optional<String> jar, Supplier<Boolean> handOver, Runnable calledOff);

    /** The very last act of an orderly end. */
    void closeClean(String reason);

    /** A start that failed, or a test's end: releases everything. */
    void abandon(String why);
}
