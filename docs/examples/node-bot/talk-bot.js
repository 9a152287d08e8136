#!/usr/bin/env node
// Converses in tones: greets, answers each utterance, key 1 says it again, key 9 says goodbye and hangs up.

import { serve } from './connection.js';
import * as tones from './tones.js';

class TalkBot {
  // No caller audio: the gateway's recogniser tells when the caller has spoken.
  static open = { acknowledges: true };

  #call;
  #state = 'listening'; // or greeting, answering, leaving
  #sentMs = 0; // of what is being said
  // What the next bot has to know if this one dies.
  #memory = { turns: 0, utterance_ms: 0, interrupted_at_ms: null };

  constructor(call) {
    this.#call = call;
  }

  started({ resumed, context, break: before }) {
    if (!resumed) {
      this.#say('greeting', tones.GREETING, 'greeting');
      this.#remember();
      return;
    }
    if (context.length > 0) {
      this.#memory = JSON.parse(context);
    }
    this.#call.log(`resumed: ${this.#memory.turns} turns so far, ${before?.gap_ms ?? 0} ms without a bot`);
  }

  utterance_ended({ start_ms: startMs, end_ms: endMs }) {
    if (this.#state === 'leaving') {
      return;
    }
    this.#memory.turns++;
    this.#memory.utterance_ms = endMs - startMs;
    this.#answer();
    this.#remember();
  }

  dtmf({ digit }) {
    if (this.#state === 'leaving') {
      return;
    }
    if (digit === '1') {
      this.#answer();
    } else if (digit === '9') {
      this.#say('leaving', tones.GOODBYE, 'goodbye');
      // Waits for the goodbye by itself.
      this.#call.hangUp('the caller pressed 9');
    }
  }

  interrupted() {
    // All that was to be said has been sent, and is forgotten there. Whoever still makes audio stops here.
    this.#call.log(`interrupted while ${this.#state}, after ${this.#sentMs} ms`);
    this.#memory.interrupted_at_ms = this.#sentMs;
    this.#remember();
    if (this.#state !== 'leaving') {
      this.#state = 'listening';
    }
    this.#sentMs = 0;
  }

  playback({ sent_ms: sentMs }) {
    this.#sentMs = sentMs;
  }

  mark({ name, outcome }) {
    this.#call.log(`mark ${name} ${outcome.replace('MARK_OUTCOME_', '').toLowerCase()}`);
    if (outcome === 'MARK_OUTCOME_PLAYED' && this.#state !== 'leaving') {
      this.#state = 'listening';
    }
  }

  warning({ text }) {
    this.#call.log(`warning: ${text}`);
  }

  released({ reason }) {
    this.#call.log(`released: ${reason}`);
  }

  ended({ by, reason }) {
    this.#call.log(`ended by ${by}: ${reason}`);
  }

  #answer() {
    const { turns, utterance_ms: utteranceMs } = this.#memory;
    this.#say('answering', tones.answer(utteranceMs), `answer-${turns}`);
  }

  #say(state, audio, mark) {
    this.#call.log(`${state}: ${mark}, ${audio.length / tones.SAMPLES_PER_MS} ms`);
    this.#state = state;
    this.#call.play(audio);
    this.#call.mark(mark);
  }

  #remember() {
    this.#call.keep(Buffer.from(JSON.stringify(this.#memory)));
  }
}

serve(TalkBot, 'node-talk');
