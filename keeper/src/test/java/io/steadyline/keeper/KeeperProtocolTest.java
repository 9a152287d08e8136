package io.steadyline.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.keeper.KeeperMessage.Drop;
import io.steadyline.keeper.KeeperMessage.End;
import io.steadyline.keeper.KeeperMessage.Ended;
import io.steadyline.keeper.KeeperMessage.Give;
import io.steadyline.keeper.KeeperMessage.Hello;
import io.steadyline.keeper.KeeperMessage.Hold;
import io.steadyline.keeper.KeeperMessage.OtherVersion;
import io.steadyline.keeper.KeeperMessage.Prepare;
import io.steadyline.keeper.KeeperMessage.Prepared;
import io.steadyline.keeper.KeeperMessage.Ready;
import io.steadyline.keeper.KeeperMessage.Stopping;
import io.steadyline.keeper.KeeperMessage.Upgrade;
import io.steadyline.keeper.KeeperMessage.Welcome;
import io.steadyline.posix.ExitStatus;
import java.net.ProtocolException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeeperProtocolTest {

    private static final Obituary OBITUARY = new Obituary(
            7,
            4321,
            ExitStatus.killedBy(9),
            Instant.ofEpochMilli(0x0000_0199_0000_0001L),
            Instant.ofEpochMilli(0x0000_0199_0000_0002L),
            Obituary.Asked.UPGRADE,
            Instant.ofEpochMilli(0x0000_0199_0000_0003L),
            15,
            true,
            true,
            1,
            157286400,
            157286399,
            3,
            21);

    /** Message; the first 12 bytes; the name; the rest. A keeper in the field speaks exactly these. */
    static Stream<Arguments> packets() {
        return Stream.of(
                Arguments.of(new Hello(4321), "534c4b50 0001 0001 0000 0008", "", "00000000000010e1"),
                Arguments.of(new Hold("call-3-CA1"), "534c4b50 0001 0002 000a 0000", "63616c6c2d332d434131", ""),
                Arguments.of(new Drop("listen"), "534c4b50 0001 0003 0006 0000", "6c697374656e", ""),
                Arguments.of(new Ready(), "534c4b50 0001 0004 0000 0000", "", ""),
                Arguments.of(new Upgrade("/a.jar"), "534c4b50 0001 0005 0000 0006", "", "2f612e6a6172"),
                Arguments.of(new Upgrade(""), "534c4b50 0001 0005 0000 0000", "", ""),
                Arguments.of(new Stopping(), "534c4b50 0001 0006 0000 0000", "", ""),
                Arguments.of(new Prepare("/a.jar"), "534c4b50 0001 0007 0000 0006", "", "2f612e6a6172"),
                Arguments.of(new Welcome(2, 4320), "534c4b50 0001 0041 0000 000c", "", "00000002 00000000000010e0"),
                Arguments.of(
                        new Ended(OBITUARY),
                        "534c4b50 0001 0042 0000 0051",
                        "",
                        "00000007 00000000000010e1 00000009 0000019900000001 0000019900000002 02 0000019900000003"
                                + " 0000000f 0003 0000 0000000000000001 0000000009600000 00000000095fffff 00000003"
                                + " 00000015"),
                Arguments.of(new Give("é"), "534c4b50 0001 0043 0002 0000", "c3a9", ""),
                Arguments.of(new End(21), "534c4b50 0001 0044 0000 0008", "", "0000000000000015"),
                Arguments.of(new Prepared("no"), "534c4b50 0001 0045 0000 0002", "", "6e6f"));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void shouldHaveTheBytesOfVersionOne(KeeperMessage message, String head, String name, String rest)
            throws ProtocolException {
        byte[] expected = new byte[1024];
        put(head, expected, 0);
        put(name, expected, 12);
        put(rest, expected, 212);
        assertThat(KeeperProtocol.encode(message)).isEqualTo(expected);
        assertThat(KeeperProtocol.decode(expected)).isEqualTo(message);
    }

    private static void put(String hex, byte[] into, int at) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }

    @Nested
    class WhenThePacketIsNotOfThisVersion {

        @Test
        void shouldTellTheVersionAndNothingElse() throws ProtocolException {
            byte[] packet = KeeperProtocol.encode(new Hello(1));
            packet[5] = 2;
            Arrays.fill(packet, 6, packet.length, (byte) 0xff);
            assertThat(KeeperProtocol.decode(packet)).isEqualTo(new OtherVersion(2));
        }

        @Test
        void shouldNeverSpeakForIt() {
            assertThatThrownBy(() -> KeeperProtocol.encode(new OtherVersion(2)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenThePacketIsBroken {

        @Test
        void shouldRefuseAnotherLength() {
            assertThatThrownBy(() -> KeeperProtocol.decode(new byte[1023]))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("keeper packet of 1023 bytes (expected: 1024)");
        }

        @Test
        void shouldRefuseAnUnknownType() {
            byte[] packet = KeeperProtocol.encode(new Ready());
            packet[7] = 99;
            assertThatThrownBy(() -> KeeperProtocol.decode(packet)).hasMessageContaining("type 99");
        }

        @Test
        void shouldRefuseAShortenedRest() {
            byte[] packet = KeeperProtocol.encode(new Hello(1));
            packet[11] = 7;
            assertThatThrownBy(() -> KeeperProtocol.decode(packet)).isInstanceOf(ProtocolException.class);
        }

        @Test
        void shouldRefuseOrDecodeWhateverTheBytesAre() {
            long seed = new Random().nextLong();
            Random random = new Random(seed);
            byte[] whole = KeeperProtocol.encode(new Ended(OBITUARY));
            for (int i = 0; i < 2000; i++) {
                byte[] packet = whole.clone();
                packet[6 + random.nextInt(6)] = (byte) random.nextInt();
                packet[212 + random.nextInt(90)] = (byte) random.nextInt();
                try {
                    assertThat(KeeperProtocol.decode(packet)).isNotNull();
                } catch (ProtocolException refused) {
                    assertThat(refused).as("seed " + seed).hasMessageContaining("expected");
                }
            }
        }
    }

    @Nested
    class WhenAMessageDoesNotFit {

        @Test
        void shouldTakeANameOf200Bytes() throws ProtocolException {
            Hold hold = new Hold("n".repeat(200));
            assertThat(KeeperProtocol.decode(KeeperProtocol.encode(hold))).isEqualTo(hold);
        }

        @Test
        void shouldRefuseANameOf201BytesAndNone() {
            assertThatThrownBy(() -> KeeperProtocol.encode(new Hold("n".repeat(201))))
                    .hasMessage("socket name of 201 bytes (expected: at most 200)");
            assertThatThrownBy(() -> KeeperProtocol.encode(new Drop(""))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void shouldRefuseAPathThatIsTooLong() {
            assertThatThrownBy(() -> KeeperProtocol.encode(new Upgrade("/" + "p".repeat(812))))
                    .hasMessage("path of 813 bytes (expected: at most 812)");
        }
    }
}
