package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.steadyline.bootstrap.bot.BotOptions;
import io.steadyline.bootstrap.bot.GrpcBot;
import io.steadyline.bootstrap.bot.Ledger;
import io.steadyline.bootstrap.cli.SteadylineCommand;
import io.steadyline.signal.CallEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bots as {@code ./steadyline bot} starts them, at a gateway with the shipped wiring, over sockets all the way. */
@Timeout(60)
class AttachedBotTest {

    private static final String[] GRPC = {"STEADYLINE_AGENT", "grpc"};

    @TempDir
    private Path directory;

    private static GrpcBot echo(RunningGateway gateway, String name) throws IOException {
        return GrpcBot.start(
                "127.0.0.1", gateway.grpcPort(), new BotOptions(name, true, Optional.empty(), Optional.empty()));
    }

    private static String agents(RunningGateway gateway, String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(to);
            String[] line = new String[arguments.length + 3];
            line[0] = "agents";
            System.arraycopy(arguments, 0, line, 1, arguments.length);
            line[line.length - 2] = "--admin";
            line[line.length - 1] = "127.0.0.1:" + gateway.grpcPort();
            assertThat(SteadylineCommand.execute(line)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldServeACallAndShowToOperators() throws Exception {
        try (RunningGateway gateway = RunningGateway.with(GRPC);
                RawPeer peer = RawPeer.open(gateway.media())) {
            StreamText stream = StreamText.fresh();
            peer.text(stream.start()).text(stream.media(1));
            await().atMost(RunningGateway.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(agents(gateway)).contains("waits: ").contains(stream.callSid()));
            try (GrpcBot _ = echo(gateway, "ada")) {
                await().atMost(RunningGateway.PATIENCE)
                        .untilAsserted(() -> assertThat(agents(gateway)).contains("calls 1 of"));
                peer.text(stream.media(2));
                peer.awaitSeen(message -> message.contains("\"event\":\"media\""));
                assertThat(agents(gateway))
                        .contains("bots: 1", "ada#1", "calls 1 of", "1 accepted")
                        .doesNotContain("waits: ");
                try (GrpcBot _ = echo(gateway, "bob")) {
                    await().atMost(RunningGateway.PATIENCE)
                            .untilAsserted(() -> assertThat(agents(gateway)).contains("bots: 2"));
                    assertThat(agents(gateway, "drain", "ada")).contains("drain on: 1 bots");
                    assertThat(agents(gateway, "move", stream.callSid(), "bob")).contains("is asked to take it");
                    await().atMost(RunningGateway.PATIENCE)
                            .untilAsserted(() -> assertThat(agents(gateway)).contains("bot 2 of this call"));
                    assertThat(agents(gateway)).contains("drained");
                }
            }
            peer.text(stream.stop());
            assertThat(endOf(gateway, stream).reason()).isEqualTo(CallEnd.Reason.HANG_UP);
        }
    }

    @Test
    void shouldEndACallThatNobodyTakesWithinTheLimit() throws Exception {
        try (RunningGateway gateway =
                        RunningGateway.with("STEADYLINE_AGENT", "grpc", "STEADYLINE_AGENT_WAIT_LIMIT", "300 ms");
                RawPeer peer = RawPeer.open(gateway.media())) {
            StreamText stream = StreamText.fresh();
            peer.text(stream.start()).text(stream.media(1));
            CallEnd end = endOf(gateway, stream);
            assertThat(end.reason()).isEqualTo(CallEnd.Reason.AGENT_LOST);
            assertThat(end.detail()).isEqualTo("no bot for 300 ms: no bot is registered");
            assertThat(peer.awaitClose()).isEqualTo(1000);
        }
    }

    /** The warm-up is a call of its own, and was one to the customer's bot once. */
    @Test
    void shouldNotCallTheBotBeforeThereIsACall() throws Exception {
        try (ServerSocket bot = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String url = "ws://127.0.0.1:" + bot.getLocalPort() + "/media";
            try (RunningGateway gateway =
                            RunningGateway.with("STEADYLINE_AGENT", "twilio", "STEADYLINE_AGENT_URL", url);
                    RawPeer peer = RawPeer.open(gateway.media())) {
                bot.setSoTimeout(100);
                assertThatThrownBy(bot::accept).isInstanceOf(SocketTimeoutException.class);
                bot.setSoTimeout(20_000);
                peer.text(StreamText.fresh().start());
                bot.accept().close();
            }
        }
    }

    @Test
    void shouldTalkAndKeepALedgerThatTheNextProcessGoesOnFrom() throws Exception {
        Path ledger = directory.resolve("ledger");
        BotOptions talk = new BotOptions("talk", false, Optional.of(ledger), Optional.empty());
        try (RunningGateway gateway = RunningGateway.with(GRPC);
                RawPeer peer = RawPeer.open(gateway.media())) {
            StreamText stream = StreamText.fresh();
            peer.text(stream.start()).text(stream.media(1));
            try (GrpcBot _ = GrpcBot.start("127.0.0.1", gateway.grpcPort(), talk)) {
                peer.awaitSeen(message -> message.contains("\"event\":\"media\""));
                peer.text(stream.dtmf('1'));
                await().atMost(RunningGateway.PATIENCE)
                        .untilAsserted(() -> assertThat(lines(ledger)).anyMatch(line -> line.contains("DTMF 1")));
            }
            peer.text(stream.dtmf('2'));
            try (GrpcBot _ = GrpcBot.start("127.0.0.1", gateway.grpcPort(), talk)) {
                await().atMost(RunningGateway.PATIENCE)
                        .untilAsserted(() -> assertThat(lines(ledger)).anyMatch(line -> line.contains("DTMF 2")));
            }
            assertThat(lines(ledger))
                    .filteredOn(line -> line.contains(" started new"))
                    .hasSize(1);
            assertThat(lines(ledger))
                    .filteredOn(line -> line.contains(" started resumed"))
                    .hasSize(1);
            assertThat(lines(ledger))
                    .filteredOn(line -> line.contains(" DTMF "))
                    .hasSize(2);
            assertThat(lines(ledger)).noneMatch(line -> line.contains(" gap ") || line.contains(" twice "));
        }
    }

    private static CallEnd endOf(RunningGateway gateway, StreamText stream) {
        return gateway.awaitEnd(stream.callSid()).end().orElseThrow();
    }

    private static List<String> lines(Path ledger) throws IOException {
        return Ledger.read(ledger);
    }
}
