package io.steadyline.journal.transcripts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.signal.SpeechEvent.Word;
import io.steadyline.signal.TranscriptLine;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;

/** A line as it stands in the file. What is absent is left out: absent is not zero. */
final class LineJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LineJson() {}

    /** Without the line's end. */
    static String of(TranscriptLine line, Instant at) {
        ObjectNode node = JSON.createObjectNode();
        node.put("at", at.toString());
        node.put("call", line.callId().value());
        node.put("session", line.session().value());
        switch (line) {
            case TranscriptLine.Begun begun -> {
                node.put("kind", "begun");
                node.put("dialect", begun.dialect());
                node.put("account", begun.accountId());
                node.put("track", label(begun.track()));
            }
            case TranscriptLine.Said said -> fill(node, said);
            case TranscriptLine.Missed missed -> {
                node.put("kind", "missed");
                node.put("vendor", missed.vendor());
                node.put("from_ms", missed.fromMs());
                node.put("to_ms", missed.toMs());
                node.put("reason", missed.reason());
            }
            case TranscriptLine.Failed failed -> {
                node.put("kind", "failed");
                node.put("vendor", failed.vendor());
                node.put("attempt", failed.attempt());
                node.put("category", failed.category());
                node.put("message", failed.message());
                node.put("fatal", failed.fatal());
            }
            case TranscriptLine.Ended ended -> {
                node.put("kind", "ended");
                node.put("reason", label(ended.reason()));
                node.put("by", label(ended.by()));
            }
        }
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts and numbers that cannot be written", impossible);
        }
    }

    private static void fill(ObjectNode node, TranscriptLine.Said said) {
        node.put("kind", "said");
        node.put("vendor", said.vendor());
        node.put("attempt", said.attempt());
        node.put("segment", said.segmentId());
        node.put("start_ms", said.startMs());
        node.put("end_ms", said.endMs());
        node.put("text", said.text());
        confidence(node, said.confidence());
        node.put("cause", label(said.cause()));
        if (!said.words().isEmpty()) {
            var words = node.putArray("words");
            for (Word word : said.words()) {
                ObjectNode each = words.addObject();
                each.put("text", word.text());
                each.put("start_ms", word.start().toMillis());
                each.put("end_ms", word.end().toMillis());
                confidence(each, word.confidence());
            }
        }
    }

    private static void confidence(ObjectNode node, OptionalDouble confidence) {
        confidence.ifPresent(value -> node.put("confidence", value));
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
