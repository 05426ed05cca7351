// The line between two nodes, spoilt: slow, cut in the middle of records, silent, with changed bytes, refused. People
// of both nodes write all the while; each message arrives once and in order, a changed byte costs the link and
// nothing else, a file comes whole or not at all, and an idle line costs next to nothing. GUILDHALL_SEED repeats a run.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import net from 'node:net';
import { suite } from '../support/suite.mjs';
import { deep } from '../support/paths.mjs';
import { command } from '../support/node.mjs';
import { connect } from '../support/gateway.mjs';
import { request } from '../support/http.mjs';
import { LinkProxy } from '../support/link_proxy.mjs';
import { resident_kib } from '../support/process.mjs';
import { deadline, seeded, sleep, until } from '../support/wait.mjs';
import {
    converge,
    link_port,
    lines_of,
    post_surely,
    shared_guild,
    start_nodes,
    until_linked,
} from '../support/fed.mjs';

const seed = Number(process.env.GUILDHALL_SEED ?? Date.now() % 1_000_000);
const idle_s = deep ? 120 : 40;
/** Bytes that an idle line may carry, both ways together, in a minute. */
const idle_bytes_per_minute = 2 * 1024;
const file_bytes = 3 << 20;

await suite(
    'federation_lines',
    async (t) => {
        console.log(`federation_lines: seed ${seed}`);
        const world = await prepare(t);
        await t.check('a slow line is slow, and nothing else', () => slow(world), { seconds: 120 });
        await t.check('cuts lose, double and reorder nothing', () => cuts(world), { seconds: 240 });
        await t.check('a file comes whole or not at all', () => files(world), { seconds: 120 });
        await t.check('changed bytes end the link and reach nobody', () => changed_bytes(world), { seconds: 120 });
        await t.check('a line that went silent is noticed and replaced', () => silent(world), { seconds: 180 });
        await t.check('garbage from strangers costs nothing', () => garbage(world), { seconds: 60 });
        await t.check(`an idle line costs at most ${idle_bytes_per_minute} bytes a minute`, () => idle(world), {
            seconds: idle_s + 90,
        });
        await t.check('verify is clean on both', () => verify_both(world), { seconds: 60 });
    },
    { seconds: 900 },
);

/** Node two reaches node one through the proxy alone: that is where one says that it listens. */
async function prepare(t) {
    const proxy = await LinkProxy.listen();
    t.finally(() => proxy.close());
    const nodes = await start_nodes(t, 2, (number) =>
        number === 0 ? { 'federation.endpoints': `localhost:${proxy.port}` } : { 'federation.listen': 'off' },
    );
    proxy.target = link_port(nodes[0]);
    const world = await shared_guild(nodes, { address: `localhost:${proxy.port}` });
    assert.ok(proxy.pairs.size >= 1, 'the link does not go through the proxy');
    return { t, nodes, proxy, random: seeded(seed), ...world, channel: world.guild.text };
}

/** Both post numbered messages; a session on each node has to see all, once and in order. */
async function exchange(world, tag, count, spoil = async () => {}) {
    const sessions = [];
    for (const person of world.people) sessions.push(await connect(person.node, person, { intents: null }));
    const post = async (person, who) => {
        for (let number = 1; number <= count; number += 1) {
            await post_surely(person, world.channel, `${tag} ${who} ${number}`, `${tag}-${who}-${number}`);
            if (who === 'b') await spoil(number);
        }
    };
    await Promise.all([post(world.people[0], 'a'), post(world.people[1], 'b')]);
    for (const session of sessions) {
        for (const who of ['a', 'b']) {
            const label = `${tag} ${who} `;
            const seen = () =>
                session.dispatches
                    .filter((one) => one.t === 'MESSAGE_CREATE' && one.d.content.startsWith(label))
                    .map((one) => Number(one.d.content.slice(label.length)));
            await until(() => seen().length >= count, 60_000, `${count} messages of ${who}`);
            assert.deepEqual(
                seen(),
                Array.from({ length: count }, (_, index) => index + 1),
            );
        }
        await session.close();
    }
    return converge(world.people, world.channel);
}

async function slow(world) {
    world.proxy.delay_ms = 40;
    await exchange(world, 'slow', 15);
    world.proxy.delay_ms = 0;
}

async function cuts(world) {
    const { proxy, random } = world;
    const before = proxy.accepted;
    let cut = 0;
    await exchange(world, 'cut', 120, async (number) => {
        if (number % 20 !== 10) return;
        await sleep(random() * 30);
        cut += proxy.cut() > 0 ? 1 : 0;
    });
    assert.ok(cut >= 3, `only ${cut} cuts met a link`);
    assert.ok(proxy.accepted > before);
}

/** Cut on its way in either direction: what is answered with 200 has all its bytes, and the next try has them. */
async function files({ proxy, people, channel, guild, random }) {
    const [alice, bob] = people;
    const send = (person, content, nonce) => {
        const body = { content: nonce, nonce, enforce_nonce: true };
        const files = [{ filename: 'large.bin', type: 'application/octet-stream', content }];
        return person.call('POST', `/channels/${channel}/messages`, body, { files, ms: 60_000 });
    };
    const read = async (person, id) => {
        const { attachments } = await person.get(`/channels/${channel}/messages/${id}`);
        const url = new URL(attachments[0].url);
        return request(person.node.base, 'GET', url.pathname + url.search, { ms: 60_000 });
    };
    for (let number = 0; number < 4; number += 1) {
        const content = crypto.randomBytes(file_bytes);
        const before = proxy.cuts;
        proxy.cut_after = Math.floor((0.05 + 0.9 * random()) * file_bytes);
        const author = number % 2 === 0 ? alice : bob;
        let sent = await send(author, content, `file-${number}`);
        if (author === bob && sent.status !== 200) {
            assert.ok([502, 503, 504].includes(sent.status), sent.text);
            await until_linked(bob, guild.id);
            sent = await send(author, content, `file-${number}`);
        }
        assert.equal(sent.status, 200, sent.text);
        const { id } = sent.json;
        await until(
            async () => (await bob.call('GET', `/channels/${channel}/messages/${id}`)).status === 200,
            40_000,
            id,
        );
        for (const person of [alice, bob]) {
            const first = await read(person, id).catch((error) => error);
            if (first.status === 200) assert.ok(first.bytes.equals(content), 'other bytes');
            let second;
            const is_there = async () => (second = await read(person, id)).status === 200;
            await until(is_there, 15_000, `file ${number} at ${person.node.name}`);
            assert.ok(second.bytes.equals(content), 'other bytes');
        }
        assert.equal(proxy.cuts, before + 1, 'the line was not cut');
    }
    proxy.cut_after = Infinity;
    const found = await alice.get(`/channels/${channel}/messages?limit=50`);
    for (let number = 0; number < 4; number += 1)
        assert.equal(found.filter((one) => one.content === `file-${number}`).length, 1);
}

async function changed_bytes(world) {
    const { proxy } = world;
    const before = proxy.corrupted;
    await exchange(world, 'changed', 60, async (number) => {
        if (number % 20 === 10) proxy.corrupt(200);
    });
    assert.ok(proxy.corrupted > before, 'nothing was changed');
    for (const person of world.people) {
        const lines = await lines_of(person, world.channel);
        assert.ok(!lines.some((line) => line.includes('�')));
    }
}

/** Nobody says that the line is dead: a ping that is not answered does. */
async function silent(world) {
    const { proxy, people, channel, guild } = world;
    proxy.silent = true;
    const refused = await people[1].call(
        'POST',
        `/channels/${channel}/messages`,
        { content: 'into the void' },
        { ms: 30_000 },
    );
    assert.equal(refused.status, 503, refused.text);
    assert.equal(refused.json.code, 130000);
    await until(() => proxy.pairs.size === 0, 90_000, 'end of the silent link');
    proxy.silent = false;
    await until_linked(people[1], guild.id);
    await exchange(world, 'after silence', 10);
}

async function garbage(world) {
    const [one] = world.nodes;
    const before = resident_kib(one.pid);
    for (let number = 0; number < 60; number += 1) {
        const socket = net.connect({ port: world.proxy.target, host: '127.0.0.1' });
        socket.on('error', () => {});
        const bytes = Buffer.alloc(1 + Math.floor(world.random() * 3000), 0).map(() =>
            Math.floor(world.random() * 256),
        );
        const closed = new Promise((resolve) => socket.on('close', resolve));
        socket.write(bytes);
        // What is no handshake is closed at once, or after its time; the half of them do not wait for it.
        if (number % 2 === 0) socket.end();
        await Promise.race([closed, sleep(20)]);
        if (number % 10 === 0) await deadline(closed, 15_000, 'end of a handshake that is none');
        else socket.destroy();
    }
    assert.ok(resident_kib(one.pid) - before < 16 * 1024, 'strangers cost memory');
    await exchange(world, 'after garbage', 5);
}

async function idle(world) {
    const { proxy } = world;
    await sleep(6000); // Heads of what happened before are gossiped every 5 s.
    const before = proxy.bytes;
    await sleep(idle_s * 1000);
    const per_minute = ((proxy.bytes - before) * 60) / idle_s;
    console.log(`federation_lines: an idle line carries ${Math.round(per_minute)} bytes a minute`);
    assert.ok(per_minute <= idle_bytes_per_minute, `${per_minute} bytes a minute`);
    assert.ok(proxy.pairs.size === 1, 'there is no link');
}

async function verify_both({ nodes }) {
    for (const node of nodes) {
        assert.equal((await node.stop()).code, 0);
        const found = await command(['verify', '--data', node.data]);
        assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
    }
}
