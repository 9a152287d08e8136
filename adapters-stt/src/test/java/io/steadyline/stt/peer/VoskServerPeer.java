package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A vosk-server: one answer to each message but the config, and the end in exactly its spelling. What the true server feeds to
 * its recogniser by mistake ends the connection here as it does there, by a failure of the server.
 */
public final class VoskServerPeer implements PeerDialect {

    private final boolean knowsReset;
    private final List<SegmentWord> finals = new ArrayList<>();
    private boolean configured;
    private boolean heard;
    private boolean words;
    private int alternatives;
    private String partial = "";

    public VoskServerPeer() {
        this(false);
    }

    /** @param knowsReset answers a reset with a final, as some versions do */
    public VoskServerPeer(boolean knowsReset) {
        this.knowsReset = knowsReset;
    }

    /** A vosk-server has no keys; one behind a proxy may. */
    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        return trouble.map(any -> switch (any) {
            case AUTH -> new PeerRefusal(401, Map.of(), "");
            case QUOTA, LIMIT_REACHED, SERVER_ERROR, IDLE -> new PeerRefusal(503, Map.of(), "");
        });
    }

    @Override
    public void onOpened(PeerOut out) {
        // The client says how its audio is.
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        if (text.contains("config")) {
            onConfig(text, out);
        } else if (text.equals("{\"eof\" : 1}")) {
            ear.endOfInput();
        } else if (text.equals("{\"reset\" : 1}") && knowsReset) {
            ear.flush();
        } else {
            out.close(1011, "text as audio");
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        if (!configured || data.length % 2 != 0) {
            out.close(1011, "audio without config, or half a sample");
            return;
        }
        heard = true;
        ear.audio(data);
        answer(finals.isEmpty() ? partial() : result(), out);
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        // Only results are told.
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        partial = segment.text();
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        partial = "";
        finals.addAll(segment.words());
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // Only results are told.
    }

    @Override
    public void flushed(PeerOut out) {
        answer(result(), out);
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        answer(result(), out);
        out.close(1000, "");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH -> out.close(1008, "");
            case QUOTA -> out.close(1013, "");
            case LIMIT_REACHED -> out.close(1001, "");
            case SERVER_ERROR -> out.close(1011, "");
            case IDLE -> out.close(1011, "keepalive ping timeout");
        }
    }

    private void onConfig(String text, PeerOut out) {
        try {
            JsonNode config = Json.read(text).path("config");
            int rateHz = config.path("sample_rate").asInt();
            if (heard || (rateHz != 8_000 && rateHz != 16_000)) {
                out.close(1011, "config after audio, or without a rate");
                return;
            }
            configured = true;
            words = config.path("words").asBoolean();
            alternatives = config.path("max_alternatives").asInt(0);
        } catch (Dialect.Garbled notJson) {
            out.close(1011, "config: not JSON");
        }
    }

    private static void answer(ObjectNode message, PeerOut out) {
        out.text(Json.write(message));
    }

    private ObjectNode partial() {
        return Json.object().put("partial", partial);
    }

    /** Of all that became final at one message. */
    private ObjectNode result() {
        ObjectNode result = Json.object();
        if (alternatives == 0) {
            fill(result, true);
        } else {
            fill(result.putArray("alternatives").addObject().put("confidence", 271.8), false);
        }
        finals.clear();
        return result;
    }

    private void fill(ObjectNode result, boolean withConfidence) {
        if (words && !finals.isEmpty()) {
            ArrayNode list = result.putArray("result");
            for (SegmentWord word : finals) {
                ObjectNode entry = list.addObject()
                        .put("word", word.text())
                        .put("start", word.startMs() / 1000.0)
                        .put("end", word.endMs() / 1000.0);
                if (withConfidence) {
                    entry.put("conf", 0.75);
                }
            }
        }
        result.put("text", finals.stream().map(SegmentWord::text).collect(Collectors.joining(" ")));
    }
}
