package io.steadyline.grpc;

import static io.steadyline.grpc.Times.duration;
import static io.steadyline.grpc.Times.timestamp;

import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.BootEnd;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.EvidenceText;

/** Boots as messages of the contract. Generated types go no further than this package. */
final class BootMapper {

    private BootMapper() {}

    /** One that runs. */
    static Boot boot(BootIdentity boot) {
        return identity(boot).build();
    }

    /** One that is over, in short. */
    static Boot boot(BootReport report) {
        BootEnd end = BootEnd.newBuilder()
                .setEndedAt(timestamp(report.endedAt()))
                .setAway(duration(report.away()))
                .setCause(EnumMapper.of(report.diagnosis().cause()))
                .setConfidence(EnumMapper.of(report.diagnosis().confidence()))
                .setSentence(report.diagnosis().sentence())
                .setAutoReload(report.diagnosis().autoReload())
                .setCallsAdopted(count(report, CutCall.Fate.ADOPTED))
                .setCallsClosed(count(report, CutCall.Fate.CLOSED))
                .setCallsCut(count(report, CutCall.Fate.CUT))
                .build();
        return identity(report.boot()).setEnd(end).build();
    }

    /** One that is over, with everything that is known of its end. */
    static GetBootResponse full(BootReport report) {
        GetBootResponse.Builder response = GetBootResponse.newBuilder()
                .setBoot(boot(report))
                .addAllLinesBefore(report.linesBefore())
                .addAllLinesAfter(report.linesAfter())
                .addAllDamage(report.damage());
        report.diagnosis().evidence().stream().map(BootMapper::evidence).forEach(response::addEvidence);
        report.calls().stream().map(BootMapper::call).forEach(response::addCalls);
        return response.build();
    }

    private static Boot.Builder identity(BootIdentity boot) {
        return Boot.newBuilder()
                .setBootId(boot.bootId())
                .setNumber(boot.number())
                .setStartedAt(timestamp(boot.startedAt()))
                .setPid(boot.pid())
                .setVersion(boot.version())
                .setAppSha(boot.appSha())
                .setProfile(boot.profile())
                .setMachineBootId(boot.machineBootId())
                .addAllParents(boot.parents());
    }

    private static io.steadyline.admin.v1.Evidence evidence(Evidence evidence) {
        io.steadyline.admin.v1.Evidence.Builder message = io.steadyline.admin.v1.Evidence.newBuilder()
                .setKind(EvidenceText.kind(evidence))
                .setText(EvidenceText.of(evidence));
        EvidenceText.at(evidence).ifPresent(at -> message.setAt(timestamp(at)));
        return message.build();
    }

    private static io.steadyline.admin.v1.CutCall call(CutCall call) {
        return io.steadyline.admin.v1.CutCall.newBuilder()
                .setCallId(call.callId())
                .setStreamId(call.streamId())
                .setDialect(call.dialect())
                .setStartedAt(timestamp(call.startedAt()))
                .setAge(duration(call.age()))
                .setLastSeen(timestamp(call.lastSeen()))
                .setFramesIn(call.framesIn())
                .setFramesOut(call.framesOut())
                .setLostInFrames(call.lostInFrames())
                .setLostOutMs(call.lostOutMs())
                .setMarksOutstanding(call.marksOutstanding())
                .setExact(call.exact())
                .setFate(EnumMapper.of(call.fate()))
                .build();
    }

    private static int count(BootReport report, CutCall.Fate fate) {
        return (int) report.calls().stream().filter(call -> call.fate() == fate).count();
    }
}
