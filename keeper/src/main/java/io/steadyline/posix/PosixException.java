package io.steadyline.posix;

import java.io.IOException;

/** A function of the kernel failed. The message names the function, its object and the error. */
public final class PosixException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String words;
    private final int errno;

    public PosixException(String what, int errno) {
        this.words = what + ": " + Errno.name(errno);
        this.errno = errno;
    }

    @Override
    public String getMessage() {
        return words;
    }

    /** See {@link Errno}. */
    public int errno() {
        return errno;
    }

    public boolean is(int number) {
        return errno == number;
    }
}
