package io.steadyline.grpc;

import static io.steadyline.grpc.Times.duration;
import static io.steadyline.grpc.Times.timestamp;

import io.steadyline.admin.v1.CallAge;
import io.steadyline.admin.v1.Drain;
import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.SetDrainResponse;
import io.steadyline.call.CallView;
import io.steadyline.port.ServerControl;
import io.steadyline.port.ServerControl.ServerInfo;
import java.util.Comparator;
import java.util.List;

/** The process as a message of the contract, with the calls that a drain waits for. */
final class ServerMapper {

    private static final int MAX_AGES = 50;

    private ServerMapper() {}

    static GetServerInfoResponse info(ServerControl server, long bootNumber, List<CallView> calls) {
        ServerInfo info = server.info();
        GetServerInfoResponse.Builder response = GetServerInfoResponse.newBuilder()
                .setVersion(info.version())
                .setBootId(info.bootId())
                .setAppSha(info.appSha())
                .setPid(info.pid())
                .setStartedAt(timestamp(info.startedAt()))
                .setJavaVersion(info.javaVersion())
                .setDraining(server.isDraining())
                .setMaxCalls(info.maxCalls())
                .setLiveCalls(live(calls).size())
                .setBootNumber(bootNumber)
                .setCallsSurvive(server.callsSurvive())
                .addAllCalls(ages(calls));
        server.drain().map(ServerMapper::drain).ifPresent(response::setDrain);
        return response.build();
    }

    static SetDrainResponse drained(ServerControl server, boolean draining, List<CallView> calls) {
        SetDrainResponse.Builder response = SetDrainResponse.newBuilder()
                .setDraining(draining)
                .setLiveCalls(live(calls).size())
                .addAllCalls(ages(calls));
        server.drain().map(ServerMapper::drain).ifPresent(response::setDrain);
        return response.build();
    }

    private static Drain drain(ServerControl.Drain drain) {
        Drain.Builder message =
                Drain.newBuilder().setSince(timestamp(drain.since())).setReason(drain.reason());
        drain.deadline().ifPresent(deadline -> message.setDeadline(timestamp(deadline)));
        return message.build();
    }

    private static List<CallAge> ages(List<CallView> calls) {
        return live(calls).stream()
                .sorted(Comparator.comparing(CallView::startedAt))
                .limit(MAX_AGES)
                .map(call -> CallAge.newBuilder()
                        .setCallId(call.facts().callId().value())
                        .setAge(duration(call.age()))
                        .build())
                .toList();
    }

    private static List<CallView> live(List<CallView> calls) {
        return calls.stream().filter(call -> call.state().isLive()).toList();
    }
}
