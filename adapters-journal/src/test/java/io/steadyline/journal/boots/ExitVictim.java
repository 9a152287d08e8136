package io.steadyline.journal.boots;

import io.steadyline.restart.Evidence.CleanMark;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A process that ends in the way that its second argument names, with its notes in the directory of the first. */
public final class ExitVictim {

    private ExitVictim() {}

    public static void main(String[] args) throws InterruptedException {
        LifeLog life = LifeLog.open(Path.of(args[0]), Boots.boot(7));
        LastResort lastResort = new LastResort(life, Runtime.getRuntime()::halt);
        ExitTraces traces = ExitTraces.install(life, lastResort, (thread, thrown) -> {});
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(() -> life.note(new CleanMark(Instant.now(), "hook"))));
        switch (args[1]) {
            case "exit" -> Thread.ofVirtual().start(() -> System.exit(5)).join();
            case "direct" -> inAThread(ExitVictim::exhaustDirectMemory);
            case "throw" -> throw new IllegalStateException("boom");
            default -> traces.close();
        }
    }

    private static void inAThread(Runnable work) throws InterruptedException {
        Thread.ofPlatform().name("worker-1").start(work).join();
        // Without a last resort it would live on like this.
        Thread.currentThread().join();
    }

    private static void exhaustDirectMemory() {
        List<ByteBuffer> held = new ArrayList<>();
        while (held.size() < 1 << 20) {
            held.add(ByteBuffer.allocateDirect(1 << 20));
        }
    }
}
