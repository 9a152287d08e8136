package io.steadyline.benchmarks.hot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** None is measured here; each is set up and asked a few times, so that it still works when somebody wants to know. */
class EveryBenchmarkTest {

    /** Longer than any of them counts in circles. */
    private static final int TIMES = 300;

    static Stream<String> benchmarks() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .distinct()
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void shouldWork(String name) throws ReflectiveOperationException {
        int dot = name.lastIndexOf('.');
        Class<?> type = Class.forName(name.substring(0, dot));
        Object benchmark = type.getDeclaredConstructor().newInstance();
        for (Field field : type.getFields()) {
            if (field.isAnnotationPresent(Param.class)) {
                field.set(benchmark, field.getAnnotation(Param.class).value()[0]);
            }
        }
        run(type, benchmark, Setup.class);
        try {
            Method step = type.getMethod(name.substring(dot + 1));
            assertThat(step.isAnnotationPresent(Benchmark.class)).isTrue();
            for (int i = 0; i < TIMES; i++) {
                assertThat(step.invoke(benchmark)).isNotNull();
            }
        } finally {
            run(type, benchmark, TearDown.class);
        }
    }

    private static void run(Class<?> type, Object benchmark, Class<? extends Annotation> kind)
            throws ReflectiveOperationException {
        for (Method method : Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(kind))
                .toList()) {
            method.invoke(benchmark);
        }
    }

    @Test
    void shouldBeOneForEachHotStep() {
        assertThat(benchmarks().map(name -> name.replaceAll("^.*\\.(\\w+)Benchmark\\.", "$1.")))
                .containsExactlyInAnyOrder(
                        "Loop.frame",
                        "Message.decode",
                        "Message.encode",
                        "Pacer.rx",
                        "Pacer.tx",
                        "Queue.rx",
                        "Queue.send",
                        "Queue.stt",
                        "Queue.tx",
                        "Recogniser.keysTonesAndVoice",
                        "Recogniser.voiceActivity",
                        "Recorder.frameInAndOut",
                        "SttSession.frame",
                        "Telemetry.frame",
                        "Telemetry.second",
                        "Telemetry.secondWithLines",
                        "Wheel.turn");
    }

    @Test
    void shouldMeasureFramesThatComeBack() {
        LoopBenchmark loop = new LoopBenchmark();
        loop.calls = "20";
        loop.setUp();
        for (int frame = 0; frame < 20 * 100; frame++) {
            loop.frame();
        }
        // All but the few that are under way.
        assertThat(loop.sent()).isBetween(20 * 90L, 20 * 100L);
    }
}
