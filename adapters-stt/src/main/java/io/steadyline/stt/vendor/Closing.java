package io.steadyline.stt.vendor;

/**
 * How a connection ended.
 *
 * @param code WebSocket close code (RFC 6455, 7.4), 1006 without a close frame; for gRPC the number of the status, 0 to 16,
 *     which no close code is; for an SDK or a library {@link #COMPLETE} or {@link #BROKEN}
 * @param reason of the close frame or the gRPC status; untrusted text
 */
public record Closing(int code, String reason) {

    /** Not over a WebSocket: the other side has said all that it had to say. Status OK of gRPC. */
    public static final int COMPLETE = 0;

    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    public static final int NO_CODE = 1005;
    /** No close frame came: the connection broke. */
    public static final int BROKEN = 1006;

    public static final int INVALID_DATA = 1007;
    public static final int POLICY = 1008;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;
    public static final int RESTARTING = 1012;
    public static final int TRY_LATER = 1013;
}
