"""What the talking bot says: tones as G.711 mu-law, 8000 samples a second, one byte a sample."""

import math

SAMPLES_PER_MS = 8
BIAS = 132  # G.711: makes the segment boundaries powers of two
CLIP = 32635  # the largest magnitude that still fits with the bias added


def encode(sample):
    """One signed 16-bit sample as a mu-law byte."""
    sign = 0x80 if sample < 0 else 0
    magnitude = min(abs(sample), CLIP) + BIAS
    segment = magnitude.bit_length() - 8  # 0 to 7; BIAS keeps bit 7 or a higher one set
    step = (magnitude >> (segment + 3)) & 0x0F
    return ~(sign | segment << 4 | step) & 0xFF


def silence(ms):
    return bytes([0xFF]) * (ms * SAMPLES_PER_MS)


def tone(hz, ms, harmonics=2):
    """Swells and fades, so that nothing clicks."""
    count = ms * SAMPLES_PER_MS
    samples = bytearray()
    for i in range(count):
        phase = 2 * math.pi * hz * i / 8000
        wave = sum(math.sin(harmonic * phase) / harmonic for harmonic in range(1, harmonics + 1))
        samples.append(encode(round(7000 * math.sin(math.pi * i / count) * wave)))
    return bytes(samples)


def melody(*notes_hz):
    return b"".join(tone(hz, 240) for hz in notes_hz)


def answer(utterance_ms):
    """Syllables of a voice that falls towards the end, the more the longer the caller spoke: 2 to 12 of 200 ms."""
    syllables = max(2, min(12, round(utterance_ms / 250)))
    return b"".join(tone(165 - 4 * n, 140, harmonics=8) + silence(60) for n in range(syllables))


GREETING = melody(523, 659, 784, 1047)
GOODBYE = melody(784, 659, 523)
