package io.steadyline.websocket.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class TwiMLTest {

    private static final String BEGIN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    @Test
    void shouldConnectAndComeBack() {
        String twiml = TwiML.connect("wss://gw/m", Map.of("tenant", "acme", "a", "1"), "https://gw/v?resume=1&x=2");
        assertThat(twiml)
                .isEqualTo(BEGIN + "<Response><Connect><Stream url=\"wss://gw/m\"><Parameter name=\"a\" value=\"1\"/>"
                        + "<Parameter name=\"tenant\" value=\"acme\"/></Stream></Connect>"
                        + "<Redirect method=\"POST\">https://gw/v?resume=1&amp;x=2</Redirect></Response>\n");
    }

    @Test
    void shouldListenAndGoOn() {
        assertThat(TwiML.listen("wss://gw/l", Map.of(), "https://flow/next"))
                .isEqualTo(BEGIN + "<Response><Start><Stream url=\"wss://gw/l\" track=\"both_tracks\"></Stream></Start>"
                        + "<Redirect method=\"POST\">https://flow/next</Redirect></Response>\n");
    }

    @Test
    void shouldHangUpWithOrWithoutAWord() {
        assertThat(TwiML.hangUp()).isEqualTo(BEGIN + "<Response><Hangup/></Response>\n");
        assertThat(TwiML.farewell("We'll call <you>."))
                .isEqualTo(BEGIN + "<Response><Say>We&apos;ll call &lt;you&gt;.</Say><Hangup/></Response>\n");
    }

    @ParameterizedTest
    @CsvSource({"v,494,true", "v,495,false"})
    void shouldKeepToTheProvidersLimitOfParameters(String filling, int chars, boolean fits) {
        Map<String, String> parameters = Map.of("token", filling.repeat(chars));
        if (fits) {
            assertThat(TwiML.connect("wss://gw", parameters, "https://gw")).contains("name=\"token\"");
        } else {
            assertThatThrownBy(() -> TwiML.connect("wss://gw", parameters, "https://gw"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("parameter 'token': 500 characters with its value (expected: a name, and at most 499)");
        }
    }

    @Test
    void shouldBeReadBackAsItWasWhateverTheText() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String text = text(random);
            String expected = printable(text);
            Element response = parsed(TwiML.connect("wss://gw/" + text, Map.of("n", text), "https://gw/" + text));
            Element stream = (Element) response.getElementsByTagName("Stream").item(0);
            Element parameter =
                    (Element) stream.getElementsByTagName("Parameter").item(0);
            assertThat(stream.getAttribute("url")).as("seed %d", seed).isEqualTo("wss://gw/" + expected);
            assertThat(parameter.getAttribute("value")).as("seed %d", seed).isEqualTo(expected);
            assertThat(response.getElementsByTagName("Redirect").item(0).getTextContent())
                    .as("seed %d", seed)
                    .isEqualTo("https://gw/" + expected);
        }
    }

    @Test
    void shouldLeaveOutWhatXmlCannotHold() {
        assertThat(TwiML.escaped("a\0b\tc\nd\u007fe\u0085f\ud800g\udc00h\ufffei\uffffj😀"))
                .isEqualTo("abcdefghij😀");
        assertThat(TwiML.escaped("<&>\"']]>")).isEqualTo("&lt;&amp;&gt;&quot;&apos;]]&gt;");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(60); n > 0; n--) {
            text.append(
                    random.nextBoolean()
                            ? "<>&\"'\0\n\t]/é".charAt(random.nextInt(11))
                            : (char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    private static String printable(String text) {
        return text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .filter(c -> c != 0xFFFE && c != 0xFFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Element parsed(String twiml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(twiml)));
        return document.getDocumentElement();
    }
}
