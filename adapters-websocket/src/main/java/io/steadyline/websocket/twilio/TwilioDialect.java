package io.steadyline.websocket.twilio;

import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.JsonReader;

/** Twilio Media Streams, and those who send the same messages. */
public final class TwilioDialect implements Dialect {

    public static final String NAME = "twilio";
    static final String MEDIA_PATH = "/twilio/media";
    static final String LISTEN_PATH = "/twilio/listen";

    private final DialectLimits limits;
    private final JsonReader json;

    public TwilioDialect(DialectLimits limits) {
        this.limits = limits;
        this.json = new JsonReader(limits);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String mediaPath() {
        return MEDIA_PATH;
    }

    @Override
    public String listenPath() {
        return LISTEN_PATH;
    }

    @Override
    public boolean speaksText() {
        return true;
    }

    @Override
    public DialectCodec newCodec(StreamMode mode) {
        return new TwilioCodec(limits, json, mode);
    }
}
