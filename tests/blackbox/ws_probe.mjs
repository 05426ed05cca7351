// The 289 recorded WebSocket cases that send frames, through the real gateway. The cases were recorded against an echo
// server; the gateway does not echo: a complete data message that is no gateway payload is answered by close 4002 (4003
// if it is JSON). All below messages (masking, fragments, control frames, UTF-8, close codes) must be as recorded.
import crypto from 'node:crypto';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { contract_json, deep } from '../support/paths.mjs';
import { sleep } from '../support/wait.mjs';
import { RawSocket, in_parallel } from './raw_socket.mjs';

const known_cases = 289;
/** The largest payload the gateway reads. */
const payload_bytes_max = 15 * 1024;
/** Stands for the recorded waits of seconds: long enough that frames do not arrive in one read. */
const pause_ms = 60;
const reaction_ms = 500;
/** A closing line may wait this long for a peer that talks on; nothing after a broken frame can be understood. */
const closing_ms = 8000;
/** How the gateway refuses a message that is no payload, is no JSON, or is too large. */
const refusals = [4001, 4002, 4003, 1009, 1003];

function payload_of(payload) {
    if (payload === null || payload === undefined) return Buffer.alloc(0);
    if (typeof payload === 'string') return Buffer.from(payload, 'hex');
    return Buffer.alloc(payload.len, Buffer.from(payload.rep, 'hex'));
}

const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

function masked(bytes, offset = 0) {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < copy.length; i += 1) copy[i] ^= mask[(i + offset) & 3];
    return copy;
}

function header(opcode, length, { fin = true, rsv = 0 } = {}) {
    const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
    if (length < 126) return Buffer.concat([Buffer.from([first, 0x80 | length]), mask]);
    const size = Buffer.alloc(length < 65536 ? 2 : 8);
    if (length < 65536) size.writeUInt16BE(length);
    else size.writeBigUInt64BE(BigInt(length));
    return Buffer.concat([Buffer.from([first, 0x80 | (length < 65536 ? 126 : 127)]), size, mask]);
}

function frame(opcode, payload, options) {
    return Buffer.concat([header(opcode, payload.length, options), masked(payload)]);
}

function close_payload(code, reason) {
    const text = Buffer.from(reason ?? '', 'hex');
    if (code === null || code === undefined) return text;
    const head = Buffer.alloc(2);
    head.writeUInt16BE(code);
    return Buffer.concat([head, text]);
}

/** What the server said: pongs, texts, the close code. */
function parse_frames(bytes) {
    const said = { pongs: [], texts: 0, close: null, fault: null };
    let at = bytes.indexOf('\r\n\r\n') + 4;
    while (bytes.length >= at + 2) {
        const opcode = bytes[at] & 15;
        if (bytes[at + 1] & 0x80) said.fault = 'the server masks';
        let length = bytes[at + 1] & 0x7f;
        let start = at + 2;
        if (length === 126) [length, start] = [bytes.readUInt16BE(at + 2), at + 4];
        else if (length === 127) [length, start] = [Number(bytes.readBigUInt64BE(at + 2)), at + 10];
        if (bytes.length < start + length) break;
        const payload = bytes.subarray(start, start + length);
        if (opcode === 10) said.pongs.push(payload.toString('hex'));
        else if (opcode === 8) said.close ??= length >= 2 ? payload.readUInt16BE(0) : 1005;
        else said.texts += 1;
        at = start + length;
    }
    return said;
}

async function upgrade(node) {
    const raw = await RawSocket.open(node.port);
    const key = crypto.randomBytes(16).toString('base64');
    await raw.write(
        `GET /?v=10&encoding=json HTTP/1.1\r\nHost: 127.0.0.1:${node.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    await raw.listen((received) => received.includes('\r\n\r\n') && parse_frames(received).texts >= 1, 5000);
    if (!raw.received.toString('latin1').startsWith('HTTP/1.1 101'))
        throw new Error(`no upgrade: ${raw.received.subarray(0, 80)}`);
    return raw;
}

async function in_pieces(raw, bytes, size) {
    if (!size || size >= bytes.length) return raw.write(bytes);
    for (let at = 0; at < bytes.length && !raw.closed; at += size) await raw.write(bytes.subarray(at, at + size));
}

/** One handler per kind of recorded action. `state` remembers streamed messages and whether we closed. */
const perform = {
    async frame(raw, { opcode, payload, fin = true, rsv = 0, chopsize }, state) {
        if (opcode === 8) state.sent_close = true;
        await in_pieces(raw, frame(opcode, payload_of(payload), { fin, rsv }), chopsize);
    },
    async message(raw, { binary, payload, fragment_size }) {
        const bytes = payload_of(payload);
        const size = fragment_size ?? Math.max(bytes.length, 1);
        const pieces = Math.max(Math.ceil(bytes.length / size), 1);
        for (let i = 0; i < pieces && !raw.closed; i += 1) {
            const opcode = i > 0 ? 0 : binary ? 2 : 1;
            await raw.write(frame(opcode, bytes.subarray(i * size, (i + 1) * size), { fin: i === pieces - 1 }));
        }
    },
    begin_message: async (raw, { opcode }, state) => void (state.opcode = opcode),
    async begin_frame(raw, { len }, state) {
        state.offset = 0;
        await raw.write(header(state.opcode, len, { fin: false }));
        state.opcode = 0;
    },
    async frame_data(raw, { payload }, state) {
        const bytes = payload_of(payload);
        await raw.write(masked(bytes, state.offset));
        state.offset += bytes.length;
    },
    end_message: (raw) => raw.write(frame(0, Buffer.alloc(0))),
    wait: () => sleep(pause_ms),
    async close(raw, { code, reason }, state) {
        state.sent_close = true;
        await raw.write(frame(8, close_payload(code, reason)));
    },
    close_frame: (raw, action, state) => perform.close(raw, action, state),
    kill_after: () => {},
    close_after: () => {},
};

async function observe(node, test) {
    const raw = await upgrade(node);
    const state = {};
    for (const action of test.actions) {
        if (raw.closed) break;
        await perform[action.op](raw, action, state);
    }
    const settled = (received) => parse_frames(received).close !== null;
    const wants = test.expected?.OK?.filter((one) => one.pong !== undefined).length ?? 0;
    const done = (received) =>
        settled(received) || (!state.sent_close && wants > 0 && parse_frames(received).pongs.length >= wants);
    await raw.listen(done, reaction_ms);
    if (!raw.closed && !settled(raw.received) && !state.sent_close) {
        await raw.write(frame(8, close_payload(1000)));
        state.sent_close = true;
        await raw.listen(settled, 3000);
    }
    // The side that is closed on says so back; then the server ends the line.
    const theirs = parse_frames(raw.received).close;
    if (theirs !== null && !state.sent_close) await raw.write(frame(8, close_payload(theirs === 1005 ? null : theirs)));
    await raw.listen(() => false, theirs === null ? 200 : closing_ms);
    const said = { ...parse_frames(raw.received), closed: raw.closed };
    raw.destroy();
    return said;
}

/** Whether the case sends a whole data message, which the gateway answers by closing. */
function sends_message(test) {
    if (test.expectedClose.closeCode.join() === '1007') return false;
    const outcomes = Object.values(test.expected ?? {}).flat();
    if (outcomes.some((one) => one.message !== undefined || one.message_len !== undefined)) return true;
    return test.actions.some((action) => ['message', 'begin_message'].includes(action.op));
}

function largest(test) {
    return Math.max(
        0,
        ...test.actions.map((action) =>
            typeof action.payload === 'object' ? (action.payload?.len ?? 0) : (action.payload ?? '').length / 2,
        ),
    );
}

function problem(test, said) {
    const { closeCode: codes, requireClean: clean } = test.expectedClose;
    const text = `${test.description.slice(0, 100)}: close ${said.close}, pongs ${said.pongs.length}, ${said.closed ? 'closed' : 'open'}`;
    if (said.fault) return said.fault;
    const outcomes = (test.expected?.OK ?? []).filter((one) => !('timeout' in one));
    const before_message = outcomes.findIndex((one) => one.pong === undefined);
    const wanted = (before_message < 0 ? outcomes : outcomes.slice(0, before_message)).map((one) => one.pong);
    const lenient = test.informational || sends_message(test);
    const got = lenient ? said.pongs.slice(0, wanted.length) : said.pongs;
    if (JSON.stringify(got) !== JSON.stringify(wanted)) return `${text}, wanted ${wanted.length} pongs`;
    if (!said.closed) return `${text}: the line stays open`;
    if (largest(test) > payload_bytes_max && (said.close === null || refusals.includes(said.close))) return '';
    if (sends_message(test) && refusals.includes(said.close)) return '';
    if (said.close === 1005 && codes.includes(1000)) return ''; // Our own close frame had no code to give back.
    if (said.close !== null) return codes.includes(said.close) || test.informational ? '' : `${text}, wanted ${codes}`;
    // A failed connection may be dropped without a close frame.
    return clean ? `${text}, wanted a clean close` : '';
}

await suite(
    'ws_probe',
    async (t) => {
        const recorded = contract_json('vectors/websocket/autobahn_rfc6455_cases.json');
        if (!recorded) return t.skip('recorded WebSocket cases', 'the contract is not on this machine');
        const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
        const cases = recorded.cases.filter((test) => test.actions);
        t.row('every case with frames is run', cases.length === known_cases ? '' : `${cases.length} of ${known_cases}`);
        await in_parallel(cases, deep ? 4 : 12, async (test) => {
            try {
                t.row(test.id, problem(test, await observe(node, test)));
            } catch (error) {
                t.row(test.id, error.message);
            }
        });
        t.row('the node is still the same process', node.alive ? '' : 'it ended');
    },
    { seconds: 380 },
);
