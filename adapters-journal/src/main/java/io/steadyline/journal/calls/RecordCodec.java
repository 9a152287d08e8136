package io.steadyline.journal.calls;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.restart.CallPast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A record as one line of JSON, and back. One thread at a time. */
final class RecordCodec {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(8)
            .maxStringLength(Frames.MAX_PAYLOAD_BYTES)
            .maxNameLength(32)
            .build();

    private final JsonFactory json =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private final ObjectMapper trees = new ObjectMapper(json);

    byte[] encode(JournalRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator to = json.createGenerator(out)) {
            to.writeStartObject();
            to.writeStringField("k", record.getClass().getSimpleName());
            to.writeNumberField("at", record.at().toEpochMilli());
            to.writeStringField("boot", record.bootId());
            to.writeStringField("call", record.callId());
            fields(record, to);
            to.writeEndObject();
        } catch (IOException inMemory) {
            throw new IllegalStateException("JSON of " + record, inMemory);
        }
        out.write('\n');
        return out.toByteArray();
    }

    /** @throws IOException it is none, or one of a kind that this version does not know */
    JournalRecord decode(byte[] line) throws IOException {
        try {
            return record(trees.readTree(line));
        } catch (RuntimeException notOurs) {
            throw new IOException("no record: " + notOurs.getMessage(), notOurs);
        }
    }

    private static void fields(JournalRecord record, JsonGenerator to) throws IOException {
        switch (record) {
            case JournalRecord.CallStarted started -> {
                to.writeStringField("stream", started.streamId());
                to.writeStringField("dialect", started.dialect());
                to.writeStringField("account", started.account());
                to.writeBooleanField("listenOnly", started.listenOnly());
                to.writeNumberField("first", started.firstStartedAt().toEpochMilli());
                to.writeStringField("trace", started.traceparent());
                to.writeNumberField("resumes", started.resumes());
            }
            case JournalRecord.AgentBound bound -> to.writeStringField("agent", bound.agent());
            case JournalRecord.FinalTranscript said -> {
                to.writeNumberField("from", said.startMs());
                to.writeNumberField("to", said.endMs());
                to.writeStringField("text", said.text());
            }
            case JournalRecord.MarkSent mark -> to.writeStringField("name", mark.name());
            case JournalRecord.MarkSettled mark -> to.writeStringField("name", mark.name());
            case JournalRecord.Progress progress -> {
                to.writeNumberField("audioMs", progress.audioMs());
                to.writeNumberField("in", progress.framesIn());
                to.writeNumberField("out", progress.framesOut());
            }
            case JournalRecord.StreamLost lost -> to.writeStringField("why", lost.why());
            case JournalRecord.StreamResumed resumed -> to.writeStringField("stream", resumed.streamId());
            case JournalRecord.CallEnded ended -> {
                to.writeStringField("by", ended.by());
                to.writeStringField("reason", ended.reason());
                to.writeStringField("detail", ended.detail());
                to.writeBooleanField("onPurpose", ended.onPurpose());
            }
            case JournalRecord.CallCarried carried -> trail(carried.trail(), to);
        }
    }

    private static void trail(CallTrail trail, JsonGenerator to) throws IOException {
        to.writeStringField("stream", trail.streamId());
        to.writeStringField("dialect", trail.dialect());
        to.writeNumberField("first", trail.startedAt().toEpochMilli());
        to.writeStringField("lastBoot", trail.bootId());
        to.writeStringField("trace", trail.traceparent());
        to.writeNumberField("seen", trail.lastSeen().toEpochMilli());
        to.writeArrayFieldStart("finals");
        for (CallPast.Final said : trail.finals()) {
            to.writeStartObject();
            to.writeNumberField("from", said.startMs());
            to.writeNumberField("to", said.endMs());
            to.writeStringField("text", said.text());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayFieldStart("marks");
        for (String mark : trail.marks()) {
            to.writeString(mark);
        }
        to.writeEndArray();
        to.writeNumberField("earlierMs", trail.earlierAudioMs());
        to.writeNumberField("audioMs", trail.audioMs());
        to.writeNumberField("in", trail.framesIn());
        to.writeNumberField("out", trail.framesOut());
        to.writeNumberField("resumes", trail.resumes());
        to.writeBooleanField("closed", trail.closed());
        to.writeBooleanField("onPurpose", trail.onPurpose());
        to.writeStringField("because", trail.because());
    }

    private static JournalRecord record(JsonNode node) {
        Instant at = instant(node, "at");
        String boot = text(node, "boot");
        String call = text(node, "call");
        String kind = text(node, "k");
        return switch (kind) {
            case "CallStarted" ->
                new JournalRecord.CallStarted(
                        at,
                        boot,
                        call,
                        text(node, "stream"),
                        text(node, "dialect"),
                        text(node, "account"),
                        node.required("listenOnly").booleanValue(),
                        instant(node, "first"),
                        text(node, "trace"),
                        node.required("resumes").intValue());
            case "AgentBound" -> new JournalRecord.AgentBound(at, boot, call, text(node, "agent"));
            case "FinalTranscript" ->
                new JournalRecord.FinalTranscript(
                        at, boot, call, number(node, "from"), number(node, "to"), text(node, "text"));
            case "MarkSent" -> new JournalRecord.MarkSent(at, boot, call, text(node, "name"));
            case "MarkSettled" -> new JournalRecord.MarkSettled(at, boot, call, text(node, "name"));
            case "Progress" ->
                new JournalRecord.Progress(
                        at, boot, call, number(node, "audioMs"), number(node, "in"), number(node, "out"));
            case "StreamLost" -> new JournalRecord.StreamLost(at, boot, call, text(node, "why"));
            case "StreamResumed" -> new JournalRecord.StreamResumed(at, boot, call, text(node, "stream"));
            case "CallEnded" ->
                new JournalRecord.CallEnded(
                        at,
                        boot,
                        call,
                        text(node, "by"),
                        text(node, "reason"),
                        text(node, "detail"),
                        node.required("onPurpose").booleanValue());
            case "CallCarried" -> new JournalRecord.CallCarried(at, boot, trail(call, node));
            default -> throw new IllegalArgumentException("kind: " + kind + " (expected: one of this version)");
        };
    }

    private static CallTrail trail(String call, JsonNode node) {
        List<CallPast.Final> finals = new ArrayList<>();
        for (JsonNode said : node.required("finals")) {
            finals.add(new CallPast.Final(number(said, "from"), number(said, "to"), text(said, "text")));
        }
        List<String> marks = new ArrayList<>();
        node.required("marks").forEach(mark -> marks.add(mark.textValue()));
        return new CallTrail(
                call,
                text(node, "stream"),
                text(node, "dialect"),
                instant(node, "first"),
                text(node, "lastBoot"),
                text(node, "trace"),
                instant(node, "seen"),
                finals,
                marks,
                number(node, "earlierMs"),
                number(node, "audioMs"),
                number(node, "in"),
                number(node, "out"),
                node.required("resumes").intValue(),
                node.required("closed").booleanValue(),
                node.required("onPurpose").booleanValue(),
                text(node, "because"));
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }

    private static long number(JsonNode node, String field) {
        return node.required(field).longValue();
    }

    private static Instant instant(JsonNode node, String field) {
        return Instant.ofEpochMilli(number(node, field));
    }
}
