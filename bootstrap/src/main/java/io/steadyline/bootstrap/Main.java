package io.steadyline.bootstrap;

import io.steadyline.bootstrap.cli.SteadylineCommand;

/** Entry of the process. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(SteadylineCommand.execute(args));
    }
}
