package io.steadyline.telemetry;

/** The four media queues of a call, in the order of the media. */
public enum QueueName {
    RX,
    STT,
    TX,
    SEND
}
