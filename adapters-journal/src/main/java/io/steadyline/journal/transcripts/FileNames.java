package io.steadyline.journal.transcripts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of files by the ids of calls, which come from outside. */
final class FileNames {

    static final String SUFFIX = ".jsonl";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}");
    private static final int KEPT_CHARS = 40;

    private FileNames() {}

    /** The id itself where that is a plain name; else what is plain of it, and a hash that tells it from others. */
    static String of(String callId) {
        if (PLAIN.matcher(callId).matches()) {
            return callId + SUFFIX;
        }
        String plain = callId.replaceAll("[^A-Za-z0-9_-]", "_");
        return "x-" + plain.substring(0, Math.min(KEPT_CHARS, plain.length())) + "-" + hash(callId) + SUFFIX;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256: missing (expected: in every Java)", impossible);
        }
    }
}
