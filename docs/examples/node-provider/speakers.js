// What a caller does, one frame of 20 ms after the other. A speaker is asked for each frame with its number and the call; it
// may press keys; nothing to say any more is hanging up.

import { SILENCE, voice } from './mulaw.js';

const FRAME_BYTES = 160;
const FRAMES_PER_SECOND = 50;

/** Says this to its end, whatever comes back, and presses the keys in the middle. */
export function monologue(audio, digits) {
  const frames = Math.floor(audio.length / FRAME_BYTES);
  return (n, call) => {
    if (n === (frames >> 1) + 1) {
      [...digits].forEach((digit) => call.press(digit));
    }
    return n < frames ? audio.subarray(n * FRAME_BYTES, (n + 1) * FRAME_BYTES) : undefined;
  };
}

/**
 * Takes turns with a bot: hears the greeting out, says something, hears the answer, presses 1 to hear it again, presses 9 and
 * waits for the end. Hangs up when that has not come after so many seconds.
 *
 * @param pauseMs what the caller waits after the bot's last sound before each of its turns
 */
export function conversation(seconds, pauseMs) {
  const silence = Buffer.alloc(FRAME_BYTES, SILENCE);
  const utterance = voice(1.5);
  const turns = [
    (call, n) => (saidFrom = n),
    (call) => call.press('1'),
    (call) => call.press('9'),
  ];
  let saidFrom = Infinity;
  let turn = 0;
  return (n, call) => {
    const isOurTurn = call.report.stretches.length > turn && call.silentForMs() >= pauseMs;
    if (isOurTurn && turn < turns.length) {
      turns[turn++](call, n);
    }
    const at = (n - saidFrom) * FRAME_BYTES;
    if (at >= 0 && at + FRAME_BYTES <= utterance.length) {
      return utterance.subarray(at, at + FRAME_BYTES);
    }
    return n < seconds * FRAMES_PER_SECOND ? silence : undefined;
  };
}
