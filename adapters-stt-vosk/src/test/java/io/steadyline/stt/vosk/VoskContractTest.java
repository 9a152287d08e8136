package io.steadyline.stt.vosk;

import io.steadyline.stt.contract.VendorContract;
import io.steadyline.stt.contract.VendorFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What holds for each vendor, with the native library and a real model. */
class VoskContractTest {

    @TempDir
    private static Path model;

    @BeforeAll
    static void writeModel() throws IOException {
        ToneModel.writeTo(model);
    }

    @TestFactory
    Stream<DynamicContainer> shouldKeepTheContract() {
        return VendorContract.of(Map.of("vosk", () -> new FaultyVosk().bench(model)));
    }

    @TestFactory
    Stream<DynamicTest> shouldLoseNoFrameSilently() {
        return VendorFaults.of(Map.of("vosk", () -> new FaultyVosk().bench(model)));
    }
}
