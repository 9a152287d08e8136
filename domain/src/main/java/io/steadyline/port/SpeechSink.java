package io.steadyline.port;

import io.steadyline.signal.SpeechEvent;

/** Where a recogniser's events go. Called from the recogniser's thread; returns at once. */
@FunctionalInterface
public interface SpeechSink {
    void on(SpeechEvent event);
}
