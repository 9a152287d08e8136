package io.steadyline.stt.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Random mishaps for all vendors of this module. Those that are modules of their own run them there. */
class VendorFaultsTest {

    @TestFactory
    Stream<DynamicTest> shouldLoseNoFrameSilently() {
        return VendorFaults.of(Benches.all());
    }
}
