package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.Map;
import java.util.Optional;

/** A server of jambonz' custom STT protocol. Its errors have no codes, so each is a text, and then a close. */
public final class JambonzPeer implements PeerDialect {

    private boolean started;
    private boolean stopped;
    private boolean interimWanted;

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        boolean known = request.header("authorization")
                .filter("Bearer good-key"::equals)
                .isPresent();
        if (!known || trouble.filter(Trouble.AUTH::equals).isPresent()) {
            return Optional.of(new PeerRefusal(401, Map.of(), "unknown api key"));
        }
        return trouble.flatMap(JambonzPeer::refusal);
    }

    @Override
    public void onOpened(PeerOut out) {
        // The client starts.
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (Dialect.Garbled notJson) {
            fail("not JSON", out);
            return;
        }
        switch (message.path("type").asText()) {
            case "start" -> onStart(message, out);
            case "stop" -> onStop(out, ear);
            default -> fail("unknown type " + message.path("type"), out);
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (!started || stopped) {
            fail("audio before start or after stop", out);
        } else if (data.length == 0 || data.length % 2 != 0) {
            fail("audio of " + data.length + " bytes", out);
        } else {
            ear.audio(data);
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        // The protocol has no word for it.
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        if (interimWanted) {
            out.text(transcription(segment, false));
        }
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        out.text(transcription(segment, true));
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // The protocol has no word for it.
    }

    @Override
    public void flushed(PeerOut out) {
        throw new IllegalStateException("flush (expected: never, the protocol has none)");
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.close(1000, "");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        fail(trouble.name(), out);
    }

    private static Optional<PeerRefusal> refusal(Trouble trouble) {
        return switch (trouble) {
            case QUOTA -> Optional.of(new PeerRefusal(402, Map.of(), "nothing left"));
            case SERVER_ERROR -> Optional.of(new PeerRefusal(500, Map.of(), "failed"));
            case AUTH, LIMIT_REACHED, IDLE -> Optional.empty();
        };
    }

    private void onStart(JsonNode start, PeerOut out) {
        int rateHz = start.path("sampleRateHz").asInt();
        boolean wellFormed = !started
                && !start.path("language").asText().isEmpty()
                && start.path("format").asText().equals("raw")
                && start.path("encoding").asText().equals("LINEAR16")
                && start.path("interimResults").isBoolean()
                && (rateHz == 8_000 || rateHz == 16_000)
                && start.path("options").isObject();
        if (!wellFormed) {
            fail("start is not well-formed, or the second", out);
            return;
        }
        started = true;
        interimWanted = start.path("interimResults").asBoolean();
    }

    private void onStop(PeerOut out, Ear ear) {
        if (!started || stopped) {
            fail("stop before start, or twice", out);
            return;
        }
        stopped = true;
        ear.endOfInput();
    }

    private static String transcription(Segment segment, boolean isFinal) {
        ObjectNode message = Json.object()
                .put("type", "transcription")
                .put("is_final", isFinal)
                .put("channel", 1);
        ObjectNode best = message.putArray("alternatives").addObject().put("transcript", segment.text());
        if (isFinal) {
            best.put("confidence", 0.9);
        }
        return Json.write(message);
    }

    private static void fail(String why, PeerOut out) {
        out.text(Json.write(Json.object().put("type", "error").put("error", why)));
        out.close(1011, "");
    }
}
