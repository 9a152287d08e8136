package io.steadyline.websocket.twilio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzzer's claims without the fuzzer; for random input see {@link MediaScanAgreementTest}. */
class TwilioFuzzTest {

    static List<Path> seeds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/twilio"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldHoldForEverySeed(Path seed) throws IOException {
        TwilioFuzz.fuzzerTestOneInput(Files.readAllBytes(seed));
    }
}
