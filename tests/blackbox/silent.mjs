// Ten thousand connections that never speak: those without a header are closed after 10 s, gateway sockets without an
// IDENTIFY after 30 s; others are served meanwhile, and memory and descriptors return to what they were.
// Quick runs halve them between the two kinds, deep ones have ten thousand of each.
//
// What is measured against is a node that has seen as many come and go once: Asio pools what it knows of a descriptor,
// and these small pieces keep the pages between them. That has a bound of its own.
import assert from 'node:assert/strict';
import net from 'node:net';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { Client } from '../support/api.mjs';
import { deep } from '../support/paths.mjs';
import { descriptor_limit, descriptors, resident_kib, settles } from '../support/process.mjs';
import { sleep, until } from '../support/wait.mjs';

const wanted = 10_000;
/** What the node and this program have open besides. */
const descriptors_besides = 500;
const low_soft_limit = 1024;
/** Generous bounds around 10 s for a request's header and 30 s for IDENTIFY. */
const header_seconds = 40;
const identify_seconds = 75;
const memory_share = 1.1;
const memory_slack_kib = 2 * 1024;
/** What a connection may leave in pools, in KiB. */
const pooled_kib = 2;
/** Connections that this program itself keeps alive between requests. */
const kept_alive = 4;
/** Sources take turns, so that no address runs out of ports. */
const sources = 8;
const opened_at_once = 200;

const upgrade =
    'GET /?v=10&encoding=json HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** Connections of one kind: how many are open, how many were let in and closed. */
class Crowd {
    constructor(node, { hello = null } = {}) {
        Object.assign(this, { node, hello, open: 0, upgraded: 0, refused: 0, sockets: new Set() });
        this.first_closed = Infinity;
    }

    async gather(count) {
        for (let made = 0; made < count; made += opened_at_once) {
            const some = Math.min(opened_at_once, count - made);
            await Promise.all(Array.from({ length: some }, (_, index) => this.#connect(made + index)));
        }
        this.gathered = Date.now();
        return this;
    }

    #connect(number) {
        const localAddress = `127.0.0.${2 + (number % sources)}`;
        const socket = net.connect({ port: this.node.port, host: '127.0.0.1', localAddress });
        this.sockets.add(socket);
        return new Promise((resolve) => {
            const opened = Date.now();
            let is_open = false;
            socket.once('connect', () => {
                is_open = true;
                this.open += 1;
                if (this.hello) socket.write(this.hello);
                resolve();
            });
            socket.once('data', (chunk) => (this.upgraded += chunk.includes(' 101 ') ? 1 : 0));
            socket.on('data', () => {});
            socket.on('error', () => {});
            socket.once('close', () => {
                this.sockets.delete(socket);
                if (is_open) this.open -= 1;
                else this.refused += 1;
                this.first_closed = Math.min(this.first_closed, Date.now() - opened);
                resolve();
            });
        });
    }

    /** Waits until the node has closed all of them. */
    async dispersed(seconds) {
        const left = await settles(() => this.open, 0, seconds * 1000);
        assert.equal(left, 0, `${left} live after ${seconds} s; ${this.upgraded} had become gateway sockets`);
    }

    destroy() {
        for (const socket of this.sockets) socket.destroy();
    }
}

/** Asks every half second, and counts. */
async function serve_meanwhile(node, going) {
    let answered = 0;
    for (; going(); await sleep(500)) {
        const answer = await new Client(node).call('GET', '/gateway', undefined, { ms: 20_000 });
        assert.equal(answer.status, 200);
        answered += 1;
    }
    return answered;
}

/** As many as will come, of both kinds, gone at once. */
async function fill_pools(node) {
    await new Client(node).call('GET', '/gateway');
    const before = { memory: resident_kib(node.pid), descriptors: descriptors(node.pid) };
    const crowds = [new Crowd(node), new Crowd(node, { hello: upgrade })];
    for (const crowd of crowds) await crowd.gather(wanted / crowds.length);
    await until(() => crowds[1].upgraded === wanted / 2, 20_000, 'upgrade of all');
    for (const crowd of crowds) crowd.destroy();
    const bound = before.descriptors + kept_alive;
    const open = await settles(() => descriptors(node.pid), bound, 20_000);
    assert.ok(open <= bound, `descriptors ${before.descriptors} before, ${open} after`);
    const kept = (resident_kib(node.pid) - before.memory) / wanted;
    console.log(`silent: a connection that is gone leaves ${Math.round(kept * 1024)} bytes in pools`);
    assert.ok(kept <= pooled_kib, `${kept} KiB for each connection`);
}

/** The crowds come, are sent away, and leave nothing behind. */
async function come_and_go(t, node, kinds) {
    const before = { memory: resident_kib(node.pid), descriptors: descriptors(node.pid) };
    const crowds = kinds.map(({ hello }) => new Crowd(node, { hello }));
    t.finally(() => crowds.forEach((crowd) => crowd.destroy()));
    let going = true;
    const served = serve_meanwhile(node, () => going);
    served.catch(() => {});
    for (const [at, crowd] of crowds.entries()) await crowd.gather(kinds[at].count);
    const peak = { memory: resident_kib(node.pid), descriptors: descriptors(node.pid) };
    await Promise.all(crowds.map((crowd, at) => crowd.dispersed(kinds[at].seconds)));
    going = false;
    assert.ok((await served) >= 5, 'others were not served meanwhile');
    for (const [at, crowd] of crowds.entries()) {
        assert.equal(crowd.refused, 0, `${crowd.refused} were not let in`);
        assert.ok(crowd.first_closed > 2000, 'it was closed before anybody could have spoken');
        if (crowd.hello) assert.equal(crowd.upgraded, kinds[at].count, 'gateway sockets that came to be');
    }
    const bound = before.memory * memory_share + memory_slack_kib;
    const memory = await settles(() => resident_kib(node.pid), bound, 15_000);
    const open = await settles(() => descriptors(node.pid), before.descriptors + kept_alive, 5000);
    console.log(
        `silent: resident ${before.memory} KiB, with ${kinds.map(({ count }) => count).join(' + ')} connections ` +
            `${peak.memory} KiB, after ${memory} KiB; descriptors ${before.descriptors}, ${peak.descriptors}, ${open}`,
    );
    assert.ok(memory <= bound, `memory ${before.memory} KiB before, ${memory} KiB after`);
    assert.ok(open <= before.descriptors + kept_alive, `descriptors ${before.descriptors} before, ${open} after`);
}

await suite(
    'silent',
    async (t) => {
        const launcher = ['sh', '-c', `ulimit -Sn ${low_soft_limit} && exec "$@"`, 'sh'];
        const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' }, launcher }));
        const { soft, hard } = descriptor_limit(node.pid);
        t.row('the node raises its soft limit of descriptors to the hard one', soft === hard ? '' : `${soft}, ${hard}`);
        const room = Math.min(hard, descriptor_limit().soft) - descriptors_besides;
        if (room < wanted) return t.skip(`${wanted} silent connections`, `only ${room} descriptors here`);
        await t.check('a crowd that leaves by itself leaves little behind', () => fill_pools(node), { seconds: 60 });
        const wave = (count) => [
            { count, seconds: header_seconds },
            { count, seconds: identify_seconds, hello: upgrade },
        ];
        const waves = deep ? wave(wanted).map((kind) => [kind]) : [wave(wanted / 2)];
        for (const kinds of waves) {
            const title = kinds.map((kind) => `${kind.count} ${kind.hello ? 'without IDENTIFY' : 'without a header'}`);
            await t.check(
                `${title.join(', ')}: closed, and nothing is left of them`,
                () => come_and_go(t, node, kinds),
                { seconds: 100 },
            );
        }
        t.row('the node is still the same process', node.alive ? '' : 'it ended');
    },
    { seconds: 220 },
);
