package io.steadyline.journal.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code worker.owner}: who holds the lock beside it, in JSON. Replaced as a whole, so that nobody reads half of it.
 *
 * <p>Written and read token by token: this is on the way of every start, and an object mapper takes some 300 ms of
 * processor time to come up.
 */
final class OwnerFile {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;

    OwnerFile(Path file) {
        this.file = file;
    }

    void write(OwnerDetails owner) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + "." + owner.pid() + ".tmp");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, json(owner));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String json(OwnerDetails owner) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("pid", owner.pid());
            json.writeNumberField("start_ticks", owner.startTicks());
            json.writeStringField("started_at", owner.startedAt().toString());
            json.writeStringField("command_line", owner.commandLine());
            json.writeArrayFieldStart("parents");
            for (String parent : owner.parents()) {
                json.writeString(parent);
            }
            json.writeEndArray();
            json.writeStringField("boot_id", owner.bootId());
            json.writeStringField("data_dir", owner.dataDir());
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Empty: not there, or not readable as such. */
    Optional<OwnerDetails> read() {
        try (JsonParser json = JSON.createParser(Files.readString(file))) {
            Map<String, String> values = new HashMap<>();
            List<String> parents = new ArrayList<>();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.START_ARRAY && name.equals("parents")) {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        parents.add(json.getText());
                    }
                } else if (value.isScalarValue()) {
                    values.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            return Optional.of(new OwnerDetails(
                    Long.parseLong(values.getOrDefault("pid", "")),
                    Long.parseLong(values.getOrDefault("start_ticks", "0")),
                    Instant.parse(values.getOrDefault("started_at", "")),
                    values.getOrDefault("command_line", ""),
                    parents,
                    values.getOrDefault("boot_id", ""),
                    values.getOrDefault("data_dir", "")));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
