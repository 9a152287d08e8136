package io.steadyline.journal.custody;

import io.steadyline.posix.PosixException;
import io.steadyline.posix.Sockets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Messages to systemd by the protocol of sd_notify(3). Any thread; never waits. */
final class SdNotify {

    static final String VARIABLE = "NOTIFY_SOCKET";

    private final PostBox box;

    private SdNotify(int socket, String address) {
        this.box = new PostBox(
                "systemd-post", (bytes, descriptor, wait) -> Sockets.sendTo(socket, address, bytes, descriptor, wait));
    }

    /** Empty: systemd does not listen, or at an address of another kind (vsock). */
    static Optional<SdNotify> of(Map<String, String> environment) throws NoCustodyException {
        String address = environment.getOrDefault(VARIABLE, "");
        if (!address.startsWith("/") && !address.startsWith("@")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SdNotify(Sockets.datagram(), address));
        } catch (PosixException failed) {
            throw new NoCustodyException(failed.getMessage());
        }
    }

    /** False: it was not taken. */
    boolean say(String message) {
        return box.post(message.getBytes(StandardCharsets.UTF_8), -1);
    }

    boolean say(String message, int descriptor) {
        return box.post(message.getBytes(StandardCharsets.UTF_8), descriptor);
    }

    /** Counts a message that cannot even be made. */
    void refuse(String why) {
        box.refuse(why);
    }

    long failures() {
        return box.failures();
    }
}
