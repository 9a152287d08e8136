package io.steadyline.call;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.SpeechEvent;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import java.util.List;
import java.util.function.Consumer;

/** Several observers as one. What one of them throws reaches neither the others nor the call. */
public final class ObserverFan implements CallObserver {

    private final List<CallObserver> observers;
    private final Consumer<RuntimeException> onError;

    /** @param onError hears of every exception of an observer; must not throw */
    public ObserverFan(List<CallObserver> observers, Consumer<RuntimeException> onError) {
        this.observers = List.copyOf(observers);
        this.onError = onError;
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        each(observer -> observer.onMoment(facts, moment));
    }

    @Override
    public void onSpeech(CallFacts facts, SpeechEvent event) {
        each(observer -> observer.onSpeech(facts, event));
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        each(observer -> observer.onSecond(facts, second, queues));
    }

    @Override
    public void onFailure(CallFacts facts, Throwable failure) {
        each(observer -> observer.onFailure(facts, failure));
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // Indexed, without a lambda: this is the frame path.
        for (int i = 0; i < observers.size(); i++) {
            try {
                observers.get(i).onSendLateness(latenessNs);
            } catch (RuntimeException failure) {
                onError.accept(failure);
            }
        }
    }

    @Override
    public void onSttWrite(long writeNs) {
        for (int i = 0; i < observers.size(); i++) {
            try {
                observers.get(i).onSttWrite(writeNs);
            } catch (RuntimeException failure) {
                onError.accept(failure);
            }
        }
    }

    private void each(Consumer<CallObserver> told) {
        for (CallObserver observer : observers) {
            try {
                told.accept(observer);
            } catch (RuntimeException failure) {
                onError.accept(failure);
            }
        }
    }
}
