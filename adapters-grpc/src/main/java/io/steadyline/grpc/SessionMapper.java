package io.steadyline.grpc;

import static io.steadyline.grpc.Times.duration;
import static io.steadyline.grpc.Times.timestamp;

import io.steadyline.admin.v1.AudioFormat;
import io.steadyline.admin.v1.CheckFinding;
import io.steadyline.admin.v1.CheckSessionResponse;
import io.steadyline.admin.v1.Dropped;
import io.steadyline.admin.v1.QueueCounters;
import io.steadyline.admin.v1.RxRecord;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.Session;
import io.steadyline.admin.v1.SessionEnd;
import io.steadyline.admin.v1.TxRecord;
import io.steadyline.admin.v1.Verdict;
import io.steadyline.call.CallView;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.Finding;
import io.steadyline.telemetry.GoNoGo;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.TxSecond;

/** Domain values as messages of the contract. Generated types go no further than this package. */
final class SessionMapper {

    private SessionMapper() {}

    static Session session(CallView call) {
        CallFacts facts = call.facts();
        Session.Builder session = Session.newBuilder()
                .setCallId(facts.callId().value())
                .setStreamId(facts.streamId().value())
                .setDialect(facts.dialect())
                .setAccountId(facts.accountId())
                .setFormat(format(facts.format()))
                .setMode(EnumMapper.of(facts.mode()))
                .setState(EnumMapper.of(call.state()))
                .setStartedAt(timestamp(call.startedAt()))
                .setAge(duration(call.age()))
                .setAgent(call.agent())
                .setRecogniser(call.recogniser())
                .setResumes(call.resumes())
                .setVerdict(verdict(call.verdict()));
        facts.tracks().stream().sorted().map(EnumMapper::of).forEach(session::addTracks);
        facts.parameters().keySet().stream().sorted().forEach(session::addParameterNames);
        call.lastSecond().ifPresent(last -> session.setLastSecond(second(last)));
        call.end().ifPresent(end -> session.setEnd(end(end)));
        return session.build();
    }

    static SecondRecord second(CallSecond second) {
        return SecondRecord.newBuilder()
                .setCallId(second.callId().value())
                .setSecond(second.second())
                .setEndMonotonicNs(second.endNs())
                .setState(EnumMapper.of(second.state()))
                .setRx(rx(second.rx()))
                .setTx(tx(second.tx()))
                .setLoopLatenessMs(second.loopLatenessMs())
                .build();
    }

    static QueueCounters queue(QueueCounts counts) {
        return QueueCounters.newBuilder()
                .setQueue(EnumMapper.of(counts.queue()))
                .setIn(counts.in())
                .setOut(counts.out())
                .setDropped(Dropped.newBuilder()
                        .setOverflow(counts.droppedOverflow())
                        .setCleared(counts.droppedCleared())
                        .setClosed(counts.droppedClosed()))
                .setRefused(counts.refused())
                .setDepth(counts.depth())
                .setMaxDepth(counts.maxDepth())
                .setControlDepth(counts.controlDepth())
                .build();
    }

    static CheckSessionResponse check(CallView call, GoNoGo result) {
        CheckSessionResponse.Builder response = CheckSessionResponse.newBuilder()
                .setCallId(call.facts().callId().value())
                .setGo(result.go())
                .setSecondsJudged(result.secondsJudged())
                .setLive(call.state().isLive());
        result.findings().stream().map(SessionMapper::finding).forEach(response::addFindings);
        return response.build();
    }

    private static CheckFinding finding(Finding finding) {
        CheckFinding.Builder message =
                CheckFinding.newBuilder().setSide(EnumMapper.of(finding.side())).setText(finding.what());
        if (finding.second() >= 0) {
            message.setSecond(finding.second());
        }
        return message.build();
    }

    private static AudioFormat format(io.steadyline.media.AudioFormat format) {
        return AudioFormat.newBuilder()
                .setEncoding(EnumMapper.of(format.encoding()))
                .setSampleRateHz(format.sampleRateHz())
                .setPtimeMs(format.ptime().ms())
                .build();
    }

    private static Verdict verdict(CallVerdict verdict) {
        return Verdict.newBuilder()
                .setHealthy(verdict.isHealthy())
                .setFault(EnumMapper.of(verdict.fault()))
                .setSecondsJudged(verdict.secondsJudged())
                .setSecondsUnhealthy(verdict.secondsUnhealthy())
                .setReason(verdict.reason())
                .build();
    }

    private static SessionEnd end(CallEnd end) {
        return SessionEnd.newBuilder()
                .setBy(EnumMapper.of(end.by()))
                .setReason(EnumMapper.of(end.reason()))
                .setDetail(end.detail())
                .build();
    }

    private static RxRecord rx(RxSecond rx) {
        return RxRecord.newBuilder()
                .setMode(EnumMapper.of(rx.mode()))
                .setFpsIn(rx.fpsIn())
                .setDepthFrames(rx.depthFrames())
                .setMaxDepthFrames(rx.maxDepthFrames())
                .setDrops(rx.drops())
                .setWriteMs(rx.writeMs())
                .setWritten(rx.written())
                .setRefusals(rx.refusals())
                .setSttDepthFrames(rx.sttDepthFrames())
                .setMissing(rx.missing())
                .setRefusedInput(rx.refusedInput())
                .setMaxArrivalGapMs(rx.maxArrivalGapMs())
                .build();
    }

    private static TxRecord tx(TxSecond tx) {
        return TxRecord.newBuilder()
                .setFps(tx.fps())
                .setDepthFrames(tx.depthFrames())
                .setDrops(tx.drops())
                .setCleared(tx.cleared())
                .setPlaying(tx.playing())
                .setSendDepthFrames(tx.sendDepthFrames())
                .setMaxLatenessMs(tx.maxLatenessMs())
                .setUnderruns(tx.underruns())
                .build();
    }
}
