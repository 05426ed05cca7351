// A TCP connection of bare bytes: what the probes write is exactly what the node reads.
import net from 'node:net';
import { sleep } from '../support/wait.mjs';

export class RawSocket {
    static open(port) {
        const raw = new RawSocket();
        raw.received = Buffer.alloc(0);
        raw.closed = false;
        raw.socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
        raw.socket.on('data', (chunk) => {
            raw.received = Buffer.concat([raw.received, chunk]);
            raw.heard = Date.now();
        });
        for (const event of ['end', 'close', 'error']) raw.socket.on(event, () => (raw.closed = true));
        return new Promise((resolve, reject) => {
            raw.socket.once('connect', () => resolve(raw));
            raw.socket.once('error', reject);
        });
    }

    /** Writes; resolves when the kernel took it or the line is gone. */
    write(bytes) {
        return new Promise((resolve) => {
            if (this.socket.destroyed || this.closed) return resolve();
            this.socket.once('close', resolve);
            this.socket.write(bytes, () => (this.socket.removeListener('close', resolve), resolve()));
        });
    }

    /** Waits until `enough` says so, the line is closed, or `ms` passed. */
    async listen(enough, ms) {
        const end = Date.now() + ms;
        while (!this.closed && Date.now() < end && !enough(this.received)) await sleep(5);
    }

    destroy() {
        this.socket.destroy();
    }
}

/** Runs `work` over `items`, a bounded number at a time. */
export async function in_parallel(items, width, work) {
    const queue = [...items];
    await Promise.all(
        Array.from({ length: width }, async () => {
            while (queue.length) await work(queue.shift());
        }),
    );
}
