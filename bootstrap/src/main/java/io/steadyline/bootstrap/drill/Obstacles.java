package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.posix.FileLocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What stands in a worker's way: a taken port, another owner of its lock, a new program, another boot of the machine. */
final class Obstacles implements AutoCloseable {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path directory;
    private final ServerSocket stranger;
    private int lock = -1;

    private Obstacles(Path directory, ServerSocket stranger) {
        this.directory = directory;
        this.stranger = stranger;
    }

    static Obstacles in(Path directory) throws IOException {
        return new Obstacles(directory, new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }

    int takenPort() {
        return stranger.getLocalPort();
    }

    /** Another file takes the place of the lock, and this process has it locked. */
    void takeLock(Victim victim) throws IOException, DrillFailure {
        Path other = directory.resolve("other.lock");
        lock = FileLocks.open(other);
        require(FileLocks.tryLock(lock), "a new file cannot be locked");
        Files.move(
                other,
                victim.dataDir().resolve("worker.lock"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    void release() {
        if (lock >= 0) {
            FileLocks.close(lock);
            lock = -1;
        }
    }

    static void upgrade(Victim victim) throws DrillFailure {
        var answer = victim.gateway().admin(client -> client.upgrade(Optional.empty()));
        require(answer.getAccepted(), "upgrade refused: " + answer.getReason());
    }

    /** A copy that may be changed; the one of this process. */
    Path program() {
        return directory.resolve("program.jar");
    }

    void copyProgram() throws IOException, DrillNotRun {
        Path own = Path.of(System.getProperty("java.class.path", ""));
        if (!Files.isRegularFile(own)) {
            throw new DrillNotRun("the program is not one file");
        }
        if (!Files.exists(program())) {
            Files.copy(own, program());
        }
    }

    void touchProgram() throws IOException {
        Files.setLastModifiedTime(program(), FileTime.from(Instant.now()));
    }

    /** Becomes the command that follows, which reads another id as that of the kernel's boot. */
    List<String> otherMachineBoot() throws IOException, DrillNotRun, InterruptedException {
        Path other = Files.writeString(directory.resolve("boot_id"), UUID.randomUUID() + "\n");
        List<String> wrapper = List.of(
                "unshare", "-m", "sh", "-c", "mount --bind \"$0\" " + BOOT_ID + " && exec \"$@\"", other.toString());
        ProcessBuilder trial = new ProcessBuilder(
                Stream.concat(wrapper.stream(), Stream.of("true")).toList());
        trial.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            if (trial.start().waitFor() != 0) {
                throw new DrillNotRun("no mount namespace can be made");
            }
        } catch (IOException missing) {
            throw new DrillNotRun("no mount namespace can be made: " + missing.getMessage());
        }
        return wrapper;
    }

    @Override
    public void close() throws IOException {
        release();
        stranger.close();
    }
}
