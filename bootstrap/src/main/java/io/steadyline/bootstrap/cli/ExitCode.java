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

    /** {@code serve} chose to end rather than to live on as a ruin (EX_SOFTWARE). */
    public static final int OWN_DECISION = 70;
    /** {@code serve --keep-calls}: the worker died too often in a short time. */
    public static final int GAVE_UP = 71;
    /** {@code serve} has handed its calls to the next worker (EX_TEMPFAIL); seen by the keeper only. */
    public static final int HANDED_OVER = 75;

    private ExitCode() {}
}
