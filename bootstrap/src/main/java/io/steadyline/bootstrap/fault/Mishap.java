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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Ways in which the process itself goes wrong, for drills: what a library, a leak or a bug would do. Named by the variable
 * {@code STEADYLINE_FAULT}, which production refuses, and done when the file {@code fault.now} appears in the data
 * directory.
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
    GC_PAUSE;

    /** In the data directory; when it appears, what was asked for happens. */
    public static final String FILE = "fault.now";

    private static final int BURST_OBJECTS = 5_000_000;
    private static final int CODE_OF_EXIT = 5;
    private static final int CODE_OF_HALT = 7;
    private static final int NO_ADDRESS = 16;

    /** As in the variable: {@code heap-oom}. */
    public static Mishap byLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
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
            case STUCK_LOOP ->
                server.loop().execute(_ -> {
                    while (true) {
                        LockSupport.parkNanos(1_000_000_000);
                    }
                });
        }
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
