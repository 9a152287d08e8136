package io.steadyline.stt.peer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.aws.EventMessage;
import io.steadyline.stt.aws.SignedQuery;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Amazon Transcribe's side. It opens each WebSocket and says what is wrong in an exception. Access key and secret key are
 * both {@value #KEY}.
 */
public final class AwsPeer implements PeerDialect {

    static final String KEY = "good-key";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String TIMED_OUT = "Your request timed out because no new audio was received for 15 seconds.";

    private record Problem(String type, String message) {}

    private Optional<Problem> problem = Optional.empty();
    private int bytesPerSecond;
    private boolean heard;
    private boolean ended;

    @Override
    public Optional<PeerRefusal> onRequest(PeerRequest request, Optional<Trouble> trouble) {
        if (!request.path().endsWith("/stream-transcription-websocket")) {
            return Optional.of(new PeerRefusal(404, Map.of(), "UnknownOperationException"));
        }
        problem = trouble.filter(each -> each == Trouble.AUTH)
                .map(AwsPeer::problem)
                .or(() -> signature(request))
                .or(() -> parameters(request.query()));
        return Optional.empty();
    }

    @Override
    public void onOpened(PeerOut out) {
        problem.ifPresent(told -> refuse(told, out));
    }

    @Override
    public void onText(String text, PeerOut out, Ear ear) {
        refuse(bad("a text message (expected: an event)"), out);
    }

    @Override
    public void onBinary(byte[] data, PeerOut out, Ear ear) {
        try {
            onEvent(EventMessage.read(data), out, ear);
        } catch (Dialect.Garbled garbled) {
            refuse(bad(String.valueOf(garbled.getMessage())), out);
        }
    }

    private void onEvent(EventMessage message, PeerOut out, Ear ear) {
        byte[] pcm = message.payload();
        if (!message.header(":message-type").equals("event")
                || !message.header(":event-type").equals("AudioEvent")
                || !message.header(":content-type").equals("application/octet-stream")) {
            refuse(bad("an event without the headers of audio"), out);
        } else if (ended) {
            refuse(bad("an event after the end of the audio"), out);
        } else if (pcm.length % 2 != 0) {
            refuse(bad("half a sample"), out);
        } else if (pcm.length > bytesPerSecond) {
            refuse(bad("more than a second of audio in one event"), out);
        } else if (pcm.length == 0) {
            ended = true;
            ear.endOfInput();
        } else {
            if (!heard) {
                heard = true;
                say(List.of(), out);
            }
            ear.audio(pcm);
        }
    }

    @Override
    public void speechStarted(long offsetMs, PeerOut out) {
        // It tells nothing of that.
    }

    @Override
    public void interim(Segment segment, PeerOut out) {
        say(List.of(result(segment, true)), out);
    }

    @Override
    public void finalText(Segment segment, PeerOut out) {
        say(List.of(result(segment, false)), out);
    }

    @Override
    public void utteranceEnded(long offsetMs, PeerOut out) {
        // It tells nothing of that.
    }

    @Override
    public void flushed(PeerOut out) {
        throw new AssertionError("flush (expected: nobody can ask it for one)");
    }

    @Override
    public void ended(long totalMs, PeerOut out) {
        out.close(Closing.NORMAL, "");
    }

    @Override
    public void trouble(Trouble trouble, PeerOut out) {
        refuse(problem(trouble), out);
    }

    private static Problem problem(Trouble trouble) {
        return switch (trouble) {
            case AUTH ->
                new Problem("UnrecognizedClientException", "The security token included in the request is invalid.");
            case QUOTA ->
                new Problem(
                        "SubscriptionRequiredException", "The AWS Access Key Id needs a subscription for the service");
            case LIMIT_REACHED ->
                new Problem(
                        "LimitExceededException",
                        "Your client has exceeded one of the Amazon Transcribe limits. This is typically the audio"
                                + " length limit.");
            case SERVER_ERROR ->
                new Problem("InternalFailureException", "A problem occurred while processing the audio.");
            case IDLE -> bad(TIMED_OUT);
        };
    }

    private static Optional<Problem> signature(PeerRequest request) {
        Map<String, String> signed = new TreeMap<>(request.query());
        String signature = signed.remove("X-Amz-Signature");
        String second = signed.getOrDefault("X-Amz-Date", "");
        String[] credential = signed.getOrDefault("X-Amz-Credential", "").split("/", -1);
        if (credential.length != 5
                || !second.matches("\\d{8}T\\d{6}Z")
                || !credential[0].equals(KEY)
                || !second.startsWith(credential[1])
                || !credential[3].equals("transcribe")
                || !credential[4].equals("aws4_request")) {
            return Optional.of(problem(Trouble.AUTH));
        }
        String expected = new SignedQuery(
                        request.header("host").orElse(""), request.path(), credential[2], "transcribe")
                .signature(signed, KEY, second);
        if (!expected.equals(signature)) {
            return Optional.of(new Problem(
                    "InvalidSignatureException",
                    "The request signature we calculated does not match the signature you provided."));
        }
        return signed.getOrDefault("X-Amz-Expires", "").matches("[1-9]|[1-9]\\d|[12]\\d\\d|300")
                ? Optional.empty()
                : Optional.of(bad("X-Amz-Expires (expected: at most 300)"));
    }

    private Optional<Problem> parameters(Map<String, String> query) {
        if (!"pcm".equals(query.get("media-encoding"))) {
            return Optional.of(bad("media-encoding (expected: pcm)"));
        }
        if (!query.getOrDefault("sample-rate", "").matches("8000|16000|24000|44100|48000")) {
            return Optional.of(bad("sample-rate (expected: 8000 to 48000)"));
        }
        bytesPerSecond = 2 * Integer.parseInt(query.get("sample-rate"));
        if (query.containsKey("language-code") == query.containsKey("identify-language")) {
            return Optional.of(bad("language-code or identify-language (expected: one of them)"));
        }
        if (query.containsKey("identify-language")
                && Arrays.stream(query.getOrDefault("language-options", "").split(",", -1))
                                .filter(each -> !each.isEmpty())
                                .count()
                        < 2) {
            return Optional.of(bad("language-options (expected: two at least)"));
        }
        if (!query.getOrDefault("session-id", "").matches(UUID)) {
            return Optional.of(bad("session-id (expected: a UUID)"));
        }
        if (query.containsKey("partial-results-stability")
                && !"true".equals(query.get("enable-partial-results-stabilization"))) {
            return Optional.of(bad("partial-results-stability (expected: only when it is enabled)"));
        }
        return Optional.empty();
    }

    private static Problem bad(String message) {
        return new Problem("BadRequestException", message);
    }

    private static void refuse(Problem problem, PeerOut out) {
        ObjectNode payload = Json.object().put("Message", problem.message());
        out.binary(EventMessage.ofException(problem.type(), Json.write(payload)));
        out.close(Closing.NORMAL, "");
    }

    private static void say(List<ObjectNode> results, PeerOut out) {
        ObjectNode event = Json.object();
        event.putObject("Transcript").putArray("Results").addAll(results);
        out.binary(EventMessage.ofEvent("TranscriptEvent", Json.write(event)));
    }

    private static ObjectNode result(Segment segment, boolean partial) {
        ObjectNode result = Json.object()
                .put("ResultId", "result-" + segment.number())
                .put("StartTime", segment.startMs() / 1000.0)
                .put("EndTime", segment.endMs() / 1000.0)
                .put("IsPartial", partial)
                .put("ChannelId", "ch_0");
        ObjectNode alternative = result.putArray("Alternatives").addObject().put("Transcript", segment.text());
        ArrayNode items = alternative.putArray("Items");
        for (SegmentWord word : segment.words()) {
            ObjectNode item = items.addObject()
                    .put("StartTime", word.startMs() / 1000.0)
                    .put("EndTime", word.endMs() / 1000.0)
                    .put("Type", "pronunciation")
                    .put("Content", word.text())
                    .put("VocabularyFilterMatch", false);
            if (!partial) {
                item.put("Confidence", 0.93);
            }
        }
        return result;
    }
}
