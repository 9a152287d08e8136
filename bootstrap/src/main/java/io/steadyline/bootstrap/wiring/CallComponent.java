package io.steadyline.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Subcomponent;
import io.steadyline.call.Call;
import io.steadyline.port.PeerLink;
import io.steadyline.signal.CallFacts;

/** The object graph of one call. Built on the media loop when a stream starts. */
@CallScope
@Subcomponent(modules = CallModule.class)
interface CallComponent {

    Call call();

    /** Makes one for each call. */
    @Subcomponent.Factory
    interface Factory {
        CallComponent create(
                @BindsInstance CallFacts facts,
                @BindsInstance PeerLink link,
                @BindsInstance CallModule.StartNs startNs,
                @BindsInstance CallModule.Waker waker);
    }
}
