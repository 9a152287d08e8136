package io.steadyline.grpc.agent;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.steadyline.agent.v1.AgentsGrpc;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.RegisterResponse;
import io.steadyline.grpc.Caller;
import io.steadyline.grpc.Refusals;
import java.util.Optional;

/** Answers {@code steadyline.agent.v1.Agents}; without a door it says so. Handlers throw their refusals. */
public final class AgentsService extends AgentsGrpc.AgentsImplBase {

    private final Optional<GrpcAgentDoor> door;

    public AgentsService(Optional<GrpcAgentDoor> door) {
        this.door = door;
    }

    @Override
    public StreamObserver<RegisterRequest> register(StreamObserver<RegisterResponse> bot) {
        GrpcAgentDoor open = requireDoor();
        RegisterStream stream =
                new RegisterStream(open, Caller.current(), (ServerCallStreamObserver<RegisterResponse>) bot);
        if (!open.note(stream)) {
            throw GrpcAgentDoor.stopping();
        }
        return stream;
    }

    @Override
    public StreamObserver<AttendRequest> attend(StreamObserver<AttendResponse> bot) {
        GrpcAgentDoor open = requireDoor();
        AttendStream stream = new AttendStream(open, (ServerCallStreamObserver<AttendResponse>) bot);
        if (!open.note(stream)) {
            throw GrpcAgentDoor.stopping();
        }
        return stream;
    }

    private GrpcAgentDoor requireDoor() {
        return door.orElseThrow(AgentsService::notTheDoor);
    }

    private static StatusRuntimeException notTheDoor() {
        return Refusals.of(
                Code.FAILED_PRECONDITION,
                "NOT_THE_DOOR",
                "agent.kind: not grpc (expected: grpc, for bots to register here); this gateway's calls go to bots"
                        + " another way");
    }
}
