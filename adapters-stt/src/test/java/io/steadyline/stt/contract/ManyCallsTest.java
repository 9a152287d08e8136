package io.steadyline.stt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.SttSpec;
import io.steadyline.queue.SttQueue;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SttControl;
import io.steadyline.stt.SpeechLog;
import io.steadyline.stt.builtin.BuiltinSettings;
import io.steadyline.stt.peer.NumberedAudio;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.runtime.RouteOpener;
import io.steadyline.stt.runtime.RuntimeSettings;
import io.steadyline.stt.runtime.SttRuntime;
import io.steadyline.stt.runtime.VendorWatch;
import io.steadyline.telemetry.RxMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What many calls with one vendor leave behind, and what they do to a vendor that is down. */
class ManyCallsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One call's queue and what it was told. */
    private record Line(SttQueue queue, SpeechLog log) {
        boolean isClosed() {
            return !log.all(SpeechEvent.Closed.class).isEmpty();
        }
    }

    @Test
    void shouldLeaveNothingBehindAfterAThousandCalls() throws Exception {
        try (Bench bench = Benches.of("jambonz").start();
                SttRuntime runtime = runtime(bench, BenchCall.QUICK)) {
            round(runtime, bench, 50);
            int threadsBefore = Thread.activeCount();
            long descriptorsBefore = descriptors();
            for (int round = 0; round < 20; round++) {
                round(runtime, bench, 50);
            }
            await().atMost(PATIENCE).until(() -> bench.peer().openNow() == 0);
            await().atMost(PATIENCE).until(() -> descriptors() <= descriptorsBefore);
            assertThat(runtime.counters().openSessions()).isZero();
            assertThat(runtime.counters().openedSessions()).isEqualTo(1_050);
            assertThat(runtime.counters().failedSessions()).isZero();
            // On this thread: a thread of its own would be counted.
            await().pollInSameThread().atMost(PATIENCE).until(() -> Thread.activeCount() <= threadsBefore);
            System.out.printf(
                    Locale.ROOT,
                    "1,000 calls: %d connections, threads %d before, %d after, descriptors %d before, %d after%n",
                    bench.peer().openedEver() - 50,
                    threadsBefore,
                    Thread.activeCount(),
                    descriptorsBefore,
                    descriptors());
        }
    }

    @Test
    void shouldNotStormAVendorThatIsDown() throws Exception {
        RuntimeSettings settings = new RuntimeSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ofSeconds(15),
                50,
                BuiltinSettings.DEFAULT);
        try (Bench bench = Benches.of("jambonz").start();
                SttRuntime runtime = runtime(bench, settings)) {
            bench.peer().everyOther().refuse(503, "busy");
            List<Line> lines = open(runtime, 200);
            List<Integer> perSecond = new ArrayList<>();
            int before = 0;
            for (int second = 0; second < 8; second++) {
                Thread.sleep(1_000);
                int now = bench.peer().requests();
                perSecond.add(now - before);
                before = now;
            }
            System.out.printf(
                    Locale.ROOT,
                    "200 calls, vendor down: attempts in each second %s, breaker opened %d times%n",
                    perSecond,
                    runtime.counters().breakersOpened());
            assertThat(perSecond.subList(1, perSecond.size())).allMatch(attempts -> attempts <= 50);
            assertThat(perSecond.stream().mapToInt(Integer::intValue).sum()).isLessThan(200);
            assertThat(lines).noneMatch(Line::isClosed);
            assertThat(lines)
                    .allMatch(line -> line.log().all(SpeechEvent.Failure.class).stream()
                            .anyMatch(failure -> failure.message().startsWith("jambonz: ")));
        }
    }

    @Test
    void shouldComeBackWithAllCallsWhenTheVendorDoes() throws Exception {
        try (Bench bench = Benches.of("jambonz").start();
                SttRuntime runtime = runtime(bench, BenchCall.QUICK)) {
            List<Line> lines = open(runtime, 100);
            await().atMost(PATIENCE).until(() -> bench.peer().openNow() == 100);
            for (int number = 101; number <= 108; number++) {
                bench.peer().script(number).opened(new Act.Close(1012, "restarting"));
            }
            bench.peer().dropAll();
            await().atMost(PATIENCE).until(() -> bench.peer().openNow() == 100);
            assertThat(lines).noneMatch(Line::isClosed);
            System.out.printf(
                    Locale.ROOT,
                    "100 calls, vendor restarts and closes 8 connections at once: all back after %d attempts%n",
                    bench.peer().requests() - 100);
        }
    }

    private static SttRuntime runtime(Bench bench, RuntimeSettings settings) {
        List<SttRuntime.Chosen> chosen = List.of(new SttRuntime.Chosen(bench.vendor(), bench.checkedOptions()));
        return new SttRuntime(
                settings,
                spec -> chosen,
                new RouteOpener(settings),
                InstantSource.system(),
                List.of(),
                VendorWatch.NOBODY);
    }

    private static List<Line> open(SttRuntime runtime, int calls) {
        List<Line> lines = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            Line line = new Line(new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES), new SpeechLog());
            runtime.open(
                    new SttSpec(new CallId("call-" + call), AudioFormat.MULAW_8K, "", Map.of()),
                    line.queue(),
                    line.log());
            lines.add(line);
        }
        return lines;
    }

    private static void round(SttRuntime runtime, Bench bench, int calls) {
        List<Line> lines = open(runtime, calls);
        for (Line line : lines) {
            for (int frame = 0; frame < 50; frame++) {
                line.queue().offer(new AudioFrame(NumberedAudio.speaking(frame), frame), RxMode.NORMAL);
            }
            line.queue().offer(new SttControl.EndOfInput());
        }
        await().atMost(PATIENCE).until(() -> lines.stream().allMatch(Line::isClosed));
        await().atMost(PATIENCE).until(() -> bench.peer().openNow() == 0);
        lines.forEach(line -> line.log().assertComplete());
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
