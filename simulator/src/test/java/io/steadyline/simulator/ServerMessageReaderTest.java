package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.ws.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerMessageReaderTest {

    private final ServerMessageReader reader = new ServerMessageReader("MZ1");

    private ServerMessage read(String text) throws ProtocolException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID\"}}",
                "{\"media\":{\"payload\":\"AQID\"},\"streamSid\":\"MZ1\",\"event\":\"media\"}",
                "{ \"event\" : \"media\", \"streamSid\":\"MZ1\",\n\"media\":{\"payload\":\"\\u0041QID\"} }"
            })
    void shouldReadMediaInAnyShape(String text) throws ProtocolException {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        ServerMessage.Media.class,
                        media -> assertThat(media.audio()).containsExactly(1, 2, 3));
    }

    @Test
    void shouldReadMarkAndClear() throws ProtocolException {
        assertThat(read("{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"a\\\"b\"}}"))
                .isEqualTo(new ServerMessage.Mark("a\"b"));
        assertThat(read("{\"event\":\"clear\",\"streamSid\":\"MZ1\"}")).isEqualTo(new ServerMessage.Clear());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "[] | not a JSON object",
                "{\"streamSid\":\"MZ1\"} | event is missing or no string",
                "{\"event\":7} | event is missing or no string",
                "{\"event\":\"dtmf\",\"streamSid\":\"MZ1\"} | unknown event 'dtmf'",
                "{\"event\":\"clear\"} | streamSid is missing or no string",
                "{\"event\":\"clear\",\"streamSid\":\"MZ2\"} | streamSid 'MZ2' (expected: 'MZ1')",
                "{\"event\":\"clear\",\"streamSid\":\"MZ1\",\"x\":1} | unexpected field 'x'",
                "{\"event\":\"mark\",\"streamSid\":\"MZ1\"} | mark.name is missing or no string",
                "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":1}} | mark.name is missing or no string",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{}} | media.payload is missing or no string",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID\",\"track\":\"inbound\"}} |"
                        + " unexpected field 'media.track'",
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"\"}} | media.payload is empty"
            })
    void shouldNameWhatIsMalformed(String text, String why) throws ProtocolException {
        assertThat(read(text)).isEqualTo(new ServerMessage.Malformed(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"event\":\"clear\",\"streamSid\":\"MZ1\"} x",
                "{\"event\":\"clear\",\"event\":\"clear\",\"streamSid\":\"MZ1\"}"
            })
    void shouldRefuseWhatIsNotJson(String text) throws ProtocolException {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        ServerMessage.Malformed.class,
                        bad -> assertThat(bad.why()).startsWith("not JSON: "));
    }

    @Test
    void shouldSurviveDeepNesting() throws ProtocolException {
        assertThat(read("[".repeat(100_000))).isInstanceOf(ServerMessage.Malformed.class);
    }

    @Test
    void shouldNotTakeASecondFieldInsideThePayloadForAudio() throws ProtocolException {
        assertThat(read("{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID\",\"x\":\"\"}}"))
                .isInstanceOf(ServerMessage.Malformed.class);
    }
}
