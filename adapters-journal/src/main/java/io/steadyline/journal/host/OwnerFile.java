package io.steadyline.journal.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code worker.owner}: who holds the lock beside it, in JSON. Replaced as a whole, so that nobody reads half of it. */
final class OwnerFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    OwnerFile(Path file) {
        this.file = file;
    }

    void write(OwnerDetails owner) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("pid", owner.pid());
        json.put("start_ticks", owner.startTicks());
        json.put("started_at", owner.startedAt().toString());
        json.put("command_line", owner.commandLine());
        owner.parents().forEach(json.putArray("parents")::add);
        json.put("boot_id", owner.bootId());
        json.put("data_dir", owner.dataDir());
        Path draft = file.resolveSibling(file.getFileName() + "." + owner.pid() + ".tmp");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(draft, JSON.writeValueAsBytes(json));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Empty: not there, or not readable as such. */
    Optional<OwnerDetails> read() {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            List<String> parents = new ArrayList<>();
            json.path("parents").forEach(parent -> parents.add(parent.asText()));
            return Optional.of(new OwnerDetails(
                    json.required("pid").longValue(),
                    json.path("start_ticks").longValue(),
                    Instant.parse(json.required("started_at").asText()),
                    json.path("command_line").asText(),
                    parents,
                    json.path("boot_id").asText(),
                    json.path("data_dir").asText()));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
