package io.steadyline.offenders.keeper;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a library into the process that has to outlive all libraries. */
public final class KeeperThatLogs {

    private static final Logger LOG = LoggerFactory.getLogger(KeeperThatLogs.class);

    void say() {
        LOG.info("still here");
    }
}
