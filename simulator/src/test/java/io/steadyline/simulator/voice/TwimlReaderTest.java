package io.steadyline.simulator.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlReaderTest {

    private static TwimlReader.Reading read(String text) {
        return new TwimlReader().read(text);
    }

    @Test
    void shouldReadTheVerbsInTheirOrder() {
        TwimlReader.Reading reading = read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <Response>
              <!-- a comment -->
              <Say language="en">Hello &amp; welcome</Say>
              <Connect action="/done">
                <Stream url="wss://gw.example.com/media" name="n"><Parameter name="a" value="&lt;1&gt;"/></Stream>
              </Connect>
              <Pause/><Pause length="7"/>
              <Redirect method="POST">https://gw.example.com/v?a=1&amp;b=2</Redirect>
              <Hangup/>
            </Response>
            """);
        assertThat(reading)
                .isInstanceOfSatisfying(
                        TwimlReader.Document.class,
                        document -> assertThat(document.verbs())
                                .containsExactly(
                                        new Verb.Say("Hello & welcome"),
                                        new Verb.Connect("wss://gw.example.com/media", Map.of("a", "<1>"), "/done"),
                                        new Verb.Pause(Duration.ofSeconds(1)),
                                        new Verb.Pause(Duration.ofSeconds(7)),
                                        new Verb.Redirect("https://gw.example.com/v?a=1&b=2"),
                                        new Verb.HangUp()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "<Response>",
                "<response/>",
                "<Response><hangup/></Response>",
                "<Response><Connect/></Response>",
                "<Response><Connect><Stream/></Connect></Response>",
                "<Response><Connect><Stream url=\"ws://a/\"><Parameters/></Stream></Connect></Response>",
                "<Response><Pause length=\"-1\"/></Response>",
                "<Response><Redirect method=\"GET\">/a</Redirect></Response>"
            })
    void shouldNotTakeAnythingElseForTwiml(String text) {
        assertThat(read(text)).isInstanceOf(TwimlReader.Unusable.class);
    }

    @Test
    void shouldRefuseADocumentType() {
        TwimlReader.Reading reading = read("<!DOCTYPE Response [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + "<Response><Say>&e;</Say></Response>");
        assertThat(reading)
                .isInstanceOfSatisfying(
                        TwimlReader.Unusable.class,
                        unusable -> assertThat(unusable.why()).contains("DOCTYPE"));
    }
}
