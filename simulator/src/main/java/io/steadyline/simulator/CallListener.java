package io.steadyline.simulator;

/** Follows one call while it runs. Called on the simulator's thread for each notable event; must not block. */
@FunctionalInterface
public interface CallListener {

    void onEvent(CallEvent event);
}
