package io.steadyline.stt.contract;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.testkit.Seeds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Numbered audio through random mishaps: each frame reaches a recogniser or lies in a gap that is told, finals
 * come once and in order, nothing stays open. {@code -Dsteadyline.runs=100} for a long run, {@code -Dsteadyline.vendor=aws} for
 * one vendor, {@code -Dsteadyline.seed=…} for one schedule again.
 */
public final class VendorFaults {

    private static final int AT_ONCE = 4;
    private static final int RUNS = Integer.getInteger("steadyline.runs", 2);
    private static final int CONNECTIONS_WITH_A_FATE = 3;

    private VendorFaults() {}

    /** A test for each vendor. All begin now. */
    public static Stream<DynamicTest> of(Map<String, Bench.SetUp> vendors) {
        ExecutorService workers = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().factory());
        Map<String, Future<String>> results = new LinkedHashMap<>();
        vendors.forEach((vendor, setUp) -> {
            if (vendor.matches(System.getProperty("steadyline.vendor", ".*"))) {
                results.put(vendor, workers.submit(() -> runs(vendor, setUp)));
            }
        });
        workers.shutdown();
        return results.entrySet().stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.getKey(),
                        () -> System.out.println(result.getValue().get())));
    }

    private static String runs(String vendor, Bench.SetUp setUp) {
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger gaps = new AtomicInteger();
        AtomicInteger frames = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        Seeds.forEach(RUNS, (seed, random) -> {
            try (Bench bench = setUp.start()) {
                for (int number = 1; number <= CONNECTIONS_WITH_A_FATE; number++) {
                    goesWrong(bench.peer().script(number), random);
                }
                try (BenchCall call = new BenchCall(bench)) {
                    talk(call, new SplittableRandom(seed + 1));
                    call.endInput();
                    call.awaitClosed();
                    call.assertNothingLostSilently();
                    call.awaitNothingOpen();
                    frames.addAndGet(call.frames());
                    gaps.addAndGet(call.log.all(SpeechEvent.Gap.class).size());
                }
                connections.addAndGet(bench.peer().requests());
                runs.incrementAndGet();
            }
        });
        return String.format(
                "%-14s %d schedules, %d frames, %d connections, %d gaps told",
                vendor, runs.get(), frames.get(), connections.get(), gaps.get());
    }

    private static void goesWrong(PeerScript script, RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            script.openAfter(Duration.ofMillis(random.nextInt(1_500)));
        }
        if (random.nextInt(4) == 0) {
            script.delayEach(Duration.ofMillis(random.nextInt(30)));
        }
        if (random.nextInt(4) == 0) {
            script.inFragments(random.nextInt(2, 6));
        }
        Act act = switch (random.nextInt(8)) {
            case 0 -> new Act.Close(1011, "internal");
            case 1 -> new Act.Close(1012, "restart");
            case 2 -> new Act.Drop();
            case 3 -> new Act.Vanish();
            case 4 -> new Act.Stall();
            case 5 -> new Act.StopReading();
            case 6 -> new Act.Say(Trouble.SERVER_ERROR);
            default -> new Act.Say(Trouble.LIMIT_REACHED);
        };
        switch (random.nextInt(4)) {
            case 0 -> script.beforeMessage(random.nextInt(1, 8), act);
            case 1 -> script.afterMessage(random.nextInt(1, 8), act);
            case 2 -> script.afterAudio(random.nextInt(100, 60_000), act);
            default -> script.refuse(503, "busy");
        }
    }

    private static void talk(BenchCall call, RandomGenerator random) throws InterruptedException {
        int stretches = random.nextInt(2, 6);
        for (int i = 0; i < stretches; i++) {
            call.speaks(random.nextInt(20, 250));
            call.isSilent(random.nextInt(10, 80));
            Thread.sleep(random.nextInt(400));
        }
        // What is stuck is found by time that passes after somebody spoke.
        call.speaks(150);
        call.awaitSent();
        Thread.sleep(BenchCall.QUICK.resultTimeout().plusMillis(300).toMillis());
        call.speaks(60);
    }
}
