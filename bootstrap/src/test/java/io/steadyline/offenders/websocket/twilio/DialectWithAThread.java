package io.steadyline.offenders.websocket.twilio;

/** A thread in a codec. */
public final class DialectWithAThread {
    Thread start(Runnable work) {
        return Thread.ofVirtual().start(work);
    }
}
