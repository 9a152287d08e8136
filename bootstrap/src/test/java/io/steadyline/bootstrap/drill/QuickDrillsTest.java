package io.steadyline.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drills that take a few seconds. The launcher is a script that starts what is being tested, for there is no jar yet. */
class QuickDrillsTest {

    @TempDir
    private Path directory;

    private Path launcher;

    @BeforeEach
    void writeLauncher() throws Exception {
        launcher = directory.resolve("steadyline");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(launcher, """
            #!/bin/sh
            exec '%s' -Xmx256m -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
            --sun-misc-unsafe-memory-access=allow -cp '%s' %s "$@"
            """.formatted(java, System.getProperty("java.class.path"), Main.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGNATURES", "LOG_INJECTION", "RELOADER", "UNCAUGHT"})
    void shouldBeAsItHasToBe(Drill drill) throws Exception {
        try (DrillContext context =
                DrillContext.in(launcher, Files.createDirectory(directory.resolve("run")), 2, 1, "", _ -> {})) {
            DrillResult result = drill.run(context);
            assertThat(result.seen()).isNotBlank();
            assertThat(result.lost()).isNotBlank();
        }
    }
}
