package io.steadyline.bootstrap;

import io.steadyline.bootstrap.cli.DirectServe;
import io.steadyline.bootstrap.cli.SteadylineCommand;
import java.util.OptionalInt;

/** Entry of the process. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        OptionalInt served = DirectServe.run(args);
        if (served.isPresent()) {
            // Refused, or never called to serve: nothing is open that would have to be closed.
            Runtime.getRuntime().halt(served.getAsInt());
        }
        System.exit(SteadylineCommand.execute(args));
    }
}
