#!/usr/bin/env node
// Sends the caller's audio back, frame by frame.

import { serve } from './connection.js';

class EchoBot {
  static open = {
    caller_audio: 'AUDIO_ENCODING_MULAW_8K',
    agent_audio: 'AUDIO_ENCODING_MULAW_8K',
    // Whoever speaks hears himself; that is no interruption.
    barge_in: { policy: 'BARGE_IN_POLICY_OFF' },
  };

  #call;

  constructor(call) {
    this.#call = call;
  }

  started({ resumed }) {
    this.#call.log(resumed ? 'resumed' : 'started');
  }

  audio({ payload }) {
    this.#call.play(payload);
  }

  ended({ by, reason }) {
    this.#call.log(`ended by ${by}: ${reason}`);
  }
}

serve(EchoBot, 'node-echo');
