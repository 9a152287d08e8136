package io.steadyline.bootstrap.fault;

import io.steadyline.port.CallSlot;
import io.steadyline.port.CallSlots;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Processes;
import io.steadyline.restart.SlotSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Pages whose process kills itself with SIGKILL in the one moment that is hard to survive: the bytes of a message were read
 * from the kernel and what became of them is not committed yet. Armed by a file.
 */
public final class CommitWindow implements CallSlots {

    private static final int SIGKILL = 9;
    private static final long POLL_NS = 20_000_000;

    private final CallSlots real;
    private volatile boolean armed;

    private CommitWindow(CallSlots real) {
        this.real = real;
    }

    /** @param trigger the next commit after it appears is the last thing that the process does; it is deleted before */
    public static CallSlots around(CallSlots real, Path trigger) {
        CommitWindow window = new CommitWindow(real);
        Thread.ofPlatform().daemon().name("fault-commit").start(() -> window.await(trigger));
        return window;
    }

    private void await(Path trigger) {
        try {
            while (!Files.deleteIfExists(trigger)) {
                LockSupport.parkNanos(POLL_NS);
            }
            armed = true;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public CallSlot acquire() {
        return watched(real.acquire());
    }

    @Override
    public CallSlot adopt(SlotSnapshot left) {
        return watched(real.adopt(left));
    }

    private CallSlot watched(CallSlot slot) {
        return (CallSlot) Proxy.newProxyInstance(
                CallSlot.class.getClassLoader(), new Class<?>[] {CallSlot.class}, (_, method, arguments) -> {
                    if (armed && method.getName().equals("commit")) {
                        die();
                    }
                    try {
                        return method.invoke(slot, arguments);
                    } catch (InvocationTargetException own) {
                        throw own.getCause();
                    }
                });
    }

    private static void die() {
        try {
            Processes.kill((int) ProcessHandle.current().pid(), SIGKILL);
        } catch (PosixException impossible) {
            throw new IllegalStateException("kill of this process itself (expected: its end)", impossible);
        }
    }
}
