package io.steadyline.keeper;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the next worker is started with, and the way back from an upgrade: a program whose first worker ends before it
 * serves gives place to the one before. Main thread only.
 */
final class WorkerCommand {

    private List<String> command;
    private Optional<String> program;
    /** Before an upgrade that has not served yet; null: none is under way. */
    private @Nullable WorkerCommand before;

    WorkerCommand(List<String> command, Optional<String> program) {
        this.command = List.copyOf(command);
        this.program = program;
    }

    List<String> arguments() {
        return command;
    }

    /** As it would be with another program; the same when it is not known which argument names it. */
    static List<String> with(List<String> command, Optional<String> program, String file) {
        String now = program.orElse("");
        return now.isEmpty() || file.isEmpty()
                ? command
                : command.stream()
                        .map(argument -> argument.equals(now) ? file : argument)
                        .toList();
    }

    Optional<String> program() {
        return program;
    }

    /** The next worker is another program. False: it is not known which argument names it. */
    boolean upgradeTo(String file) {
        String now = program.orElse("");
        if (now.isEmpty() || !command.contains(now)) {
            return false;
        }
        before = new WorkerCommand(command, program);
        command = with(command, program, file);
        program = Optional.of(file);
        return true;
    }

    /** It serves: there is no way back any more. */
    void served() {
        before = null;
    }

    /** False: no upgrade was under way. */
    boolean goBack() {
        WorkerCommand old = before;
        if (old == null) {
            return false;
        }
        command = old.command;
        program = old.program;
        before = null;
        return true;
    }
}
