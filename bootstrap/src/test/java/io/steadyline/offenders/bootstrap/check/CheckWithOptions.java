package io.steadyline.offenders.bootstrap.check;

import picocli.CommandLine.Option;

/** Command line options outside the command line. */
public final class CheckWithOptions {
    @Option(names = "--seconds")
    int seconds;
}
