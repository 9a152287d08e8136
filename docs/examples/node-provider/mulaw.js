// G.711 mu-law, 8000 samples a second, one byte a sample: what Twilio sends and takes.

export const SAMPLES_PER_SECOND = 8000;
export const SILENCE = 0xff;

const BIAS = 132; // G.711: makes the segment boundaries powers of two
const CLIP = 32635; // the largest magnitude that still fits with the bias added

/** One signed 16-bit sample as a mu-law byte. */
export function encode(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
  const segment = 24 - Math.clz32(magnitude); // 0 to 7; BIAS keeps bit 7 or a higher one set
  const step = (magnitude >> (segment + 3)) & 0x0f;
  return ~(sign | (segment << 4) | step) & 0xff;
}

/**
 * Something that a speech detector takes for a voice: the harmonics of a low voice that glides, in syllables of a quarter of
 * a second. Glides, so that no two frames are alike and an echo can be told from any other sound.
 */
export function voice(seconds) {
  const samples = Buffer.alloc(Math.round(seconds * SAMPLES_PER_SECOND));
  let phase = 0;
  for (let i = 0; i < samples.length; i++) {
    const t = i / SAMPLES_PER_SECOND;
    phase += (2 * Math.PI * (130 + 25 * Math.sin(2 * Math.PI * 0.31 * t))) / SAMPLES_PER_SECOND;
    let sum = 0;
    for (let harmonic = 1; harmonic <= 12; harmonic++) {
      sum += Math.sin(harmonic * phase) / harmonic;
    }
    const syllable = 0.25 + 0.75 * Math.abs(Math.sin(2 * Math.PI * 2 * t));
    samples[i] = encode(Math.round(6000 * syllable * sum));
  }
  return samples;
}
