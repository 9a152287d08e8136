package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.BootEnd;
import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.UpgradeResponse;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminFailure;
import io.steadyline.grpc.client.AdminUnreachable;
import io.steadyline.signal.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replaces a running gateway by another version while its calls go on. */
@Command(
        name = "upgrade",
        description = {
            "Asks a running gateway to hand its live calls to another version, and waits until that one answers.",
            "Exit code 1: it was refused, took too long, or calls were lost on the way."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class UpgradeCommand implements Callable<Integer> {

    private static final int MAX_TIMEOUT_S = 3_600;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROGRESS = Duration.ofSeconds(1);
    private static final int MAX_TEXT_CHARS = 400;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The version that takes over, on the gateway's machine; default: the installed one.")
    private @Nullable Path jar;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for the other version, 1 to 3600 (default: ${DEFAULT-VALUE}).")
    private int timeoutS;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private AdminOptions admin;

    @Override
    public Integer call() throws InterruptedException {
        if (timeoutS < 1 || timeoutS > MAX_TIMEOUT_S) {
            throw new UsageFailure("--timeout: " + timeoutS + " (expected: 1 to " + MAX_TIMEOUT_S + ")");
        }
        GetServerInfoResponse before;
        try (AdminClient client = admin.connect()) {
            before = client.serverInfo();
            say(
                    "before: %s, live calls: %d, they outlive the process: %s",
                    who(before), before.getLiveCalls(), safe(before.getCallsSurvive()));
            UpgradeResponse answer = client.upgrade(Optional.ofNullable(jar)
                    .map(file -> file.toAbsolutePath().normalize().toString()));
            if (!answer.getAccepted()) {
                throw new CommandFailure("upgrade refused: " + safe(answer.getReason()));
            }
            say("accepted: %s", safe(answer.getReason()));
        }
        long askedNs = System.nanoTime();
        GetServerInfoResponse after = awaitAnother(before, askedNs);
        say(
                "after:  %s, live calls: %d, ready after %.1f s",
                who(after), after.getLiveCalls(), (System.nanoTime() - askedNs) / 1e9);
        return calls(before);
    }

    private GetServerInfoResponse awaitAnother(GetServerInfoResponse before, long askedNs) throws InterruptedException {
        long deadlineNs = askedNs + Duration.ofSeconds(timeoutS).toNanos();
        long progressDueNs = askedNs + PROGRESS.toNanos();
        while (true) {
            Optional<GetServerInfoResponse> seen = look();
            if (seen.isPresent() && !seen.get().getBootId().equals(before.getBootId())) {
                return seen.get();
            }
            String state = seen.isPresent() ? "boot " + before.getBootNumber() + " still answers" : "nobody answers";
            long nowNs = System.nanoTime();
            if (nowNs - deadlineNs >= 0) {
                throw new CommandFailure("upgrade: no other boot within " + timeoutS + " s, " + state
                        + " (expected: the new version; the gateway's log says more)");
            }
            if (nowNs - progressDueNs >= 0) {
                say("  %d s: %s", (nowNs - askedNs) / 1_000_000_000, state);
                progressDueNs += PROGRESS.toNanos();
            }
            Thread.sleep(POLL);
        }
    }

    /** A connection of its own: one that was lost would be tried again ever more rarely. Empty: nobody answers. */
    private Optional<GetServerInfoResponse> look() {
        try (AdminClient client = admin.connect()) {
            return Optional.of(client.serverInfo());
        } catch (AdminUnreachable betweenTwo) {
            return Optional.empty();
        }
    }

    /** What the new boot says of the calls of the old one. */
    private int calls(GetServerInfoResponse before) {
        BootEnd end;
        try (AdminClient client = admin.connect()) {
            end = client.boot(before.getBootId()).getBoot().getEnd();
        } catch (AdminFailure unknown) {
            if (!unknown.reason().equals("UNKNOWN_BOOT")) {
                throw unknown;
            }
            say("calls:  what became of them was not recorded");
            return ExitCode.OK;
        }
        say("boot %d ended: %s", before.getBootNumber(), safe(end.getSentence()));
        say("calls:  %d kept, %d closed, %d cut", end.getCallsAdopted(), end.getCallsClosed(), end.getCallsCut());
        return end.getCallsClosed() + end.getCallsCut() == 0 ? ExitCode.OK : ExitCode.NO_GO;
    }

    private static String who(GetServerInfoResponse info) {
        return "version " + safe(info.getVersion()) + " (" + safe(info.getAppSha()) + "), boot " + info.getBootNumber()
                + " (" + safe(info.getBootId()) + ")";
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    private static String safe(String text) {
        return Printable.of(text, MAX_TEXT_CHARS);
    }
}
