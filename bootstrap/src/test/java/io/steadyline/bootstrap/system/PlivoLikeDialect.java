package io.steadyline.bootstrap.system;

import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.dialect.DialectCodec;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.dialect.JsonReader;

/** A second provider, with the names, types and manners of Plivo's audio streams: to see that nothing depends on the first. */
final class PlivoLikeDialect implements Dialect {

    private final JsonReader json = new JsonReader(DialectLimits.defaults());

    @Override
    public String name() {
        return "plivo-like";
    }

    @Override
    public String mediaPath() {
        return "/plivo-like/media";
    }

    @Override
    public String listenPath() {
        return "/plivo-like/listen";
    }

    @Override
    public boolean speaksText() {
        return true;
    }

    @Override
    public DialectCodec newCodec(StreamMode mode) {
        return new PlivoLikeCodec(json, mode);
    }
}
