package io.steadyline.journal.boots;

import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.Uncaught;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes who ends the process and what nobody caught. One instance a process, installed at boot before anything else can
 * fail. The hooks are entered by whatever thread exits or dies.
 */
public final class ExitTraces implements AutoCloseable {

    /** On the way from somebody's call into the JDK. */
    private static final Set<String> PASSED_THROUGH =
            Set.of("java.lang.Shutdown", "java.lang.Runtime", "java.lang.System");

    private final LifeLog life;
    private final LastResort lastResort;
    private final UncaughtExceptionHandler next;
    private final ExitListener exits = new ExitListener(this::noteExit);
    private final @Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    private ExitTraces(LifeLog life, LastResort lastResort, UncaughtExceptionHandler next) {
        this.life = life;
        this.lastResort = lastResort;
        this.next = next;
    }

    /** @param next is told of each uncaught exception after it was noted, and is expected to log it */
    public static ExitTraces install(LifeLog life, LastResort lastResort, UncaughtExceptionHandler next) {
        ExitTraces traces = new ExitTraces(life, lastResort, next);
        traces.exits.install();
        Thread.setDefaultUncaughtExceptionHandler(traces::noteUncaught);
        return traces;
    }

    private void noteExit(int status, StackTraceElement[] stack) {
        life.note(new RuntimeExit(
                Instant.now(), status, caller(stack), Thread.currentThread().getName()));
    }

    private static String caller(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !PASSED_THROUGH.contains(frame.getClassName()))
                .findFirst()
                .map(ExitTraces::text)
                .orElse("unknown");
    }

    private void noteUncaught(Thread thread, Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        life.note(new Uncaught(
                Instant.now(), thread.getName(), String.valueOf(thrown), stack.length == 0 ? "" : text(stack[0])));
        try {
            next.uncaughtException(thread, thrown);
        } finally {
            lastResort.dieIfFatal(thrown);
        }
    }

    /** {@code Library.close(Library.java:12)}, with the full name of the class. */
    private static String text(StackTraceElement frame) {
        String line = frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber();
        String file = frame.getFileName() == null ? "unknown source" : frame.getFileName() + line;
        return frame.getClassName() + "." + frame.getMethodName() + "(" + file + ")";
    }

    /** As it was before. */
    @Override
    public void close() {
        exits.remove();
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
