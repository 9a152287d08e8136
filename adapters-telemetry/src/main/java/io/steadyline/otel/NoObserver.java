package io.steadyline.otel;

import io.steadyline.port.CallObserver;
import io.steadyline.port.IngressObserver;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import java.util.List;

/** For a gateway that neither exports nor shows anything: costs nothing. */
enum NoObserver implements CallObserver, IngressObserver {
    INSTANCE;

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {}

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {}

    @Override
    public void onSendLateness(long latenessNs) {}

    @Override
    public void onSttWrite(long writeNs) {}

    @Override
    public void onSocketRefused(Refusal refusal) {}

    @Override
    public void onBadInput(BadInput reason) {}
}
