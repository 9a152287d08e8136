package io.steadyline.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.AudioFormat;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallFactsTest {

    @Nested
    class RecognisedTrack {

        @Test
        void shouldBeTheCallersWhenThePeerNamesNone() {
            assertThat(facts(Set.of(), Map.of()).recognisedTrack()).isEqualTo(Track.INBOUND);
        }

        @Test
        void shouldBeTheCallersWhenThePeerSendsItAlone() {
            assertThat(facts(Set.of(Track.INBOUND), Map.of()).recognisedTrack()).isEqualTo(Track.INBOUND);
        }

        @Test
        void shouldBeTheCallersWhenThePeerSendsBoth() {
            assertThat(facts(EnumSet.allOf(Track.class), Map.of()).recognisedTrack())
                    .isEqualTo(Track.INBOUND);
        }

        @Test
        void shouldBeTheOtherSidesWhenThePeerSendsOnlyThat() {
            assertThat(facts(Set.of(Track.OUTBOUND), Map.of()).recognisedTrack())
                    .isEqualTo(Track.OUTBOUND);
        }
    }

    @Nested
    class Values {

        @Test
        void shouldNotChangeWithWhatTheyWereMadeFrom() {
            Set<Track> tracks = EnumSet.of(Track.INBOUND);
            Map<String, String> parameters = new HashMap<>(Map.of("lang", "de"));
            CallFacts facts = facts(tracks, parameters);
            tracks.add(Track.OUTBOUND);
            parameters.put("lang", "en");
            assertThat(facts.tracks()).containsExactly(Track.INBOUND);
            assertThat(facts.parameters()).containsExactly(Map.entry("lang", "de"));
        }

        @Test
        void shouldRefuseAnEmptyCallId() {
            assertThatThrownBy(() -> new CallId(""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("callId: '' (expected: at least one character)");
        }

        @Test
        void shouldPrintIdsBare() {
            assertThat(new CallId("CA1")).hasToString("CA1");
            assertThat(new StreamId("MZ1")).hasToString("MZ1");
        }
    }

    @Test
    void shouldLeaveOutOneParameter() {
        CallFacts facts = facts(Set.of(), Map.of("a", "1", "b", "2"));
        assertThat(facts.withoutParameter("a")).isEqualTo(facts(Set.of(), Map.of("b", "2")));
        assertThat(facts.withoutParameter("c")).isSameAs(facts);
    }

    private static CallFacts facts(Set<Track> tracks, Map<String, String> parameters) {
        return new CallFacts(
                new CallId("CA1"),
                new StreamId("MZ1"),
                "twilio",
                "AC1",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                tracks,
                parameters);
    }
}
