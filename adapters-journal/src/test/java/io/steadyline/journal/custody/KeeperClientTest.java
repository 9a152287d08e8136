package io.steadyline.journal.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.steadyline.keeper.KeeperMessage;
import io.steadyline.keeper.KeeperProtocol;
import io.steadyline.port.SocketHolder.Held;
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The client against a keeper that the test plays. */
@EnabledOnOs(OS.LINUX)
class KeeperClientTest {

    private Sockets.Pair pair;
    private ServerSocketChannel socket;
    private boolean keeperClosed;

    @BeforeEach
    void open() throws IOException {
        pair = Sockets.packetPair();
        socket = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        endKeeper();
        socket.close();
    }

    @Nested
    class WhenItConnects {

        @Test
        void shouldCollectWhatIsGivenUntilTheEnd() throws Exception {
            KeeperClient client = connected(true);
            assertThat(client.held()).extracting(Held::socketName).containsExactly("listen");
            assertThat(Sockets.isTcp(client.held().getFirst().descriptor())).isTrue();
            assertThat(client.generation()).isEqualTo(3);
            assertThat(client.evidence()).isEmpty();
            assertThat(client.holds()).isTrue();
            client.close(client.held().getFirst().descriptor());
        }

        @Test
        void shouldRefuseAnotherVersionWithASentence() throws Exception {
            byte[] answer = KeeperProtocol.encode(new KeeperMessage.Welcome(1, 1));
            answer[5] = 9;
            Sockets.send(pair.one(), answer, -1, true);
            assertThatThrownBy(() -> KeeperClient.over(pair.other()))
                    .hasMessage("keeper speaks 9, expected 1: start it anew");
        }

        @Test
        void shouldRefuseAKeeperThatEndsInTheMiddle() throws Exception {
            say(new KeeperMessage.Welcome(1, 1), -1);
            endKeeper();
            assertThatThrownBy(() -> KeeperClient.over(pair.other())).isInstanceOf(NoCustodyException.class);
        }

        @Test
        void shouldNotTrustASocketThatTheParentDidNotMake() {
            assertThatThrownBy(() -> KeeperClient.connect(
                            Map.of("STEADYLINE_KEEPER_FD", "" + pair.other(), "STEADYLINE_KEEPER_PID", "1")))
                    .hasMessageContaining("the keeper is 1");
        }

        @Test
        void shouldNotTakeAnyDescriptorForAKeeper() {
            assertThatThrownBy(() ->
                            KeeperClient.connect(Map.of("STEADYLINE_KEEPER_FD", "0", "STEADYLINE_KEEPER_PID", "1")))
                    .hasMessageContaining("is not a keeper's socket");
            assertThatThrownBy(() -> KeeperClient.connect(Map.of("STEADYLINE_KEEPER_FD", "x")))
                    .hasMessageContaining("STEADYLINE_KEEPER_FD=x");
        }
    }

    @Nested
    class WhenItSpeaks {

        @Test
        void shouldGiveADuplicateAndSayTheRest() throws Exception {
            KeeperClient client = connected(false);
            assertThat(client.hold("call-1-CA", Channels.descriptor(socket))).isTrue();
            client.drop("call-1-CA");
            client.ready();
            client.upgrade(Optional.of(Path.of("new.jar")));
            client.stopping();
            Sockets.Packet hold = next();
            assertThat(KeeperProtocol.decode(hold.bytes())).isEqualTo(new KeeperMessage.Hold("call-1-CA"));
            assertThat(Sockets.isTcp(hold.descriptor())).isTrue();
            Descriptors.close(hold.descriptor());
            assertThat(heard()).isEqualTo(new KeeperMessage.Drop("call-1-CA"));
            assertThat(heard()).isEqualTo(new KeeperMessage.Ready());
            assertThat(heard()).isEqualTo(new KeeperMessage.Upgrade("new.jar"));
            assertThat(heard()).isEqualTo(new KeeperMessage.Stopping());
            assertThat(client.failures()).isZero();
        }

        @Test
        void shouldKeepTheOrderWhenTheKeeperIsSlow() throws Exception {
            KeeperClient client = connected(false);
            int descriptor = Channels.descriptor(socket);
            int most = 1000;
            for (int i = 0; i < most; i++) {
                assertThat(client.hold("call-" + i, descriptor)).isTrue();
            }
            for (int i = 0; i < most; i++) {
                Sockets.Packet packet = next();
                assertThat(KeeperProtocol.decode(packet.bytes())).isEqualTo(new KeeperMessage.Hold("call-" + i));
                assertThat(packet.descriptor()).isNotNegative();
                Descriptors.close(packet.descriptor());
            }
            assertThat(client.failures()).isZero();
        }

        @Test
        void shouldRefuseAndCountWhenTooManyWait() throws Exception {
            KeeperClient client = connected(false);
            int refused = 0;
            for (int i = 0; i < PostBox.MOST + 2000; i++) {
                client.drop("call-" + i);
            }
            refused += (int) client.failures();
            assertThat(refused).isBetween(1, 2000);
        }

        @Test
        void shouldCountANameThatDoesNotFit() throws Exception {
            KeeperClient client = connected(false);
            assertThat(client.hold("n".repeat(201), Channels.descriptor(socket)))
                    .isFalse();
            assertThat(client.failures()).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheKeeperEnds {

        @Test
        void shouldTellItOnceAndHoldNothingMore() throws Exception {
            KeeperClient client = connected(false);
            AtomicInteger told = new AtomicInteger();
            client.onLost(told::incrementAndGet);
            endKeeper();
            await().until(() -> told.get() == 1);
            assertThat(client.holds()).isFalse();
            await().until(() -> !client.hold("call-1", Channels.descriptor(socket)));
            AtomicInteger late = new AtomicInteger();
            client.onLost(late::incrementAndGet);
            assertThat(late).hasValue(1);
            assertThat(told).hasValue(1);
        }
    }

    private KeeperClient connected(boolean withListener) throws Exception {
        say(new KeeperMessage.Welcome(3, 1), -1);
        if (withListener) {
            say(new KeeperMessage.Give("listen"), Channels.descriptor(socket));
        }
        say(new KeeperMessage.End(withListener ? 1 : 0), -1);
        KeeperClient client = KeeperClient.over(pair.other());
        assertThat(heard())
                .isEqualTo(new KeeperMessage.Hello(ProcessHandle.current().pid()));
        return client;
    }

    private void say(KeeperMessage message, int descriptor) throws PosixException {
        Sockets.send(pair.one(), KeeperProtocol.encode(message), descriptor, true);
    }

    private Sockets.Packet next() throws PosixException {
        return Sockets.receive(pair.one(), 2000);
    }

    private KeeperMessage heard() throws IOException {
        return KeeperProtocol.decode(next().bytes());
    }

    private void endKeeper() throws PosixException {
        if (!keeperClosed) {
            keeperClosed = true;
            Descriptors.close(pair.one());
        }
    }
}
