package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gladia's answer to the request for a session, and the sessions that it named: they outlive their connections. The key is
 * {@value #KEY}. Any thread.
 */
public final class GladiaSessions {

    static final String KEY = "good-key";
    static final String PATH = "/v2/live";

    private final Map<String, Session> byToken = new ConcurrentHashMap<>();

    /** One session. Used by one connection at a time. */
    static final class Session {
        final String id;
        final JsonNode config;
        long receivedBytes;
        boolean stopped;
        boolean over;

        Session(String id, JsonNode config) {
            this.id = id;
            this.config = config;
        }

        int bytesPerMs() {
            return config.path("sample_rate").asInt()
                    / 1000
                    * config.path("bit_depth").asInt()
                    / 8;
        }

        boolean wants(String messages) {
            return config.path("messages_config").path(messages).asBoolean();
        }
    }

    /** The answer: status and body. */
    public record Answer(int status, String body) {}

    /** @param socketBase scheme, host and port of the WebSocket, such as {@code ws://127.0.0.1:8080} */
    public Answer answer(PeerRequest request, String body, String socketBase) {
        if (!request.path().equals(PATH)) {
            return refusal(404, "Cannot POST " + request.path());
        }
        if (!KEY.equals(request.header("x-gladia-key").orElse(""))) {
            return refusal(401, "gladia key not found");
        }
        JsonNode config;
        try {
            config = Json.read(body);
        } catch (Dialect.Garbled notJson) {
            return refusal(400, String.valueOf(notJson.getMessage()));
        }
        List<String> problems = problems(request, config);
        if (!problems.isEmpty()) {
            return refusal(422, String.join("; ", problems));
        }
        String number = String.valueOf(byToken.size() + 1);
        byToken.put("token-" + number, new Session("session-" + number, config));
        return new Answer(
                201,
                Json.write(Json.object()
                        .put("id", "session-" + number)
                        .put("created_at", "2026-11-29T12:00:00.000Z")
                        .put("url", socketBase + PATH + "?token=token-" + number)));
    }

    Optional<Session> byToken(String token) {
        return Optional.ofNullable(byToken.get(token)).filter(session -> !session.over);
    }

    private static List<String> problems(PeerRequest request, JsonNode config) {
        List<String> problems = new ArrayList<>();
        if (!request.header("content-type").orElse("").startsWith("application/json")) {
            problems.add("content-type");
        }
        if (!request.query().getOrDefault("region", "us-west").matches("us-west|eu-west")) {
            problems.add("region");
        }
        String encoding = config.path("encoding").asText();
        int bits = config.path("bit_depth").asInt();
        boolean g711 = encoding.equals("wav/ulaw") || encoding.equals("wav/alaw");
        boolean linear = encoding.equals("wav/pcm") && (bits == 16 || bits == 24 || bits == 32);
        if (!linear && !(g711 && bits == 8)) {
            problems.add("encoding and bit_depth");
        }
        if (!String.valueOf(config.path("sample_rate").asInt()).matches("8000|16000|32000|44100|48000")) {
            problems.add("sample_rate");
        }
        if (config.path("channels").asInt() != 1) {
            problems.add("channels");
        }
        if (!config.path("model").asText().startsWith("solaria")) {
            problems.add("model");
        }
        if (config.has("endpointing") && !within(config.path("endpointing"), 0.01, 10)) {
            problems.add("endpointing");
        }
        if (config.has("maximum_duration_without_endpointing")
                && !within(config.path("maximum_duration_without_endpointing"), 5, 60)) {
            problems.add("maximum_duration_without_endpointing");
        }
        for (JsonNode language : config.path("language_config").path("languages")) {
            if (!language.asText().matches("[a-z]{2}")) {
                problems.add("language_config.languages");
            }
        }
        JsonNode meanwhile = config.path("realtime_processing");
        if (meanwhile.path("custom_vocabulary").asBoolean()
                && meanwhile.path("custom_vocabulary_config").path("vocabulary").isEmpty()) {
            problems.add("realtime_processing.custom_vocabulary_config.vocabulary");
        }
        return problems;
    }

    private static boolean within(JsonNode number, double min, double max) {
        return number.isNumber() && number.asDouble() >= min && number.asDouble() <= max;
    }

    private static Answer refusal(int status, String message) {
        ObjectNode body = Json.object().put("statusCode", status).put("message", message);
        return new Answer(status, Json.write(body));
    }
}
