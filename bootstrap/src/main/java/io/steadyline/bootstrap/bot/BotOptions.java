package io.steadyline.bootstrap.bot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a bot is to do.
 *
 * @param name what it registers as
 * @param echoes sends the caller's audio back; else it talks, sentence by sentence, with a mark behind each
 * @param ledger absent: none is kept
 * @param bearerToken of the gateway's gRPC port
 */
public record BotOptions(String name, boolean echoes, Optional<Path> ledger, Optional<String> bearerToken) {}
