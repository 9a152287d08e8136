package io.steadyline.stt.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect.Garbled;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsDialectTest {

    private final AwsDialect dialect = new AwsDialect("11111111-2222-3333-4444-555555555555");
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void results(String... results) throws Garbled {
        event("{'Transcript':{'Results':[" + String.join(",", results) + "]}}");
    }

    private void event(String json) throws Garbled {
        dialect.onBinary(EventMessage.ofEvent("TranscriptEvent", json.replace('\'', '"')), out, hearing);
    }

    private void exception(String type, String json) throws Garbled {
        dialect.onBinary(EventMessage.ofException(type, json.replace('\'', '"')), out, hearing);
    }

    private static String result(String id, boolean partial, String text) {
        return "{'ResultId':'" + id + "','StartTime':0.5,'EndTime':1.25,'IsPartial':" + partial
                + ",'Alternatives':[{'Transcript':'" + text + "','Items':[]}]}";
    }

    @Nested
    class Sending {

        @Test
        void shouldBeReadyAtOnce() {
            dialect.onOpened(out, hearing);
            assertThat(hearing.lines()).containsExactly("ready 11111111-2222-3333-4444-555555555555");
            assertThat(out.take()).isEmpty();
        }

        @Test
        void shouldWrapAudioInAnEvent() throws Garbled {
            dialect.audio(new byte[] {1, 2, 3, 4}, out);
            EventMessage message = EventMessage.read(out.binaries().getFirst());
            assertThat(message.header(":message-type")).isEqualTo("event");
            assertThat(message.header(":event-type")).isEqualTo("AudioEvent");
            assertThat(message.header(":content-type")).isEqualTo("application/octet-stream");
            assertThat(message.payload()).containsExactly(1, 2, 3, 4);
        }

        @Test
        void shouldEndWithAnEmptyEvent() throws Garbled {
            dialect.endOfInput(out);
            EventMessage message = EventMessage.read(out.binaries().getFirst());
            assertThat(message.header(":event-type")).isEqualTo("AudioEvent");
            assertThat(message.payload()).isEmpty();
            assertThat(out.take()).hasSize(1).doesNotContain("<close>");
        }
    }

    @Nested
    class Results {

        @Test
        void shouldBeInterimUntilTheyAreFinal() throws Garbled {
            results(result("a", true, "hel"));
            results(result("a", true, "hello"));
            results(result("a", false, "Hello."));
            assertThat(hearing.lines())
                    .containsExactly("interim \"hel\"", "interim \"hello\"", "final \"Hello.\" 500-1250 []");
        }

        @Test
        void shouldBeJoinedInOrderWhileSeveralAreOpen() throws Garbled {
            results(result("a", true, "one"), result("b", true, "two"));
            results(result("a", false, "One."));
            assertThat(hearing.lines())
                    .containsExactly("interim \"one two\"", "final \"One.\" 500-1250 []", "interim \"two\"");
        }

        @Test
        void shouldNotBeToldTwice() throws Garbled {
            results(result("a", true, "hello"));
            results(result("a", true, "hello"));
            results(result("a", false, "Hello."));
            results(result("a", true, "hello"));
            results(result("a", false, "Hello."));
            assertThat(hearing.lines()).containsExactly("interim \"hello\"", "final \"Hello.\" 500-1250 []");
        }

        @Test
        void shouldBeNothingWhenTheyAreEmpty() throws Garbled {
            results();
            results(result("a", true, ""));
            results(result("a", false, ""));
            results("{'ResultId':'b','IsPartial':false,'Alternatives':[]}");
            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldGiveWordsWithoutPunctuation() throws Garbled {
            results("{'ResultId':'a','StartTime':0,'EndTime':1,'IsPartial':false,'Alternatives':[{'Transcript':'Yes.',"
                + "'Items':[{'StartTime':0.1,'EndTime':0.4,'Type':'pronunciation','Content':'Yes','Confidence':0.5},"
                + "{'StartTime':0.4,'EndTime':0.4,'Type':'punctuation','Content':'.'},"
                + "{'StartTime':0.5,'EndTime':0.6,'Type':'pronunciation','Content':'yes'}]}]}");
            assertThat(hearing.finals().getFirst().confidence()).isEmpty();
            assertThat(hearing.finals().getFirst().words())
                    .containsExactly(
                            new Hearing.SaidWord("Yes", 100, 400, OptionalDouble.of(0.5)),
                            new Hearing.SaidWord("yes", 500, 600, OptionalDouble.empty()));
        }

        @Test
        void shouldHaveAnId() {
            assertThatExceptionOfType(Garbled.class)
                    .isThrownBy(() -> results("{'IsPartial':true}"))
                    .withMessageContaining("ResultId");
        }

        @Test
        void shouldBeIgnoredWhenTheirEventIsOfAnotherKind() throws Garbled {
            dialect.onBinary(EventMessage.ofEvent("NewsEvent", "{}"), out, hearing);
            assertThat(hearing.lines()).isEmpty();
        }
    }

    @Nested
    class Failures {

        @ParameterizedTest
        @CsvSource({
            "BadRequestException, CONFIG",
            "ValidationException, CONFIG",
            "LimitExceededException, RATE_LIMIT",
            "ThrottlingException, RATE_LIMIT",
            "ConflictException, TRANSIENT",
            "InternalFailureException, TRANSIENT",
            "ServiceUnavailableException, TRANSIENT",
            "SomethingNewException, TRANSIENT",
            "UnrecognizedClientException, AUTH",
            "AccessDeniedException, AUTH",
            "ExpiredTokenException, AUTH",
            "InvalidSignatureException, AUTH",
            "SubscriptionRequiredException, QUOTA",
        })
        void shouldBeOfTheirKind(String type, FailureKind kind) throws Garbled {
            exception(type, "{'Message':'why'}");
            assertThat(hearing.lines()).containsExactly("failed " + kind + " " + type);
            assertThat(hearing.failures().getFirst().message()).isEqualTo("why");
        }

        @Test
        void shouldBeIdleForExactlyOneText() throws Garbled {
            exception("BadRequestException", "{'message':'" + AwsFailures.IDLE + "'}");
            exception("BadRequestException", "{'Message':'" + AwsFailures.IDLE + " Or not.'}");
            assertThat(hearing.lines())
                    .containsExactly("failed IDLE BadRequestException", "failed CONFIG BadRequestException");
        }

        @Test
        void shouldBeTheEndOfItsTimeWhenAnAdmittedStreamMeetsALimit() throws Garbled {
            results();
            exception("LimitExceededException", "{'Message':'This is typically the audio length limit.'}");
            exception("LimitExceededException", "{'Message':'Too many concurrent streams'}");
            assertThat(hearing.lines())
                    .containsExactly(
                            "failed EXPIRED LimitExceededException", "failed RATE_LIMIT LimitExceededException");
        }

        @Test
        void shouldTakeAPayloadThatIsNotJson() throws Garbled {
            exception("InternalFailureException", "oops");
            assertThat(hearing.failures().getFirst().message()).isEqualTo("oops");
        }

        @Test
        void shouldFollowStatusAndCloseCode() {
            assertThat(dialect.onRefused(new Refusal(403, Map.of(), "")).kind()).isEqualTo(FailureKind.AUTH);
            assertThat(dialect.onRefused(new Refusal(429, Map.of(), "")).kind()).isEqualTo(FailureKind.RATE_LIMIT);
            assertThat(dialect.onClosed(new Closing(1006, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
        }
    }

    @Nested
    class Garbage {

        @Test
        void shouldBeGarbled() {
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> dialect.onText("{}", out, hearing));
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> event("no JSON"));
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> event("[]"));
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> dialect.onBinary(new byte[0], out, hearing));
        }

        @Test
        void shouldBeGarbledWhateverBitIsWrong() {
            byte[] whole = EventMessage.ofEvent("TranscriptEvent", "{\"Transcript\":{\"Results\":[]}}");
            for (int i = 0; i < whole.length; i++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= 0x41;
                assertThatExceptionOfType(Garbled.class)
                        .as("byte %d", i)
                        .isThrownBy(() -> dialect.onBinary(damaged, out, hearing));
            }
        }

        @Test
        void shouldBeGarbledWhenRandom() {
            long seed = 4;
            Random random = new Random(seed);
            for (int i = 0; i < 2_000; i++) {
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                if (noise.length >= 4) {
                    noise[0] = 0;
                    noise[1] = 0;
                    noise[2] = 0;
                    noise[3] = (byte) noise.length;
                }
                assertThatExceptionOfType(Garbled.class)
                        .as("seed %d, message %d", seed, i)
                        .isThrownBy(() -> dialect.onBinary(noise, out, hearing));
            }
        }
    }
}
