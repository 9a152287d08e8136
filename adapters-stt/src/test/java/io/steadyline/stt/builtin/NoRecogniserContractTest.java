package io.steadyline.stt.builtin;

import io.steadyline.port.SttProvider;
import io.steadyline.stt.SttProviderContract;

class NoRecogniserContractTest extends SttProviderContract {

    @Override
    protected SttProvider newProvider() {
        return new NoRecogniser();
    }
}
