package io.steadyline.grpc;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.steadyline.admin.v1.AdminGrpc;
import io.steadyline.admin.v1.CheckSessionRequest;
import io.steadyline.admin.v1.CheckSessionResponse;
import io.steadyline.admin.v1.EndSessionRequest;
import io.steadyline.admin.v1.EndSessionResponse;
import io.steadyline.admin.v1.GetBootRequest;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.admin.v1.GetServerInfoRequest;
import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.GetSessionRequest;
import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.admin.v1.ListBootsResponse;
import io.steadyline.admin.v1.ListSessionsRequest;
import io.steadyline.admin.v1.ListSessionsResponse;
import io.steadyline.admin.v1.SetDrainRequest;
import io.steadyline.admin.v1.SetDrainResponse;
import io.steadyline.admin.v1.UpgradeRequest;
import io.steadyline.admin.v1.UpgradeResponse;
import io.steadyline.admin.v1.WatchSessionsRequest;
import io.steadyline.admin.v1.WatchSessionsResponse;
import io.steadyline.admin.v1.DrainAgentRequest;
import io.steadyline.admin.v1.DrainAgentResponse;
import io.steadyline.admin.v1.ListAgentsRequest;
import io.steadyline.admin.v1.ListAgentsResponse;
import io.steadyline.admin.v1.MoveCallRequest;
import io.steadyline.admin.v1.MoveCallResponse;
import io.steadyline.call.CallDirectory;
import io.steadyline.call.CallView;
import io.steadyline.port.AgentControl;
import io.steadyline.port.BootHistory;
import io.steadyline.port.ServerControl;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.signal.CallId;
import io.steadyline.signal.Printable;
import io.steadyline.telemetry.CallSecond;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code steadyline.admin.v1.Admin} from the directory of calls and the history of boots. Handlers throw their refusals;
 * {@link FailureInterceptor} sends them. What changes something is logged with who asked for it.
 */
final class AdminService extends AdminGrpc.AdminImplBase {

    private static final Logger log = LoggerFactory.getLogger(AdminService.class);
    private static final int MAX_ID_CHARS = 256;
    private static final int MAX_REASON_CHARS = 200;
    private static final int MAX_SECONDS = 120;
    private static final int HINTED_IDS = 3;
    private static final int MAX_BOOT_CHARS = 64;
    private static final int MAX_JAR_CHARS = 4_096;
    private static final String CURRENT = "current";

    private final CallDirectory directory;
    private final ServerControl server;
    private final BootHistory boots;
    private final AgentAdmin agents;
    private final Watches watches;

    AdminService(
            CallDirectory directory, ServerControl server, BootHistory boots, AgentControl agents, Watches watches) {
        this.directory = directory;
        this.server = server;
        this.boots = boots;
        this.agents = new AgentAdmin(agents);
        this.watches = watches;
    }

    @Override
    public void getServerInfo(GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> client) {
        answer(client, () -> ServerMapper.info(server, boots.current().number(), directory.calls()));
    }

    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> client) {
        answer(client, () -> SessionQuery.of(request).answer(directory.calls()));
    }

    @Override
    public void getSession(GetSessionRequest request, StreamObserver<GetSessionResponse> client) {
        answer(client, () -> {
            int maxSeconds = maxSeconds(request);
            CallView call = require(request.getId());
            List<CallSecond> seconds = directory.seconds(call.facts().callId());
            GetSessionResponse.Builder response =
                    GetSessionResponse.newBuilder().setSession(SessionMapper.session(call));
            call.queues().stream().map(SessionMapper::queue).forEach(response::addQueues);
            seconds.stream()
                    .skip(Math.max(0, seconds.size() - maxSeconds))
                    .map(SessionMapper::second)
                    .forEach(response::addSeconds);
            return response.build();
        });
    }

    @Override
    public void watchSessions(WatchSessionsRequest request, StreamObserver<WatchSessionsResponse> client) {
        Optional<CallId> only = request.getId().isEmpty()
                ? Optional.empty()
                : Optional.of(require(request.getId()).facts().callId());
        watches.open(only, Caller.current(), (ServerCallStreamObserver<WatchSessionsResponse>) client);
    }

    @Override
    public void endSession(EndSessionRequest request, StreamObserver<EndSessionResponse> client) {
        answer(client, () -> {
            String reason = reason(request.getReason());
            CallView call = require(request.getId());
            CallId callId = call.facts().callId();
            if (!call.state().isLive() || !directory.end(callId, reason)) {
                throw endedAlready(directory.find(callId.value()).orElse(call));
            }
            log.info("admin: end of call {} asked by {} ({})", Printable.of(callId.value()), Caller.current(), reason);
            return EndSessionResponse.newBuilder()
                    .setCallId(callId.value())
                    .setState(EnumMapper.of(call.state()))
                    .build();
        });
    }

    @Override
    public void checkSession(CheckSessionRequest request, StreamObserver<CheckSessionResponse> client) {
        answer(client, () -> {
            CallView call = require(request.getId());
            return directory
                    .judge(call.facts().callId())
                    .map(result -> SessionMapper.check(call, result))
                    .orElseThrow(() -> unknown(request.getId()));
        });
    }

    @Override
    public void setDrain(SetDrainRequest request, StreamObserver<SetDrainResponse> client) {
        answer(client, () -> {
            String reason = reason(request.getReason());
            server.setDraining(request.getOn(), reason);
            log.info("admin: drain {} asked by {} ({})", request.getOn() ? "on" : "off", Caller.current(), reason);
            boolean draining = server.isDraining();
            if (draining && !request.getOn()) {
                throw Refusals.of(
                        Code.FAILED_PRECONDITION,
                        "STOPPING",
                        "on: false (expected: true; the process is stopping, and that cannot be taken back)");
            }
            return ServerMapper.drained(server, draining, directory.calls());
        });
    }

    @Override
    public void listBoots(ListBootsRequest request, StreamObserver<ListBootsResponse> client) {
        answer(client, () -> BootQuery.of(request).answer(boots));
    }

    @Override
    public void getBoot(GetBootRequest request, StreamObserver<GetBootResponse> client) {
        answer(client, () -> {
            String id = request.getId();
            if (id.isEmpty() || id.length() > MAX_BOOT_CHARS) {
                throw Refusals.invalid(
                        "id",
                        "'" + Printable.of(id) + "'",
                        "a boot id, a boot's number or '" + CURRENT + "', 1 to " + MAX_BOOT_CHARS + " characters");
            }
            BootIdentity current = boots.current();
            if (id.equals(CURRENT) || id.equals(current.bootId()) || id.equals(String.valueOf(current.number()))) {
                return GetBootResponse.newBuilder()
                        .setBoot(BootMapper.boot(current))
                        .build();
            }
            return boots.find(id).map(BootMapper::full).orElseThrow(() -> unknownBoot(id));
        });
    }

    @Override
    public void upgrade(UpgradeRequest request, StreamObserver<UpgradeResponse> client) {
        answer(client, () -> {
            Optional<String> jar = jar(request);
            ServerControl.UpgradeAnswer answer = server.requestUpgrade(jar);
            log.info(
                    "admin: upgrade asked by {} ({}): {}, {}",
                    Caller.current(),
                    jar.map(file -> Printable.of(file, MAX_JAR_CHARS)).orElse("the installed version"),
                    answer.accepted() ? "accepted" : "refused",
                    answer.why());
            return UpgradeResponse.newBuilder()
                    .setAccepted(answer.accepted())
                    .setReason(answer.why())
                    .build();
        });
    }

    @Override
    public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> client) {
        answer(client, agents::list);
    }

    @Override
    public void drainAgent(DrainAgentRequest request, StreamObserver<DrainAgentResponse> client) {
        answer(client, () -> agents.drain(request));
    }

    @Override
    public void moveCall(MoveCallRequest request, StreamObserver<MoveCallResponse> client) {
        answer(client, () -> {
            CallId callId = require(request.getId()).facts().callId();
            return agents.move(callId, request.getAgent()).orElseThrow(() -> unknown(request.getId()));
        });
    }

    private static <T> void answer(StreamObserver<T> client, Supplier<T> response) {
        client.onNext(response.get());
        client.onCompleted();
    }

    private CallView require(String id) {
        if (id.isEmpty() || id.length() > MAX_ID_CHARS) {
            throw Refusals.invalid(
                    "id", "'" + Printable.of(id) + "'", "a call id or stream id, 1 to " + MAX_ID_CHARS + " characters");
        }
        return directory.find(id).orElseThrow(() -> unknown(id));
    }

    private StatusRuntimeException unknown(String id) {
        List<String> live = directory.calls().stream()
                .filter(call -> call.state().isLive())
                .map(call -> Printable.of(call.facts().callId().value()))
                .toList();
        String hint = live.isEmpty()
                ? "no call is live"
                : "live: " + live.stream().limit(HINTED_IDS).collect(Collectors.joining(", "))
                        + (live.size() > HINTED_IDS ? " and " + (live.size() - HINTED_IDS) + " more" : "");
        return Refusals.of(
                Code.NOT_FOUND,
                "UNKNOWN_SESSION",
                "id: '" + Printable.of(id) + "' (expected: id of a call or of its current stream; " + hint + ")");
    }

    private StatusRuntimeException unknownBoot(String id) {
        List<BootReport> ended = boots.ended();
        String kept = ended.isEmpty()
                ? "no ended boot is kept"
                : "kept: " + ended.getLast().boot().number() + " to "
                        + ended.getFirst().boot().number();
        return Refusals.of(
                Code.NOT_FOUND,
                "UNKNOWN_BOOT",
                "id: '" + Printable.of(id) + "' (expected: id or number of a boot, or '" + CURRENT + "'; " + kept
                        + ", current: " + boots.current().number() + ")");
    }

    private static Optional<String> jar(UpgradeRequest request) {
        if (!request.hasJar()) {
            return Optional.empty();
        }
        String jar = request.getJar();
        if (!jar.startsWith("/") || jar.length() > MAX_JAR_CHARS) {
            throw Refusals.invalid(
                    "jar",
                    "'" + Printable.of(jar) + "'",
                    "an absolute path on the gateway's machine, at most " + MAX_JAR_CHARS + " characters");
        }
        return Optional.of(jar);
    }

    private static StatusRuntimeException endedAlready(CallView call) {
        String how = call.end()
                .map(end -> " (" + end.reason() + " by " + end.by() + ": " + end.detail() + ")")
                .orElse("");
        return Refusals.of(
                Code.FAILED_PRECONDITION,
                "SESSION_ENDED",
                "call " + Printable.of(call.facts().callId().value()) + " has already ended" + how);
    }

    private static int maxSeconds(GetSessionRequest request) {
        int seconds = request.hasMaxSeconds() ? request.getMaxSeconds() : MAX_SECONDS;
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw Refusals.invalid("max_seconds", seconds, "0 to " + MAX_SECONDS);
        }
        return seconds;
    }

    private static String reason(String given) {
        if (given.length() > MAX_REASON_CHARS) {
            throw Refusals.invalid(
                    "reason", given.length() + " characters", "at most " + MAX_REASON_CHARS + " characters");
        }
        return given.isBlank() ? "no reason given" : Printable.of(given, MAX_REASON_CHARS);
    }
}
