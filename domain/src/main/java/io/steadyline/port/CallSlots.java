package io.steadyline.port;

import io.steadyline.restart.SlotSnapshot;

/** The recorder's pages. Media loop only. */
public interface CallSlots {

    /** A free page; one in plain memory, that dies with the process, when there is none or the recorder is off. */
    CallSlot acquire();

    /** The page of a call that is gone on with: its content stays as the dead boot left it, and its counts of frames begin anew. */
    CallSlot adopt(SlotSnapshot left);
}
