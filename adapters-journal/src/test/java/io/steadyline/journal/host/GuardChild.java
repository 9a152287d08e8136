package io.steadyline.journal.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that takes data directories and ports when told to. */
final class GuardChild {

    private GuardChild() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        WorkerGuard guard = null;
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("release") && guard != null) {
                guard.close();
                System.out.println("released");
            } else if (line.equals("listen")) {
                System.out.println(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()).getLocalPort());
            } else {
                Path dir = Path.of(line);
                WorkerGuard.Outcome outcome =
                        WorkerGuard.acquire(dir, OwnerDetails.ofThisProcess(dir, "boot-of-child"));
                if (outcome instanceof WorkerGuard.Acquired acquired) {
                    guard = acquired.guard();
                }
                System.out.println(
                        switch (outcome) {
                            case WorkerGuard.Acquired _ -> "acquired";
                            case WorkerGuard.HeldByOther held -> held.sentence();
                            case WorkerGuard.Unavailable none -> none.sentence();
                        });
            }
        }
    }
}
