package io.steadyline.stt.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The contract for all vendors of this module. Those that are modules of their own run it there. */
class VendorContractTest {

    @TestFactory
    Stream<DynamicContainer> shouldKeepTheContract() {
        return VendorContract.of(Benches.all());
    }
}
