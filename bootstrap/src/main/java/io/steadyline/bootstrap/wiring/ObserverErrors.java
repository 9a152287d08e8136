package io.steadyline.bootstrap.wiring;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what observers throw, without a flood: the 1st, 2nd, 4th, 8th … time. Used by the media loop. */
final class ObserverErrors implements Consumer<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(ObserverErrors.class);

    private long count;

    @Override
    public void accept(RuntimeException failure) {
        count++;
        if (Long.bitCount(count) == 1) {
            LOG.error("an observer failed, for the {}. time; calls go on", count, failure);
        }
    }
}
