// The caller's ear: what the provider has been given to play, when it will have been played, and which marks that passes.

/**
 * Twilio's rules: audio plays in order of arrival, a mark is returned when all audio before it has been played, at once if
 * nothing is queued; a clear forgets the queued audio and returns all pending marks right then.
 */
export class Playout {
  #returnMark;
  #idleAtMs = 0; // when all audio that has come will have been played
  #pending = [];

  frames = 0;
  bytes = 0;
  clears = 0;
  marksPlayed = 0;
  marksCleared = 0;

  /** @param returnMark called with the name of each mark that goes back to the gateway */
  constructor(returnMark) {
    this.#returnMark = returnMark;
  }

  media(audio, nowMs) {
    this.frames++;
    this.bytes += audio.length;
    this.#idleAtMs = Math.max(this.#idleAtMs, nowMs) + audio.length / 8;
  }

  mark(name, nowMs) {
    const mark = { name };
    this.#pending.push(mark);
    mark.timer = setTimeout(() => {
      this.#pending = this.#pending.filter((other) => other !== mark);
      this.marksPlayed++;
      this.#returnMark(name);
    }, Math.max(0, this.#idleAtMs - nowMs));
  }

  clear(nowMs) {
    this.clears++;
    this.#idleAtMs = nowMs;
    for (const mark of this.#forgetPending()) {
      this.marksCleared++;
      this.#returnMark(mark.name);
    }
  }

  /** The call is over; marks that were not passed are not returned. */
  close() {
    this.#forgetPending();
  }

  /** Audio that waits to be played; what the gateway is ahead of real time. */
  aheadMs(nowMs) {
    return Math.max(0, this.#idleAtMs - nowMs);
  }

  #forgetPending() {
    const forgotten = this.#pending;
    this.#pending = [];
    forgotten.forEach((mark) => clearTimeout(mark.timer));
    return forgotten;
  }
}
