package io.steadyline.grpc.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.Break;
import io.steadyline.agent.v1.CallEnded;
import io.steadyline.agent.v1.CallInfo;
import io.steadyline.agent.v1.CallStarted;
import io.steadyline.agent.v1.CallerAudio;
import io.steadyline.agent.v1.DtmfPressed;
import io.steadyline.agent.v1.Interrupted;
import io.steadyline.agent.v1.MarkSettled;
import io.steadyline.agent.v1.PlaybackState;
import io.steadyline.agent.v1.Released;
import io.steadyline.agent.v1.StreamLost;
import io.steadyline.agent.v1.StreamResumed;
import io.steadyline.agent.v1.Warning;
import io.steadyline.port.AgentLeg;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.Resumption;

/** What a call tells its bot, as messages of the contract. Generated types go no further than this package. */
final class LegMapper {

    private LegMapper() {}

    static CallInfo call(CallFacts facts) {
        return CallInfo.newBuilder()
                .setCallId(facts.callId().value())
                .setStreamId(facts.streamId().value())
                .setDialect(facts.dialect())
                .setAccountId(facts.accountId())
                .putAllParameters(facts.parameters())
                .build();
    }

    static AttendResponse started(AgentLeg.Briefing briefing, String bootId) {
        CallStarted.Builder started = CallStarted.newBuilder()
                .setCall(call(briefing.facts()))
                .setResumed(briefing.resumption().isPresent())
                .setContext(ByteString.copyFrom(briefing.context()))
                .setNextSequence(briefing.nextSequence())
                .setEpoch(briefing.epoch())
                .setGatewayBootId(bootId);
        if (briefing.resumption().isPresent() || briefing.lostFrames() > 0 || briefing.lostEvents() > 0) {
            started.setBreak(gap(briefing));
        }
        return AttendResponse.newBuilder().setStarted(started).build();
    }

    private static Break.Builder gap(AgentLeg.Briefing briefing) {
        int ptimeMs = briefing.facts().format().ptime().ms();
        Break.Builder gap = Break.newBuilder()
                .setLostCallerAudioMs(briefing.lostFrames() * ptimeMs)
                .setLostEvents(briefing.lostEvents());
        if (briefing.resumption().isPresent()) {
            Resumption past = briefing.resumption().get();
            gap.setGapMs(past.gapMs())
                    .setCause(past.cause())
                    .setLostCallerAudioMs((briefing.lostFrames() + past.lostInFrames()) * ptimeMs)
                    .setLostAgentAudioMs(past.lostOutMs())
                    .addAllFinals(past.finals())
                    .addAllMarksOutstanding(past.marksOutstanding());
        }
        return gap;
    }

    /** @param payload is not written to any more */
    static AttendResponse audio(byte[] payload, long position, boolean isReplay) {
        return AttendResponse.newBuilder()
                .setReplay(isReplay)
                .setAudio(CallerAudio.newBuilder()
                        .setPayload(UnsafeByteOperations.unsafeWrap(payload))
                        .setPosition(position))
                .build();
    }

    static AttendResponse event(long sequence, AgentEvent event, boolean isReplay) {
        AttendResponse.Builder message =
                AttendResponse.newBuilder().setSequence(sequence).setReplay(isReplay);
        switch (event) {
            case AgentEvent.Started started -> message.setStreamResumed(resumed(started));
            case AgentEvent.Speech speech -> SpeechMapper.map(speech.event(), message);
            case AgentEvent.Dtmf dtmf -> message.setDtmf(dtmf(dtmf.digit(), dtmf.fromAudio()));
            case AgentEvent.MarkSettled mark ->
                message.setMark(MarkSettled.newBuilder()
                        .setName(mark.name())
                        .setOutcome(outcome(mark.outcome()))
                        .setPlayedMs(mark.playedMs()));
            case AgentEvent.BargedIn bargedIn -> message.setInterrupted(interrupted(bargedIn.epoch(), true));
            case AgentEvent.Cleared cleared -> message.setInterrupted(interrupted(cleared.epoch(), false));
            case AgentEvent.StreamLost _ -> message.setStreamLost(StreamLost.getDefaultInstance());
            case AgentEvent.Ended ended ->
                message.setEnded(CallEnded.newBuilder()
                        .setBy(ended.end().by().name())
                        .setReason(ended.end().reason().name())
                        .setDetail(ended.end().detail()));
        }
        return message.build();
    }

    static DtmfPressed dtmf(char digit, boolean fromAudio) {
        return DtmfPressed.newBuilder()
                .setDigit(String.valueOf(digit))
                .setFromAudio(fromAudio)
                .build();
    }

    static AttendResponse playback(AgentLeg.Playback playback) {
        return AttendResponse.newBuilder()
                .setPlayback(PlaybackState.newBuilder()
                        .setSentMs(playback.sentMs())
                        .setWaitingMs(playback.waitingMs())
                        .setMustWait(playback.mustWait()))
                .build();
    }

    static AttendResponse warning(String text) {
        return AttendResponse.newBuilder()
                .setWarning(Warning.newBuilder().setText(text))
                .build();
    }

    static AttendResponse released(String why) {
        return AttendResponse.newBuilder()
                .setReleased(Released.newBuilder().setReason(why))
                .build();
    }

    private static StreamResumed resumed(AgentEvent.Started started) {
        return StreamResumed.newBuilder()
                .setCall(call(started.facts()))
                .setGapMs(started.resumption().map(Resumption::gapMs).orElse(0L))
                .build();
    }

    private static Interrupted interrupted(long epoch, boolean byCaller) {
        return Interrupted.newBuilder().setEpoch(epoch).setByCaller(byCaller).build();
    }

    private static io.steadyline.agent.v1.MarkOutcome outcome(MarkOutcome outcome) {
        return switch (outcome) {
            case PLAYED -> io.steadyline.agent.v1.MarkOutcome.MARK_OUTCOME_PLAYED;
            case INTERRUPTED -> io.steadyline.agent.v1.MarkOutcome.MARK_OUTCOME_INTERRUPTED;
        };
    }
}
