// A gateway session written out by hand: every frame is kept, nothing is hidden by a library.
import zlib from 'node:zlib';
import { dependency } from './paths.mjs';
import { deadline, deferred, patience } from './wait.mjs';
import { all_intents } from './api.mjs';

const WebSocket = dependency('ws');

export class Session {
    /** @param url ws://host:port, without path. compress: '' or 'zlib-stream' */
    constructor(url, { version = 10, compress = '', per_message = false, tls = {} } = {}) {
        this.url = url;
        this.tls = tls;
        this.version = version;
        this.compress = compress;
        this.per_message = per_message;
        this.dispatches = [];
        this.frames = [];
        this.waiters = new Set();
        this.seq = null;
        this.binary_frames = 0;
    }

    /** Opens the socket and waits for Hello. */
    async open() {
        const query = `/?v=${this.version}&encoding=json${this.compress ? `&compress=${this.compress}` : ''}`;
        this.closed = deferred();
        this.inflate = this.compress ? new StreamInflate() : null;
        this.inflate?.engine.on('error', (error) => this.#end({ code: 0, reason: error.message }));
        this.socket = new WebSocket(this.url + query, { perMessageDeflate: false, ...this.tls });
        this.socket.on('message', (bytes, binary) => this.#receive(bytes, binary));
        this.socket.on('close', (code, reason) => this.#end({ code, reason: String(reason) }));
        this.socket.on('error', (error) => this.#end({ code: 0, reason: error.message }));
        const hello = await this.wait_frame((frame) => frame.op === 10, 10_000, 'Hello');
        this.heartbeat_ms = hello.d.heartbeat_interval;
        return this;
    }

    #end(how) {
        clearInterval(this.timer);
        this.closed.resolve(how);
        this.close_info = how;
        for (const waiter of this.waiters) waiter.reject(new Error(`the gateway closed: ${how.code} ${how.reason}`));
        this.waiters.clear();
    }

    #receive(bytes, binary) {
        if (binary) this.binary_frames += 1;
        if (this.inflate) return this.inflate.push(bytes, (text) => this.#take(text));
        this.#take(binary ? zlib.inflateSync(bytes).toString() : String(bytes));
    }

    #take(text) {
        const frame = JSON.parse(text);
        this.frames.push(frame);
        if (frame.op === 0) {
            this.seq = frame.s;
            this.dispatches.push(frame);
            if (frame.t === 'READY') {
                this.session_id = frame.d.session_id;
                this.resume_url = frame.d.resume_gateway_url;
                this.user = frame.d.user;
            }
        }
        if (frame.op === 1) this.send(1, this.seq);
        for (const waiter of this.waiters) {
            if (waiter.wanted(frame)) {
                this.waiters.delete(waiter);
                waiter.resolve(frame);
            }
        }
    }

    send(op, d) {
        this.socket.send(JSON.stringify({ op, d }));
    }

    send_raw(text) {
        this.socket.send(text);
    }

    /** The first frame from now on that `wanted` accepts. */
    wait_frame(wanted, ms = 10_000, what = 'frame') {
        if (this.close_info) return Promise.reject(new Error(`the gateway is closed: ${this.close_info.code}`));
        const waiter = deferred();
        waiter.wanted = wanted;
        this.waiters.add(waiter);
        return deadline(waiter.promise, ms * patience, what).finally(() => this.waiters.delete(waiter));
    }

    /** A dispatch that already came (from index `since`) or will come. */
    wait(type, wanted = () => true, { ms = 10_000, since = 0 } = {}) {
        const match = (frame) => frame.op === 0 && frame.t === type && wanted(frame.d);
        const seen = this.dispatches.slice(since).find(match);
        if (seen) return Promise.resolve(seen.d);
        return this.wait_frame(match, ms, `dispatch ${type}`).then((frame) => frame.d);
    }

    /** Where to look from for what happens after now. */
    mark() {
        return this.dispatches.length;
    }

    /** Op 2, then READY. */
    async identify(token, { intents = all_intents, extra = {} } = {}) {
        this.token = token;
        const properties = { os: 'linux', browser: 'guildhall-test', device: 'guildhall-test' };
        const payload = { token, properties, compress: this.per_message, ...extra };
        if (intents !== null) payload.intents = intents;
        this.send(2, payload);
        const ready = await this.wait('READY');
        this.#beat();
        return ready;
    }

    #beat() {
        clearInterval(this.timer);
        this.timer = setInterval(() => this.socket.readyState === 1 && this.send(1, this.seq), this.heartbeat_ms);
        this.timer.unref();
    }

    /** A new socket that goes on where this session stopped; the dispatches are carried over. */
    async resume(url = this.url) {
        const next = new Session(url, { version: this.version, compress: this.compress, tls: this.tls });
        Object.assign(next, {
            token: this.token,
            session_id: this.session_id,
            seq: this.seq,
            user: this.user,
            dispatches: [...this.dispatches],
        });
        await next.open();
        const since = next.mark();
        next.send(6, { token: this.token, session_id: this.session_id, seq: this.seq });
        await next.wait_frame(
            (frame) => (frame.op === 0 && frame.t === 'RESUMED') || frame.op === 9,
            10_000,
            'RESUMED',
        );
        next.resumed = next.dispatches.slice(since).some((frame) => frame.t === 'RESUMED');
        next.#beat();
        return next;
    }

    /** The line dies without a close frame. */
    drop() {
        this.socket.terminate();
    }

    async close(code = 1000) {
        clearInterval(this.timer);
        if (this.socket.readyState <= 1) this.socket.close(code);
        await deadline(this.closed.promise, 5000, 'close').catch(() => this.socket.terminate());
    }
}

/** Opens and identifies in one step. `node` has `base`; the token may carry `Bot `. */
export async function connect(node, client, options = {}) {
    const url = node.base.replace(/^http/, 'ws');
    const session = new Session(url, options);
    await session.open();
    await session.identify(client.token.replace(/^Bot /, ''), options);
    return session;
}

/** One zlib stream over many frames; a message is complete when its bytes end with a sync flush. */
class StreamInflate {
    constructor() {
        this.engine = zlib.createInflate({ flush: zlib.constants.Z_SYNC_FLUSH });
        this.output = [];
        this.engine.on('data', (part) => this.output.push(part));
        this.turn = Promise.resolve();
    }

    /** Calls `deliver` with every whole message, in order. One write at a time: callbacks come in batches. */
    push(bytes, deliver) {
        const whole = bytes.length >= 4 && bytes.readUInt32BE(bytes.length - 4) === 0x0000ffff;
        this.turn = this.turn.then(async () => {
            await new Promise((resolve) => this.engine.write(bytes, resolve));
            if (!whole) return;
            const text = Buffer.concat(this.output).toString('utf8');
            this.output = [];
            deliver(text);
        });
    }
}
