// One phone call, as Twilio Media Streams places it: connected, start, media every 20 ms, dtmf, stop.

import { createHmac, randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { Playout } from './playout.js';

const PTIME_MS = 20;
const CLOSE_TIMEOUT_MS = 2000;
const STRETCH_GAP_MS = 400; // longer than any pause within what a bot says

const id = (prefix) => prefix + randomBytes(16).toString('hex');

/** The header that Twilio puts on the upgrade: of the URL alone, because a WebSocket has no parameters. */
function signature(url, authToken) {
  return createHmac('sha1', authToken).update(url).digest('base64');
}

export class Call {
  callSid;
  playout;
  report = {
    sentFrames: 0,
    echoedFrames: 0, // of those received: which the caller had sent
    maxLateMs: 0, // our own lateness against the 20 ms grid; a busy machine shows here
    maxAheadMs: 0,
    firstAudioMs: undefined,
    stretches: [], // frames received, for each piece without a gap
    unknown: [],
    close: undefined,
    closedBy: undefined,
  };

  #options;
  #socket;
  #streamSid = id('MZ');
  #accountSid = id('AC');
  #sequence = 0;
  #lastHeardMs = -Infinity;
  #startedMs = 0;
  #sent = new Set();
  #timer;
  #hungUp = false;

  /** @param options url, speaker, callSid, authToken, signedUrl */
  constructor(options) {
    this.#options = options;
    this.callSid = options.callSid ?? id('CA');
    this.playout = new Playout((name) => this.#send('mark', { mark: { name } }));
  }

  /** Resolves with the report when the socket is closed, whoever closed it. */
  place() {
    const { url, signedUrl, authToken } = this.#options;
    const headers = authToken ? { 'x-twilio-signature': signature(signedUrl ?? url, authToken) } : {};
    return new Promise((resolve, reject) => {
      this.#socket = new WebSocket(url, { headers, handshakeTimeout: 5000, perMessageDeflate: false });
      this.#socket.on('open', () => this.#begin());
      this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
      this.#socket.on('error', (error) => (this.#startedMs ? (this.report.error = error.message) : reject(error)));
      this.#socket.on('close', (code, reason) => {
        clearTimeout(this.#timer);
        this.playout.close();
        this.report.close = `${code}${reason.length ? ` "${reason}"` : ''}`;
        this.report.closedBy = this.#hungUp ? 'caller' : 'gateway';
        resolve(this.report);
      });
    });
  }

  press(digit) {
    this.#send('dtmf', { dtmf: { track: 'inbound_track', digit } });
  }

  /** Since the last that was heard has been played. */
  silentForMs() {
    const nowMs = performance.now();
    return this.playout.aheadMs(nowMs) > 0 ? 0 : nowMs - this.#lastHeardMs;
  }

  #begin() {
    this.#startedMs = performance.now();
    this.#socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
    this.#send('start', {
      start: {
        accountSid: this.#accountSid,
        callSid: this.callSid,
        streamSid: this.#streamSid,
        tracks: ['inbound'],
        customParameters: { example: 'node-provider' },
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      },
    });
    this.#tick();
  }

  // Sends what is due and sleeps to the next deadline. The deadlines count from the start of the call, never from now:
  // otherwise each late wake-up would shift the rest of the call.
  #tick() {
    for (;;) {
      const n = this.report.sentFrames;
      const dueMs = this.#startedMs + n * PTIME_MS;
      const lateMs = performance.now() - dueMs;
      if (lateMs < 0) {
        this.#timer = setTimeout(() => this.#tick(), -lateMs);
        return;
      }
      const frame = this.#options.speaker(n, this);
      if (frame === undefined) {
        this.#hangUp();
        return;
      }
      this.report.maxLateMs = Math.max(this.report.maxLateMs, lateMs);
      this.#sendFrame(n, frame);
    }
  }

  #sendFrame(n, frame) {
    const payload = frame.toString('base64');
    this.#sent.add(payload);
    this.report.sentFrames++;
    this.#send('media', { media: { track: 'inbound', chunk: `${n + 1}`, timestamp: `${n * PTIME_MS}`, payload } });
  }

  #hangUp() {
    this.#hungUp = true;
    this.#send('stop', { stop: { accountSid: this.#accountSid, callSid: this.callSid } });
    this.#socket.close(1000);
    this.#timer = setTimeout(() => this.#socket.terminate(), CLOSE_TIMEOUT_MS);
  }

  // All numbers of the protocol are strings, except those in mediaFormat.
  #send(event, fields) {
    if (this.#socket.readyState === WebSocket.OPEN) {
      const message = { event, sequenceNumber: `${++this.#sequence}`, streamSid: this.#streamSid, ...fields };
      this.#socket.send(JSON.stringify(message));
    }
  }

  #receive(data, isBinary) {
    const nowMs = performance.now();
    const message = isBinary ? {} : JSON.parse(data);
    if (message.streamSid !== this.#streamSid) {
      this.report.unknown.push(isBinary ? 'binary frame' : `${data}`.slice(0, 80));
    } else if (message.event === 'media') {
      this.#hear(message.media.payload, nowMs);
    } else if (message.event === 'mark') {
      this.playout.mark(message.mark.name, nowMs);
    } else if (message.event === 'clear') {
      this.playout.clear(nowMs);
    } else {
      this.report.unknown.push(`${data}`.slice(0, 80));
    }
  }

  #hear(payload, nowMs) {
    this.playout.media(Buffer.from(payload, 'base64'), nowMs);
    this.report.firstAudioMs ??= nowMs - this.#startedMs;
    if (nowMs - this.#lastHeardMs > STRETCH_GAP_MS) {
      this.report.stretches.push(0);
    }
    this.report.stretches[this.report.stretches.length - 1]++;
    this.#lastHeardMs = nowMs;
    this.report.maxAheadMs = Math.max(this.report.maxAheadMs, this.playout.aheadMs(nowMs));
    if (this.#sent.has(payload)) {
      this.report.echoedFrames++;
    }
  }
}
