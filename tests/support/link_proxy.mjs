// A TCP proxy between two nodes that does what networks do: holds bytes back, cuts connections in the middle of a
// record, stops passing anything without saying so, and changes bytes.
import net from 'node:net';
import { sleep } from './wait.mjs';

export class LinkProxy {
    constructor() {
        this.pairs = new Set();
        this.delay_ms = 0;
        this.silent = false;
        this.refuses = false;
        this.corrupt_after = Infinity;
        this.corrupted = 0;
        this.cut_after = Infinity;
        this.cuts = 0;
        this.bytes = 0;
        this.accepted = 0;
    }

    static async listen(target) {
        const proxy = new LinkProxy();
        proxy.target = target;
        proxy.server = net.createServer((near) => proxy.#accept(near));
        await new Promise((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
        proxy.port = proxy.server.address().port;
        return proxy;
    }

    #accept(near) {
        this.accepted += 1;
        if (this.refuses || !this.target) return near.destroy();
        near.on('error', () => {});
        const far = net.connect({ port: this.target, host: '127.0.0.1', noDelay: true });
        near.setNoDelay(true);
        const pair = { near, far };
        this.pairs.add(pair);
        const end = () => {
            near.destroy();
            far.destroy();
            this.pairs.delete(pair);
        };
        for (const [from, to] of [
            [near, far],
            [far, near],
        ]) {
            let turn = Promise.resolve();
            from.on('data', (chunk) => (turn = turn.then(() => this.#pass(chunk, to))));
            from.on('error', end);
            from.on('close', () => turn.then(end));
        }
    }

    async #pass(chunk, to) {
        if (this.delay_ms > 0) await sleep(this.delay_ms);
        while (this.silent && !to.destroyed) await sleep(20);
        if (to.destroyed) return;
        this.bytes += chunk.length;
        this.cut_after -= chunk.length;
        if (this.cut_after <= 0) {
            this.cut_after = Infinity;
            return void this.cut();
        }
        this.corrupt_after -= chunk.length;
        if (this.corrupt_after <= 0) {
            this.corrupt_after = Infinity;
            this.corrupted += 1;
            chunk = Buffer.from(chunk);
            chunk[Math.floor(chunk.length / 2)] ^= 0x40;
        }
        to.write(chunk);
    }

    /** Every open connection dies now; returns how many there were. `cut_after` does so after that many bytes. */
    cut() {
        this.cuts += 1;
        const count = this.pairs.size;
        for (const { near, far } of this.pairs) {
            near.destroy();
            far.destroy();
        }
        this.pairs.clear();
        return count;
    }

    /** One bit of what passes after so many bytes is another. */
    corrupt(after = 0) {
        this.corrupt_after = after;
    }

    async close() {
        this.silent = false;
        this.cut();
        await new Promise((resolve) => this.server.close(resolve));
    }
}
