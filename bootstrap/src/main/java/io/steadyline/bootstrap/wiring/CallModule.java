package io.steadyline.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.steadyline.call.Call;
import io.steadyline.call.CallParts;
import io.steadyline.port.PeerLink;
import io.steadyline.signal.CallFacts;

/** How a call is built from what is its own and what all calls share. */
@Module
final class CallModule {

    /** Monotonic time at which the stream started. */
    record StartNs(long value) {}

    /** Asks the loop to poll this call soon. */
    record Waker(Runnable wake) {}

    private CallModule() {}

    @Provides
    @CallScope
    static Call call(CallFacts facts, PeerLink link, CallParts parts, StartNs startNs, Waker waker) {
        return new Call(facts, link, parts, startNs.value(), waker.wake());
    }
}
