package io.steadyline.bootstrap.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bot as they are written for Twilio Media Streams: a media socket at {@code /media}, and nothing of this gateway in it. */
public final class TwilioBot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioBot.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BotOptions options;
    private final Optional<Ledger> ledger;
    private final Undertow server;

    private TwilioBot(String host, int port, BotOptions options) throws IOException {
        this.options = options;
        this.ledger = options.ledger().isPresent()
                ? Optional.of(Ledger.open(options.ledger().get()))
                : Optional.empty();
        this.server = Undertow.builder()
                .addHttpListener(port, host)
                .setIoThreads(1)
                .setHandler(Handlers.path().addExactPath("/media", Handlers.websocket(this::onConnect)))
                .build();
    }

    /** Listens when it returns. */
    public static TwilioBot start(String host, int port, BotOptions options) throws IOException {
        TwilioBot bot = new TwilioBot(host, port, options);
        bot.server.start();
        return bot;
    }

    /** The port that it really listens on. */
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }

    @SuppressWarnings("unused") // the exchange is of no interest
    private void onConnect(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        channel.getReceiveSetter().set(new Stream(channel));
        channel.resumeReceives();
    }

    @Override
    public void close() throws IOException {
        server.stop();
        if (ledger.isPresent()) {
            ledger.get().close();
        }
    }

    /** One call, on the server's one I/O thread. */
    private final class Stream extends AbstractReceiveListener implements TalkingCall.Mouth {

        private final WebSocketChannel channel;
        private String streamSid = "";
        private String callSid = "";
        private @Nullable TalkingCall talk;

        Stream(WebSocketChannel channel) {
            this.channel = channel;
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage text) throws IOException {
            JsonNode message = JSON.readTree(text.getData());
            switch (message.path("event").asText()) {
                case "start" -> onStart(message.path("start"));
                case "media" -> onMedia(message.path("media"));
                case "mark" -> onMark(message.path("mark").path("name").asText());
                case "dtmf" -> note("dtmf", message.path("dtmf").path("digit").asText());
                case "stop" -> note("stop", "");
                default -> LOG.debug("{}", message.path("event"));
            }
        }

        private void onStart(JsonNode start) {
            streamSid = start.path("streamSid").asText();
            callSid = start.path("callSid").asText();
            boolean resumed = start.path("customParameters").has("steadyline_resumed");
            LOG.info("call {} {}", callSid, resumed ? "goes on" : "begins");
            if (!options.echoes() && ledger.isPresent()) {
                talk = TalkingCall.of(callSid, ledger.get(), this);
                talk.onStarted(resumed, "");
            }
        }

        private void onMedia(JsonNode media) {
            if (options.echoes()) {
                media(media.path("payload").asText());
            } else {
                note("media", media.path("timestamp").asText());
            }
        }

        private void onMark(String name) {
            TalkingCall call = talk;
            if (call != null) {
                call.onMark(name, "returned");
            }
        }

        private void note(String word, String detail) {
            ledger.ifPresent(to -> to.write(callSid, word, detail));
        }

        @Override
        public void say(byte[] audio) {
            media(Base64.getEncoder().encodeToString(audio));
        }

        private void media(String payload) {
            ObjectNode message = message("media");
            message.putObject("media").put("payload", payload);
            send(message);
        }

        @Override
        public void mark(String name) {
            ObjectNode message = message("mark");
            message.putObject("mark").put("name", name);
            send(message);
        }

        private ObjectNode message(String event) {
            return JSON.createObjectNode().put("event", event).put("streamSid", streamSid);
        }

        private void send(ObjectNode message) {
            WebSockets.sendText(message.toString(), channel, null);
        }
    }
}
