#!/usr/bin/env node
// Lists the calls of a Steadyline gateway; with a call id also watches this call for some seconds and then ends it.
// Exit code: 0 done, 1 not possible or not as expected, 2 called wrongly.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const USAGE = `usage: node admin.js [HOST:PORT] [CALL_ID] [--seconds N]
  HOST:PORT     admin API (default 127.0.0.1:5001)
  CALL_ID       call or stream id: watched for N seconds, then ended
  --seconds N   1 to 600 (default 3)
STEADYLINE_GRPC_BEARER_TOKEN: the token, if the gateway asks for one; STEADYLINE_PROTO: the contract, if this file was
copied away from its repository.`;

const PROTO =
  process.env.STEADYLINE_PROTO ??
  fileURLToPath(new URL('../../../proto/src/main/protobuf/steadyline/admin/v1/admin.proto', import.meta.url));
const DEADLINE_MS = 5000;

function connect(target) {
  // Names as in the .proto; enumerations by name; 64-bit counts as numbers; what is not set is filled with its default;
  // a oneof tells by its own name which field is set (response.event).
  const contract = protoLoader.loadSync(PROTO, { keepCase: true, enums: String, longs: Number, defaults: true, oneofs: true });
  const { Admin } = grpc.loadPackageDefinition(contract).steadyline.admin.v1;
  return new Admin(target, grpc.credentials.createInsecure());
}

function metadata() {
  const token = process.env.STEADYLINE_GRPC_BEARER_TOKEN;
  const sent = new grpc.Metadata();
  if (token) {
    sent.set('authorization', `Bearer ${token}`);
  }
  return sent;
}

/** One question, one answer. */
function ask(client, method, request) {
  return new Promise((resolve, reject) => {
    client[method](request, metadata(), { deadline: Date.now() + DEADLINE_MS }, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });
}

async function list(client) {
  let token = '';
  do {
    const page = await ask(client, 'ListSessions', { page_token: token });
    for (const session of page.sessions) {
      const state = session.state.replace('SESSION_STATE_', '');
      const health = session.verdict?.healthy ? 'healthy' : (session.verdict?.reason ?? 'not judged yet');
      console.log(`${session.call_id}  ${state}  ${session.age?.seconds ?? 0} s  ${session.agent}  ${health}`);
    }
    token = page.next_page_token;
  } while (token);
}

const line = ({ second, rx, tx }) =>
  `  ${second}: RX fps_in=${rx.fps_in.toFixed(1)} q=${rx.depth_frames} drops=${rx.drops}` +
  `  TX fps=${tx.fps.toFixed(1)} q=${tx.depth_frames} drops=${tx.drops}`;

/** Prints a line a second, ends the call after `seconds` of them, and resolves when the gateway has closed the watch. */
function watchThenEnd(client, id, seconds) {
  return new Promise((resolve, reject) => {
    const seen = { records: 0, endAsked: false, lastState: '' };
    // The linger of the gateway (limits.linger, 10 s) may lie between the request to end and the last record.
    const watch = client.WatchSessions({ id }, metadata(), { deadline: Date.now() + (seconds + 30) * 1000 });
    watch.on('data', (response) => {
      if (response.event !== 'second') {
        return;
      }
      seen.records++;
      seen.lastState = response.second.state;
      console.log(line(response.second));
      if (seen.records === seconds) {
        seen.endAsked = true;
        ask(client, 'EndSession', { id, reason: 'example: node-admin' }).then(
          ({ call_id: callId }) => console.log(`asked ${callId} to end`),
          (error) => {
            watch.cancel();
            reject(error);
          },
        );
      }
    });
    watch.on('error', reject);
    watch.on('end', () => resolve(seen));
  });
}

async function run(target, id, seconds) {
  const client = connect(target);
  try {
    await list(client);
    if (!id) {
      return 0;
    }
    const { records, endAsked, lastState } = await watchThenEnd(client, id, seconds);
    const { session } = await ask(client, 'GetSession', { id, max_seconds: 0 });
    console.log(`${id}: ${records} records, ended by ${session.end?.by}: ${session.end?.reason} "${session.end?.detail}"`);
    const good = endAsked && lastState === 'SESSION_STATE_CLOSED' && session.end?.reason === 'SESSION_END_REASON_ADMIN_END';
    if (!good) {
      console.log(`not as expected: last state ${lastState || 'unknown'}, end asked for: ${endAsked}`);
    }
    return good ? 0 : 1;
  } catch (error) {
    console.error(`node-admin: ${target}: ${grpc.status[error.code] ?? 'error'}: ${error.details ?? error.message}`);
    return 1;
  } finally {
    client.close();
  }
}

function usageError(text) {
  console.error(`node-admin: ${text}\n${USAGE}`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({ allowPositionals: true, options: { seconds: { type: 'string', default: '3' }, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    return usageError(error.message);
  }
}

const { values, positionals } = options();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const seconds = Number(values.seconds);
if (!Number.isInteger(seconds) || seconds < 1 || seconds > 600) {
  usageError(`--seconds: ${values.seconds} (expected: a whole number from 1 to 600)`);
}
process.exitCode = await run(positionals[0] ?? '127.0.0.1:5001', positionals[1], seconds);
