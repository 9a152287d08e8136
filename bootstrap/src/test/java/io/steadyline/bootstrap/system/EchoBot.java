package io.steadyline.bootstrap.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A bot as it is written for Twilio Media Streams, on a stack of its own: says everything back, with a mark behind each
 * piece. Knows nothing of this gateway.
 */
final class EchoBot implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<WebSocketChannel> channels = new CopyOnWriteArrayList<>();
    private final Undertow server;

    EchoBot() {
        server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.path().addExactPath("/twilio", Handlers.websocket((_, channel) -> {
                    channels.add(channel);
                    channel.getReceiveSetter().set(new Conversation());
                    channel.resumeReceives();
                })))
                .build();
        server.start();
    }

    URI url() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        return URI.create("ws://127.0.0.1:" + address.getPort() + "/twilio");
    }

    /** Of this event, in order, over all connections. */
    List<JsonNode> messages(String event) {
        return messages.stream()
                .filter(message -> message.path("event").asText().equals(event))
                .toList();
    }

    /** As a process that dies: all its connections are gone. */
    void die() throws IOException {
        for (WebSocketChannel channel : channels) {
            channel.close();
        }
        channels.clear();
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Conversation extends AbstractReceiveListener {

        private String streamSid = "";
        private int marks;

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage text) {
            JsonNode message = parse(text.getData());
            messages.add(message);
            switch (message.path("event").asText()) {
                case "start" ->
                    streamSid = message.path("start").path("streamSid").asText();
                case "media" -> {
                    ObjectNode media = answer("media");
                    media.putObject("media")
                            .set("payload", message.path("media").path("payload"));
                    WebSockets.sendText(media.toString(), channel, null);
                    ObjectNode mark = answer("mark");
                    mark.putObject("mark").put("name", "said-" + ++marks);
                    WebSockets.sendText(mark.toString(), channel, null);
                }
                default -> {
                    // A bot that only echoes has nothing to say to it.
                }
            }
        }

        @Override
        protected void onError(@Nullable WebSocketChannel channel, Throwable failure) {
            // The gateway has ended the connection.
        }

        private ObjectNode answer(String event) {
            return JSON.createObjectNode().put("event", event).put("streamSid", streamSid);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException("message: " + text + " (expected: JSON)", malformed);
        }
    }
}
