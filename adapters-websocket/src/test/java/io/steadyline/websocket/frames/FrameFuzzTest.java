package io.steadyline.websocket.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzzer's claims without the fuzzer: for its seeds, and for some random input. */
class FrameFuzzTest {

    static List<Path> seeds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz/frames"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldHoldForEverySeed(Path seed) throws IOException {
        FrameFuzz.fuzzerTestOneInput(Files.readAllBytes(seed));
    }

    @Test
    void shouldHoldForRandomInput() {
        Seeds.forEach(1_000, (_, random) -> {
            byte[] input = new byte[random.nextInt(300)];
            random.nextBytes(input);
            FrameFuzz.fuzzerTestOneInput(input);
        });
    }

    @Test
    void shouldHoldForTheShortestInputs() {
        FrameFuzz.fuzzerTestOneInput(new byte[0]);
        FrameFuzz.fuzzerTestOneInput(new byte[1]);
        FrameFuzz.fuzzerTestOneInput(Wire.bytes(1, 0));
    }

    @Test
    void shouldMakeFramesOfAScript() {
        FuzzInput input = FuzzInput.of(Wire.bytes(0x19, 7, 0x01, 2, 'h', 'i', 0x80, 126));
        assertThat(new NaiveDecoder(input.stream(), input.maxMessageBytes())
                        .decode()
                        .seen())
                .containsExactly("TEXT " + Wire.shown(Wire.utf8("hi" + "a".repeat(126))));
    }
}
