package io.steadyline.websocket.twilio;

import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.dialect.DialectConversationTest;
import io.steadyline.websocket.dialect.DialectLimits;

final class TwilioConversationTest extends DialectConversationTest {

    @Override
    protected Dialect dialect() {
        return new TwilioDialect(DialectLimits.defaults());
    }

    @Override
    protected String recording() {
        return "twilio-bidirectional.jsonl";
    }

    @Override
    protected StreamMode pathMode() {
        return StreamMode.BIDIRECTIONAL;
    }
}
