package io.steadyline.bootstrap.fault;

import io.steadyline.journal.boots.LastResort;
import io.steadyline.websocket.server.GatewayServer;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ways in which the process itself goes wrong, for drills: what a library, a leak or a bug would do. Named by the variable
 * {@code STEADYLINE_FAULT}, which production refuses, and done when the file {@code fault.now} appears in the data
 * directory; some at the start or in the stop instead.
 */
public enum Mishap {
    /** A leak in a thread of no importance fills the heap. */
    HEAP_OOM,
    /** Direct memory runs out; the Java machine itself would live on. */
    DIRECT_OOM,
    /** Code calls System.exit. */
    EXIT,
    /** Code ends the process without a word. */
    HALT,
    /** Native code crashes. */
    NATIVE_CRASH,
    /** A virtual thread dies of an exception; the process lives. */
    UNCAUGHT,
    /** The media loop never comes back. */
    STUCK_LOOP,
    /** A burst of small objects that all live, and then a full collection. */
    GC_PAUSE,
    /** Native code leaks memory, until the kernel kills the process. To be done in a memory group with a limit. */
    NATIVE_LEAK,
    /** Threads are started and never end. To be done in a pids group with a limit. */
    THREADS,
    /** Dies before it serves, as long as the file is there. */
    CRASH_AT_START,
    /** The main thread dies of an error that nobody catches, just when the process serves. */
    THROW_IN_MAIN,
    /** The start takes so long that somebody loses patience. */
    SLOW_START,
    /** The stop never ends. */
    STOP_HANGS;

    public static final String VARIABLE = "STEADYLINE_FAULT";

    /** In the data directory. May hold the name of another one, which is then done instead. */
    public static final String FILE = "fault.now";

    private static final Logger LOG = LoggerFactory.getLogger(Mishap.class);

    private static final int BURST_OBJECTS = 5_000_000;
    private static final int CODE_OF_EXIT = 5;
    private static final int CODE_OF_HALT = 7;
    private static final int CODE_OF_CRASH = 9;
    private static final int NO_ADDRESS = 16;
    private static final long LEAK_BYTES = 4L << 20;
    /** The machine is not to be filled where no group holds it up. */
    private static final long MOST_BYTES = 2L << 30;

    private static final Duration SLOW = Duration.ofSeconds(20);

    /** As in the variable: {@code heap-oom}. */
    public static Mishap byLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Of the environment; empty: none is asked for, or a fault of a part. */
    public static Optional<Mishap> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(label -> !label.isBlank() && Fault.byLabel(label).isEmpty())
                .map(Mishap::byLabel);
    }

    /** It waits for the file; others come at the start or in the stop. */
    public boolean isOnDemand() {
        return switch (this) {
            case HEAP_OOM, DIRECT_OOM, EXIT, HALT, NATIVE_CRASH, UNCAUGHT, STUCK_LOOP, GC_PAUSE, NATIVE_LEAK, THREADS ->
                true;
            case CRASH_AT_START, THROW_IN_MAIN, SLOW_START, STOP_HANGS -> false;
        };
    }

    /** Done on the main thread before the process serves. */
    public void atStart(Path dataDir) {
        switch (this) {
            case CRASH_AT_START -> {
                if (Files.exists(dataDir.resolve(FILE))) {
                    Runtime.getRuntime().halt(CODE_OF_CRASH);
                }
            }
            case SLOW_START -> {
                LOG.warn("a drill: the start takes {} s more", SLOW.toSeconds());
                standStill(SLOW);
            }
            default -> {
                // It happens later.
            }
        }
    }

    /** Done on the main thread when the process serves. */
    public void whenServing() {
        if (this == THROW_IN_MAIN) {
            throw new LinkageError("a drill: nobody catches this");
        }
    }

    /** Done on the thread that stops the process. */
    public void atStop() {
        if (this == STOP_HANGS) {
            LOG.warn("a drill: the stop hangs");
            standStill(Duration.ofDays(1));
        }
    }

    /** Does it; on a thread of its own. */
    public void happen(GatewayServer server, LastResort lastResort) {
        switch (this) {
            case HEAP_OOM -> leakHeap();
            case DIRECT_OOM -> leakDirectMemory(lastResort);
            case EXIT -> System.exit(CODE_OF_EXIT);
            case HALT -> Runtime.getRuntime().halt(CODE_OF_HALT);
            case NATIVE_CRASH -> crash();
            case UNCAUGHT ->
                Thread.ofVirtual().start(() -> {
                    throw new IllegalStateException("a drill: nobody catches this");
                });
            case GC_PAUSE -> collectMuch();
            case STUCK_LOOP -> server.loop().execute(_ -> standStill(Duration.ofDays(1)));
            case NATIVE_LEAK -> leakNativeMemory();
            case THREADS -> leakThreads();
            case CRASH_AT_START, THROW_IN_MAIN, SLOW_START, STOP_HANGS -> {
                // It happens at the start or in the stop.
            }
        }
    }

    /** Whatever interrupts or wakes it. */
    private static void standStill(Duration length) {
        long deadlineNs = System.nanoTime() + length.toNanos();
        while (deadlineNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(deadlineNs - System.nanoTime());
        }
    }

    /** What runs out is thrown to the caller, as in any code that starts a thread. */
    private static void leakThreads() {
        while (true) {
            Thread.ofPlatform().daemon().name("leaked").start(() -> standStill(Duration.ofDays(1)));
        }
    }

    /** Past all bounds of the Java machine, as a native library would: malloc, and each page is touched. */
    @SuppressWarnings("restricted") // only the kernel can stop it, which is the purpose
    private static void leakNativeMemory() {
        Linker linker = Linker.nativeLinker();
        MethodHandle malloc = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("malloc"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        try {
            for (long leaked = 0; leaked < MOST_BYTES; leaked += LEAK_BYTES) {
                MemorySegment leak = (MemorySegment) malloc.invokeExact(LEAK_BYTES);
                leak.reinterpret(LEAK_BYTES).fill((byte) 1);
            }
        } catch (Throwable impossible) {
            throw new IllegalStateException("malloc of " + LEAK_BYTES + " bytes failed", impossible);
        }
        LOG.error("{} bytes leaked, and the process lives (expected: a memory group with a lower limit)", MOST_BYTES);
    }

    private static void leakHeap() {
        List<byte[]> leak = new ArrayList<>();
        while (!leak.contains(null)) {
            leak.add(new byte[1 << 20]);
        }
    }

    private static void collectMuch() {
        List<Object> burst = new ArrayList<>();
        try {
            while (burst.size() < BURST_OBJECTS) {
                burst.add(new byte[16]);
            }
            System.gc();
        } finally {
            Reference.reachabilityFence(burst);
        }
    }

    private static void leakDirectMemory(LastResort lastResort) {
        List<ByteBuffer> leak = new ArrayList<>();
        try {
            while (leak.size() < Integer.MAX_VALUE) {
                leak.add(ByteBuffer.allocateDirect(1 << 20));
            }
        } catch (OutOfMemoryError exhausted) {
            lastResort.dieIfFatal(exhausted);
        }
    }

    /** strlen of an address where nothing is. */
    @SuppressWarnings("restricted") // to crash is the purpose
    private static void crash() {
        Linker linker = Linker.nativeLinker();
        MethodHandle strlen = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("strlen"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        try {
            strlen.invoke(MemorySegment.ofAddress(NO_ADDRESS));
        } catch (Throwable impossible) {
            throw new IllegalStateException("strlen of nothing (expected: a crash)", impossible);
        }
    }
}
