package io.steadyline.keeper;

import io.steadyline.posix.Descriptors;
import io.steadyline.posix.ExitStatus;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Processes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One worker from its start until its status is taken. */
final class WorkerProcess {

    /** Variables that a worker finds its keeper by. */
    static final String FD_VARIABLE = "STEADYLINE_KEEPER_FD";

    static final String PID_VARIABLE = "STEADYLINE_KEEPER_PID";
    static final int WORKER_FD = 3;

    private final int pid;
    private final Instant startedAt;
    private final long startedNs;
    private boolean gone;

    private WorkerProcess(int pid, Instant startedAt, long startedNs) {
        this.pid = pid;
        this.startedAt = startedAt;
        this.startedNs = startedNs;
    }

    /**
     * Starts the command with this process's environment and standard streams.
     *
     * @param workerEnd of the connection; becomes the worker's number {@value #WORKER_FD} and is closed here
     */
    static WorkerProcess start(List<String> command, int workerEnd) throws IOException {
        int movable = workerEnd;
        try {
            if (movable == WORKER_FD) {
                movable = Descriptors.duplicate(workerEnd, WORKER_FD + 1);
                Descriptors.close(workerEnd);
            }
            Instant startedAt = Instant.now();
            int pid = Processes.spawn(bytes(command), environment(), Map.of(movable, WORKER_FD));
            return new WorkerProcess(pid, startedAt, System.nanoTime());
        } finally {
            Descriptors.close(movable);
        }
    }

    int pid() {
        return pid;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** When it was there. */
    long startedNs() {
        return startedNs;
    }

    /** Waits for its end. */
    ExitStatus await() throws PosixException {
        Processes.awaitEnd(pid);
        synchronized (this) {
            // From here on the number may be another process's: no signal is sent any more.
            gone = true;
            return Processes.reap(pid);
        }
    }

    /** False: it has ended already. Any thread. */
    synchronized boolean signal(int number) throws PosixException {
        if (gone) {
            return false;
        }
        Processes.kill(pid, number);
        return true;
    }

    private static List<byte[]> bytes(List<String> command) {
        // The way back of how the launcher of Java made strings of its arguments.
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return command.stream().map(argument -> argument.getBytes(charset)).toList();
    }

    /** As this process got it, byte for byte. */
    private static List<byte[]> environment() throws IOException {
        List<byte[]> all = new ArrayList<>();
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        for (byte next : Files.readAllBytes(Path.of("/proc/self/environ"))) {
            if (next != 0) {
                one.write(next);
            } else if (!isOurs(one.toString(StandardCharsets.ISO_8859_1))) {
                all.add(one.toByteArray());
            }
            if (next == 0) {
                one.reset();
            }
        }
        all.add(ascii(FD_VARIABLE + "=" + WORKER_FD));
        all.add(ascii(PID_VARIABLE + "=" + ProcessHandle.current().pid()));
        return all;
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith(FD_VARIABLE + "=") || variable.startsWith(PID_VARIABLE + "=");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
