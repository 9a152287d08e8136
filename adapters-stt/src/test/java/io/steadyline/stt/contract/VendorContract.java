package io.steadyline.stt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Failure;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript.Act;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * The same for each vendor, over real sockets or against a real library: what a call may expect, whatever the vendor does. Prints
 * a table of vendors and cases. The cases wait for vendors more than they work, so that several run at once; each has a peer and
 * a runtime of its own. {@code -Dsteadyline.vendor=aws} for one vendor.
 */
public final class VendorContract {

    private static final byte[] GARBAGE = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x17, 0x2A};
    private static final int AT_ONCE = 4;
    /** Ten seconds of call. */
    private static final int FRAMES = 500;

    /** One expectation. */
    private interface Case {
        void check(Bench bench) throws Exception;
    }

    private static final Map<String, Case> CASES = cases();

    private VendorContract() {}

    /** A name that is none of a case would leave out nothing, and nobody would see it. */
    static void requireCases(Set<String> without) {
        if (!CASES.keySet().containsAll(without)) {
            throw new IllegalArgumentException(
                    "without: " + without + " (expected: names of cases: " + String.join(", ", CASES.keySet()) + ")");
        }
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("slow open", VendorContract::losesNothingWhileItOpensSlowly);
        cases.put("happy path", VendorContract::tellsWordsOnceAndInOrder);
        cases.put("interim", VendorContract::keepsTheSegmentFromInterimToFinal);
        cases.put("roll-over", VendorContract::rollsOverBeforeTheLimit);
        cases.put("limit", VendorContract::goesOnWhenTheVendorSaysItsTimeIsOver);
        cases.put("kill", VendorContract::survivesALossAtEachMessage);
        cases.put("kill at end", VendorContract::survivesALossWhileItEnds);
        cases.put("stops reading", VendorContract::givesUpAPeerThatStopsReading);
        cases.put("stalls", VendorContract::givesUpAVendorThatSaysNothing);
        cases.put("fragments", VendorContract::readsMessagesInPieces);
        cases.put("auth", bench -> isFinal(bench, Trouble.AUTH, "AUTH"));
        cases.put("quota", bench -> isFinal(bench, Trouble.QUOTA, "QUOTA", "RATE_LIMIT"));
        cases.put("server error", VendorContract::triesAgainAfterAServerError);
        cases.put("garbage", VendorContract::survivesGarbage);
        cases.put("close", VendorContract::closesInEachState);
        return cases;
    }

    /** A container of tests for each vendor, and one that prints the table. All cases begin now. */
    public static Stream<DynamicContainer> of(Map<String, Bench.SetUp> vendors) {
        ExecutorService workers = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().factory());
        Map<String, Map<String, Future<String>>> table = new LinkedHashMap<>();
        vendors.forEach((vendor, setUp) -> {
            if (!vendor.matches(System.getProperty("steadyline.vendor", ".*"))) {
                return;
            }
            Map<String, Future<String>> row = new LinkedHashMap<>();
            CASES.forEach((name, check) -> row.put(name, workers.submit(run(name, setUp, check))));
            table.put(vendor, row);
        });
        workers.shutdown();
        return Stream.concat(
                table.entrySet().stream()
                        .map(row -> DynamicContainer.dynamicContainer(
                                row.getKey(),
                                row.getValue().entrySet().stream()
                                        .map(cell -> DynamicTest.dynamicTest(
                                                cell.getKey(),
                                                () -> cell.getValue().get())))),
                Stream.of(DynamicContainer.dynamicContainer(
                        "table", Stream.of(DynamicTest.dynamicTest("printed", () -> print(table))))));
    }

    private static Callable<String> run(String name, Bench.SetUp setUp, Case check) {
        return () -> {
            try (Bench bench = setUp.start()) {
                if (bench.without().contains(name)) {
                    return "–";
                }
                check.check(bench);
                return "ok";
            }
        };
    }

    private static void print(Map<String, Map<String, Future<String>>> table) {
        StringBuilder text = new StringBuilder("\n| vendor | " + String.join(" | ", CASES.keySet()) + " |\n|");
        text.append("---|".repeat(CASES.size() + 1));
        table.forEach((vendor, row) -> {
            text.append("\n| ").append(vendor).append(" |");
            row.values()
                    .forEach(cell -> text.append(
                            cell.state() == Future.State.SUCCESS ? " " + cell.resultNow() + " |" : " FAILED |"));
        });
        System.out.println(
                text.append(String.format(Locale.ROOT, "%n%d vendors, %d cases", table.size(), CASES.size())));
    }

    private static void losesNothingWhileItOpensSlowly(Bench bench) throws Exception {
        bench.peer().script(1).openAfter(Duration.ofSeconds(2));
        try (BenchCall call = new BenchCall(bench)) {
            call.talks(FRAMES);
            call.endInput();
            call.awaitClosed();
            assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
            call.assertNothingLostSilently();
        }
    }

    private static void tellsWordsOnceAndInOrder(Bench bench) throws Exception {
        try (BenchCall call = new BenchCall(bench)) {
            call.talks(FRAMES);
            call.endInput();
            call.awaitClosed();
            assertThat(call.log.events().getFirst()).isInstanceOf(SpeechEvent.Ready.class);
            assertThat(call.log.all(Failure.class)).isEmpty();
            assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
            assertThat(call.words()).hasSizeGreaterThanOrEqualTo(FRAMES / 25 / 2);
            assertThat(call.log.all(SpeechEvent.UtteranceEnd.class)).isNotEmpty();
            call.assertNothingLostSilently();
            call.awaitNothingOpen();
        }
    }

    private static void keepsTheSegmentFromInterimToFinal(Bench bench) throws Exception {
        try (BenchCall call = new BenchCall(bench)) {
            call.speaks(80);
            call.isSilent(60);
            call.awaitEvent(SpeechEvent.Final.class);
            List<SpeechEvent.Interim> interims = call.log.all(SpeechEvent.Interim.class);
            assertThat(interims).isNotEmpty();
            assertThat(interims.getFirst().segmentId())
                    .isEqualTo(call.log.all(SpeechEvent.Final.class).getFirst().segmentId());
            call.endInput();
            call.awaitClosed();
        }
    }

    private static void rollsOverBeforeTheLimit(Bench bench) throws Exception {
        Bench shortLived = bench.with(traits -> traits.withMaxSession(Duration.ofSeconds(1)));
        try (BenchCall call = new BenchCall(shortLived)) {
            call.talks(FRAMES);
            call.talksUntil(() -> bench.peer().openedEver() >= 2);
            call.talks(FRAMES / 5);
            call.endInput();
            call.awaitClosed();
            assertThat(call.log.all(Failure.class)).isEmpty();
            assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
            call.assertNothingLostSilently();
        }
    }

    private static void goesOnWhenTheVendorSaysItsTimeIsOver(Bench bench) throws Exception {
        bench.peer().script(1).afterMessage(4, new Act.Say(Trouble.LIMIT_REACHED));
        recovers(bench);
    }

    private static void survivesALossAtEachMessage(Bench bench) throws Exception {
        for (int message = 1; message <= 6; message++) {
            int number = bench.peer().requests() + 1;
            bench.peer().script(number).afterMessage(message, new Act.Drop());
            recovers(bench);
        }
    }

    private static void survivesALossWhileItEnds(Bench bench) throws Exception {
        try (BenchCall call = new BenchCall(bench)) {
            call.speaks(150);
            call.awaitSent();
            call.endInput();
            bench.peer().dropAll();
            call.awaitClosed();
            call.assertNothingLostSilently();
            call.awaitNothingOpen();
        }
    }

    private static void givesUpAPeerThatStopsReading(Bench bench) throws Exception {
        bench.peer().script(1).afterAudio(8_000, new Act.StopReading());
        recovers(bench);
    }

    private static void givesUpAVendorThatSaysNothing(Bench bench) throws Exception {
        bench.peer().script(1).afterAudio(8_000, new Act.Stall());
        recovers(bench);
    }

    private static void readsMessagesInPieces(Bench bench) throws Exception {
        bench.peer().script(1).inFragments(3).merged();
        try (BenchCall call = new BenchCall(bench)) {
            call.talks(FRAMES);
            call.endInput();
            call.awaitClosed();
            assertThat(call.log.all(Failure.class)).isEmpty();
            call.assertNothingLostSilently();
        }
    }

    private static void triesAgainAfterAServerError(Bench bench) throws Exception {
        bench.peer().script(1).afterMessage(3, new Act.Say(Trouble.SERVER_ERROR));
        recovers(bench);
    }

    private static void survivesGarbage(Bench bench) throws Exception {
        // Neither JSON nor any vendor's binary messages.
        bench.peer()
                .script(1)
                .afterMessage(2, bench.speaksText() ? new Act.Text("{\"type\":") : new Act.Binary(GARBAGE));
        recovers(bench);
    }

    /** What has happened to the first connection costs nothing but time. */
    private static void recovers(Bench bench) throws Exception {
        // The call dials at once, so it may be connected before this thread goes on.
        int before = bench.peer().openedEver();
        try (BenchCall call = new BenchCall(bench)) {
            call.talks(FRAMES);
            call.speaks(150);
            call.talksUntil(() -> bench.peer().openedEver() - before >= 2);
            call.speaks(100);
            call.endInput();
            call.awaitClosed();
            assertThat(call.log.all(Failure.class)).noneMatch(Failure::fatal);
            call.assertNothingLostSilently();
            call.awaitNothingOpen();
        }
    }

    private static void isFinal(Bench bench, Trouble trouble, String... categories) throws Exception {
        bench.peer().everyOther().requestTrouble(trouble).opened(new Act.Say(trouble));
        try (BenchCall call = new BenchCall(bench)) {
            call.awaitEvent(Failure.class);
            assertThat(call.log.all(Failure.class))
                    .first()
                    .satisfies(failure -> assertThat(failure.category()).isIn((Object[]) categories));
            assertThat(bench.peer().requests()).isEqualTo(1);
            call.abort();
            call.awaitClosed();
            call.awaitNothingOpen();
        }
    }

    private static void closesInEachState(Bench bench) throws Exception {
        bench.peer().script(1).openAfter(Duration.ofSeconds(1));
        try (BenchCall opening = new BenchCall(bench)) {
            opening.talks(10);
            opening.abort();
            opening.awaitClosed();
        }
        try (BenchCall talking = new BenchCall(bench)) {
            talking.talks(200);
            talking.awaitEvent(SpeechEvent.Ready.class);
            talking.abort();
            talking.awaitClosed();
            talking.awaitNothingOpen();
        }
        try (BenchCall ending = new BenchCall(bench)) {
            ending.talks(200);
            ending.endInput();
            ending.abort();
            ending.awaitClosed();
            ending.awaitNothingOpen();
        }
        try (BenchCall left = new BenchCall(bench)) {
            left.talks(100);
            left.runtime().close();
            left.awaitClosed();
            left.awaitNothingOpen();
        }
    }
}
