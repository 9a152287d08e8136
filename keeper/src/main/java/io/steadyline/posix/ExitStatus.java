package io.steadyline.posix;

import java.util.OptionalInt;

/**
 * How a process ended, as the wait for it returned.
 *
 * @param raw the number of {@code waitpid}: the low 7 bits are the signal, bit 7 says core, bits 8 to 15 are the exit code
 */
public record ExitStatus(int raw) {

    public static ExitStatus exited(int code) {
        return new ExitStatus((code & 0xff) << 8);
    }

    public static ExitStatus killedBy(int signal) {
        return new ExitStatus(signal & 0x7f);
    }

    public OptionalInt exitCode() {
        return signalBits() == 0 ? OptionalInt.of(raw >> 8 & 0xff) : OptionalInt.empty();
    }

    public OptionalInt signal() {
        return signalBits() == 0 ? OptionalInt.empty() : OptionalInt.of(signalBits());
    }

    public boolean core() {
        return signalBits() != 0 && (raw & 0x80) != 0;
    }

    /** As a shell gives it on: the code, or 128 and the signal. */
    public int shellCode() {
        return signalBits() == 0 ? raw >> 8 & 0xff : 128 + signalBits();
    }

    /** "exited with 3", "killed by signal 9 (SIGKILL)". */
    public String words() {
        if (signalBits() == 0) {
            return "exited with " + (raw >> 8 & 0xff);
        }
        return "killed by signal " + signalBits() + " (" + Signals.name(signalBits()) + ")"
                + (core() ? ", core dumped" : "");
    }

    private int signalBits() {
        return raw & 0x7f;
    }
}
