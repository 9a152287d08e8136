package io.steadyline.stt.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.contract.Bench;
import io.steadyline.stt.contract.BenchCall;
import io.steadyline.stt.contract.VendorContract;
import io.steadyline.stt.contract.VendorFaults;
import io.steadyline.stt.peer.PeerScript.Act;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What holds for each vendor, with the native library and a real model. */
class VoskContractTest {

    /** Twice as many as the threads of a model. */
    private static final int HANGING = 4;

    private static final int CALLS = 100;

    @TempDir
    private static Path model;

    @BeforeAll
    static void writeModel() throws IOException {
        Natives.assume();
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

    /** Each had held its thread for ever, and the third call of the model had none. */
    @Test
    void shouldGoOnWhenMoreRecognisersHangThanThereAreThreads() throws Exception {
        FaultyVosk library = new FaultyVosk();
        for (int number = 1; number <= HANGING; number++) {
            library.script(number).afterAudio(8_000, new Act.StopReading());
        }
        try (Bench bench = library.bench(model);
                BenchCall call = new BenchCall(bench)) {
            call.talks(200);
            call.talksUntil(() -> library.openedEver() > HANGING);
            call.endInput();
            call.awaitClosed();
            call.assertNothingLostSilently();
            call.awaitNothingOpen();
        }
    }

    @Test
    void shouldLoseNothingWhenTheModelTakesLongerThanAConnectionMay() throws Exception {
        FaultyVosk library = new FaultyVosk();
        library.script(1).openAfter(BenchCall.QUICK.connectTimeout().plusSeconds(1));
        try (Bench bench = library.bench(model);
                BenchCall call = new BenchCall(bench)) {
            call.talks(200);
            call.isSilent(60);
            call.awaitEvent(SpeechEvent.Failure.class);
            call.awaitEvent(SpeechEvent.Final.class);
            call.endInput();
            call.awaitClosed();
            assertThat(call.log.all(SpeechEvent.Failure.class)).noneMatch(SpeechEvent.Failure::fatal);
            assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
            call.assertNothingLostSilently();
        }
    }

    @Test
    void shouldHoldNoRecogniserAfterManyCalls() throws Exception {
        FaultyVosk library = new FaultyVosk();
        try (Bench bench = library.bench(model)) {
            for (int number = 0; number < CALLS; number++) {
                try (BenchCall call = new BenchCall(bench)) {
                    call.talks(60);
                    if (number % 2 == 0) {
                        call.endInput();
                    } else {
                        call.abort();
                    }
                    call.awaitClosed();
                }
            }
            await().untilAsserted(() -> assertThat(library.whatIsOpen()).isEmpty());
        }
        // One that is left at once may have none.
        assertThat(library.openedEver()).isBetween(CALLS / 2, CALLS);
    }
}
