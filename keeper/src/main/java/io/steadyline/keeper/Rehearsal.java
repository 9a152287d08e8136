package io.steadyline.keeper;

import io.steadyline.posix.Descriptors;
import io.steadyline.posix.Errno;
import io.steadyline.posix.ExitStatus;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Processes;
import io.steadyline.posix.Sockets;
import java.io.IOException;
import java.time.Instant;

/**
 * What the keeper does at the death of a worker, done once while the first worker starts: the Java machine loads and links
 * then what would otherwise cost the first death 20 ms.
 */
final class Rehearsal {

    private Rehearsal() {}

    static void run() {
        try {
            Sockets.Pair pair = Sockets.packetPair();
            Obituary obituary = new Obituary(
                    1,
                    1,
                    ExitStatus.killedBy(9),
                    Instant.now(),
                    Instant.now(),
                    Obituary.Asked.NO,
                    Instant.EPOCH,
                    0,
                    false,
                    false,
                    -1,
                    -1,
                    -1,
                    0,
                    0);
            byte[] packet = KeeperProtocol.encode(new KeeperMessage.Ended(obituary));
            Sockets.send(pair.one(), packet, pair.one(), true);
            Sockets.Packet back = Sockets.receive(pair.other(), packet.length);
            KeeperProtocol.decode(back.bytes());
            Descriptors.close(back.descriptor());
            Sockets.shutdown(pair.one());
            Descriptors.close(pair.one());
            Descriptors.close(pair.other());
            obituary.status().words();
            waitForNobody();
        } catch (IOException failed) {
            KeeperLog.say("rehearsal: " + failed.getMessage());
        }
    }

    /** This process is no child of its own, so that both return at once. */
    private static void waitForNobody() throws PosixException {
        int self = (int) ProcessHandle.current().pid();
        try {
            Processes.awaitEnd(self);
        } catch (PosixException expected) {
            if (!expected.is(Errno.ECHILD)) {
                throw expected;
            }
        }
        try {
            Processes.reap(self);
        } catch (PosixException expected) {
            if (!expected.is(Errno.ECHILD)) {
                throw expected;
            }
        }
    }
}
