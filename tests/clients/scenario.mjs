// What every bot library must manage against the real node, unmodified: the whole life of a bot, then cut lines
// and a restart of the node under a stream of messages, of which it must see each exactly once and in order.
import assert from 'node:assert/strict';
import { Node } from '../support/node.mjs';
import { Proxy } from '../support/proxy.mjs';
import { authorize, fresh_name, join, make_bot, make_guild, register, run_command } from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';
import { deadline, sleep, until } from '../support/wait.mjs';

/** Messages posted while a line is cut. */
const stream_length = 200;

/** A node behind a proxy, an owner with a guild, a bot in it, the library logged in. */
export async function prepare(t, Adapter) {
    const proxy = await Proxy.listen();
    t.finally(() => proxy.close());
    const node = t.adopt(
        await Node.start({ settings: { rate_limits: 'off', public_url: proxy.base, registration: 'open' } }),
    );
    node.gateway = proxy.base;
    proxy.forward_to(node.port);
    const owner = await register(node);
    const guild = await make_guild(owner);
    const bot = await make_bot(owner);
    await authorize(owner, bot, guild.id);
    const session = await connect(node, owner, { intents: null });
    t.finally(() => session.drop());
    const adapter = new Adapter();
    const seen = new Seen(adapter);
    t.finally(() => adapter.close());
    return { node, proxy, owner, guild, bot, session, adapter, seen };
}

/** Everything the library told its user, and the ways to wait for it. */
export class Seen {
    constructor(adapter) {
        this.events = [];
        for (const kind of [
            'guild',
            'message',
            'message_update',
            'message_delete',
            'reaction',
            'resumed',
            'identified',
            'problem',
        ]) {
            adapter.on(kind, (data) => this.events.push({ kind, data }));
        }
    }

    of(kind) {
        return this.events.filter((event) => event.kind === kind).map((event) => event.data);
    }

    wait(kind, wanted, ms = 10_000) {
        return until(() => this.of(kind).find(wanted), ms, `${kind} seen by the library`);
    }
}

/** The whole life of a bot, step by step. */
export async function life(t, world, title) {
    const { adapter, node, bot, guild } = world;
    const logged_in = await t.check(`${title} logs in`, () => adapter.login({ node, token: bot.raw_token }), {
        seconds: 40,
    });
    if (!logged_in) return false;
    await t.check(`${title} receives the guild`, async () => {
        await until(
            async () => (await adapter.guilds()).some((known) => known.id === guild.id && known.name === guild.name),
            10_000,
            'guild',
        );
    });
    await t.check(`${title} is told of a guild it joins later`, () => joins_later(world));
    await t.check(`${title} creates a channel and a role`, () => makes_things(world));
    await t.check(`${title} sends, edits, reacts, reads and deletes`, () => messages(world));
    await t.check(`${title} sees what others do`, () => sees_others(world));
    await t.check(`${title} answers a slash command at once and later`, () => commands(world), { seconds: 40 });
    return true;
}

async function joins_later({ owner, bot, seen }) {
    const second = await make_guild(owner);
    await authorize(owner, bot, second.id);
    await seen.wait('guild', (known) => known.id === second.id);
}

async function makes_things({ adapter, owner, guild }) {
    const channel = await adapter.create_channel(guild.id, 'made-by-a-bot');
    const channels = await owner.get(`/guilds/${guild.id}/channels`);
    assert.equal(channels.find((one) => one.id === channel)?.name, 'made-by-a-bot');
    const role = await adapter.create_role(guild.id, 'made by a bot');
    const roles = await owner.get(`/guilds/${guild.id}/roles`);
    assert.equal(roles.find((one) => one.id === role)?.name, 'made by a bot');
}

async function messages({ adapter, owner, guild, session, bot }) {
    const since = session.mark();
    const id = await adapter.send(guild.text, 'hello');
    const told = await session.wait('MESSAGE_CREATE', (d) => d.id === id, { since });
    assert.equal(told.content, 'hello');
    assert.equal(told.author.id, bot.id);
    await adapter.edit(guild.text, id, 'hello again');
    assert.equal((await owner.get(`/channels/${guild.text}/messages/${id}`)).content, 'hello again');
    await adapter.react(guild.text, id, '👍');
    const reacted = await owner.get(`/channels/${guild.text}/messages/${id}`);
    assert.equal(reacted.reactions?.[0]?.emoji.name, '👍');
    assert.equal(reacted.reactions[0].count, 1);
    for (const text of ['one', 'two', 'three']) await adapter.send(guild.text, text);
    const history = await adapter.history(guild.text, 4);
    assert.deepEqual([...history], ['three', 'two', 'one', 'hello again']);
    await adapter.remove(guild.text, id);
    await owner.expect(404, 'GET', `/channels/${guild.text}/messages/${id}`);
    await session.wait('MESSAGE_DELETE', (d) => d.id === id, { since });
}

async function sees_others({ owner, guild, seen, node }) {
    const visitor = await join(owner, guild.text, await register(node));
    const { id } = await visitor.post(`/channels/${guild.text}/messages`, { content: 'from a person' });
    const told = await seen.wait('message', (message) => message.id === id);
    assert.equal(told.content, 'from a person');
    await visitor.patch(`/channels/${guild.text}/messages/${id}`, { content: 'edited by a person' });
    await seen.wait('message_update', (message) => message.id === id && message.content === 'edited by a person');
    await owner.put(`/channels/${guild.text}/messages/${id}/reactions/${encodeURIComponent('🎉')}/@me`);
    await seen.wait('reaction', (one) => one.message_id === id && one.user_id === owner.id && one.emoji === '🎉');
    await visitor.delete(`/channels/${guild.text}/messages/${id}`);
    await seen.wait('message_delete', (message) => message.id === id);
}

async function commands({ adapter, owner, guild, session, bot }) {
    const registered = await adapter.register_commands(guild.id);
    assert.deepEqual(registered.map((command) => command.name).sort(), ['ping', 'slow']);
    const where = { application_id: bot.id, guild_id: guild.id, channel_id: guild.text };
    const named = (wanted) => registered.find((command) => command.name === wanted);
    let since = session.mark();
    await run_command(owner, session, {
        ...where,
        command: named('ping'),
        options: [{ type: 3, name: 'text', value: 'tea' }],
    });
    const answer = await session.wait('MESSAGE_CREATE', (d) => d.content === 'pong tea', { since });
    assert.equal(answer.author.id, bot.id);
    assert.equal((await owner.get(`/channels/${guild.text}/messages/${answer.id}`)).content, 'pong tea');
    since = session.mark();
    await run_command(owner, session, { ...where, command: named('slow') });
    await session.wait('MESSAGE_CREATE', (d) => d.content === 'follow-up', { since, ms: 15_000 });
    const history = await owner.get(`/channels/${guild.text}/messages?limit=2`);
    assert.deepEqual(
        history.map((message) => message.content),
        ['follow-up', 'edited'],
    );
}

/** Cuts the line again and again under a stream of messages: each must be seen once, in order, by RESUME. */
export async function cut_lines(t, world, title) {
    await t.check(
        `${title} survives cut lines: ${stream_length} messages, each once and in order`,
        async () => {
            const { proxy, seen } = world;
            const cuts = [40, 80, 120, 160];
            const before = { resumed: seen.of('resumed').length, identified: fresh_sessions(world) };
            await stream(world, 'cut', async (number) => {
                if (!cuts.includes(number)) return;
                // A cut only means something on a living line; messages go on while the line recovers.
                await world.recovering;
                const resumes = seen.of('resumed').length;
                // Half of the cuts fall anywhere, half inside the next frame.
                if (number % 80 === 0) proxy.cut_after(37);
                else proxy.cut();
                world.recovering = until(() => seen.of('resumed').length > resumes, 40_000, 'RESUME').catch(() => {});
            });
            await world.recovering;
            assert.ok(
                seen.of('resumed').length - before.resumed >= cuts.length,
                `resumed ${seen.of('resumed').length - before.resumed} times of ${cuts.length}`,
            );
            assert.equal(fresh_sessions(world), before.identified, 'it had to identify again');
        },
        { seconds: 150 },
    );
}

/** The node stops cleanly and starts again on its port; the proxy holds the line meanwhile. */
export async function restart(t, world, title) {
    await t.check(
        `${title} resumes across a restart of the node`,
        async () => {
            const { node, seen } = world;
            const before = { resumed: seen.of('resumed').length, identified: fresh_sessions(world) };
            let restarting;
            await stream(world, 'restart', async (number) => {
                if (number === 60) restarting = restart_node(node);
            });
            const exit = await restarting;
            assert.equal(exit.code, 0);
            await until(() => seen.of('resumed').length > before.resumed, 30_000, 'RESUME after the restart');
            assert.equal(fresh_sessions(world), before.identified, 'it had to identify again');
        },
        { seconds: 150 },
    );
}

async function restart_node(node) {
    const exit = await node.stop();
    await node.start();
    return exit;
}

/** How often the library began a new session: discord.py calls any connection so, its own resumes excepted. */
function fresh_sessions({ seen }) {
    return seen.of('identified').length;
}

/** Posts numbered messages and checks that the library saw each once and in order. */
async function stream({ owner, guild, seen }, tag, between) {
    const label = fresh_name(tag);
    for (let number = 1; number <= stream_length; number += 1) {
        const waits = between(number);
        await post_surely(owner, guild.text, `${label} ${number}`, `${label.slice(-12)}-${number}`);
        await waits;
    }
    const received = () =>
        seen
            .of('message')
            .map((one) => one.content)
            .filter((content) => content?.startsWith(`${label} `));
    await until(() => received().at(-1) === `${label} ${stream_length}`, 60_000, 'last message').catch(() => {});
    await sleep(300); // A doubled event would come after the last; nothing announces its absence.
    const wanted = Array.from({ length: stream_length }, (_, index) => `${label} ${index + 1}`);
    assert.equal(describe_gap(received(), wanted), '');
}

/** Repeats an unanswered POST with its nonce until the node answers: it is stored once. */
async function post_surely(owner, channel_id, content, nonce) {
    const body = { content, nonce, enforce_nonce: true };
    const end = Date.now() + 40_000;
    for (;;) {
        try {
            const answer = await owner.call('POST', `/channels/${channel_id}/messages`, body, { ms: 10_000 });
            if (answer.status === 200) return;
            assert.equal(answer.status, 503, answer.text);
        } catch (error) {
            if (error instanceof assert.AssertionError || Date.now() > end) throw error;
        }
        await sleep(50);
    }
}

/** What is wrong with the sequence, in words; empty when it is right. */
function describe_gap(received, wanted) {
    const times = new Map();
    for (const content of received) times.set(content, (times.get(content) ?? 0) + 1);
    const lost = wanted.filter((content) => !times.has(content));
    const doubled = [...times].filter(([, count]) => count > 1).map(([content]) => content);
    const out_of_order =
        received.length === wanted.length && received.some((content, index) => content !== wanted[index]);
    return [
        lost.length ? `lost ${lost.length}: ${lost.slice(0, 5)}` : '',
        doubled.length ? `doubled ${doubled.length}: ${doubled.slice(0, 5)}` : '',
        out_of_order ? 'out of order' : '',
    ]
        .filter(Boolean)
        .join('; ');
}

/** The scenario from beginning to end. */
export async function whole(t, { Adapter, name, missing }) {
    const why = missing?.();
    if (why) return t.skip(name, why);
    const world = await prepare(t, Adapter);
    if (!(await life(t, world, name))) return;
    await cut_lines(t, world, name);
    await restart(t, world, name);
    const problems = world.seen.of('problem').filter((problem) => !expected(problem));
    t.row(`${name} reports no error of its own`, problems.length ? String(problems[0]?.stack ?? problems[0]) : '');
    await deadline(Promise.resolve(world.adapter.close()), 5000, 'close').catch(() => {});
}

/** What a library says about a line that we cut on purpose. */
function expected(problem) {
    return /ECONNRESET|ECONNREFUSED|EPIPE|hang up|Connection reset|closed before|1006|4900|reconnect/i.test(
        String(problem?.stack ?? problem),
    );
}
