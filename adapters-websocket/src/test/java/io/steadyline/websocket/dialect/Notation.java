package io.steadyline.websocket.dialect;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.PeerControl;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamId;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Events and items in one line each, for recorded conversations. Audio is {@code 160:ff}, so many bytes of one value, or
 * {@code 160:#cafe0123} with a CRC-32; ours may also be {@code ramp:160}.
 */
public final class Notation {

    private Notation() {}

    public static String of(PeerEvent event) {
        return switch (event) {
            case PeerEvent.Connected(String protocol, String version) -> "connected " + protocol + " " + version;
            case PeerEvent.Started(CallFacts facts) -> "started " + facts(facts);
            case PeerEvent.Media media ->
                "media " + media.track() + " chunk=" + media.chunk() + " at=" + media.timestampMs() + " "
                        + audio(media.payload());
            case PeerEvent.Dtmf(char digit) -> "dtmf " + digit;
            case PeerEvent.MarkReturned(String name) -> "mark " + name;
            case PeerEvent.UnknownStream(StreamId stream) -> "unknown stream " + stream;
            case PeerEvent.Stopped() -> "stopped";
            case PeerEvent.Unusable unusable -> "unusable " + unusable.reason();
        };
    }

    static MediaItem item(String notation) {
        String[] words = notation.split(" ", 2);
        return switch (words[0]) {
            case "audio" -> new AudioFrame(payload(words[1]), 0);
            case "mark" -> new PeerControl.SendMark(words[1]);
            case "clear" -> new PeerControl.SendClear();
            default -> throw new IllegalArgumentException("item: " + notation + " (expected: audio, mark or clear)");
        };
    }

    private static byte[] payload(String audio) {
        String[] parts = audio.split(":", 2);
        boolean ramp = parts[0].equals("ramp");
        byte[] payload = new byte[Integer.parseInt(ramp ? parts[1] : parts[0])];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = ramp ? (byte) (i * 7 + 3) : (byte) Integer.parseInt(parts[1], 16);
        }
        return payload;
    }

    private static String facts(CallFacts facts) {
        String encoding = facts.format().encoding().name().toLowerCase(Locale.ROOT);
        String tracks = facts.tracks().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
        String parameters = new TreeMap<>(facts.parameters())
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining(","));
        return facts.callId() + " " + facts.streamId() + " " + facts.accountId() + " " + encoding + "/"
                + facts.format().sampleRateHz() + " " + facts.mode() + " tracks=" + tracks + " params=" + parameters;
    }

    private static String audio(byte[] payload) {
        byte[] uniform = new byte[payload.length];
        Arrays.fill(uniform, payload[0]);
        if (Arrays.equals(uniform, payload)) {
            return String.format("%d:%02x", payload.length, payload[0]);
        }
        CRC32 crc = new CRC32();
        crc.update(payload);
        return String.format("%d:#%08x", payload.length, crc.getValue());
    }
}
