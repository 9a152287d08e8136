package io.steadyline.signal;

/** Why a message of the peer was not used. Each is counted under its own label. */
public enum BadInput {
    /** Not JSON, cut off, duplicated keys, or nested too deeply. */
    MALFORMED,
    /** Valid, but an event name that the dialect does not know. Ignored: providers add events. */
    UNKNOWN_EVENT,
    /** A field that the event needs is missing. */
    MISSING_FIELD,
    /** A field of the wrong type or out of its range. */
    WRONG_TYPE,
    /** A value over its limit: a payload, a name, the number of parameters. */
    TOO_LARGE,
    /** Not base64, or no whole number of samples. */
    BAD_PAYLOAD,
    /** A format that this build does not speak. */
    UNSUPPORTED_FORMAT,
    /** A second start on the same socket, or one that names another stream. */
    DUPLICATE_START,
    /** Media, DTMF or a mark before the start. */
    BEFORE_START,
    /** A message for another stream than this socket's. */
    WRONG_STREAM,
    /** A chunk that came before, or a number older than one that was already used. */
    OUT_OF_ORDER,
    /** Binary where the dialect speaks text. */
    BINARY,
    /** A mark that was never sent, or returned twice. */
    UNKNOWN_MARK
}
