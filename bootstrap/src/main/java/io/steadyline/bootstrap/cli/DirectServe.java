package io.steadyline.bootstrap.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code serve} without the command line's library, whose classes cannot go into the ahead-of-time cache and take most of a
 * second to load: with live calls waiting for the next worker, their callers would hear it. Knows the plain forms only;
 * everything else, mistakes and {@code --help} included, is the library's.
 */
public final class DirectServe {

    private static final String CONFIG = "--config";

    private DirectServe() {}

    /** The exit code; empty when the arguments are not one of the plain forms. Returns only when serving was refused. */
    public static OptionalInt run(String... args) {
        boolean isServe = false;
        boolean keepCalls = false;
        Optional<Path> config = Optional.empty();
        for (Iterator<String> rest = Arrays.asList(args).iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (argument.equals("serve") && !isServe) {
                isServe = true;
            } else if (isServe && argument.equals("--keep-calls") && !keepCalls) {
                keepCalls = true;
            } else if (isServe && argument.equals(CONFIG) && config.isEmpty() && rest.hasNext()) {
                config = Optional.of(Path.of(rest.next()));
            } else if (isServe && argument.startsWith(CONFIG + "=") && config.isEmpty()) {
                config = Optional.of(Path.of(argument.substring(CONFIG.length() + 1)));
            } else {
                return OptionalInt.empty();
            }
        }
        return isServe ? OptionalInt.of(ServeCommand.serve(config, keepCalls)) : OptionalInt.empty();
    }
}
