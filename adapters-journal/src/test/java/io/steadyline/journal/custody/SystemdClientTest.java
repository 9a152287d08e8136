package io.steadyline.journal.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.posix.Processes;
import io.steadyline.posix.Signals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The client of systemd against a stand-in for it, and a worker whose sockets it carries over a kill. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SystemdClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private StoreStandIn store;
    /** Pid; 0: none runs. */
    private int worker;

    @BeforeEach
    void startStore() throws IOException {
        // A temporary directory may be longer than the path of a socket: hence the abstract name.
        store = new StoreStandIn("@steadyline-test-" + new Random().nextLong());
    }

    @AfterEach
    void stopStore() throws Exception {
        if (worker != 0) {
            end();
        }
        store.stop();
    }

    @Nested
    class WhatItSays {

        @Test
        void shouldStoreUnderANameAndRemoveIt() throws Exception {
            try (ServerSocketChannel socket =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                Custody custody =
                        Custody.connect(Map.of("NOTIFY_SOCKET", store.address(), SystemdClient.STORE_VARIABLE, "true"));
                assertThat(custody.sentence())
                        .isEqualTo("calls survive a worker restart: yes (systemd, as far as known)");
                assertThat(custody.holder().name()).isEqualTo("systemd");
                assertThat(custody.holder().hold("call-1-CA9", Channels.descriptor(socket)))
                        .isTrue();
                custody.ready();
                custody.status("2 calls\nREADY=0");
                custody.holder().drop("call-1-CA9");
                custody.watchdog();
                custody.stopping();
                await().atMost(PATIENCE).until(() -> store.messages().size() == 6);
                assertThat(store.messages())
                        .containsExactly(
                                "FDSTORE=1\nFDNAME=call-1-CA9\nFDPOLL=0",
                                "READY=1",
                                "STATUS=2 calls READY=0",
                                "FDSTOREREMOVE=1\nFDNAME=call-1-CA9",
                                "WATCHDOG=1",
                                "STOPPING=1");
                assertThat(custody.failures()).isZero();
            }
        }

        @Test
        void shouldRefuseANameThatSystemdWouldNotTake() {
            Custody custody =
                    Custody.connect(Map.of("NOTIFY_SOCKET", store.address(), SystemdClient.STORE_VARIABLE, "true"));
            assertThat(custody.holder().hold("call:1", 0)).isFalse();
            assertThat(custody.holder().hold("ümlaut", 0)).isFalse();
            assertThat(custody.failures()).isEqualTo(2);
        }

        @Test
        void shouldSpeakToASocketWithAPath() throws Exception {
            Path path = Files.createTempDirectory("sd").resolve("n");
            StoreStandIn other = new StoreStandIn(path.toString());
            Custody.connect(Map.of("NOTIFY_SOCKET", path.toString())).ready();
            await().atMost(PATIENCE).until(() -> other.messages().contains("READY=1"));
            other.stop();
            Files.delete(path);
            Files.delete(path.getParent());
        }

        @Test
        void shouldCountWhatNobodyTakes() {
            Custody custody =
                    Custody.connect(Map.of("NOTIFY_SOCKET", "/no/such/socket", SystemdClient.STORE_VARIABLE, "true"));
            custody.ready();
            assertThat(custody.failures()).isEqualTo(1);
        }
    }

    @Nested
    class WhetherThereIsAStore {

        @Test
        void shouldNotBePromisedWithoutAWord() {
            Custody custody = Custody.connect(Map.of("NOTIFY_SOCKET", store.address()));
            assertThat(custody.sentence()).startsWith("calls survive a worker restart: no (systemd's unit");
            assertThat(custody.holder().holds()).isFalse();
            assertThat(custody.holder().hold("call-1", 0)).isFalse();
        }

        @Test
        void shouldBeKnownFromANewerSystemd() {
            assertThat(Custody.connect(Map.of("NOTIFY_SOCKET", store.address(), "FDSTORE", "512"))
                            .holder()
                            .holds())
                    .isTrue();
        }

        @Test
        void shouldBeNobodyWhereNobodyIs() {
            Custody custody = Custody.connect(Map.of());
            assertThat(custody.sentence())
                    .isEqualTo("calls survive a worker restart: no (neither a keeper nor systemd started this worker)");
            assertThat(custody.held()).isEmpty();
            assertThat(custody.upgrade(Optional.empty())).isFalse();
        }

        @Test
        void shouldLeaveDescriptorsOfAnotherProcessAlone() {
            Custody custody =
                    Custody.connect(Map.of("NOTIFY_SOCKET", store.address(), "LISTEN_PID", "1", "LISTEN_FDS", "5"));
            assertThat(custody.held()).isEmpty();
        }

        @Test
        void shouldFallBackFromAKeeperThatIsNone() {
            Custody custody = Custody.connect(Map.of(
                    "STEADYLINE_KEEPER_FD",
                    "0",
                    "STEADYLINE_KEEPER_PID",
                    "1",
                    "NOTIFY_SOCKET",
                    store.address(),
                    SystemdClient.STORE_VARIABLE,
                    "true"));
            assertThat(custody.holder().name()).isEqualTo("systemd");
        }
    }

    @Test
    void shouldCarryCallsOverTwoKills() throws Exception {
        start();
        try (EchoClients clients = new EchoClients()) {
            clients.connect(10, Integer.parseInt(fact("port")));
            clients.send();
            clients.receive();
            for (int kill = 0; kill < 2; kill++) {
                end();
                clients.send();
                start();
                assertThat(fact("adopted")).isEqualTo("10");
                assertThat(fact("sentence")).endsWith("yes (systemd, as far as known)");
                clients.receive();
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(store.stored()).containsOnlyKeys("listen"));
    }

    /** Returns when it serves. */
    private void start() throws IOException {
        int pid = store.start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EchoWorker.class.getName(),
                directory.toString()));
        worker = pid;
        await().atMost(PATIENCE)
                .until(() ->
                        Files.exists(directory.resolve("pid")) && fact("pid").equals(Integer.toString(pid)));
    }

    private void end() throws IOException {
        Processes.kill(worker, Signals.SIGKILL);
        Processes.reap(worker);
        worker = 0;
    }

    private String fact(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
