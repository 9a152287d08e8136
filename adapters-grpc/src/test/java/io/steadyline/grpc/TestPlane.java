package io.steadyline.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.grpc.agent.GrpcAgentDoor;
import io.steadyline.port.AgentControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A started control plane on a loopback port, what is behind it, and channels to it. */
public final class TestPlane implements AutoCloseable {

    public final FakeDirectory directory = new FakeDirectory();
    public final FakeServer server = new FakeServer();
    public final FakeHistory history = new FakeHistory();
    public final GrpcControlPlane plane;
    private final List<ManagedChannel> channels = new ArrayList<>();

    public TestPlane(GrpcConfig config) {
        plane = new GrpcControlPlane(config, directory, server, history);
        plane.start();
    }

    private TestPlane(AgentControl agents, GrpcAgentDoor door) {
        plane = new GrpcControlPlane(GrpcConfig.loopback(0), directory, server, history, agents, Optional.of(door));
        plane.start();
    }

    public static TestPlane withDoor(AgentControl agents, GrpcAgentDoor door) {
        return new TestPlane(agents, door);
    }

    public static TestPlane loopback() {
        return new TestPlane(GrpcConfig.loopback(0));
    }

    /** A connection of its own. A small window fills up soon when its owner does not read. */
    public ManagedChannel channel() {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", plane.port(), InsecureChannelCredentials.create())
                .flowControlWindow(65_535)
                .build();
        channels.add(channel);
        return channel;
    }

    public AdminGrpc.AdminBlockingStub admin() {
        return AdminGrpc.newBlockingStub(channel()).withDeadlineAfter(40, TimeUnit.SECONDS);
    }

    public static ErrorInfo details(StatusRuntimeException refusal) {
        try {
            return Objects.requireNonNull(StatusProto.fromThrowable(refusal))
                    .getDetails(0)
                    .unpack(ErrorInfo.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no ErrorInfo in " + refusal, e);
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        plane.close();
    }
}
