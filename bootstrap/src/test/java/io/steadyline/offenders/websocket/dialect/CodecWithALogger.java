package io.steadyline.offenders.websocket.dialect;

import org.slf4j.Logger;

/** A logger in a codec. */
public record CodecWithALogger(Logger log) {}
