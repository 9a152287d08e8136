package io.steadyline.grpc.agent;

import io.grpc.StatusRuntimeException;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AudioEncoding;
import io.steadyline.agent.v1.BargeIn;
import io.steadyline.agent.v1.Open;
import io.steadyline.grpc.Refusals;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import io.steadyline.turn.BargeInPolicy;
import java.time.Duration;
import java.util.Optional;

/** Checks what a bot says in a call. Refusals are thrown as {@code StatusRuntimeException}. */
final class AttendFields {

    static final int MAX_PAYLOAD_BYTES = 256 << 10;
    private static final int MAX_MARK_NAME_CHARS = 256;
    private static final int MAX_CONTEXT_BYTES = 64 << 10;
    private static final int MAX_REASON_CHARS = 200;
    private static final int MAX_DIGITS = 64;
    private static final int MAX_URL_CHARS = 2_048;
    private static final int MAX_AFTER_MS = 10_000;
    private static final int MAX_TOKEN_CHARS = 128;

    private AttendFields() {}

    /** What else than Open may come, before it has. */
    static StatusRuntimeException notFirst(AttendRequest message) {
        return Refusals.invalid("message", name(message), "open as the first message");
    }

    static StatusRuntimeException secondOpen() {
        return Refusals.invalid("message", "open", "one open only, as the first message");
    }

    static StatusRuntimeException unknown() {
        return Refusals.invalid(
                "message",
                "none that is known here",
                "audio, mark, clear, dtmf, hang_up, keep_context, acknowledge or redirect");
    }

    static void check(Open open) {
        if (open.getToken().isEmpty() || open.getToken().length() > MAX_TOKEN_CHARS) {
            throw Refusals.invalid(
                    "open.token", open.getToken().length() + " characters", "the token of an accepted offer");
        }
        // Each throws for what it does not know.
        var _ = callerAudio(open);
        var _ = agentAudio(open);
        var _ = bargeIn(open);
    }

    /** Empty: events only. */
    static Optional<AudioFormat> callerAudio(Open open) {
        return format("open.caller_audio", open.getCallerAudio(), open.getCallerAudioValue());
    }

    static AudioFormat agentAudio(Open open) {
        return format("open.agent_audio", open.getAgentAudio(), open.getAgentAudioValue())
                .orElse(AudioFormat.MULAW_8K);
    }

    /** Empty: the settings hold. */
    static Optional<BargeInPolicy> bargeIn(Open open) {
        if (!open.hasBargeIn()) {
            return Optional.empty();
        }
        BargeIn asked = open.getBargeIn();
        if (asked.getAfterMs() < 0 || asked.getAfterMs() > MAX_AFTER_MS) {
            throw Refusals.invalid("open.barge_in.after_ms", asked.getAfterMs(), "0 to " + MAX_AFTER_MS);
        }
        Duration after = Duration.ofMillis(asked.getAfterMs());
        return switch (asked.getPolicy()) {
            case BARGE_IN_POLICY_OFF -> Optional.of(BargeInPolicy.OFF);
            case BARGE_IN_POLICY_CLEAR ->
                Optional.of(new BargeInPolicy(true, Duration.ZERO, asked.getDuringGreeting()));
            case BARGE_IN_POLICY_CLEAR_AFTER -> Optional.of(new BargeInPolicy(true, after, asked.getDuringGreeting()));
            case BARGE_IN_POLICY_UNSPECIFIED, UNRECOGNIZED ->
                throw Refusals.invalid(
                        "open.barge_in.policy",
                        asked.getPolicyValue(),
                        "BARGE_IN_POLICY_OFF, BARGE_IN_POLICY_CLEAR or BARGE_IN_POLICY_CLEAR_AFTER");
        };
    }

    static void requirePayload(int bytes) {
        requireAtMost("audio.payload", bytes, MAX_PAYLOAD_BYTES, "bytes");
    }

    static void requireContext(int bytes) {
        requireAtMost("keep_context.context", bytes, MAX_CONTEXT_BYTES, "bytes");
    }

    static void requireMarkName(String name) {
        requireAtMost("mark.name", name.length(), MAX_MARK_NAME_CHARS, "characters");
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw Refusals.invalid("mark.name", "control characters in it", "none");
        }
    }

    static void requireReason(String reason) {
        requireAtMost("hang_up.reason", reason.length(), MAX_REASON_CHARS, "characters");
    }

    static void requireUrl(String url) {
        requireAtMost("redirect.url", url.length(), MAX_URL_CHARS, "characters");
    }

    static void requireDigits(String digits) {
        boolean areDigits = digits.chars().allMatch(digit -> "0123456789ABCD*#".indexOf(digit) >= 0);
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !areDigits) {
            throw Refusals.invalid(
                    "dtmf.digits", digits.length() + " characters", "1 to " + MAX_DIGITS + " of 0-9, A-D, * and #");
        }
    }

    static void requireEpoch(String field, long epoch, long current) {
        if (epoch < 0 || epoch > current) {
            throw Refusals.invalid(field, epoch, "0, or an epoch that this stream has told: up to " + current);
        }
    }

    static void requireAcknowledges(boolean acknowledges) {
        if (!acknowledges) {
            throw Refusals.invalid("message", "acknowledge", "open.acknowledges: true, for a bot that sends it");
        }
    }

    private static String name(AttendRequest message) {
        return switch (message.getMessageCase()) {
            case OPEN -> "open";
            case AUDIO -> "audio";
            case MARK -> "mark";
            case CLEAR -> "clear";
            case DTMF -> "dtmf";
            case HANG_UP -> "hang_up";
            case KEEP_CONTEXT -> "keep_context";
            case ACKNOWLEDGE -> "acknowledge";
            case REDIRECT -> "redirect";
            case MESSAGE_NOT_SET -> "none that is known here";
        };
    }

    private static Optional<AudioFormat> format(String field, AudioEncoding encoding, int number) {
        return switch (encoding) {
            case AUDIO_ENCODING_UNSPECIFIED -> Optional.empty();
            case AUDIO_ENCODING_MULAW_8K -> Optional.of(AudioFormat.MULAW_8K);
            case AUDIO_ENCODING_L16_8K -> Optional.of(linear(8_000));
            case AUDIO_ENCODING_L16_16K -> Optional.of(linear(16_000));
            case AUDIO_ENCODING_L16_24K -> Optional.of(linear(24_000));
            case UNRECOGNIZED -> throw Refusals.invalid(field, number, "an AudioEncoding, 0 to 4");
        };
    }

    private static AudioFormat linear(int sampleRateHz) {
        return new AudioFormat(Encoding.L16, sampleRateHz, Ptime.MS_20);
    }

    private static void requireAtMost(String field, int size, int max, String unit) {
        if (size > max) {
            throw Refusals.invalid(field, size + " " + unit, "at most " + max + " " + unit);
        }
    }
}
