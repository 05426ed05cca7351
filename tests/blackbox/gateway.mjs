// The gateway by hand: handshakes, compression, intents, RESUME at every seam, close codes, limits of clients.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { Session, connect } from '../support/gateway.mjs';
import { Client, all_intents, authorize, join, make_bot, make_guild, register } from '../support/api.mjs';
import { deadline, sleep, until } from '../support/wait.mjs';

const guilds = 1;
const guild_members = 1 << 1;
const guild_presences = 1 << 8;
const guild_messages = 1 << 9;
const guild_typing = 1 << 11;
const message_content = 1 << 15;

const url_of = (node) => node.base.replace(/^http/, 'ws');
const by_id = (a, b) => (BigInt(a) < BigInt(b) ? -1 : 1);
const text_path = (w) => `/channels/${w.guild.text}/messages`;

async function make_world(node) {
    const owner = await register(node);
    const guild = await make_guild(owner);
    const bot = await make_bot(owner);
    await authorize(owner, bot, guild.id);
    const plain_bot = await make_bot(owner, { privileged: false });
    await authorize(owner, plain_bot, guild.id);
    const member = await join(owner, guild.text, await register(node));
    return { node, owner, guild, bot, plain_bot, member };
}

async function handshakes(t, w) {
    await t.check('GET /gateway gives an URL without path and query, and that URL upgrades', async () => {
        const { url } = await new Client(w.node).get('/gateway');
        assert.match(url, /^ws:\/\/[^/?]+$/);
        const { url: again, shards, session_start_limit: limit } = await w.bot.get('/gateway/bot');
        assert.equal(again, url);
        assert.equal(shards, 1);
        assert.deepEqual(Object.keys(limit).sort(), ['max_concurrency', 'remaining', 'reset_after', 'total']);
        const session = await new Session(url).open();
        assert.ok(session.heartbeat_ms >= 1000);
        await session.close();
    });
    await t.check('a heartbeat before IDENTIFY is answered', async () => {
        const session = await new Session(url_of(w.node)).open();
        session.send(1, null);
        await session.wait_frame((frame) => frame.op === 11);
        session.send(1, 0);
        await session.wait_frame((frame) => frame.op === 11);
        session.drop();
    });
    for (const version of [9, 10]) {
        await t.check(`a bot gets READY and GUILD_CREATE in v${version}, s counts from 1`, async () => {
            const session = await connect(w.node, w.bot, { version });
            const ready = session.dispatches[0];
            assert.equal(ready.t, 'READY');
            assert.equal(ready.s, 1);
            assert.equal(ready.d.v, version);
            assert.equal(ready.d.user.id, w.bot.id);
            assert.equal(ready.d.application.id, w.bot.id);
            assert.deepEqual(ready.d.private_channels, []);
            assert.deepEqual(ready.d.guilds, [{ id: w.guild.id, unavailable: true }]);
            assert.match(ready.d.resume_gateway_url, /^ws:\/\//);
            const guild = await session.wait('GUILD_CREATE', (d) => d.id === w.guild.id);
            for (const field of [
                'roles',
                'channels',
                'members',
                'member_count',
                'joined_at',
                'threads',
                'voice_states',
                'presences',
            ]) {
                assert.ok(field in guild, `GUILD_CREATE has no ${field}`);
            }
            assert.ok(
                guild.members.some((member) => member.user.id === w.bot.id),
                'the bot is not among its members',
            );
            assert.deepEqual(
                session.dispatches.map((frame) => frame.s),
                session.dispatches.map((_, index) => index + 1),
            );
            session.drop();
        });
    }
    await t.check('a person gets whole guilds inside READY; a token with Bot before it is taken as well', async () => {
        const person = await connect(w.node, w.owner, { intents: null });
        const guild = person.dispatches[0].d.guilds.find((one) => one.id === w.guild.id);
        assert.ok(guild.channels.length >= 1 && guild.roles.length >= 1);
        person.drop();
        const session = await new Session(url_of(w.node)).open();
        await session.identify(`Bot ${w.bot.raw_token}`);
        session.drop();
    });
}

async function compression(t, w) {
    for (const options of [{ compress: 'zlib-stream' }, { per_message: true }, {}]) {
        const name = JSON.stringify(options);
        await t.check(
            `500 events of all sizes arrive whole and in order with ${name}`,
            async () => {
                const session = await connect(w.node, w.bot, options);
                if (options.compress) assert.ok(session.binary_frames > 0, 'nothing was compressed');
                const since = session.mark();
                const sent = [];
                for (let i = 0; i < 100; i += 1) {
                    const batch = Array.from(
                        { length: 5 },
                        (_, j) => `${i}.${j} é😀 ${'long '.repeat((i * 37) % 380)}`,
                    );
                    const answers = await Promise.all(batch.map((content) => w.owner.post(text_path(w), { content })));
                    sent.push(...answers.map((answer) => answer.id));
                }
                sent.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
                await session.wait('MESSAGE_CREATE', (d) => d.id === sent.at(-1), { since });
                const got = session.dispatches
                    .slice(since)
                    .filter((frame) => frame.t === 'MESSAGE_CREATE')
                    .map((frame) => frame.d.id);
                assert.deepEqual(got, sent);
                session.drop();
            },
            { seconds: 60 },
        );
    }
    await t.check('RESUME begins a new zlib stream', async () => {
        const session = await connect(w.node, w.bot, { compress: 'zlib-stream' });
        session.drop();
        const { id } = await w.owner.post(text_path(w), { content: 'while away' });
        const resumed = await session.resume();
        await resumed.wait('MESSAGE_CREATE', (d) => d.id === id);
        assert.ok(resumed.resumed);
        resumed.drop();
    });
}

async function resuming(t, w) {
    await t.check(
        '20 dropped lines: every event once, in order, with s without a gap',
        async () => {
            let session = await connect(w.node, w.bot);
            const since = session.mark();
            const sent = [];
            for (let round = 0; round < 20; round += 1) {
                const posting = (async () => {
                    for (let i = 0; i < 5; i += 1)
                        sent.push((await w.owner.post(text_path(w), { content: `${round}.${i}` })).id);
                })();
                await sleep(round % 4);
                session.drop();
                session = await session.resume();
                assert.ok(session.resumed, `round ${round}`);
                await posting;
            }
            await session.wait('MESSAGE_CREATE', (d) => d.id === sent.at(-1));
            const dispatches = session.dispatches.slice(since);
            const got = dispatches.filter((frame) => frame.t === 'MESSAGE_CREATE').map((frame) => frame.d.id);
            assert.deepEqual(got, sent);
            const numbers = session.dispatches.map((frame) => frame.s);
            assert.deepEqual(
                numbers,
                numbers.map((_, index) => index + 1),
            );
            session.drop();
        },
        { seconds: 60 },
    );
    await t.check('a session that nobody knows gets op 9 false, and may identify on the same socket', async () => {
        const session = await new Session(url_of(w.node)).open();
        session.send(6, { token: w.bot.raw_token, session_id: 'nonsense', seq: 1 });
        const invalid = await session.wait_frame((frame) => frame.op === 9);
        assert.equal(invalid.d, false);
        await session.identify(w.bot.raw_token);
        session.drop();
    });
    await t.check('a session of another account cannot be resumed', async () => {
        const session = await connect(w.node, w.bot);
        session.drop();
        session.token = w.plain_bot.raw_token;
        const other = await session.resume();
        assert.ok(!other.resumed);
        other.drop();
    });
    await t.check('a session its client closed with 1000 cannot be resumed', async () => {
        const session = await connect(w.node, w.bot);
        await session.close(1000);
        const again = await session.resume();
        assert.ok(!again.resumed);
        again.drop();
    });
    await t.check('a seq beyond what was sent is refused', async () => {
        const session = await connect(w.node, w.bot);
        session.drop();
        session.seq += 1000;
        const again = await session.resume().catch(() => null);
        assert.ok(!again?.resumed);
        again?.drop();
    });
}

/** Does something on a fresh socket and returns the close code. */
async function close_of(w, act) {
    const session = await new Session(url_of(w.node)).open();
    await act(session);
    const { code } = await deadline(session.closed.promise, 15_000, 'close');
    return code;
}

async function closes(t, w) {
    const identify = (extra) => (session) =>
        session.send(2, { token: w.plain_bot.raw_token, properties: {}, intents: guilds, ...extra });
    const rows = [
        ['an unknown token', 4004, identify({ token: 'nonsense' })],
        ['an intent that does not exist', 4013, identify({ intents: 2 ** 30 })],
        ['privileged intent members without leave', 4014, identify({ intents: guilds | guild_members })],
        ['privileged intent presences without leave', 4014, identify({ intents: guilds | guild_presences })],
        ['privileged intent content without leave', 4014, identify({ intents: guilds | message_content })],
        ['no intents for a bot', [4013, 4002], identify({ intents: undefined })],
        ['a shard that is none', 4010, identify({ shard: [3, 2] })],
        ['an opcode that does not exist', [4001, 4003], (session) => session.send(99, null)],
        [
            'an op before identify',
            4003,
            (session) => session.send(3, { status: 'online', afk: false, activities: [], since: null }),
        ],
        ['no JSON', 4002, (session) => session.send_raw('{"op":')],
        ['JSON that is no frame', 4002, (session) => session.send_raw('[1,2]')],
        [
            'a payload beyond 15 KiB',
            [4002, 1009],
            (session) => session.send_raw(JSON.stringify({ op: 1, d: 'x'.repeat(16 * 1024) })),
        ],
        ['a binary frame', [4002, 1003], (session) => session.socket.send(Buffer.from([1, 2, 3]))],
    ];
    for (const [title, wanted, act] of rows) {
        await t.check(`${title} closes with ${wanted}`, async () => {
            assert.ok([wanted].flat().includes(await close_of(w, act)));
        });
    }
    await t.check('a second IDENTIFY closes with 4005', async () => {
        const session = await connect(w.node, w.bot);
        session.send(2, { token: w.bot.raw_token, properties: {}, intents: guilds });
        assert.equal((await deadline(session.closed.promise, 10_000, 'close')).code, 4005);
    });
    await t.check('after op 1 with nonsense the session lives or closes with 4002', async () => {
        const session = await connect(w.node, w.bot);
        session.send(1, 'nonsense');
        await Promise.race([session.wait_frame((frame) => frame.op === 11), session.closed.promise]);
        if (session.close_info) assert.equal(session.close_info.code, 4002);
        session.drop();
    });
    await t.check('an API version that does not exist closes with 4012', async () => {
        const session = new Session(url_of(w.node), { version: 3 });
        const opening = session.open().catch(() => {});
        const { code } = await deadline(
            session.closed?.promise ?? opening.then(() => session.closed.promise),
            10_000,
            'close',
        );
        assert.equal(code, 4012);
    });
    await t.check('120 events in 60 s are the limit, the next closes with 4008', async () => {
        const node = t.adopt(await Node.start());
        const person = await register(node);
        const session = await connect(node, person, { intents: null });
        for (let i = 0; i < 140; i += 1) session.send(1, null);
        assert.equal((await deadline(session.closed.promise, 10_000, 'close')).code, 4008);
        await node.kill();
    });
}

/** Fewer than a session keeps, and more bytes than wait for any socket. */
const burst = 1600;

async function bursts(t, w) {
    await t.check(
        'a client that takes its time with a burst is told all of it, once and in order',
        async () => {
            const session = await connect(w.node, w.bot, { intents: guilds | guild_messages | message_content });
            session.socket.pause();
            const content = 'x'.repeat(2000);
            const ids = [];
            const post = async () => {
                while (ids.length < burst) {
                    const place = ids.push(null) - 1;
                    ids[place] = (await w.owner.post(text_path(w), { content })).id;
                }
            };
            await Promise.all(Array.from({ length: 16 }, post));
            session.socket.resume();
            const told = () => session.dispatches.filter(({ t: type }) => type === 'MESSAGE_CREATE').map(({ d }) => d.id);
            await until(() => session.close_info || told().length >= burst, 20_000, `MESSAGE_CREATE ${burst} times`);
            assert.equal(session.close_info, undefined);
            assert.deepEqual(told(), ids.sort(by_id));
            const order = session.dispatches.map(({ s }) => s);
            assert.deepEqual(
                order,
                order.map((_, at) => at + 1),
            );
            session.drop();
        },
        { seconds: 60 },
    );
}

async function visibility(t, w) {
    await t.check("without MESSAGE_CONTENT the content is blank, but not when mentioned nor one's own", async () => {
        const session = await connect(w.node, w.plain_bot, { intents: guilds | guild_messages });
        const since = session.mark();
        const hidden = await w.owner.post(text_path(w), { content: 'not for bots', embeds: [{ title: 'nor this' }] });
        const blank = await session.wait('MESSAGE_CREATE', (d) => d.id === hidden.id, { since });
        assert.equal(blank.content, '');
        assert.deepEqual(blank.embeds, []);
        const mention = await w.owner.post(text_path(w), { content: `for <@${w.plain_bot.id}>` });
        assert.match((await session.wait('MESSAGE_CREATE', (d) => d.id === mention.id, { since })).content, /^for/);
        const own = await w.plain_bot.post(text_path(w), { content: 'my own' });
        assert.equal((await session.wait('MESSAGE_CREATE', (d) => d.id === own.id, { since })).content, 'my own');
        session.drop();
    });
    await t.check('events outside the intents do not come', async () => {
        const session = await connect(w.node, w.plain_bot, { intents: guilds });
        const since = session.mark();
        await w.owner.post(text_path(w), { content: 'x' });
        await w.owner.post(`/channels/${w.guild.text}/typing`);
        const { id } = await w.owner.post(`/guilds/${w.guild.id}/roles`, { name: 'marker' });
        await session.wait('GUILD_ROLE_CREATE', (d) => d.role.id === id, { since });
        assert.deepEqual(
            session.dispatches.slice(since).map((frame) => frame.t),
            ['GUILD_ROLE_CREATE'],
        );
        session.drop();
    });
    await t.check('a member without VIEW_CHANNEL receives no dispatch; with it again, it does', async () => {
        const session = await connect(w.node, w.member, { intents: null });
        const overwrites = [{ id: w.guild.id, type: 0, allow: '0', deny: String(1 << 10) }];
        const hidden = await w.owner.post(`/guilds/${w.guild.id}/channels`, {
            name: 'hidden',
            permission_overwrites: overwrites,
        });
        const since = session.mark();
        await w.owner.post(`/channels/${hidden.id}/messages`, { content: 'secret' });
        await w.owner.put(`/channels/${hidden.id}/permissions/${w.member.id}`, {
            type: 1,
            allow: String(1 << 10),
            deny: '0',
        });
        const told = await w.owner.post(`/channels/${hidden.id}/messages`, { content: 'told' });
        await session.wait('MESSAGE_CREATE', (d) => d.id === told.id, { since });
        assert.ok(!JSON.stringify(session.frames).includes('secret'));
        session.drop();
    });
    await t.check("a kicked member's open session hears GUILD_DELETE and nothing after", async () => {
        const victim = await join(w.owner, w.guild.text, await register(w.node));
        const session = await connect(w.node, victim, { intents: null });
        const since = session.mark();
        await w.owner.delete(`/guilds/${w.guild.id}/members/${victim.id}`);
        await w.owner.post(text_path(w), { content: 'after the kick' });
        await session.wait('GUILD_DELETE', (d) => d.id === w.guild.id, { since });
        await sleep(200);
        assert.ok(!JSON.stringify(session.frames).includes('after the kick'));
        session.drop();
    });
    await t.check("a reset token ends the bot's open session", async () => {
        const bot = await make_bot(w.owner);
        const session = await connect(w.node, bot, { intents: guilds });
        await w.owner.post(`/applications/${bot.id}/bot/reset`, {});
        assert.equal((await deadline(session.closed.promise, 5000, 'close')).code, 4004);
    });
    await t.check(
        'typing and presence reach others',
        async () => {
            // Somebody new: sessions dropped before still count as present until they expire.
            const guest = await join(w.owner, w.guild.text, await register(w.node));
            const bot = await connect(w.node, w.bot, { intents: all_intents });
            const since = bot.mark();
            await guest.post(`/channels/${w.guild.text}/typing`);
            const typing = await bot.wait('TYPING_START', (d) => d.user_id === guest.id, { since });
            assert.equal(typing.channel_id, w.guild.text);
            const person = await connect(w.node, guest, { intents: null });
            await bot.wait('PRESENCE_UPDATE', (d) => d.user.id === guest.id && d.status === 'online', { since });
            person.send(3, { since: null, activities: [], status: 'dnd', afk: false });
            await bot.wait('PRESENCE_UPDATE', (d) => d.user.id === guest.id && d.status === 'dnd', { since });
            await person.close();
            await bot.wait('PRESENCE_UPDATE', (d) => d.user.id === guest.id && d.status === 'offline', {
                since,
                ms: 20_000,
            });
            bot.drop();
        },
        { seconds: 45 },
    );
    await t.check('whoever is online and joins is told of as online', async () => {
        const guest = await register(w.node);
        const person = await connect(w.node, guest, { intents: null });
        const bot = await connect(w.node, w.bot, { intents: all_intents });
        const since = bot.mark();
        await join(w.owner, w.guild.text, guest);
        await bot.wait('GUILD_MEMBER_ADD', (d) => d.user.id === guest.id, { since });
        await bot.wait('PRESENCE_UPDATE', (d) => d.user.id === guest.id && d.status === 'online', { since });
        await person.close();
        bot.drop();
    });
}

async function requests(t, w) {
    await t.check('op 8 gives members in chunks, by query, by ids, with the nonce', async () => {
        const session = await connect(w.node, w.bot, { intents: guilds | guild_members | guild_typing });
        const ask = async (d) => {
            const waiting = session.wait_frame((frame) => frame.t === 'GUILD_MEMBERS_CHUNK', 10_000, 'chunk');
            session.send(8, d);
            return (await waiting).d;
        };
        const all = await ask({ guild_id: w.guild.id, query: '', limit: 0, nonce: 'n1' });
        assert.equal(all.guild_id, w.guild.id);
        assert.equal(all.nonce, 'n1');
        assert.equal(all.chunk_index, 0);
        assert.ok(all.members.some((member) => member.user.id === w.member.id));
        const found = await ask({ guild_id: w.guild.id, query: w.member.name.slice(0, 6), limit: 5 });
        assert.ok(found.members.length >= 1);
        const byid = await ask({ guild_id: w.guild.id, user_ids: [w.owner.id, '5'] });
        assert.deepEqual(
            byid.members.map((member) => member.user.id),
            [w.owner.id],
        );
        assert.deepEqual(byid.not_found, ['5']);
        session.drop();
    });
    await t.check('op 8 takes guild_id as a JSON number above 2^53, exactly', async () => {
        const session = await connect(w.node, w.bot, { intents: guilds | guild_members });
        session.send_raw(`{"op":8,"d":{"guild_id":${w.guild.id},"query":"","limit":0}}`);
        const chunk = await session.wait('GUILD_MEMBERS_CHUNK');
        assert.equal(chunk.guild_id, w.guild.id);
        session.drop();
    });
    await t.check('ops 14, 37, 40 and 41 of user clients are accepted', async () => {
        const session = await connect(w.node, w.owner, { intents: null });
        session.send(14, {
            guild_id: w.guild.id,
            typing: true,
            threads: true,
            activities: true,
            channels: { [w.guild.text]: [[0, 99]] },
        });
        session.send(37, { subscriptions: { [w.guild.id]: { typing: true } } });
        session.send(40, { seq: 1, qos: { ver: 1, active: true, reasons: [] } });
        session.send(41, { initialization_timestamp: 1, session_id: 'x', client_launch_id: 'y' });
        const { id } = await w.bot.post(text_path(w), { content: 'still here?' });
        await session.wait('MESSAGE_CREATE', (d) => d.id === id);
        session.drop();
    });
    await t.check('a shard sees its guilds only', async () => {
        const count = 2;
        const here = Number((BigInt(w.guild.id) >> 22n) % BigInt(count));
        for (const shard of [0, 1]) {
            const session = await connect(w.node, w.bot, { intents: guilds, extra: { shard: [shard, count] } });
            const ready = session.dispatches[0].d;
            assert.deepEqual(ready.shard, [shard, count]);
            assert.equal(ready.guilds.length, shard === here ? 1 : 0);
            session.drop();
        }
    });
}

await suite('gateway', async (t) => {
    const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
    const w = await make_world(node);
    await handshakes(t, w);
    await compression(t, w);
    await resuming(t, w);
    await bursts(t, w);
    await visibility(t, w);
    await requests(t, w);
    await closes(t, w);
    t.row('the node is still the same process', node.alive ? '' : 'it ended');
});
