// A bot's side of steadyline.agent.v1: registers, takes calls, and comes back when the gateway was away.
//
// A bot is a class, of which one object is made for each call. Its static `open` says what it wants. What the gateway tells of
// the call comes to the method that is named after the message's field in AttendResponse (started, audio, utterance_ended …),
// if there is one, with that field and the whole response.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const PROTO =
  process.env.STEADYLINE_AGENT_PROTO ??
  fileURLToPath(new URL('../../../proto/src/main/protobuf/steadyline/agent/v1/agent.proto', import.meta.url));
const FIRST_PAUSE_MS = 200;
const LAST_PAUSE_MS = 5000;
const GOODBYE_MS = 1000;
const MAX_AUDIO_BYTES = 256 * 1024;
const FRAMES_PER_ACKNOWLEDGE = 50;
// Trying again would not help.
const HOPELESS = [grpc.status.INVALID_ARGUMENT, grpc.status.FAILED_PRECONDITION, grpc.status.UNAUTHENTICATED];
const CHANNEL_OPTIONS = {
  // gRPC's own pauses would grow to two minutes.
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2000,
  // A gateway whose machine is gone says nothing any more. More often than every 30 s is refused.
  'grpc.keepalive_time_ms': 60000,
  'grpc.keepalive_timeout_ms': 5000,
};

const describe = (error) => `${grpc.status[error.code] ?? 'error'}: ${error.details ?? error.message}`;

function metadata() {
  const token = process.env.STEADYLINE_GRPC_BEARER_TOKEN;
  const sent = new grpc.Metadata();
  if (token) {
    sent.set('authorization', `Bearer ${token}`);
  }
  return sent;
}

/** One call, as its bot sees it. */
export class Call {
  id;
  epoch = 0; // what was told last
  sequence = 0; // of the last event
  audioPosition = -1;
  #stream;

  constructor(id, stream) {
    this.id = id;
    this.#stream = stream;
  }

  /** A bot that says a sentence bit by bit gives the epoch in which it began: after a clear the rest is dropped. */
  play(audio, epoch = this.epoch) {
    for (let start = 0; start < audio.length; start += MAX_AUDIO_BYTES) {
      this.send({ audio: { payload: audio.subarray(start, start + MAX_AUDIO_BYTES), epoch } });
    }
  }

  mark(name, epoch = this.epoch) {
    this.send({ mark: { name, epoch } });
  }

  hangUp(reason) {
    this.send({ hang_up: { reason } });
  }

  keep(context) {
    this.send({ keep_context: { context } });
  }

  acknowledge() {
    this.send({ acknowledge: { sequence: this.sequence, audio_position: this.audioPosition } });
  }

  send(request) {
    if (!this.#stream.destroyed) {
      this.#stream.write(request);
    }
  }

  log(text) {
    console.log(`${this.id} ${text}`);
  }
}

class Connection {
  #Bot;
  #options;
  #client;
  #registration;
  #calls = 0;
  #stopping = false;
  #pauseMs = FIRST_PAUSE_MS;
  #timer;
  #onCallOver = () => {};

  constructor(Bot, options) {
    this.#Bot = Bot;
    this.#options = options;
    // Names as in the .proto; enumerations by name; 64-bit counts as numbers; what is not set is filled with its default;
    // a oneof tells by its own name which field is set (response.message).
    const contract = protoLoader.loadSync(PROTO, { keepCase: true, enums: String, longs: Number, defaults: true, oneofs: true });
    const { Agents } = grpc.loadPackageDefinition(contract).steadyline.agent.v1;
    this.#client = new Agents(options.target, grpc.credentials.createInsecure(), CHANNEL_OPTIONS);
  }

  /** Until SIGTERM or SIGINT. */
  serve() {
    process.once('SIGTERM', () => this.#stop());
    process.once('SIGINT', () => this.#stop());
    this.#register();
  }

  #register() {
    const { name, version, capacity } = this.#options;
    const stream = this.#client.Register(metadata());
    let why = 'the gateway ended the registration';
    let hopeless = false;
    this.#registration = stream;
    stream.on('data', (response) => this.#onRegisterResponse(response));
    stream.on('error', (error) => {
      why = describe(error);
      hopeless = HOPELESS.includes(error.code);
    });
    // The last event, after an error too.
    stream.on('status', () => this.#onRegistrationOver(why, hopeless));
    stream.write({ hello: { name, version, capacity } });
  }

  #onRegisterResponse({ message, registered, offer, withdrawn }) {
    switch (message) {
      case 'registered':
        this.#pauseMs = FIRST_PAUSE_MS;
        console.log(`registered as ${registered.bot_id}, gateway ${registered.gateway_boot_id}`);
        break;
      case 'offer':
        this.#onOffer(offer);
        break;
      case 'withdrawn':
        // If the call was accepted, its stream ends by itself.
        console.log(`offer ${withdrawn.offer_id} withdrawn: ${withdrawn.reason}`);
        break;
    }
  }

  #onRegistrationOver(why, hopeless) {
    this.#registration = undefined;
    if (this.#stopping) {
      this.#onCallOver();
      return;
    }
    if (hopeless) {
      console.error(`${this.#options.target}: ${why}`);
      process.exit(1);
    }
    console.log(`${this.#options.target}: ${why}; again in ${(this.#pauseMs / 1000).toFixed(1)} s`);
    // Not all bots of a gateway that comes back in the same moment.
    this.#timer = setTimeout(() => this.#register(), this.#pauseMs * (0.5 + Math.random() / 2));
    this.#pauseMs = Math.min(2 * this.#pauseMs, LAST_PAUSE_MS);
  }

  #onOffer(offer) {
    const accept = !this.#stopping && this.#calls < this.#options.capacity;
    const reason = accept ? '' : this.#stopping ? 'stopping' : 'full';
    this.#registration.write({ answer: { offer_id: offer.offer_id, accept, reason } });
    if (accept) {
      this.#attend(offer);
    }
  }

  /** One call, until it ends or is not ours any more. */
  #attend(offer) {
    const stream = this.#client.Attend(metadata());
    const call = new Call(offer.call.call_id, stream);
    const bot = new this.#Bot(call);
    this.#calls++;
    stream.on('data', (response) => {
      try {
        this.#onAttendResponse(bot, call, response);
      } catch (error) {
        // The call is offered to the next one.
        call.log(`failed: ${error.stack}`);
        stream.cancel();
      }
    });
    stream.on('error', (error) => call.log(`left: ${describe(error)}`));
    stream.on('status', () => {
      stream.end();
      this.#calls--;
      this.#onCallOver();
    });
    call.send({ open: { token: offer.token, ...this.#Bot.open } });
  }

  #onAttendResponse(bot, call, response) {
    const { message: kind, sequence } = response;
    const told = response[kind];
    switch (kind) {
      case 'started':
        call.epoch = told.epoch;
        call.sequence = told.next_sequence - 1;
        break;
      case 'interrupted':
        call.epoch = told.epoch;
        break;
      case 'audio':
        call.audioPosition = told.position;
        break;
    }
    bot[kind]?.(told, response);
    if (this.#Bot.open.acknowledges && (sequence || (kind === 'audio' && told.position % FRAMES_PER_ACKNOWLEDGE === 0))) {
      call.sequence = sequence || call.sequence;
      call.acknowledge();
    }
  }

  #stop() {
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#registration?.write({ readiness: { ready: false } });
    console.log(`stopping; ${this.#calls} calls`);
    const exit = () => {
      console.log(`stopped; ${this.#calls} calls left to others`);
      process.exit(0);
    };
    setTimeout(exit, this.#options.graceMs);
    this.#onCallOver = () => {
      if (this.#calls > 0) {
        return;
      }
      if (this.#registration === undefined) {
        exit();
      }
      this.#registration.end();
      setTimeout(exit, GOODBYE_MS);
    };
    this.#onCallOver();
  }
}

function options(Bot, name) {
  const usage = `usage: node ${process.argv[1].split('/').pop()} [HOST:PORT] [options]
  HOST:PORT              agent API (default 127.0.0.1:5001)
  --name NAME            what operators call it (default ${name})
  --bot-version VERSION  default 1.0.0
  --capacity N           calls at the same time (default 20)
  --grace SECONDS        for running calls at a stop (default 30)
STEADYLINE_GRPC_BEARER_TOKEN: the token, if the gateway asks for one; STEADYLINE_AGENT_PROTO: the contract, if this file was
copied away from its repository.`;
  const refuse = (text) => {
    console.error(`${name}: ${text}\n${usage}`);
    process.exit(2);
  };
  const string = (value) => ({ type: 'string', default: value });
  let given;
  try {
    given = parseArgs({
      allowPositionals: true,
      options: {
        name: string(name),
        'bot-version': string('1.0.0'),
        capacity: string('20'),
        grace: string('30'),
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    refuse(error.message);
  }
  const { values, positionals } = given;
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const capacity = Number(values.capacity);
  const graceMs = 1000 * Number(values.grace);
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 100000) {
    refuse(`--capacity: ${values.capacity} (expected: 1 to 100000)`);
  }
  if (!(graceMs >= 0 && graceMs <= 3600_000)) {
    refuse(`--grace: ${values.grace} (expected: 0 to 3600)`);
  }
  return { target: positionals[0] ?? '127.0.0.1:5001', name: values.name, version: values['bot-version'], capacity, graceMs };
}

/** The command line of a bot. */
export function serve(Bot, name) {
  new Connection(Bot, options(Bot, name)).serve();
}
