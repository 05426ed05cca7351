// Steps of the wall clock, an hour back and thirty days on, under a loaded node and across its restarts: ids stay unique
// and increasing, the history keeps its order, sessions live on and resume, `verify` is clean.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { suite } from '../support/suite.mjs';
import { Node, command } from '../support/node.mjs';
import { connect } from '../support/gateway.mjs';
import { Client, join, make_guild, password, register } from '../support/api.mjs';
import { request } from '../support/http.mjs';
import { until } from '../support/wait.mjs';
import { FakeClock } from '../support/fake_clock.mjs';

const hour = 3600;
const month = 30 * 24 * hour;
/** Where the clock goes while the node runs, in seconds off the true time: each value is a step from the one before. */
const steps = [-hour, 0, month, month - hour, -hour, month, 0];
const lane_count = 4;
const per_step = 12;

/** A person who posts one message after the other, so that what was answered first was stored first. */
class Lane {
    constructor(client, channel, label) {
        Object.assign(this, { client, channel, label, posted: [] });
    }

    async post(count) {
        for (let i = 0; i < count; i += 1) {
            const content = `${this.label} ${this.posted.length}`;
            const { id } = await this.client.post(`/channels/${this.channel}/messages`, { content });
            this.posted.push({ id, content });
        }
    }
}

class World {
    static async build(node) {
        const world = new World();
        world.owner = await register(node);
        world.guild = await make_guild(world.owner);
        world.channel = world.guild.text;
        world.lanes = [];
        for (let i = 0; i < lane_count; i += 1) {
            const person = i === 0 ? world.owner : await join(world.owner, world.channel, await register(node));
            world.lanes.push(new Lane(person, world.channel, `lane ${i}:`));
        }
        world.session = await connect(node, world.owner, { intents: null });
        return world;
    }

    post(count = per_step) {
        return Promise.all(this.lanes.map((lane) => lane.post(count)));
    }

    get posted() {
        return this.lanes.flatMap((lane) => lane.posted);
    }
}

const increases = (ids) => ids.every((id, at) => at === 0 || BigInt(id) > BigInt(ids[at - 1]));

/** Steps the clock and waits until the node lives by it. */
async function step(node, clock, seconds) {
    clock.step(seconds);
    await until(
        async () => {
            const { json } = await request(node.base, 'GET', '/health');
            return Math.abs(Date.parse(json.timestamp) - Date.now() - clock.offset_ms) < 10 * 60_000;
        },
        20_000,
        `node that believes the clock at ${seconds} s`,
    );
}

/** Everything that was acknowledged, read from outside in both directions. */
async function check_history(world) {
    const after = await read_all(world, 'after', '0');
    const before = await read_all(world, 'before', String((1n << 63n) - 1n));
    const ids = after.map((message) => message.id);
    assert.ok(increases(ids), 'reading on gives ids out of order');
    assert.deepEqual(before.map((message) => message.id).reverse(), ids, 'reading back gives another order');
    const posted = world.posted;
    assert.equal(new Set(posted.map((message) => message.id)).size, posted.length, 'an id was given twice');
    const stored = new Map(after.map((message) => [message.id, message.content]));
    for (const { id, content } of posted) assert.equal(stored.get(id), content, `message ${id}`);
    for (const lane of world.lanes)
        assert.ok(increases(lane.posted.map((message) => message.id)), `${lane.label} an answer came with an older id`);
    const stamps = after.map((message) => Date.parse(message.timestamp));
    assert.ok(
        stamps.every((stamp, at) => at === 0 || stamp >= stamps[at - 1]),
        'time stamps run back in the history',
    );
}

async function read_all({ owner, channel }, direction, start) {
    const all = [];
    for (let cursor = start; ;) {
        const page = await owner.get(`/channels/${channel}/messages?limit=100&${direction}=${cursor}`);
        // Every page has its newest first, whichever way one reads.
        all.push(...(direction === 'after' ? page.reverse() : page));
        if (page.length < 100) return all;
        cursor = all.at(-1).id;
    }
}

/** The session was told every message once, in the order of their ids, without a gap in `s`. */
async function check_session(world) {
    // Joins leave messages of their own kind.
    const posts = ({ t, d }) => t === 'MESSAGE_CREATE' && d.type === 0;
    const told = () => world.session.dispatches.filter(posts).map(({ d }) => d.id);
    await until(() => told().length >= world.posted.length, 10_000, 'message at the session');
    assert.deepEqual([...told()].sort(), world.posted.map(({ id }) => id).sort());
    assert.ok(increases(told()), 'events came out of the order of their ids');
    const numbers = world.session.dispatches.map((frame) => frame.s);
    assert.deepEqual(
        numbers,
        numbers.map((_, at) => at + 1),
    );
}

/** The session as it is: it answers, then its line dies, and it goes on from there. */
async function heart_and_resume(world) {
    const beat = world.session.wait_frame((frame) => frame.op === 11, 10_000, 'answer to a heartbeat');
    world.session.send(1, world.session.seq);
    await beat;
    world.session.drop();
    await world.post(3);
    world.session = await world.session.resume();
    assert.ok(world.session.resumed, 'the session could not resume');
}

async function while_running(t, node, clock, world) {
    for (const seconds of steps) {
        const title = `a step to ${seconds >= 0 ? '+' : ''}${seconds / hour} h`;
        await t.check(`${title} under load: order, ids and the session hold`, async () => {
            const load = world.post();
            await step(node, clock, seconds);
            await load;
            await world.post();
            await heart_and_resume(world);
            await check_session(world);
            await check_history(world);
        });
        await t.check(`${title}: people can log in and register`, async () => {
            const body = { login: world.owner.email, password };
            await new Client(node).expect(200, 'POST', '/auth/login', body);
            await join(world.owner, world.channel, await register(node));
        });
    }
}

/** Ends the node by `end`, steps the clock meanwhile, and starts it. */
async function across_restart(world, node, clock, { end, seconds }) {
    await world.post();
    await check_session(world);
    await end();
    world.session.drop();
    clock.step(seconds);
    await node.start();
    await world.post();
    world.session = await world.session.resume();
}

async function restarts(t, node, clock, world) {
    await step(node, clock, month);
    await world.post();
    await t.check('stopped at +30 d, started an hour back: the session resumes', async () => {
        await across_restart(world, node, clock, { end: () => node.stop(), seconds: -hour });
        assert.ok(world.session.resumed, 'the session could not resume');
        await check_session(world);
        await check_history(world);
    });
    await t.check('killed with the clock behind its ids, started at the true time: ids go on', async () => {
        await across_restart(world, node, clock, { end: () => node.crash(), seconds: 0 });
        await check_history(world);
    });
    await t.check('stopped, started thirty days on: the session resumes or is told to begin anew', async () => {
        if (!world.session.resumed) world.session = await connect(node, world.owner, { intents: null });
        const since = world.session.mark();
        const { id } = await world.owner.post(`/channels/${world.channel}/messages`, { content: 'before the leap' });
        world.lanes[0].posted.push({ id, content: 'before the leap' });
        await world.session.wait('MESSAGE_CREATE', (d) => d.id === id, { since });
        await node.stop();
        world.session.drop();
        clock.step(month);
        await node.start();
        const again = await world.session.resume();
        if (!again.resumed) await again.identify(world.owner.token, { intents: null });
        again.drop();
        await world.post();
        await check_history(world);
    });
}

await suite('clock', async (t) => {
    const clock = FakeClock.make(t.temporary_folder());
    if (!clock) return t.skip('steps of the clock', 'guildhall_wall_clock is not built');
    const data = path.join(t.temporary_folder(), 'data');
    fs.mkdirSync(data);
    const settings = { rate_limits: 'off' };
    const node = t.adopt(await Node.start({ data, settings, environment: clock.environment }));
    const world = await World.build(node);
    await while_running(t, node, clock, world);
    await restarts(t, node, clock, world);
    await t.check('verify is clean', async () => {
        assert.equal((await node.stop()).code, 0);
        const verified = await command(['verify', '--data', data]);
        assert.equal(verified.code, 0, verified.stdout + verified.stderr.slice(-800));
    });
});
