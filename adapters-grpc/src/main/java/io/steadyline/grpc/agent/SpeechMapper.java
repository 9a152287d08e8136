package io.steadyline.grpc.agent;

import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.AudioUnheard;
import io.steadyline.agent.v1.RecogniserState;
import io.steadyline.agent.v1.RecogniserUsage;
import io.steadyline.agent.v1.SpeechEnded;
import io.steadyline.agent.v1.SpeechStarted;
import io.steadyline.agent.v1.Tone;
import io.steadyline.agent.v1.ToneHeard;
import io.steadyline.agent.v1.Transcript;
import io.steadyline.agent.v1.UtteranceEnded;
import io.steadyline.agent.v1.Word;
import io.steadyline.signal.SpeechEvent;

/** What the recogniser says, as messages of the contract. */
final class SpeechMapper {

    private SpeechMapper() {}

    static void map(SpeechEvent event, AttendResponse.Builder message) {
        switch (event) {
            case SpeechEvent.SpeechStarted started ->
                message.setSpeechStarted(
                        SpeechStarted.newBuilder().setAtMs(started.offset().toMillis()));
            case SpeechEvent.SpeechEnded ended ->
                message.setSpeechEnded(
                        SpeechEnded.newBuilder().setAtMs(ended.offset().toMillis()));
            case SpeechEvent.Interim interim ->
                message.setInterim(Transcript.newBuilder()
                        .setText(interim.text())
                        .setSegmentId(interim.segmentId()));
            case SpeechEvent.Final words -> message.setFinal(transcript(words));
            case SpeechEvent.UtteranceEnd utterance ->
                message.setUtteranceEnded(UtteranceEnded.newBuilder()
                        .setStartMs(utterance.start().toMillis())
                        .setEndMs(utterance.end().toMillis())
                        .setText(utterance.text()));
            case SpeechEvent.DtmfHeard heard -> message.setDtmf(LegMapper.dtmf(heard.digit(), true));
            case SpeechEvent.ToneHeard heard ->
                message.setTone(ToneHeard.newBuilder()
                        .setTone(tone(heard.tone()))
                        .setAtMs(heard.offset().toMillis())
                        .setDurationMs(heard.duration().toMillis()));
            case SpeechEvent.Gap gap ->
                message.setUnheard(AudioUnheard.newBuilder()
                        .setFromMs(gap.from().toMillis())
                        .setToMs(gap.to().toMillis())
                        .setReason(gap.reason()));
            case SpeechEvent.Usage usage ->
                message.setUsage(RecogniserUsage.newBuilder()
                        .setAudioMs(usage.audio().toMillis())
                        .setOpenMs(usage.open().toMillis()));
            case SpeechEvent.Ready ready -> message.setRecogniser(state(ready).setReady(true));
            case SpeechEvent.Failure failure ->
                message.setRecogniser(state(failure).setReady(!failure.fatal()).setMessage(failure.message()));
            case SpeechEvent.Closed closed -> message.setRecogniser(state(closed));
        }
    }

    private static RecogniserState.Builder state(SpeechEvent event) {
        return RecogniserState.newBuilder().setProvider(event.stamp().provider());
    }

    private static Transcript transcript(SpeechEvent.Final words) {
        Transcript.Builder transcript = Transcript.newBuilder()
                .setText(words.text())
                .setSegmentId(words.segmentId())
                .setStartMs(words.start().toMillis())
                .setEndMs(words.end().toMillis());
        words.confidence().ifPresent(transcript::setConfidence);
        words.words()
                .forEach(word -> transcript.addWords(Word.newBuilder()
                        .setText(word.text())
                        .setStartMs(word.start().toMillis())
                        .setEndMs(word.end().toMillis())));
        return transcript.build();
    }

    private static Tone tone(SpeechEvent.Tone tone) {
        return switch (tone) {
            case FAX_CNG -> Tone.TONE_FAX_CNG;
            case FAX_CED -> Tone.TONE_FAX_CED;
            case BEEP -> Tone.TONE_BEEP;
        };
    }
}
