package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortHolderTest {

    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid" + "  timeout inode\n";

    @Nested
    class OnThisMachine {

        @Test
        void shouldNameTheProcessThatListens() throws Exception {
            try (ChildJvm child = ChildJvm.start(GuardChild.class)) {
                assertThat(child.answer()).isEqualTo("ready");
                int port = Integer.parseInt(child.ask("listen"));

                assertThat(new PortHolder().explain(port).orElseThrow())
                        .startsWith("port " + port + " is held by pid " + child.pid() + " (")
                        .contains("java", ", started 20", ", cwd /", ", child of java <- ")
                        .endsWith(")");
            }
        }

        @Test
        void shouldSayWhenItIsThisProcess() throws IOException {
            try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                assertThat(new PortHolder().explain(own.getLocalPort()).orElseThrow())
                        .endsWith("is held by this process itself (pid "
                                + ProcessHandle.current().pid() + ")");
            }
        }

        @Test
        void shouldSayNothingOfAFreePort() throws IOException {
            int free;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }

            assertThat(new PortHolder().explain(free)).isEmpty();
        }
    }

    @Nested
    class ByTables {

        @TempDir
        Path temp;

        private FakeProc proc;

        @BeforeEach
        void setUp() throws IOException {
            proc = new FakeProc(temp);
            proc.process(1, 0, "init", "/sbin/init");
            proc.process(50, 1, "bash", "bash");
            proc.process(77, 50, "python3", "python3", "-m", "http.server");
        }

        private String explain() {
            return new PortHolder(proc.processes(), Duration.ofSeconds(20))
                    .explain(5000)
                    .orElse("nothing");
        }

        private static String row(String local, String state, long inode) {
            return "   0: " + local + " 00000000:0000 " + state
                    + " 00000000:00000000 00:00000000 00000000  1000        0 " + inode + " 1 0 100 0 0 10 0\n";
        }

        @Test
        void shouldTellCommandStartAndParents() throws IOException {
            proc.file("net/tcp", HEAD + row("0100007F:1388", "0A", 42));
            proc.socket(77, 42);

            assertThat(explain())
                    .isEqualTo("port 5000 is held by pid 77 (python3 -m http.server, started 1970-01-12 13:47:30Z, "
                            + "child of bash <- init)");
        }

        @Test
        void shouldFindAListenerOfTheOtherFamily() throws IOException {
            proc.file("net/tcp", HEAD + row("0100007F:1389", "0A", 41));
            proc.file("net/tcp6", HEAD + row("00000000000000000000000000000000:1388", "0A", 42));
            proc.socket(77, 42);

            assertThat(explain()).contains("held by pid 77 (");
        }

        @Test
        void shouldPreferTheListenerToItsConnections() throws IOException {
            proc.file("net/tcp", HEAD + row("0100007F:1388", "01", 43) + row("0100007F:1388", "0A", 42));
            proc.socket(50, 43);
            proc.socket(77, 42);

            assertThat(explain()).contains("held by pid 77 (").doesNotContain("pid 50");
        }

        @Test
        void shouldTellOfAConnectionThatTakesThePort() throws IOException {
            proc.file("net/tcp", HEAD + row("0100007F:1388", "01", 42));
            proc.socket(77, 42);

            assertThat(explain()).contains("pid 77").endsWith("it is the near end of a connection");
        }

        @Test
        void shouldNameTheUserOfAHolderThatIsNotToBeSeen() throws IOException {
            proc.file("net/tcp", HEAD + row("0100007F:1388", "0A", 42));

            assertThat(explain())
                    .isEqualTo("port 5000 is held by a process of user id 1000, which cannot be seen from here "
                            + "(another container?)");
        }

        @Test
        void shouldTellOfConnectionsThatAreOver() throws IOException {
            proc.file("net/tcp", HEAD + row("0100007F:1388", "06", 0));

            assertThat(explain()).contains("closed connections that the kernel has not forgotten yet");
        }

        @Test
        void shouldEndItsSearchInTime() throws IOException {
            proc.file("net/tcp", HEAD + row("0100007F:1388", "0A", 42));
            proc.socket(77, 42);

            assertThat(new PortHolder(proc.processes(), Duration.ofNanos(-1)).explain(5000))
                    .contains("port 5000 is held by a process of user id 1000 that was not found within 0 ms");
        }

        @Test
        void shouldSayNothingWithoutTables() {
            assertThat(explain()).isEqualTo("nothing");
        }
    }
}
