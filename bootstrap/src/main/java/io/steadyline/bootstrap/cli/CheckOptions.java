package io.steadyline.bootstrap.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the check's call goes. */
final class CheckOptions {

    @Option(
            names = "--seconds",
            defaultValue = "7",
            description = "Length of the call, 3 to 120 (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--speech", paramLabel = "FILE", description = "What the caller says; default: the bundled voice.")
    private @Nullable Path speech;

    @Option(names = "--record", paramLabel = "FILE", description = "Write what the caller heard to this WAV file.")
    private @Nullable Path record;

    @Option(
            names = "--auth-token-file",
            paramLabel = "FILE",
            description = "Sign the upgrade as the provider does, with the auth token in this file.")
    private @Nullable Path authTokenFile;

    @Option(
            names = "--signed-url",
            paramLabel = "URL",
            description = "Public wss:// URL that the signature is made for; default: the URL that is called.")
    private @Nullable String signedUrl;

    int seconds() {
        if (seconds < 3 || seconds > 120) {
            throw new UsageFailure("--seconds: " + seconds + " (expected: 3 to 120)");
        }
        return seconds;
    }

    @Nullable
    Path speech() {
        return speech;
    }

    @Nullable
    Path record() {
        return record;
    }

    @Nullable
    Path authTokenFile() {
        return authTokenFile;
    }

    @Nullable
    String signedUrl() {
        return signedUrl;
    }
}
