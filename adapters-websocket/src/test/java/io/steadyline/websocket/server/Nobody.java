package io.steadyline.websocket.server;

import io.steadyline.port.CallObserver;
import io.steadyline.port.IngressObserver;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import java.util.List;

/** Watches calls and sockets, and remembers how loaded the loop was. */
final class Nobody implements CallObserver, IngressObserver {
    long latenessNs;
    int told;

    @Override
    public void onLoopLoad(long sustainedNs, double busyShare) {
        latenessNs = sustainedNs;
        told++;
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {}

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {}

    @Override
    public void onSendLateness(long sendNs) {}

    @Override
    public void onSttWrite(long writeNs) {}

    @Override
    public void onSocketRefused(Refusal refusal) {}

    @Override
    public void onBadInput(BadInput reason) {}
}
