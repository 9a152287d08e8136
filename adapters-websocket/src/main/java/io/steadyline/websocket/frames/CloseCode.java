package io.steadyline.websocket.frames;

/** Status codes of a close, RFC 6455 section 7.4. */
public final class CloseCode {

    public static final int NORMAL = 1000;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never on the wire: the close frame had no code. */
    public static final int NONE = 1005;
    /** Never on the wire: the connection ended without a close frame. */
    public static final int ABNORMAL = 1006;

    public static final int INVALID_DATA = 1007;
    public static final int POLICY_VIOLATION = 1008;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;
    public static final int SERVICE_RESTART = 1012;
    public static final int TRY_AGAIN_LATER = 1013;

    private CloseCode() {}

    /** A peer may send it: defined for the wire, registered, or for private use. */
    static boolean isSendable(int code) {
        boolean defined = code >= NORMAL && code <= 1014 && code != 1004 && code != NONE && code != ABNORMAL;
        return defined || (code >= 3000 && code <= 4999);
    }
}
