package io.steadyline.keeper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the keeper was called.
 *
 * @param restarts unplanned ends that are answered with a new worker within {@code restartWindow}
 * @param stopTimeout from the first signal to stop until SIGKILL; empty: never
 * @param standby a second worker waits to take over
 * @param program file of the worker's program; where it is an argument of the command, an upgrade puts the new one
 * @param command of the worker
 */
record KeeperOptions(
        Optional<Path> workerPidFile,
        Optional<Path> dataDir,
        int restarts,
        Duration restartWindow,
        Optional<Duration> stopTimeout,
        boolean standby,
        Optional<String> program,
        List<String> command) {

    static final String USAGE = """
        Usage: KeeperMain [options] -- COMMAND [ARGUMENT ...]
        Starts the worker COMMAND, holds duplicates of the sockets that it hands in, and starts it again when it dies.
          --worker-pid-file=FILE  the worker's pid, written at each start
          --data-dir=DIR          FILE keeper.obituary in it tells how the last worker ended
          --restarts=N            unplanned ends within the window that are answered with a new worker (default 5)
          --restart-window=SECONDS  (default 30)
          --stop-timeout=SECONDS  from the first signal to stop until SIGKILL (default: never)
          --standby=on|off        a second worker, started and warm, waits to take over (default on)
          --jar=FILE              program file of the worker; where it is an argument of COMMAND, an upgrade puts the new one
        Exit code: the worker's when it ended with 0 or 78 or was asked to stop; 2 wrong usage; 71 it died too often.
        """;

    /** The call itself was wrong; the message says which part. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    KeeperOptions {
        command = List.copyOf(command);
    }

    static KeeperOptions parse(String... arguments) throws UsageException {
        Optional<Path> pidFile = Optional.empty();
        Optional<Path> dataDir = Optional.empty();
        int restarts = 5;
        Duration window = Duration.ofSeconds(30);
        Optional<Duration> stopTimeout = Optional.empty();
        boolean standby = true;
        Optional<String> program = Optional.empty();
        List<String> all = List.of(arguments);
        int at = 0;
        for (; at < all.size() && !all.get(at).equals("--"); at++) {
            String argument = all.get(at);
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new UsageException(argument + " (expected: --option=value, and the command behind --)");
            }
            String value = argument.substring(equals + 1);
            switch (argument.substring(0, equals)) {
                case "--worker-pid-file" -> pidFile = Optional.of(Path.of(value));
                case "--data-dir" -> dataDir = Optional.of(Path.of(value));
                case "--restarts" -> restarts = number(argument, value, 0);
                case "--restart-window" -> window = Duration.ofSeconds(number(argument, value, 1));
                case "--stop-timeout" -> stopTimeout = Optional.of(Duration.ofSeconds(number(argument, value, 1)));
                case "--standby" -> standby = isOn(argument, value);
                case "--jar" -> program = Optional.of(value);
                default -> throw new UsageException(argument + " (expected: an option of the keeper)");
            }
        }
        List<String> command = new ArrayList<>(all.subList(Math.min(at + 1, all.size()), all.size()));
        if (command.isEmpty()) {
            throw new UsageException("no command (expected: -- COMMAND)");
        }
        return new KeeperOptions(pidFile, dataDir, restarts, window, stopTimeout, standby, program, command);
    }

    private static boolean isOn(String argument, String value) throws UsageException {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new UsageException(argument + " (expected: on or off)");
        };
    }

    private static int number(String argument, String value, int least) throws UsageException {
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw new UsageException(argument + " (expected: a whole number)");
        }
        throw new UsageException(argument + " (expected: at least " + least + ")");
    }
}
