package io.steadyline.keeper;

/** Exit codes between the worker, the keeper and whoever started the keeper; scripts rely on them. */
public final class KeeperExit {

    /** The worker was done; the keeper ends with the same. */
    public static final int DONE = 0;
    /** The keeper was called wrongly. */
    public static final int USAGE = 2;
    /** The keeper: the worker died too often, or could not be started (EX_OSERR of sysexits.h). */
    public static final int GAVE_UP = 71;
    /** The worker: it steps aside for a new one, at once and perhaps from another program file (EX_TEMPFAIL). */
    public static final int HAND_OVER = 75;
    /** The worker refused its configuration; another one would too. The keeper ends with the same (EX_CONFIG). */
    public static final int REFUSED = 78;

    private KeeperExit() {}
}
