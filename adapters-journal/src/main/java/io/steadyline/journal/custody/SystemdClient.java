package io.steadyline.journal.custody;

import io.steadyline.port.SocketHolder;
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Sockets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * systemd's descriptor store (sd_notify(3), FDSTORE=1). Systemd says since version 254 that a service has one; before, only
 * whoever wrote FileDescriptorStoreMax= into the unit knows, and says so by {@value #STORE_VARIABLE}.
 */
final class SystemdClient implements SocketHolder {

    /** "true": the unit has FileDescriptorStoreMax=. */
    static final String STORE_VARIABLE = "STEADYLINE_SYSTEMD_STORE";

    private static final Logger LOG = LoggerFactory.getLogger(SystemdClient.class);
    private static final int FIRST_FD = 3;
    private static final int MAX_NAME = 255;

    private final SdNotify systemd;
    private final boolean stores;
    private final List<Held> held;

    private SystemdClient(SdNotify systemd, boolean stores, List<Held> held) {
        this.systemd = systemd;
        this.stores = stores;
        this.held = List.copyOf(held);
    }

    /** @param pid this process's own; descriptors that are meant for another one are left alone */
    static SystemdClient connect(SdNotify systemd, Map<String, String> environment, long pid) {
        List<Held> held = given(environment, pid);
        boolean cameBack = held.stream().anyMatch(socket -> socket.socketName().startsWith("call-"));
        boolean stores = cameBack
                || positive(environment.getOrDefault("FDSTORE", ""))
                || Boolean.parseBoolean(environment.getOrDefault(STORE_VARIABLE, "false"));
        return new SystemdClient(systemd, stores, held);
    }

    /** From the store, and from a socket unit: systemd hands both over in one list. */
    List<Held> held() {
        return held;
    }

    @Override
    public String name() {
        return stores ? "systemd" : "no";
    }

    @Override
    public boolean holds() {
        return stores;
    }

    @Override
    public boolean hold(String socketName, int descriptor) {
        if (!stores || !isSafe(socketName)) {
            return false;
        }
        // FDPOLL=0: else systemd drops a socket by itself when its peer hangs up, and reads events for it until then.
        return systemd.say("FDSTORE=1\nFDNAME=" + socketName + "\nFDPOLL=0", descriptor);
    }

    @Override
    public void drop(String socketName) {
        if (stores && isSafe(socketName)) {
            systemd.say("FDSTOREREMOVE=1\nFDNAME=" + socketName);
        }
    }

    @Override
    public SocketCounts counts(int descriptor) {
        return TcpSockets.counts(descriptor);
    }

    @Override
    public void close(int descriptor) {
        TcpSockets.closeQuietly(descriptor);
    }

    /** systemd takes printable ASCII without a colon, which separates names in its answer. */
    private boolean isSafe(String name) {
        boolean isSafe = !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != ':');
        if (!isSafe) {
            systemd.refuse("socket name " + name + " (expected: 1 to " + MAX_NAME
                    + " characters of printable ASCII, no colon)");
        }
        return isSafe;
    }

    private static List<Held> given(Map<String, String> environment, long pid) {
        List<Held> given = new ArrayList<>();
        if (!environment.getOrDefault("LISTEN_PID", "").equals(Long.toString(pid))) {
            return given;
        }
        String count = environment.getOrDefault("LISTEN_FDS", "");
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        int sockets = positive(count) ? Integer.parseInt(count) : 0;
        for (int i = 0; i < sockets; i++) {
            int descriptor = FIRST_FD + i;
            String name = i < names.length && !names[i].isEmpty() ? names[i] : "unknown";
            try {
                Descriptors.closeAtExec(descriptor);
                if (Sockets.isTcp(descriptor)) {
                    given.add(new Held(name, descriptor));
                } else {
                    LOG.warn("descriptor {} ({}) of systemd is left alone: not a TCP socket", descriptor, name);
                }
            } catch (PosixException failed) {
                LOG.warn("descriptor {} ({}) of systemd is left out: {}", descriptor, name, failed.getMessage());
            }
        }
        return given;
    }

    private static boolean positive(String number) {
        return number.matches("[1-9][0-9]{0,5}");
    }
}
