package io.steadyline.simulator.ws;

/** Takes what a server sent, in order. The arrays belong to the parser and are overwritten after the call. */
public interface FrameSink {

    /** A whole text message, fragments joined; not yet checked for UTF-8. */
    void onText(byte[] message, int length) throws ProtocolException;

    void onBinary(byte[] message, int length);

    void onPing(byte[] body);

    void onPong(byte[] body);

    /** The last call: bytes after a Close frame are not looked at. */
    void onClose(CloseStatus status);
}
