package io.steadyline.websocket.downstream;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.G711;

/** Between a call's own encoding and the µ-law of Twilio's bots, at 8 kHz. Immutable; any thread. */
final class Translation {

    private final Encoding call;

    Translation(AudioFormat call) {
        if (!isPossible(call)) {
            throw new IllegalArgumentException("format: " + call + " (expected: 8000 Hz)");
        }
        this.call = call.encoding();
    }

    static boolean isPossible(AudioFormat call) {
        return call.sampleRateHz() == 8000;
    }

    /** @return the array itself when there is nothing to do */
    byte[] toBot(byte[] payload) {
        return switch (call) {
            case MULAW -> payload;
            case ALAW -> {
                byte[] mulaw = new byte[payload.length];
                for (int i = 0; i < mulaw.length; i++) {
                    mulaw[i] = G711.toMulaw(G711.fromAlaw(payload[i]));
                }
                yield mulaw;
            }
            case L16 -> {
                byte[] mulaw = new byte[payload.length / 2];
                for (int i = 0; i < mulaw.length; i++) {
                    mulaw[i] = G711.toMulaw((payload[2 * i] & 0xff) | payload[2 * i + 1] << 8);
                }
                yield mulaw;
            }
        };
    }

    /** @return the array itself when there is nothing to do */
    byte[] toCall(byte[] mulaw) {
        return switch (call) {
            case MULAW -> mulaw;
            case ALAW -> {
                byte[] payload = new byte[mulaw.length];
                for (int i = 0; i < payload.length; i++) {
                    payload[i] = G711.toAlaw(G711.fromMulaw(mulaw[i]));
                }
                yield payload;
            }
            case L16 -> {
                byte[] payload = new byte[2 * mulaw.length];
                for (int i = 0; i < mulaw.length; i++) {
                    short sample = G711.fromMulaw(mulaw[i]);
                    payload[2 * i] = (byte) sample;
                    payload[2 * i + 1] = (byte) (sample >> 8);
                }
                yield payload;
            }
        };
    }
}
