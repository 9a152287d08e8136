package io.steadyline.stt.runtime;

import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSpec;
import io.steadyline.stt.choice.SttChoice;
import java.util.function.Function;

/** Makes the recogniser that speaks to vendors. */
@FunctionalInterface
public interface RecogniserFactory {

    /**
     * Made once a process, or once for a trial; whoever asked closes it.
     *
     * @param chooser which recognisers a session gets, in the order of fail-over; asked once a session, on any thread
     * @param builtin what {@code Candidate.BuiltIn} means; closed with the result
     */
    SttProvider create(RuntimeSettings settings, Function<SttSpec, SttChoice> chooser, SttProvider builtin);
}
