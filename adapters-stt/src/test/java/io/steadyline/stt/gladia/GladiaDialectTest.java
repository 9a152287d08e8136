package io.steadyline.stt.gladia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect.Garbled;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.net.URI;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GladiaDialectTest {

    private static final URI ASKED = URI.create("https://api.gladia.io/v2/live");

    private final GladiaSession session = new GladiaSession();
    private final GladiaDialect dialect = new GladiaDialect(session, 8);
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void says(String json) throws Garbled {
        dialect.onText(json.replace('\'', '"'), out, hearing);
    }

    private void transcript(String id, boolean last, String text) throws Garbled {
        says("{'type':'transcript','data':{'id':'" + id + "','is_final':" + last + ",'utterance':{'text':'" + text
                + "','start':0.5,'end':1.25}}}");
    }

    @Nested
    class Sending {

        @Test
        void shouldBeReadyAtOnceWithTheIdOfTheAnswer() throws Garbled {
            session.onAnswer("{\"id\":\"s1\",\"url\":\"wss://api.gladia.io/v2/live?token=t\"}", ASKED);
            dialect.onOpened(out, hearing);
            assertThat(hearing.lines()).containsExactly("ready s1");
        }

        @Test
        void shouldSendAudioAsItIsAndStopWithText() {
            dialect.audio(new byte[] {1, 2}, out);
            assertThat(out.binaries()).containsExactly(new byte[] {1, 2});
            dialect.endOfInput(out);
            assertThat(out.take()).containsExactly("<2 bytes>", "{\"type\":\"stop_recording\"}");
        }
    }

    @Nested
    class Transcripts {

        @Test
        void shouldBeInterimUntilTheyAreFinalAndEndTheUtterance() throws Garbled {
            transcript("a", false, " hel");
            transcript("a", false, " hel");
            transcript("a", true, " Hello.");
            transcript("a", false, " hello");
            transcript("a", true, " Hello.");
            assertThat(hearing.lines())
                    .containsExactly("interim \"hel\"", "final \"Hello.\" 500-1250 []", "utterance ended 1250");
        }

        @Test
        void shouldBeJoinedWhileSeveralAreOpen() throws Garbled {
            transcript("a", false, "one");
            transcript("b", false, "two");
            transcript("a", true, "One.");
            assertThat(hearing.lines())
                    .containsExactly(
                            "interim \"one\"",
                            "interim \"one two\"",
                            "final \"One.\" 500-1250 []",
                            "utterance ended 1250",
                            "interim \"two\"");
        }

        @Test
        void shouldBeNothingWhenTheyAreEmpty() throws Garbled {
            transcript("a", false, " ");
            transcript("a", true, "");
            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldGiveConfidenceOnlyWhereThereIsOne() throws Garbled {
            says("{'type':'transcript','data':{'id':'a','is_final':true,'utterance':{'text':' Yes"
                    + " yes','start':0,'end':1,'confidence':0.75,'words':[{'word':'"
                    + " Yes','start':0.1,'end':0.4,'confidence':0.5},{'word':' yes'}]}}}");
            assertThat(hearing.finals().getFirst().confidence()).hasValue(0.75);
            assertThat(hearing.finals().getFirst().words())
                    .containsExactly(
                            new Hearing.SaidWord("Yes", 100, 400, OptionalDouble.of(0.5)),
                            new Hearing.SaidWord("yes", -1, -1, OptionalDouble.empty()));
        }
    }

    @Nested
    class OtherMessages {

        @Test
        void shouldTellWhereSpeechIs() throws Garbled {
            says("{'type':'speech_start','data':{'time':1.5,'channel':0}}");
            says("{'type':'speech_end','data':{'time':2.5,'channel':0}}");
            says("{'type':'speech_start','data':{}}");
            assertThat(hearing.lines())
                    .containsExactly("speech started 1500", "speech ended 2500", "speech started -1");
        }

        @Test
        void shouldAcknowledgeWholeMs() throws Garbled {
            says("{'type':'audio_chunk','acknowledged':true,'data':{'byte_range':[0,1607],'time_range':[0,0.2]}}");
            assertThat(hearing.lines()).containsExactly("acknowledged 200");
        }

        @Test
        void shouldFailWhenAudioIsNotTaken() throws Garbled {
            says("{'type':'audio_chunk','acknowledged':false,'error':{'message':'bad chunk'},'data':null}");
            assertThat(hearing.lines()).containsExactly("failed AUDIO audio_chunk");
            assertThat(hearing.failures().getFirst().message()).isEqualTo("bad chunk");
        }

        @Test
        void shouldFailWhenTheStopIsNotTaken() throws Garbled {
            says("{'type':'stop_recording','acknowledged':false,'error':'why'}");
            says("{'type':'stop_recording','acknowledged':true,'data':{}}");
            assertThat(hearing.lines()).containsExactly("failed TRANSIENT stop_recording");
            assertThat(hearing.failures().getFirst().message()).isEqualTo("why");
        }

        @Test
        void shouldEndWhenTheSessionEndsAfterTheStop() throws Garbled {
            dialect.endOfInput(out);
            says("{'type':'end_session'}");
            assertThat(hearing.lines()).containsExactly("ended");
        }

        @Test
        void shouldBeExpiredWhenTheSessionEndsByItself() throws Garbled {
            says("{'type':'end_session'}");
            assertThat(hearing.lines()).containsExactly("failed EXPIRED end_session");
        }

        @Test
        void shouldWarnOfErrors() throws Garbled {
            says("{'type':'error','error':{'message':'add-on failed'}}");
            assertThat(hearing.lines()).containsExactly("warned add-on failed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"start_session", "start_recording", "end_recording", "translation", "something_new", ""})
        void shouldBeNothing(String type) throws Garbled {
            says("{'type':'" + type + "','data':{}}");
            assertThat(hearing.lines()).isEmpty();
        }
    }

    @Nested
    class Garbage {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "no JSON",
                    "[]",
                    "",
                    "{'type':'transcript'}",
                    "{'type':'transcript','data':{'id':'a'}}",
                    "{'type':'audio_chunk','acknowledged':true,'data':{'byte_range':['x']}}",
                })
        void shouldBeGarbled(String json) {
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> says(json));
        }

        @Test
        void shouldBeGarbledWhenBinary() {
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> dialect.onBinary(new byte[1], out, hearing));
        }
    }

    @Nested
    class Ends {

        @ParameterizedTest
        @CsvSource({
            "1000, TRANSIENT, false",
            "1001, TRANSIENT, false",
            "1002, TRANSIENT, true",
            "1006, TRANSIENT, true",
            "1008, TRANSIENT, true",
            "1011, TRANSIENT, true",
            "4399, TRANSIENT, true",
            "4400, CONFIG, false",
            "4401, AUTH, false",
            "4402, QUOTA, false",
            "4403, AUTH, false",
            "4408, IDLE, false",
            "4429, RATE_LIMIT, false",
            "4499, CONFIG, false",
            "4500, TRANSIENT, true",
        })
        void shouldFollowTheCloseCode(int code, FailureKind kind, boolean goesOn) throws Garbled {
            session.onAnswer("{\"id\":\"s1\",\"url\":\"wss://api.gladia.io/v2/live?token=t\"}", ASKED);
            assertThat(dialect.onClosed(new Closing(code, "")).kind()).isEqualTo(kind);
            assertThat(dialect.resumption().isPresent()).isEqualTo(goesOn);
        }

        @ParameterizedTest
        @CsvSource({"401, AUTH", "402, QUOTA", "413, TRANSIENT", "422, CONFIG", "429, RATE_LIMIT", "500, TRANSIENT"})
        void shouldFollowTheStatus(int status, FailureKind kind) {
            assertThat(dialect.onRefused(new Refusal(status, Map.of(), "")).kind())
                    .isEqualTo(kind);
        }

        @Test
        void shouldGoOnAtTheSameAddressOnceItIsKnown() throws Garbled {
            assertThat(dialect.resumption()).isEmpty();
            session.onAnswer("{\"id\":\"s1\",\"url\":\"wss://api.gladia.io/v2/live?token=t\"}", ASKED);
            assertThat(dialect.resumption())
                    .hasValueSatisfying(route -> assertThat(route.toString()).isEqualTo("wss://api.gladia.io/v2/live"));
        }

        @Test
        void shouldNotGoOnAfterARefusalOfItsToken() throws Garbled {
            session.onAnswer("{\"id\":\"s1\",\"url\":\"wss://api.gladia.io/v2/live?token=t\"}", ASKED);
            dialect.onRefused(new Refusal(503, Map.of(), ""));
            assertThat(dialect.resumption()).isPresent();
            dialect.onRefused(new Refusal(401, Map.of(), ""));
            assertThat(dialect.resumption()).isEmpty();
        }
    }
}
