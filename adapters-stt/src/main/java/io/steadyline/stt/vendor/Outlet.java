package io.steadyline.stt.vendor;

/** Where a dialect puts what is to be sent, in order. */
public interface Outlet {

    void text(String text);

    /** @param data given away; never empty: several vendors take an empty message for the end */
    void binary(byte[] data);

    /** Nothing more will be sent: half-closes a gRPC call, begins the closing handshake of a WebSocket. */
    void close();
}
