package io.steadyline.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PosixTest {

    @Nested
    class PacketSockets {

        @Test
        void shouldKeepTheBordersOfPacketsAndCarryADescriptor() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            Sockets.Pair other = Sockets.packetPair();
            Sockets.send(pair.one(), bytes("first"), other.one(), true);
            Sockets.send(pair.one(), bytes("second"), -1, true);
            Sockets.Packet first = Sockets.receive(pair.other(), 100);
            Sockets.Packet second = Sockets.receive(pair.other(), 100);
            assertThat(first.bytes()).isEqualTo(bytes("first"));
            assertThat(second.bytes()).isEqualTo(bytes("second"));
            assertThat(second.descriptor()).isEqualTo(-1);

            Sockets.send(first.descriptor(), bytes("through it"), -1, true);
            assertThat(Sockets.receive(other.other(), 100).bytes()).isEqualTo(bytes("through it"));
            closeAll(pair.one(), pair.other(), other.one(), other.other(), first.descriptor());
        }

        @Test
        void shouldSayWhenThereIsNoRoomInsteadOfWaiting() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            assertThatThrownBy(() -> {
                        while (true) {
                            Sockets.send(pair.one(), new byte[1024], -1, false);
                        }
                    })
                    .isInstanceOfSatisfying(
                            PosixException.class,
                            full -> assertThat(full.is(Errno.EAGAIN)).isTrue())
                    .hasMessageContaining("sendmsg", "EAGAIN (11)");
            closeAll(pair.one(), pair.other());
        }

        @Test
        void shouldReadWhatADeadPeerHasSentAndThenTheEnd() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            Sockets.send(pair.one(), bytes("last words"), -1, true);
            closeAll(pair.one());
            assertThat(Sockets.receive(pair.other(), 100).bytes()).isEqualTo(bytes("last words"));
            assertThat(Sockets.receive(pair.other(), 100).isEnd()).isTrue();
            closeAll(pair.other());
        }

        @Test
        void shouldCutWhatIsLongerThanAskedFor() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            Sockets.send(pair.one(), new byte[11], -1, true);
            assertThat(Sockets.receive(pair.other(), 10).cut()).isTrue();
            closeAll(pair.one(), pair.other());
        }

        @Test
        void shouldGiveUpAfterTheTimeout() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            Sockets.receiveTimeout(pair.one(), 20);
            assertThatThrownBy(() -> Sockets.receive(pair.one(), 10)).hasMessageContaining("EAGAIN");
            closeAll(pair.one(), pair.other());
        }

        @Test
        void shouldKnowWhoMadeTheOtherEndAndWhatASocketIs() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            assertThat(Sockets.peer(pair.one()).pid())
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThat(Sockets.peer(pair.one()).uid()).isEqualTo(Processes.user());
            assertThat(Sockets.isPacket(pair.one())).isTrue();
            assertThat(Sockets.isTcp(pair.one())).isFalse();
            assertThat(Sockets.isTcp(0)).isFalse();
            closeAll(pair.one(), pair.other());
        }
    }

    @Nested
    class OpenFiles {

        @Test
        void shouldBeDuplicatedAndClosed() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            int copy = Descriptors.duplicate(pair.one(), 200);
            assertThat(copy).isGreaterThanOrEqualTo(200);
            closeAll(pair.one());
            assertThat(Descriptors.isOpen(copy)).isTrue();
            closeAll(copy, pair.other());
            assertThat(Descriptors.isOpen(copy)).isFalse();
            assertThatThrownBy(() -> Descriptors.close(copy)).hasMessage("close " + copy + ": EBADF (9)");
        }
    }

    @Nested
    class Children {

        @Test
        void shouldGetTheirDescriptorAndEnvironmentAndReturnTheirCode() throws PosixException {
            Sockets.Pair pair = Sockets.packetPair();
            int pid = Processes.spawn(
                    words("sh", "-c", "[ -e /proc/self/fd/3 ] && [ $WORD = yes ] && exit 42"),
                    words("WORD=yes", "PATH=" + System.getenv("PATH")),
                    Map.of(Descriptors.duplicate(pair.one(), 50), 3));
            Processes.awaitEnd(pid);
            ExitStatus status = Processes.reap(pid);
            assertThat(status.exitCode()).hasValue(42);
            assertThat(status.words()).isEqualTo("exited with 42");
            closeAll(pair.one(), pair.other());
        }

        @Test
        void shouldTellTheSignalThatKilledThem() throws PosixException {
            int pid = Processes.spawn(words("sleep", "100"), words("PATH=" + System.getenv("PATH")), Map.of());
            Processes.kill(pid, Signals.SIGKILL);
            Processes.awaitEnd(pid);
            // It is still there until its status is taken.
            Processes.kill(pid, Signals.SIGKILL);
            ExitStatus status = Processes.reap(pid);
            assertThat(status.signal()).hasValue(9);
            assertThat(status.exitCode()).isEmpty();
            assertThat(status.shellCode()).isEqualTo(137);
            assertThat(status.words()).isEqualTo("killed by signal 9 (SIGKILL)");
            assertThatThrownBy(() -> Processes.reap(pid)).hasMessageContaining("ECHILD");
        }

        @Test
        void shouldNameAProgramThatIsNotThere() {
            assertThatThrownBy(() -> Processes.spawn(words("no-such-program"), List.of(), Map.of()))
                    .hasMessage("posix_spawn: ENOENT (2)");
        }

        @Test
        void shouldKnowACoreFromTheStatus() {
            assertThat(new ExitStatus(0x8b).core()).isTrue();
            assertThat(new ExitStatus(0x8b).words()).isEqualTo("killed by signal 11 (SIGSEGV), core dumped");
            assertThat(ExitStatus.exited(3)).isEqualTo(new ExitStatus(0x300));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> words(String... all) {
        return Stream.of(all).map(PosixTest::bytes).toList();
    }

    private static void closeAll(int... descriptors) {
        Arrays.stream(descriptors).forEach(descriptor -> {
            try {
                Descriptors.close(descriptor);
            } catch (PosixException failed) {
                throw new AssertionError(failed);
            }
        });
    }
}
