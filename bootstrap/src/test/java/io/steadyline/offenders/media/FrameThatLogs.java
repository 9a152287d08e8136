package io.steadyline.offenders.media;

import org.slf4j.LoggerFactory;

/** A logger in the domain. */
public final class FrameThatLogs {
    void log() {
        LoggerFactory.getLogger("media").info("a frame");
    }
}
