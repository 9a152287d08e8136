package io.steadyline.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Malformed traffic made from good messages. A seed and a number always give the same mutation, so that a finding can be
 * sent again alone.
 */
public final class MalformedTraffic {

    private final long seed;

    private MalformedTraffic(long seed) {
        this.seed = seed;
    }

    public static MalformedTraffic seeded(long seed) {
        return new MalformedTraffic(seed);
    }

    public long seed() {
        return seed;
    }

    /** The mutation of this number for a stream; all kinds come in turn. */
    public Mutation mutation(int number, String callSid, String streamSid) {
        Mutation.Kind[] kinds = Mutation.Kind.values();
        // The golden gamma of SplittableRandom keeps neighbouring numbers apart.
        SplittableRandom random = new SplittableRandom(seed + number * 0x9E37_79B9_7F4A_7C15L);
        return new Mutator(random, "AC" + "0".repeat(32), callSid, streamSid)
                .mutate(number, kinds[Math.floorMod(number, kinds.length)]);
    }

    /**
     * Sends the mutations 0 to {@code count - 1} to a server, each on a stream that has been started, over a number of
     * sockets at once, and waits for how the server takes each. A socket is used again as long as the server leaves it
     * open.
     *
     * @param sockets at most this many at a time
     * @param replyLimit how long the server may take for its reaction to one mutation
     */
    public TrafficReport run(URI uri, int count, int sockets, Duration replyLimit) throws InterruptedException {
        requirePositive("count", count);
        requirePositive("sockets", sockets);
        CallPlan plan = CallPlan.to(uri).setUpLimit(replyLimit).build();
        List<Callable<List<TrafficReport.Reply>>> lanes = new ArrayList<>();
        for (int lane = 0; lane < sockets; lane++) {
            int first = lane;
            lanes.add(() -> runLane(plan, first, count, sockets));
        }
        List<TrafficReport.Reply> replies = new ArrayList<>(count);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<TrafficReport.Reply>> lane : threads.invokeAll(lanes)) {
                replies.addAll(lane.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a lane of malformed traffic failed (seed " + seed + ")", e.getCause());
        }
        replies.sort(Comparator.comparingInt(reply -> reply.mutation().number()));
        return new TrafficReport(seed, List.copyOf(replies));
    }

    private List<TrafficReport.Reply> runLane(CallPlan plan, int first, int count, int step) {
        List<TrafficReport.Reply> replies = new ArrayList<>();
        try (TrafficLane lane = new TrafficLane(plan)) {
            for (int number = first; number < count; number += step) {
                replies.add(lane.send(this, number));
            }
        }
        return replies;
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
