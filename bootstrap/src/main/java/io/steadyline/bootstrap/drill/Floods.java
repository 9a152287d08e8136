package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminTarget;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** More of something than there is room for. */
final class Floods {

    private static final int RESET_CONNECTIONS = 10;
    private static final int RESETS = 10_000;
    private static final int ADMIN_CALLS = 1_000;
    private static final int CONNECTS = 10_000;
    private static final int MAX_GROWTH_MIB = 96;
    private static final int POLICY = 1008;
    private static final int FEW_DESCRIPTORS = 200;

    private Floods() {}

    /** Rapid resets, then a thousand requests at once. */
    static DrillResult adminFlood(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of()).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            int told = 0;
            int most = 0;
            for (int i = 0; i < RESET_CONNECTIONS; i++) {
                Http2Flood.Outcome outcome =
                        Http2Flood.rapidReset(context.setUp().grpcPort(), RESETS);
                told += outcome.isToldToGo() ? 1 : 0;
                most = Math.max(most, outcome.opened());
            }
            int answered = askAtOnce(context);
            int live = gateway.admin(client -> client.serverInfo().getLiveCalls());
            String sum = calls.unharmed();
            require(told > 0 || most < RESETS, "no connection of " + RESET_CONNECTIONS + " was ended");
            require(live == context.few(), "the admin API afterwards: " + live + " live calls");
            return new DrillResult(
                    RESET_CONNECTIONS + " connections that open and reset up to " + RESETS + " streams: GOAWAY on "
                            + told
                            + ", all ended; " + ADMIN_CALLS + " requests at once: " + answered + " answered, "
                            + (ADMIN_CALLS - answered) + " refused; the admin API answers afterwards",
                    "nothing; " + sum);
        }
    }

    /** How many were answered; the others were refused, and soon. */
    private static int askAtOnce(DrillContext context) throws InterruptedException {
        List<Future<Boolean>> answers = new ArrayList<>();
        try (AdminClient client = AdminClient.of(
                        AdminTarget.plaintext("127.0.0.1", context.setUp().grpcPort()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ADMIN_CALLS; i++) {
                answers.add(
                        threads.submit(() -> !client.serverInfo().getBootId().isEmpty()));
            }
        }
        return (int) answers.stream()
                .filter(answer -> answer.state() == Future.State.SUCCESS)
                .count();
    }

    /** Connects that never say a word. */
    static DrillResult silentConnects(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of()).awaitReady();
        List<SocketChannel> silent = new ArrayList<>();
        try (Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            long beforeMib = Machine.residentMib(gateway.pid());
            int wanted = connectAll(context, silent);
            KeptCalls.pause(Duration.ofSeconds(1));
            int descriptors = Machine.descriptors(gateway.pid());
            CallReport newCall = simulator
                    .place(CallPlan.to(context.setUp().media())
                            .duration(Duration.ofSeconds(1))
                            .setUpLimit(Duration.ofSeconds(5))
                            .build())
                    .join();
            long afterMib = Machine.residentMib(gateway.pid());
            String sum = calls.unharmed();
            require(
                    newCall.wasCompleted(),
                    "a real call meanwhile: " + newCall.ending() + "; descriptors of the gateway: " + descriptors);
            require(afterMib - beforeMib <= MAX_GROWTH_MIB, "memory: " + beforeMib + " MiB, then " + afterMib + " MiB");
            return new DrillResult(
                    wanted + " connects without a request: the gateway has " + descriptors
                            + " descriptors open, memory "
                            + beforeMib + " MiB, then " + afterMib + " MiB; a real call is taken meanwhile, after "
                            + Math.round(newCall.ending().setUpMs().orElse(-1)) + " ms",
                    "nothing; " + sum);
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
    }

    /** Without waiting for any; returns how many were asked for. */
    private static int connectAll(DrillContext context, List<SocketChannel> silent) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), context.setUp().httpPort());
        for (int i = 0; i < CONNECTS; i++) {
            SocketChannel channel = SocketChannel.open();
            silent.add(channel);
            channel.configureBlocking(false);
            channel.connect(address);
            if (i % 100 == 0) {
                KeptCalls.pause(Duration.ofMillis(10));
            }
        }
        return silent.size();
    }

    /** A header that comes letter by letter, a connection that says nothing, a stream that does not start. */
    static DrillResult slowloris(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(false, Map.of("STEADYLINE_HTTP_KEEP_ALIVE", "8 s"))
                .awaitReady();
        try (Simulator simulator = Simulator.start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            Future<Double> trickling = threads.submit(() -> trickle(context));
            Future<Double> idle = threads.submit(() -> idle(context));
            Future<Double> noStart = threads.submit(() -> noStart(context));
            String seen = String.format(
                    java.util.Locale.ROOT,
                    "a header letter by letter: closed after %.1f s; a connect without a request: %.1f s"
                            + " (`http.keep-alive`, 8 s here); an upgrade without `start`: 1008 after %.1f s",
                    trickling.get(),
                    idle.get(),
                    noStart.get());
            return new DrillResult(seen, "nothing; " + calls.unharmed());
        }
    }

    private static double trickle(DrillContext context) throws IOException, DrillFailure {
        long beganNs = System.nanoTime();
        try (HostileSocket peer = HostileSocket.connect(context.setUp().httpPort())) {
            byte[] request = "GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
            peer.raw(request);
            for (int i = 0; i < 100; i++) {
                peer.raw(new byte[] {'a'});
                KeptCalls.pause(Duration.ofMillis(200));
            }
            throw new DrillFailure("a header that comes letter by letter is still read after 20 s");
        } catch (IOException closed) {
            return secondsSince(beganNs);
        }
    }

    private static double idle(DrillContext context) throws IOException, DrillFailure {
        long beganNs = System.nanoTime();
        try (HostileSocket peer = HostileSocket.connect(context.setUp().httpPort())) {
            require(peer.isEnded(), "a connect without a request is still open after 10 s");
            return secondsSince(beganNs);
        }
    }

    private static double noStart(DrillContext context) throws IOException, DrillFailure {
        long beganNs = System.nanoTime();
        try (HostileSocket peer = HostileSocket.open(context)) {
            int code = peer.awaitClose();
            require(code == POLICY, "an upgrade without start: " + code + " (expected: 1008)");
            return secondsSince(beganNs);
        }
    }

    private static double secondsSince(long beganNs) {
        return (System.nanoTime() - beganNs) / 1e9;
    }

    /** The process may have few descriptors, and strangers take all of them. */
    static DrillResult descriptors(DrillContext context) throws Exception {
        DrillGateway gateway = context.start(
                        false,
                        Map.of(),
                        List.of("bash", "-c", "ulimit -n " + FEW_DESCRIPTORS + " && exec \"$@\"", "bash"))
                .awaitReady();
        List<SocketChannel> strangers = new ArrayList<>();
        try (Simulator simulator = Simulator.start()) {
            Bystanders calls = Bystanders.place(simulator, context, gateway, context.few());
            InetSocketAddress address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), context.setUp().httpPort());
            for (int i = 0; i < FEW_DESCRIPTORS; i++) {
                strangers.add(SocketChannel.open(address));
            }
            KeptCalls.pause(Duration.ofSeconds(2));
            int used = Machine.descriptors(gateway.pid());
            CallReport refused = shortCall(simulator, context);
            for (SocketChannel stranger : strangers) {
                stranger.close();
            }
            KeptCalls.pause(Duration.ofSeconds(1));
            CallReport taken = shortCall(simulator, context);
            String sum = calls.unharmed();
            double lost = Page.metric(context, "steadyline_journal_lost_total");
            require(!refused.wasConnected(), "a new call was taken with " + used + " descriptors in use");
            require(taken.wasCompleted(), "a new call after it was over: " + taken.ending());
            require(lost == 0, "the journal lost " + lost + " records");
            return new DrillResult(
                    used + " of " + FEW_DESCRIPTORS + " descriptors in use: new calls wait and are not taken ("
                            + refused.ending().outcome()
                            + "), the journal is written; when there are some again, new calls"
                            + " are taken",
                    "calls that come meanwhile; " + sum);
        }
    }

    private static CallReport shortCall(Simulator simulator, DrillContext context) {
        return simulator
                .place(CallPlan.to(context.setUp().media())
                        .duration(Duration.ofSeconds(1))
                        .setUpLimit(Duration.ofSeconds(3))
                        .build())
                .join();
    }
}
