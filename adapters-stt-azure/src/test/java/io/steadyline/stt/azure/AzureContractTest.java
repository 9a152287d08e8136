package io.steadyline.stt.azure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.steadyline.stt.contract.VendorContract;
import io.steadyline.stt.contract.VendorFaults;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of all vendors and the random mishaps, for the real SDK over real sockets. */
class AzureContractTest {

    @TestFactory
    Stream<? extends DynamicNode> shouldKeepTheContract() {
        return Natives.problem()
                .<Stream<? extends DynamicNode>>map(AzureContractTest::skipped)
                .orElseGet(() -> VendorContract.of(Map.of("azure", AzureBench::start)));
    }

    @TestFactory
    Stream<? extends DynamicNode> shouldLoseNoFrameSilently() {
        return Natives.problem()
                .<Stream<? extends DynamicNode>>map(AzureContractTest::skipped)
                .orElseGet(() -> VendorFaults.of(Map.of("azure", AzureBench::start)));
    }

    private static Stream<DynamicTest> skipped(String why) {
        System.out.println("\n| azure | SKIPPED, NOTHING OF THE SDK IS TESTED HERE: " + why + " |");
        return Stream.of(DynamicTest.dynamicTest("azure", () -> assumeTrue(false, why)));
    }
}
