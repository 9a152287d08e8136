package io.steadyline.stt.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.peer.PeerDialect;
import io.steadyline.stt.peer.PeerRefusal;
import io.steadyline.stt.peer.PeerRequest;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The speech service's side, as Microsoft's open SDK for JavaScript speaks to it. Audio comes in turns, each with a request id of
 * its own; times are told from the beginning of the turn. The key is {@value #KEY}.
 */
final class AzurePeer implements PeerDialect {

    static final String KEY = "good-key";

    /** Longer than any test: how long the service lets a turn be is not known here. A test that wants its end has a limit of its own. */
    private static final int TURN_MS = 600_000;

    private static final String PATHS =
            "/speech/recognition/(conversation|dictation|interactive)/cognitiveservices/v1|/stt/speech/universal/v2";
    private static final String ID = "[0-9a-f]{32}";
    private static final long TICKS_PER_MS = 10_000;

    /** The service found the message wrong; it says so in the close frame. */
    private static final int INVALID = 1007;

    private static final int INTERNAL = 1011;

    private final int turnLimitMs;
    private boolean configured;
    private boolean detailed;
    private String turn = "";
    private String earlierTurns = "";
    private WaveHeader wave = WaveHeader.NONE;
    private boolean started;
    private boolean speechTold;
    private long heardBytes;
    private long turnStartMs;
    private @Nullable Ear listening;
    private int phrases;
    private int garbledPhrase;

    AzurePeer() {
        this(TURN_MS);
    }

    /** @param turnLimitMs the service ends a turn after so much audio, and the client begins another */
    AzurePeer(int turnLimitMs) {
        this.turnLimitMs = turnLimitMs;
    }

    /** The body of its phrase of this number, from 1, is cut off; 0: of none. */
    AzurePeer garblingItsPhrase(int number) {
        garbledPhrase = number;
        return this;
    }

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (!request.path().matches(PATHS)) {
            return refusal(404, "Resource not found");
        }
        if (trouble.filter(Trouble.AUTH::equals).isPresent()
                || !request.header("Ocp-Apim-Subscription-Key").orElse("").equals(KEY)) {
            return refusal(401, "Access denied due to invalid subscription key");
        }
        if (!request.header("X-ConnectionId").orElse("").matches(ID)) {
            return refusal(400, "X-ConnectionId is missing");
        }
        if (request.query().getOrDefault("language", "").isEmpty()) {
            return refusal(400, "language is missing");
        }
        detailed = "detailed".equals(request.query().get("format"));
        return Optional.empty();
    }

    @Override
    public void onOpened(PeerOut out) {
        // The service says nothing before it has heard.
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        try {
            UspMessage message = UspMessage.ofText(text);
            JsonNode body = Json.read(message.text());
            switch (message.path()) {
                case "speech.config" -> onConfig(body);
                case "speech.context" -> onContext(message, body);
                case "telemetry" -> knownId(message);
                default -> throw new Dialect.Garbled("Path: " + message.path() + " (expected: one of the protocol)");
            }
        } catch (Dialect.Garbled wrong) {
            out.close(INVALID, shortened(wrong));
        }
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        try {
            UspMessage message = UspMessage.ofBinary(data);
            if (!message.path().equals("audio")) {
                throw new Dialect.Garbled("Path: " + message.path() + " (expected: audio)");
            }
            knownId(message);
            if (message.requestId().equals(turn)) {
                onAudio(message, out, ear);
            }
            // What was under way when its turn ended comes again in the next one.
        } catch (Dialect.Garbled wrong) {
            out.close(INVALID, shortened(wrong));
        }
    }

    private void onConfig(JsonNode body) throws Dialect.Garbled {
        if (configured || !body.path("context").path("system").isObject()) {
            throw new Dialect.Garbled("speech.config (expected: once, with context.system)");
        }
        configured = true;
    }

    private void onContext(UspMessage message, JsonNode body) throws Dialect.Garbled {
        if (!configured || !turn.isEmpty()) {
            throw new Dialect.Garbled("speech.context (expected: after speech.config, once a turn)");
        }
        if (!message.requestId().matches(ID) || earlierTurns.contains(message.requestId())) {
            throw new Dialect.Garbled("X-RequestId: " + message.requestId() + " (expected: one of its own)");
        }
        if (!body.path("phraseDetection").isObject()) {
            throw new Dialect.Garbled("speech.context (expected: with phraseDetection)");
        }
        turn = message.requestId();
        turnStartMs = heardMs();
        wave = WaveHeader.NONE;
        started = false;
        speechTold = false;
    }

    private void knownId(UspMessage message) throws Dialect.Garbled {
        String id = message.requestId();
        if (!id.matches(ID) || (!id.equals(turn) && !earlierTurns.contains(id))) {
            throw new Dialect.Garbled("X-RequestId: " + id + " (expected: that of a turn)");
        }
    }

    private void onAudio(UspMessage message, PeerOut out, Ear ear) throws Dialect.Garbled {
        listening = ear;
        byte[] audio = message.body();
        if (wave.equals(WaveHeader.NONE)) {
            wave = WaveHeader.of(message);
            audio = Arrays.copyOfRange(audio, WaveHeader.LENGTH_BYTES, audio.length);
        } else if (audio.length == 0) {
            ear.endOfInput();
            return;
        }
        if (!started) {
            started = true;
            ObjectNode body = Json.object();
            body.putObject("context").put("serviceTag", turn);
            say("turn.start", body, out);
        }
        heardBytes += audio.length;
        ear.audio(audio);
        if (heardMs() - turnStartMs >= turnLimitMs) {
            ear.flush();
        }
    }

    private long heardMs() {
        return wave.equals(WaveHeader.NONE) ? turnStartMs : heardBytes / wave.bytesPerMs();
    }

    /** Once a turn: what is told of later pauses is the phrase. */
    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        if (!speechTold) {
            speechTold = true;
            say("speech.startDetected", Json.object().put("Offset", ticks(offsetMs)), out);
        }
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        say("speech.hypothesis", placed(segment).put("Text", segment.text()), out);
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        ObjectNode phrase = placed(segment).put("RecognitionStatus", "Success");
        if (detailed) {
            ObjectNode best = phrase.putArray("NBest")
                    .addObject()
                    .put("Confidence", 0.93)
                    .put("Lexical", segment.text())
                    .put("ITN", segment.text())
                    .put("MaskedITN", segment.text())
                    .put("Display", segment.text());
            ArrayNode words = best.putArray("Words");
            segment.words()
                    .forEach(word -> words.addObject()
                            .put("Word", word.text())
                            .put("Offset", ticks(word.startMs()))
                            .put("Duration", TICKS_PER_MS * (word.endMs() - word.startMs())));
        } else {
            phrase.put("DisplayText", segment.text());
        }
        if (++phrases == garbledPhrase) {
            out.text(UspMessage.json("speech.phrase", turn, "{\"RecognitionStatus\":"));
            endTurn(out);
        } else {
            say("speech.phrase", phrase, out);
        }
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // A phrase is all that tells of it.
    }

    /** Only this peer asks for it: what was said belongs to the turn that is over. */
    @Override
    public void flushed(PeerOut out) {
        endTurn(out);
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        say("speech.endDetected", Json.object().put("Offset", ticks(totalMs)), out);
        ObjectNode nothing = Json.object()
                .put("RecognitionStatus", "EndOfDictation")
                .put("Offset", ticks(totalMs))
                .put("Duration", 0);
        say("speech.phrase", nothing, out);
        endTurn(out);
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        switch (trouble) {
            case AUTH -> throw new AssertionError("AUTH (expected: said at the request)");
            case QUOTA -> out.close(INVALID, "Quota exceeded");
            case SERVER_ERROR -> out.close(INTERNAL, "Internal server error");
            case LIMIT_REACHED, IDLE -> {
                if (listening != null && !turn.isEmpty()) {
                    listening.flush();
                }
                out.close(Closing.NORMAL, "");
            }
        }
    }

    private void endTurn(PeerOut out) {
        if (!turn.isEmpty()) {
            say("turn.end", Json.object(), out);
            earlierTurns += " " + turn;
            turn = "";
        }
    }

    private ObjectNode placed(Segment segment) {
        return Json.object()
                .put("Offset", ticks(segment.startMs()))
                .put("Duration", TICKS_PER_MS * (segment.endMs() - segment.startMs()));
    }

    private long ticks(long connectionMs) {
        return TICKS_PER_MS * Math.max(0, connectionMs - turnStartMs);
    }

    private void say(String path, ObjectNode body, PeerOut out) {
        out.text(UspMessage.json(path, turn, Json.write(body)));
    }

    private static Optional<PeerRefusal> refusal(int status, String why) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", String.valueOf(status)).put("message", why);
        return Optional.of(new PeerRefusal(status, Map.of("Content-Type", "application/json"), Json.write(body)));
    }

    /** A close frame has room for 123 bytes. */
    private static String shortened(Dialect.Garbled wrong) {
        String text = String.valueOf(wrong.getMessage());
        return text.substring(0, Math.min(text.length(), 100));
    }
}
