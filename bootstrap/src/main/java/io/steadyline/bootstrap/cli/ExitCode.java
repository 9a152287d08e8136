package io.steadyline.bootstrap.cli;

/** What a command ends with; scripts rely on it. */
public final class ExitCode {

    /** Good, or GO. */
    public static final int OK = 0;
    /** NO-GO, or what was asked for was not possible. */
    public static final int NO_GO = 1;
    /** The command was called wrongly. */
    public static final int USAGE = 2;
    /** Refused configuration, a taken port or a second worker (EX_CONFIG of sysexits.h). */
    public static final int REFUSED = 78;

    private ExitCode() {}
}
