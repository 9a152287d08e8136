package io.steadyline.stt.peer;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import io.steadyline.stt.peer.PeerDialect.Ear;
import io.steadyline.stt.peer.PeerDialect.PeerOut;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.PeerScript.Act;
import io.steadyline.stt.peer.PeerScript.When;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One call at a {@link GrpcPeer}. What it hears comes one message at a time; what it says goes out in order, from a thread of
 * its own, so that a peer that is slow to speak does not stop listening.
 */
public final class GrpcCall {

    private final int number;
    private final PeerRequest request;
    private final PeerScript script;
    private final PeerDialect dialect;
    private final GrpcAnswers<?> answers;
    private final Runnable drop;
    private final PeerRecogniser recogniser;
    private final PeerOut out = new Voice();
    private final Ear ear = new CountingEar();
    private final Object turn = new Object();
    private final ExecutorService speaker = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("peer-call").factory());
    private final List<PeerScript.Step> audioSteps = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicLong audioBytes = new AtomicLong();
    private final AtomicLong audioMessages = new AtomicLong();
    private volatile int messagesSent;
    private volatile long lastAudioNs = System.nanoTime();
    private volatile boolean open = true;
    private volatile boolean deaf;
    private volatile boolean stalled;
    private volatile boolean closing;
    private volatile boolean halfClosed;
    private volatile boolean cancelled;

    GrpcCall(
            int number,
            PeerRequest request,
            PeerScript script,
            PeerDialect dialect,
            VendorAudio audio,
            GrpcAnswers<?> answers,
            Runnable drop) {
        this.number = number;
        this.request = request;
        this.script = script;
        this.dialect = dialect;
        this.answers = answers;
        this.drop = drop;
        this.recogniser = new PeerRecogniser(dialect, out, audio);
        script.steps().stream()
                .filter(step -> step.when() instanceof When.AfterAudio)
                .forEach(audioSteps::add);
    }

    /** From 1; refused ones count too. */
    public int number() {
        return number;
    }

    public PeerRequest request() {
        return request;
    }

    public PeerRecogniser recogniser() {
        return recogniser;
    }

    public boolean isOpen() {
        return open;
    }

    /** The client said that nothing follows. */
    public boolean isHalfClosed() {
        return halfClosed;
    }

    /** The client gave the call up, or its connection was lost. */
    public boolean isCancelled() {
        return cancelled;
    }

    public long audioBytes() {
        return audioBytes.get();
    }

    public long audioMessages() {
        return audioMessages.get();
    }

    public int messagesSent() {
        return messagesSent;
    }

    /** Does it now, from any thread. */
    public void act(Act act) {
        switch (act) {
            case Act.Text(String text) ->
                failures.add(new IllegalArgumentException("text: " + text + " (expected: binary)"));
            case Act.Binary(byte[] data) -> speak(() -> answers.bytes(data));
            case Act.Close(int code, String reason) -> speak(() -> end(code, reason));
            case Act.Stall() -> stalled = true;
            case Act.Drop(), Act.Vanish() -> drop.run();
            case Act.StopReading() -> deaf = true;
            case Act.Say(Trouble trouble) -> inTurn(() -> dialect.trouble(trouble, out));
        }
    }

    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** @return itself, which is over */
    GrpcCall refuse(PeerRefusal refusal) {
        end(refusal.status(), refusal.body());
        return this;
    }

    <Q extends MessageLite> StreamObserver<Q> start(GrpcLimits limits, ScheduledExecutorService clock) {
        answers.begin(this::onCancel);
        if (open) {
            inTurn(() -> dialect.onOpened(out));
            script.steps().stream()
                    .filter(step -> step.when() instanceof When.Opened)
                    .forEach(step -> act(step.act()));
            var _ = clock.schedule(answers::request, script.openDelay().toMillis(), TimeUnit.MILLISECONDS);
            watch(limits, clock);
        }
        return new Listener<>();
    }

    private void watch(GrpcLimits limits, ScheduledExecutorService clock) {
        long everyNs = Math.max(1_000_000, limits.idleNs() / 10);
        ScheduledFuture<?> session =
                clock.schedule(() -> act(new Act.Say(Trouble.LIMIT_REACHED)), limits.sessionNs(), TimeUnit.NANOSECONDS);
        var _ = clock.schedule(new IdleWatch(limits.idleNs(), everyNs, clock, session), everyNs, TimeUnit.NANOSECONDS);
    }

    private void onCancel() {
        cancelled = true;
        open = false;
        speaker.shutdown();
    }

    private void end(int code, String reason) {
        open = false;
        answers.close(code, reason);
        speaker.shutdown();
    }

    private void onMessage(byte[] data) {
        inTurn(() -> {
            // Who has said goodbye does not listen any more.
            if (!closing) {
                dialect.onBinary(data, out, ear);
            }
        });
        audioSteps.removeIf(this::isDone);
        if (!deaf) {
            answers.request();
        }
    }

    private boolean isDone(PeerScript.Step step) {
        if (step.when() instanceof When.AfterAudio(long bytes) && audioBytes.get() >= bytes) {
            act(step.act());
            return true;
        }
        return false;
    }

    /** A dialect that throws is a mistake in the test. */
    private void inTurn(Runnable step) {
        try {
            synchronized (turn) {
                step.run();
            }
        } catch (RuntimeException bug) {
            failures.add(bug);
            speak(() -> end(13, "the peer failed"));
        }
    }

    private void speak(Runnable words) {
        try {
            speaker.execute(() -> {
                try {
                    words.run();
                } catch (RuntimeException bug) {
                    failures.add(bug);
                }
            });
        } catch (RejectedExecutionException over) {
            // The call has ended meanwhile.
        }
    }

    private void say(byte[] data) {
        int next = messagesSent + 1;
        steps(new When.BeforeMessage(next));
        if (stalled || !open) {
            return;
        }
        try {
            Thread.sleep(script.messageDelay());
            answers.message(data);
            messagesSent = next;
            steps(new When.AfterMessage(next));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            failures.add(bug);
        }
    }

    private void steps(When now) {
        script.steps().stream()
                .filter(step -> step.when().equals(now))
                .map(PeerScript.Step::act)
                .forEach(act -> {
                    if (act instanceof Act.Close(int code, String reason)) {
                        end(code, reason);
                    } else {
                        act(act);
                    }
                });
    }

    @Override
    public String toString() {
        return "call " + number + " " + request.path();
    }

    private final class Listener<Q extends MessageLite> implements StreamObserver<Q> {
        @Override
        public void onNext(Q message) {
            onMessage(message.toByteArray());
        }

        @Override
        public void onError(Throwable gone) {
            onCancel();
        }

        @Override
        public void onCompleted() {
            halfClosed = true;
            inTurn(ear::endOfInput);
        }
    }

    private final class Voice implements PeerOut {
        @Override
        public void text(String text) {
            throw new IllegalArgumentException("text: " + text + " (expected: binary)");
        }

        @Override
        public void binary(byte[] data) {
            speak(() -> say(data));
        }

        @Override
        public void close(int code, String reason) {
            closing = true;
            speak(() -> {
                if (!stalled) {
                    end(code, reason);
                }
            });
        }
    }

    private final class CountingEar implements Ear {
        @Override
        public void audio(byte[] data) {
            lastAudioNs = System.nanoTime();
            audioBytes.addAndGet(data.length);
            audioMessages.incrementAndGet();
            recogniser.audio(data);
        }

        @Override
        public void flush() {
            recogniser.flush();
        }

        @Override
        public void endOfInput() {
            recogniser.endOfInput();
        }
    }

    private final class IdleWatch implements Runnable {
        private final long idleNs;
        private final long everyNs;
        private final ScheduledExecutorService clock;
        private final ScheduledFuture<?> session;

        IdleWatch(long idleNs, long everyNs, ScheduledExecutorService clock, ScheduledFuture<?> session) {
            this.idleNs = idleNs;
            this.everyNs = everyNs;
            this.clock = clock;
            this.session = session;
        }

        @Override
        public void run() {
            if (!open) {
                session.cancel(false);
            } else if (!halfClosed && System.nanoTime() - lastAudioNs > idleNs) {
                session.cancel(false);
                act(new Act.Say(Trouble.IDLE));
            } else {
                var _ = clock.schedule(this, everyNs, TimeUnit.NANOSECONDS);
            }
        }
    }
}
