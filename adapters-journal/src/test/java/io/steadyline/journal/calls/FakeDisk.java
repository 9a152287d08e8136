package io.steadyline.journal.calls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A real disk that can be told to be full or to stand still. */
final class FakeDisk implements Disk {

    volatile boolean full;
    volatile boolean stuck;
    final AtomicInteger forced = new AtomicInteger();

    @Override
    public File create(Path path) throws IOException {
        check();
        File real = Disk.REAL.create(path);
        return new File() {
            @Override
            public void write(ByteBuffer from, long at) throws IOException {
                check();
                real.write(from, at);
            }

            @Override
            public void truncate(long bytes) throws IOException {
                real.truncate(bytes);
            }

            @Override
            public void force() throws IOException {
                check();
                real.force();
                forced.incrementAndGet();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    private void check() throws IOException {
        while (stuck) {
            LockSupport.parkNanos(1_000_000);
        }
        if (full) {
            throw new IOException("No space left on device");
        }
    }
}
