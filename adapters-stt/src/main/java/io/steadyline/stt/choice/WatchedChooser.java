package io.steadyline.stt.choice;

import io.steadyline.port.SttSpec;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what calls asked for in vain, and says each kind once in the life of the process. Any thread. */
public final class WatchedChooser implements Function<SttSpec, SttChoice> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedChooser.class);
    /** Names of parameters come from outside. */
    private static final int MAX_SAID = 100;

    private final Chooser chooser;
    private final Consumer<Ignored.Reason> counter;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** @param counter told of each parameter that was ignored; returns at once */
    public WatchedChooser(Chooser chooser, Consumer<Ignored.Reason> counter) {
        this.chooser = chooser;
        this.counter = counter;
    }

    @Override
    public SttChoice apply(SttSpec call) {
        SttChoice choice = chooser.choose(call);
        for (Ignored ignored : choice.ignored()) {
            counter.accept(ignored.reason());
            if (said.size() < MAX_SAID && said.add(ignored.reason() + " " + ignored.parameter())) {
                LOG.warn("call {}: {} is ignored; said once, counted always", call.callId(), ignored);
            }
        }
        return choice;
    }
}
