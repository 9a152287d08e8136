package io.steadyline.testkit;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Remembers everything that calls tell, and checks what holds for every call: it starts with CallStarted, ends with
 * CallEnded, nothing comes after that, and the counts of every queue balance.
 */
public final class RecordingObserver implements CallObserver {

    private record Told(CallFacts facts, CallMoment moment) {}

    private final List<Told> told = new ArrayList<>();
    private final List<CallSecond> seconds = new ArrayList<>();
    private final List<SpeechEvent> speech = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Long> latenessesNs = new ArrayList<>();
    private final List<Long> sttWritesNs = new ArrayList<>();
    private final Set<CallId> live = new HashSet<>();
    private List<QueueCounts> lastQueues = List.of();
    private BiConsumer<CallFacts, CallMoment> onMoment = (facts, moment) -> {};
    private Runnable onSecond = () -> {};

    public void whenMoment(BiConsumer<CallFacts, CallMoment> action) {
        onMoment = action;
    }

    public void whenSecond(Runnable action) {
        onSecond = action;
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        if (moment instanceof CallMoment.CallStarted) {
            require(live.add(facts.callId()), "started twice: " + facts.callId());
        }
        require(live.contains(facts.callId()), moment + " of a call that is not live");
        if (moment instanceof CallMoment.CallEnded) {
            live.remove(facts.callId());
        }
        told.add(new Told(facts, moment));
        onMoment.accept(facts, moment);
    }

    @Override
    public void onSpeech(CallFacts facts, SpeechEvent event) {
        require(live.contains(facts.callId()), event + " of a call that is not live");
        speech.add(event);
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        for (QueueCounts counts : queues) {
            require(counts.isBalanced(), "not balanced: " + counts);
        }
        lastQueues = queues;
        seconds.add(second);
        onSecond.run();
    }

    @Override
    public void onFailure(CallFacts facts, Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void onSendLateness(long latenessNs) {
        latenessesNs.add(latenessNs);
    }

    @Override
    public void onSttWrite(long writeNs) {
        sttWritesNs.add(writeNs);
    }

    public List<CallMoment> moments() {
        return told.stream().map(Told::moment).toList();
    }

    public <T extends CallMoment> List<T> moments(Class<T> type) {
        return moments().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Names of the kinds of moments, in order. */
    public List<String> momentNames() {
        return moments().stream().map(each -> each.getClass().getSimpleName()).toList();
    }

    /** How the calls ended, in order. */
    public List<CallEnd> ends() {
        return moments(CallMoment.CallEnded.class).stream()
                .map(CallMoment.CallEnded::end)
                .toList();
    }

    /** States that were entered, in order. */
    public List<CallMoment.StateChanged> changes() {
        return moments(CallMoment.StateChanged.class);
    }

    public List<SpeechEvent> speech() {
        return List.copyOf(speech);
    }

    public List<CallSecond> seconds() {
        return List.copyOf(seconds);
    }

    /** The counts that came with the latest second. */
    public List<QueueCounts> lastQueues() {
        return lastQueues;
    }

    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    public List<Long> latenessesNs() {
        return List.copyOf(latenessesNs);
    }

    public List<Long> sttWritesNs() {
        return List.copyOf(sttWritesNs);
    }

    private static void require(boolean claim, String otherwise) {
        if (!claim) {
            throw new AssertionError(otherwise);
        }
    }
}
