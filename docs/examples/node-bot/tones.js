// What the talking bot says: tones as G.711 mu-law, 8000 samples a second, one byte a sample.

export const SAMPLES_PER_MS = 8;
const BIAS = 132; // G.711: makes the segment boundaries powers of two
const CLIP = 32635; // the largest magnitude that still fits with the bias added

/** One signed 16-bit sample as a mu-law byte. */
function encode(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const segment = 24 - Math.clz32(magnitude); // 0 to 7; BIAS keeps bit 7 or a higher one set
  const step = (magnitude >> (segment + 3)) & 0x0f;
  return ~(sign | (segment << 4) | step) & 0xff;
}

const silence = (ms) => Buffer.alloc(ms * SAMPLES_PER_MS, 0xff);

/** Swells and fades, so that nothing clicks. */
function tone(hz, ms, harmonics = 2) {
  const samples = Buffer.alloc(ms * SAMPLES_PER_MS);
  for (let i = 0; i < samples.length; i++) {
    const phase = (2 * Math.PI * hz * i) / 8000;
    let wave = 0;
    for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
      wave += Math.sin(harmonic * phase) / harmonic;
    }
    samples[i] = encode(Math.round(7000 * Math.sin((Math.PI * i) / samples.length) * wave));
  }
  return samples;
}

const melody = (...notesHz) => Buffer.concat(notesHz.map((hz) => tone(hz, 240)));

/** Syllables of a voice that falls towards the end, the more the longer the caller spoke: 2 to 12 of 200 ms. */
export function answer(utteranceMs) {
  const syllables = Math.max(2, Math.min(12, Math.round(utteranceMs / 250)));
  return Buffer.concat(Array.from({ length: syllables }, (_, n) => [tone(165 - 4 * n, 140, 8), silence(60)]).flat());
}

export const GREETING = melody(523, 659, 784, 1047);
export const GOODBYE = melody(784, 659, 523);
