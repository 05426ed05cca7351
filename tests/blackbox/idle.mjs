// Peers that do not do their part: silent connections, sockets that never identify, readers that stop reading. The node
// lets go of them in bounded time and goes on serving the others.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { Session, connect } from '../support/gateway.mjs';
import { Client, join, make_guild, register } from '../support/api.mjs';
import { deadline, until } from '../support/wait.mjs';
import { RawSocket } from './raw_socket.mjs';

/** Generous bounds around 10 s for a request's header and 30 s for IDENTIFY. */
const header_seconds = 25;
const identify_seconds = 55;
const silent_connections = 200;

/** Opens a connection, writes `bytes`, and resolves with how long the node kept it. */
async function kept(node, bytes) {
    const raw = await RawSocket.open(node.port);
    const opened = Date.now();
    if (bytes) await raw.write(bytes);
    await raw.listen(() => false, header_seconds * 1000);
    const seconds = (Date.now() - opened) / 1000;
    const { closed } = raw;
    raw.destroy();
    return closed ? seconds : Infinity;
}

async function silent(node) {
    const waiting = [
        ...Array.from({ length: silent_connections }, () => kept(node)),
        kept(node, 'GET / HTTP/1.1\r\nHost: x\r\n'),
        kept(node, 'GET / HT'),
    ];
    const answer = await new Client(node).call('GET', '/gateway');
    assert.equal(answer.status, 200, 'the node must serve others meanwhile');
    const seconds = await Promise.all(waiting);
    const longest = Math.max(...seconds);
    assert.ok(longest < header_seconds, `a connection without a whole header lived ${longest} s`);
    assert.ok(Math.min(...seconds) > 2, 'it was closed before anybody could have spoken');
}

/** Drips a header byte by byte: as slow as silence. */
async function dripping(node) {
    const raw = await RawSocket.open(node.port);
    const opened = Date.now();
    const timer = setInterval(() => void raw.write('X'), 500);
    await raw.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    await raw.listen(() => false, header_seconds * 1000);
    clearInterval(timer);
    const { closed } = raw;
    raw.destroy();
    assert.ok(closed, `a header that drips was read for ${(Date.now() - opened) / 1000} s`);
}

async function unidentified(node) {
    const session = await new Session(node.base.replace('http', 'ws')).open();
    const opened = Date.now();
    const { code } = await deadline(session.closed.promise, identify_seconds * 1000, 'close without IDENTIFY');
    assert.ok(Date.now() - opened > 5000, 'it was closed before anybody could have identified');
    assert.ok(code >= 1000, `close code ${code}`);
}

/** One session stops reading; it is closed, the other hears everything. */
async function deaf(node) {
    const owner = await register(node);
    const guild = await make_guild(owner);
    const member = await join(owner, guild.text, await register(node));
    const listener = await connect(node, owner, { intents: null });
    const sleeper = await connect(node, member, { intents: null });
    const stream = sleeper.socket._socket;
    stream.pause();
    const since = listener.mark();
    const content = '😀'.repeat(1000);
    let sent = 0;
    // Kernel buffers of both ends come before the node's own bound of 256 KiB.
    for (; sent < 4000; sent += 8) {
        const posts = Array.from({ length: 8 }, () => owner.post(`/channels/${guild.text}/messages`, { content }));
        await Promise.all(posts);
    }
    const heard = () => listener.dispatches.slice(since).filter((frame) => frame.t === 'MESSAGE_CREATE').length;
    await until(() => heard() === sent, 20_000, 'whole stream at the session that reads');
    stream.resume();
    const { code } = await deadline(sleeper.closed.promise, 20_000, 'close of the session that did not read');
    assert.notEqual(code, 1000);
    const again = await sleeper.resume();
    if (again.resumed) {
        const { id } = await owner.post(`/channels/${guild.text}/messages`, { content: 'awake?' });
        await again.wait('MESSAGE_CREATE', (d) => d.id === id);
        assert.deepEqual(
            again.dispatches.map((frame) => frame.s),
            again.dispatches.map((_, index) => index + 1),
            'a resumed session has a gap',
        );
    }
    for (const session of [again, listener]) session.drop();
}

await suite(
    'idle',
    async (t) => {
        const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
        await Promise.all([
            t.check('connections that never finish a header are closed', () => silent(node), { seconds: 60 }),
            t.check('a header that drips is not read for ever', () => dripping(node), { seconds: 60 }),
            t.check('a gateway socket that never identifies is closed', () => unidentified(node), { seconds: 70 }),
        ]);
        await t.check('a session that does not read is closed, the others hear everything', () => deaf(node), {
            seconds: 90,
        });
        t.row('the node is still the same process', node.alive ? '' : 'it ended');
    },
    { seconds: 200 },
);
