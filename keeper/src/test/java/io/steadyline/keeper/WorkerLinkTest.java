package io.steadyline.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.keeper.KeeperMessage.Drop;
import io.steadyline.keeper.KeeperMessage.End;
import io.steadyline.keeper.KeeperMessage.Give;
import io.steadyline.keeper.KeeperMessage.Hello;
import io.steadyline.keeper.KeeperMessage.Hold;
import io.steadyline.keeper.KeeperMessage.Ready;
import io.steadyline.keeper.KeeperMessage.Upgrade;
import io.steadyline.keeper.KeeperMessage.Welcome;
import io.steadyline.posix.Descriptors;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The keeper's end of the connection against a worker that the test plays. */
@EnabledOnOs(OS.LINUX)
class WorkerLinkTest {

    private final HeldSockets held = new HeldSockets();
    private ServerSocketChannel listener;
    private int tcp;
    private int worker;
    private WorkerLink link;

    @BeforeEach
    void open() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        tcp = (int) Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal").invoke(listener);
        connect();
    }

    @AfterEach
    void close() throws IOException {
        held.closeAll();
        listener.close();
    }

    @Test
    void shouldGiveEverythingToTheNextWorkerInTheOrderOfItsComing() throws Exception {
        say(new Hold("listen"), tcp);
        say(new Hold("call-1"), tcp);
        say(new Hold("call-2"), tcp);
        say(new Drop("call-1"), -1);
        say(new Ready(), -1);
        say(new Upgrade("new.jar"), -1);
        die();
        assertThat(link.isReady()).isTrue();
        assertThat(link.upgradeFile()).isEqualTo("new.jar");

        connect();
        say(new Hello(1), -1);
        assertThat(heard()).isInstanceOf(Welcome.class);
        assertThat(heard()).isEqualTo(new Give("listen"));
        assertThat(heard()).isEqualTo(new Give("call-2"));
        assertThat(heard()).isEqualTo(new End(2));
        die();
    }

    @Test
    void shouldTakeTheLastWordsOfAWorkerThatDiedWithMessagesUnread() throws Exception {
        say(new Hello(1), -1);
        say(new Hold("call-1"), tcp);
        say(new Ready(), -1);
        die();
        assertThat(held.all()).containsOnlyKeys("call-1");
        assertThat(link.isReady()).isTrue();
    }

    @Test
    void shouldReplaceASocketOfTheSameName() throws Exception {
        say(new Hold("call-1"), tcp);
        say(new Hold("call-1"), tcp);
        die();
        assertThat(held.size()).isEqualTo(1);
    }

    @Test
    void shouldHoldNothingButTcp() throws Exception {
        Sockets.Pair unix = Sockets.packetPair();
        say(new Hold("unix"), unix.one());
        say(new Hold("nothing"), -1);
        say(new Hold("call-1"), tcp);
        die();
        assertThat(held.all()).containsOnlyKeys("call-1");
        Descriptors.close(unix.one());
        Descriptors.close(unix.other());
    }

    @Test
    void shouldLeaveOutWhatIsBrokenAndGoOn() throws Exception {
        Sockets.send(worker, new byte[10], tcp, true);
        Sockets.send(worker, KeeperProtocol.encode(new End(1)), -1, true);
        say(new Hold("call-1"), tcp);
        die();
        assertThat(held.all()).containsOnlyKeys("call-1");
    }

    @Test
    void shouldRefuseAnotherVersionAndCloseWhatNobodyCanTakeAnyMore() throws Exception {
        say(new Hold("call-1"), tcp);
        die();
        assertThat(held.size()).isEqualTo(1);

        connect();
        byte[] hello = KeeperProtocol.encode(new Hello(1));
        hello[5] = 2;
        Sockets.send(worker, hello, -1, true);
        // The worker of another version reads ours from the answer.
        assertThat(heard()).isInstanceOf(Welcome.class);
        die();
        assertThat(held.size()).isZero();
    }

    @Test
    void shouldAnswerAWorkerThatWaitsOnlyWhenItIsCalled() throws Exception {
        say(new Hold("call-1"), tcp);
        die();
        Sockets.Pair pair = Sockets.packetPair();
        worker = pair.other();
        CountDownLatch greeted = new CountDownLatch(1);
        link = new WorkerLink(pair.one(), held, greeted::countDown);
        link.start();
        assertThat(link.isWaiting()).isFalse();
        say(new Hello(1), -1);
        assertThat(greeted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(link.isWaiting()).isTrue();
        link.begin(2, null);
        assertThat(heard())
                .isInstanceOfSatisfying(
                        Welcome.class, said -> assertThat(said.generation()).isEqualTo(2));
        assertThat(heard()).isEqualTo(new Give("call-1"));
        assertThat(heard()).isEqualTo(new End(1));
        die();
    }

    @Test
    void shouldTakeBackAnUpgradeThatDoesNotHappen() throws Exception {
        say(new Ready(), -1);
        say(new Upgrade("new.jar"), -1);
        say(new Ready(), -1);
        die();
        assertThat(link.upgradeFile()).isEmpty();
        assertThat(link.upgradeAt()).isNull();
    }

    private void connect() throws PosixException {
        Sockets.Pair pair = Sockets.packetPair();
        worker = pair.other();
        link = new WorkerLink(pair.one(), held, () -> {});
        link.begin(1, null);
        link.start();
    }

    private void die() throws Exception {
        Descriptors.close(worker);
        link.finish();
    }

    private void say(KeeperMessage message, int descriptor) throws PosixException {
        Sockets.send(worker, KeeperProtocol.encode(message), descriptor, true);
    }

    private KeeperMessage heard() throws IOException {
        Sockets.Packet packet = Sockets.receive(worker, KeeperProtocol.PACKET_BYTES);
        if (packet.descriptor() >= 0) {
            Descriptors.close(packet.descriptor());
        }
        return KeeperProtocol.decode(packet.bytes());
    }
}
