package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.ScriptedServer.Frame;
import io.steadyline.simulator.TrafficReport.Reaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedTrafficTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int KINDS = Mutation.Kind.values().length;

    private static List<String> sample(long seed) {
        MalformedTraffic traffic = MalformedTraffic.seeded(seed);
        return IntStream.range(0, 10 * KINDS)
                .mapToObj(number -> traffic.mutation(number, "CA1", "MZ1").toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void shouldGiveTheSameForTheSameSeed(long seed) {
        assertThat(sample(seed)).as("seed %d", seed).isEqualTo(sample(seed)).isNotEqualTo(sample(seed + 1));
    }

    @Test
    void shouldComeInAllKinds() {
        Set<Mutation.Kind> kinds = EnumSet.noneOf(Mutation.Kind.class);
        MalformedTraffic traffic = MalformedTraffic.seeded(3);
        for (int number = 0; number < KINDS; number++) {
            Mutation mutation = traffic.mutation(number, "CA1", "MZ1");
            kinds.add(mutation.kind());
            assertThat(mutation.parts()).as("%s", mutation).isNotEmpty();
        }
        assertThat(kinds).hasSize(KINDS);
    }

    @Test
    void shouldStayOnItsSocketWhileTheServerIgnoresIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(MalformedTrafficTest::answerPings)) {
            TrafficReport report = MalformedTraffic.seeded(5).run(server.uri(), 3 * KINDS, 2, LIMIT);
            assertThat(report.count(Reaction.IGNORED)).as(report.text()).isEqualTo(3L * KINDS);
            assertThat(report.replies())
                    .extracting(reply -> reply.mutation().number())
                    .isSorted();
            assertThat(report.text()).startsWith("seed 5, " + 3 * KINDS + " mutations\n");
            assertThat(report.suspicious()).isEmpty();
        }
    }

    @Test
    void shouldReportTheCodeAndConnectAgainWhenTheServerCloses() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            while (peer.read().opcode() != 9) {
                // until the ping behind the mutation
            }
            peer.close(1008, "policy");
        })) {
            TrafficReport report = MalformedTraffic.seeded(6).run(server.uri(), KINDS, 3, LIMIT);
            assertThat(report.replies())
                    .allMatch(reply -> reply.reaction() == Reaction.CLOSED
                            && reply.closeCode().equals(OptionalInt.of(1008))
                            && reply.detail().equals("policy"));
        }
    }

    @Test
    void shouldTellSilenceAndAMissingServerApart() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.Peer::readUntilClose)) {
            TrafficReport report = MalformedTraffic.seeded(7).run(server.uri(), 1, 1, Duration.ofSeconds(2));
            assertThat(report.count(Reaction.SILENT)).isOne();
        }
        try (ScriptedServer server = ScriptedServer.refusing("HTTP/1.1 503 Busy\r\n\r\n")) {
            TrafficReport report = MalformedTraffic.seeded(7).run(server.uri(), 2, 1, LIMIT);
            assertThat(report.count(Reaction.UNREACHABLE)).isEqualTo(2);
            assertThat(report.replies().getFirst().detail()).isEqualTo("upgrade refused: HTTP/1.1 503 Busy");
        }
    }

    private static void answerPings(ScriptedServer.Peer peer) throws IOException {
        while (true) {
            Frame frame = peer.read();
            if (frame.opcode() == 9 && !frame.text().equals("h")) {
                peer.frame(0x8A, frame.text().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }
}
