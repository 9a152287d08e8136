// A yardstick: the same job on Node.js and ws. Echoes each call's audio through a bounded queue, a 20 ms cadence on absolute deadlines
// and a second queue. node bridge.mjs PORT
import { WebSocketServer } from 'ws';

const RX_FRAMES = 200;
const TX_FRAMES = 144;
const SLOTS = 20; // of a millisecond; a call stays in its own
const slots = Array.from({ length: SLOTS }, () => new Set());
let added = 0;

function put(queue, frame, most) {
  if (queue.length === most) queue.shift();
  queue.push(frame);
}

function turn(call) {
  if (call.rx.length > 0) put(call.tx, call.rx.shift(), TX_FRAMES);
  if (call.tx.length > 0) {
    const payload = call.tx.shift().toString('base64');
    call.socket.send(JSON.stringify({ event: 'media', streamSid: call.streamSid, media: { payload } }));
  }
}

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false });

server.on('connection', (socket) => {
  const call = { socket, streamSid: '', rx: [], tx: [] };
  const slot = slots[(added++ * 7) % SLOTS];
  slot.add(call);
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    if (message.event === 'media') {
      put(call.rx, Buffer.from(message.media.payload, 'base64'), RX_FRAMES);
    } else if (message.event === 'start') {
      call.streamSid = message.streamSid;
    }
  });
  socket.on('close', () => slot.delete(call));
  socket.on('error', () => slot.delete(call));
});

let due = performance.now();
let at = 0;

function tick() {
  while (due <= performance.now()) {
    for (const call of slots[at]) turn(call);
    at = (at + 1) % SLOTS;
    due += 1;
  }
  setTimeout(tick, Math.max(0, due - performance.now()));
}
tick();
