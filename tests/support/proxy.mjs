// A TCP proxy before a node. It cuts connections at chosen moments, also in the middle of a frame, and holds new
// ones while the node behind it restarts, as a load balancer does.
import net from 'node:net';
import { sleep } from './wait.mjs';

/** How long a new connection waits for the node behind. */
const hold_ms = 30_000;

export class Proxy {
    constructor() {
        this.pairs = new Set();
        this.accepted = 0;
    }

    /** Listens on a free port; the port behind is given later by `forward_to`. */
    static async listen() {
        const proxy = new Proxy();
        proxy.server = net.createServer((near) => proxy.#accept(near));
        await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
        proxy.port = proxy.server.address().port;
        proxy.base = `http://127.0.0.1:${proxy.port}`;
        return proxy;
    }

    forward_to(port) {
        this.target = port;
    }

    async #accept(near) {
        this.accepted += 1;
        near.setNoDelay(true);
        near.on('error', () => {});
        const far = await this.#dial(near);
        if (!far) return near.destroy();
        const pair = { near, far, bytes_left: Infinity };
        this.pairs.add(pair);
        const end = () => {
            near.destroy();
            far.destroy();
            this.pairs.delete(pair);
        };
        near.on('data', (chunk) => far.write(chunk));
        far.on('data', (chunk) => {
            near.write(chunk.subarray(0, Math.min(chunk.length, pair.bytes_left)));
            pair.bytes_left -= chunk.length;
            // The client must have read what was let through before the line dies.
            if (pair.bytes_left <= 0) near.end(end);
        });
        near.on('end', () => far.end());
        far.on('end', () => near.end());
        for (const socket of [near, far]) {
            socket.on('close', end);
            socket.on('error', end);
        }
    }

    async #dial(near) {
        const end = Date.now() + hold_ms;
        while (!near.destroyed && Date.now() < end) {
            const far = this.target ? await connect(this.target) : null;
            if (far) return far;
            await sleep(30);
        }
        return null;
    }

    /** Every open connection dies now. */
    cut() {
        const count = this.pairs.size;
        for (const { near, far } of this.pairs) {
            near.destroy();
            far.destroy();
        }
        this.pairs.clear();
        return count;
    }

    /** Every open connection dies after `bytes` more bytes went to the client: usually within a frame. */
    cut_after(bytes) {
        for (const pair of this.pairs) pair.bytes_left = bytes;
        return this.pairs.size;
    }

    async close() {
        this.cut();
        await new Promise((resolve) => this.server.close(resolve));
    }
}

function connect(port) {
    return new Promise((resolve) => {
        const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
        socket.on('connect', () => resolve(socket));
        socket.on('error', () => resolve(null));
    });
}
