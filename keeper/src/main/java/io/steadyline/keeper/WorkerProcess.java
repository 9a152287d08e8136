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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One worker from its start until its status is taken. */
final class WorkerProcess {

    /** Variables that a worker finds its keeper by. */
    static final String FD_VARIABLE = "STEADYLINE_KEEPER_FD";

    static final String PID_VARIABLE = "STEADYLINE_KEEPER_PID";

    /** Of a worker that is to wait until the one before it has ended: its hello is answered only then. */
    static final String STANDBY_VARIABLE = "STEADYLINE_KEEPER_STANDBY";

    static final int WORKER_FD = 3;

    private final int pid;
    private boolean gone;

    private WorkerProcess(int pid) {
        this.pid = pid;
    }

    /**
     * Starts the command with this process's environment and standard streams.
     *
     * @param workerEnd of the connection; becomes the worker's number {@value #WORKER_FD} and is closed here
     * @param waits it is told to wait
     */
    static WorkerProcess start(List<String> command, int workerEnd, boolean waits) throws IOException {
        int movable = workerEnd;
        try {
            if (movable == WORKER_FD) {
                movable = Descriptors.duplicate(workerEnd, WORKER_FD + 1);
                Descriptors.close(workerEnd);
            }
            return new WorkerProcess(Processes.spawn(bytes(command), environment(waits), Map.of(movable, WORKER_FD)));
        } finally {
            Descriptors.close(movable);
        }
    }

    int pid() {
        return pid;
    }

    /** Waits until it has ended and leaves its status to {@link #await}. Several threads may. */
    void awaitEnd() throws PosixException {
        Processes.awaitEnd(pid);
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
    private static List<byte[]> environment(boolean waits) throws IOException {
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
        if (waits) {
            all.add(ascii(STANDBY_VARIABLE + "=1"));
        }
        return all;
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith(FD_VARIABLE + "=")
                || variable.startsWith(PID_VARIABLE + "=")
                || variable.startsWith(STANDBY_VARIABLE + "=");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
