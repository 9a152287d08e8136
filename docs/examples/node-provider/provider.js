#!/usr/bin/env node
// Places one call to a Steadyline gateway as Twilio does, and says whether what came back is what was to be expected.
// Exit code: 0 as expected, 1 not, 2 called wrongly.

import { parseArgs } from 'node:util';
import { Call } from './call.js';
import { voice } from './mulaw.js';
import { conversation, monologue } from './speakers.js';

const USAGE = `usage: node provider.js [URL] [options]
  URL                 media socket (default ws://127.0.0.1:5000/twilio/media)
  --seconds N         the caller hangs up after N seconds, 1 to 600 (default 10)
  --expect WHAT       greeting: the whole greeting and its mark came (default)
                      echo: what the caller said came back
                      end: the gateway ended the call before the caller did
                      talk: a bot greets, answers what is said, says it again after key 1, hangs up after key 9; the
                      caller hangs up after N seconds if it does not
  --pause S           with talk: seconds that the caller waits before each of its turns (default 0.7)
  --call-sid ID       id of the call (default: a new one)
  --digits DIGITS     keys pressed in the middle of the call (default 5)
TWILIO_AUTH_TOKEN: signs the upgrade as Twilio does; TWILIO_SIGNED_URL: the URL that is signed, if the gateway is reached
by another one than its public.`;

// 40 ms is the gateway's lead (media.tx-lead); the rest is for a late wake-up of either side. Far less than a greeting:
// who gets a second of audio in one go was not paced.
const MAX_AHEAD_MS = 1000;

const expectations = {
  greeting: (call, report) => [
    [call.playout.frames >= 50, `${call.playout.frames} frames of greeting (expected: at least 50)`],
    [call.playout.marksPlayed >= 1, `${call.playout.marksPlayed} marks played to (expected: at least 1; is the call shorter than the greeting?)`],
    [report.closedBy === 'caller', `the ${report.closedBy} ended the call (expected: the caller)`],
  ],
  echo: (call, report) => [
    // A barge-in may clear some of it, and the last of it is on its way when the caller hangs up. What a clear takes is at most
    // the 120 frames of the gateway's tx queue: make the call longer than that.
    [report.echoedFrames >= 0.7 * report.sentFrames, `${report.echoedFrames} of ${report.sentFrames} frames echoed (expected: at least 70 %)`],
    [report.echoedFrames === call.playout.frames, `${call.playout.frames - report.echoedFrames} frames of other audio (expected: 0)`],
    [report.closedBy === 'caller', `the ${report.closedBy} ended the call (expected: the caller)`],
  ],
  end: (call, report) => [
    [report.closedBy === 'gateway', `the ${report.closedBy} ended the call (expected: the gateway)`],
    [report.close.startsWith('1000'), `closed with ${report.close} (expected: 1000)`],
  ],
  talk: (call, report) => [
    [report.stretches.length === 4, `${report.stretches.length} times spoken to (expected: 4: greeting, answer, the same again, goodbye)`],
    [Math.abs(report.stretches[2] - report.stretches[1]) <= 1, `answer of ${report.stretches[1]} frames, then of ${report.stretches[2]} (expected: the same)`],
    [call.playout.marksPlayed >= 3, `${call.playout.marksPlayed} marks played to (expected: at least 3)`],
    ...expectations.end(call, report),
  ],
};

function problems(call, report, what) {
  const always = [
    [report.error === undefined, report.error],
    [report.unknown.length === 0, `${report.unknown.length} messages that Twilio would not take, such as ${report.unknown[0]}`],
    [report.maxAheadMs <= MAX_AHEAD_MS, `${report.maxAheadMs.toFixed(0)} ms of audio in advance (expected: at most ${MAX_AHEAD_MS})`],
  ];
  return [...always, ...expectations[what](call, report)].filter(([good]) => !good).map(([, text]) => text);
}

function print(call, report) {
  const { frames, bytes, marksPlayed, marksCleared, clears } = call.playout;
  console.log(`call ${call.callSid}: closed by the ${report.closedBy}, ${report.close}`);
  console.log(`  sent ${report.sentFrames} frames, at most ${report.maxLateMs.toFixed(1)} ms late`);
  console.log(
    `  received ${frames} frames (${(bytes / 8000).toFixed(2)} s), ${report.echoedFrames} of them echoed,` +
      ` the first after ${report.firstAudioMs?.toFixed(0) ?? '-'} ms, at most ${report.maxAheadMs.toFixed(0)} ms ahead`,
  );
  console.log(`  heard in pieces of ${report.stretches.join(', ')} frames`);
  console.log(`  marks: ${marksPlayed} played, ${marksCleared} cleared; clears: ${clears}`);
}

function usageError(text) {
  console.error(`node-provider: ${text}\n${USAGE}`);
  process.exit(2);
}

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        seconds: { type: 'string', default: '10' },
        expect: { type: 'string', default: 'greeting' },
        'call-sid': { type: 'string' },
        digits: { type: 'string', default: '5' },
        pause: { type: 'string', default: '0.7' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return { ...values, url: positionals[0] ?? 'ws://127.0.0.1:5000/twilio/media' };
  } catch (error) {
    return usageError(error.message);
  }
}

const given = options();
if (given.help) {
  console.log(USAGE);
  process.exit(0);
}
const seconds = Number(given.seconds);
if (!(seconds >= 1 && seconds <= 600)) {
  usageError(`--seconds: ${given.seconds} (expected: 1 to 600)`);
}
const pauseMs = 1000 * Number(given.pause);
if (!(pauseMs >= 500 && pauseMs <= 60000)) {
  usageError(`--pause: ${given.pause} (expected: 0.5 to 60)`);
}
if (!Object.hasOwn(expectations, given.expect)) {
  usageError(`--expect: ${given.expect} (expected: ${Object.keys(expectations).join(', ')})`);
}

const call = new Call({
  url: given.url,
  speaker: given.expect === 'talk' ? conversation(seconds, pauseMs) : monologue(voice(seconds), given.digits),
  callSid: given['call-sid'],
  authToken: process.env.TWILIO_AUTH_TOKEN,
  signedUrl: process.env.TWILIO_SIGNED_URL,
});
try {
  const report = await call.place();
  print(call, report);
  const found = problems(call, report, given.expect);
  found.forEach((text) => console.log(`  not as expected: ${text}`));
  process.exitCode = found.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`node-provider: ${given.url}: ${error.message || error.code}`);
  process.exitCode = 1;
}
