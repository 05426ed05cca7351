// A steady load for a long time: messages, edits, deletions, connections, resumes, logins. Memory, descriptors and the
// write-ahead logs stay flat: the median of the last quarter is that of the second quarter, give or take.
// GUILDHALL_SOAK_S sets the length; quick runs take a minute and only look for the absurd.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { suite } from '../support/suite.mjs';
import { Node, command } from '../support/node.mjs';
import { connect } from '../support/gateway.mjs';
import { Client, join, make_guild, password, register } from '../support/api.mjs';
import { deep } from '../support/paths.mjs';
import { descriptors, resident_kib } from '../support/process.mjs';
import { sleep } from '../support/wait.mjs';

const seconds = Number(process.env.GUILDHALL_SOAK_S ?? (deep ? 7200 : 30));
/** Whether the run is long enough for quarters to mean something. */
const judges_flatness = seconds >= 600;
const people = 6;
/** Messages that stay in a channel; what is beyond is deleted again, so that the history does not grow. */
const kept_messages = 200;
/** Ten per cent, and this much for what comes and goes in steps. */
const slack = { memory_kib: 8 * 1024, descriptors: 8, wal_kib: 4 * 1024 };
const absurd = { memory_kib: 512 * 1024, descriptors: 500, wal_kib: 256 * 1024 };
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function wal_kib(folder) {
    const files = fs.readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('-wal'));
    return files.reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0) / 1024;
}

function sample(node) {
    return { memory_kib: resident_kib(node.pid), descriptors: descriptors(node.pid), wal_kib: wal_kib(node.data) };
}

/** Calls `step` every `ms` until the end; the first failure ends the suite's check. */
async function every(ms, going, step, counts, name) {
    for (; going(); await sleep(ms)) {
        await step();
        counts[name] = (counts[name] ?? 0) + 1;
    }
}

async function talk(client, channel, ids) {
    const { id } = await client.post(`/channels/${channel}/messages`, { content: `soaking ${Date.now()}` });
    ids.push(id);
    await client.patch(`/channels/${channel}/messages/${id}`, { content: 'soaked' });
    if (ids.length > kept_messages) await client.delete(`/channels/${channel}/messages/${ids.shift()}`);
}

async function come_back(node, client, channel) {
    let session = await connect(node, client, { intents: null });
    session.drop();
    const { id } = await client.post(`/channels/${channel}/messages`, { content: 'while away' });
    session = await session.resume();
    assert.ok(session.resumed, 'a session could not resume');
    await session.wait('MESSAGE_CREATE', (d) => d.id === id);
    await session.close();
    await client.delete(`/channels/${channel}/messages/${id}`);
}

async function log_in(node, client) {
    const body = { login: client.email, password };
    const { token } = await new Client(node).expect(200, 'POST', '/auth/login', body);
    await new Client(node, token).post('/auth/logout', {});
}

async function load(node, going, counts) {
    const owner = await register(node);
    const guild = await make_guild(owner);
    const all = [owner];
    while (all.length < people) all.push(await join(owner, guild.text, await register(node)));
    const listener = await connect(node, owner, { intents: null });
    // A listener that keeps what it heard would be the leak.
    const forget = setInterval(() => {
        listener.frames.length = 0;
        listener.dispatches.length = 0;
    }, 1000);
    const work = all.map((client) => {
        const ids = [];
        return every(250, going, () => talk(client, guild.text, ids), counts, 'messages');
    });
    work.push(every(1000, going, () => come_back(node, all[1], guild.text), counts, 'resumes'));
    work.push(every(5000, going, () => log_in(node, all[2]), counts, 'logins'));
    work.push(every(1000, going, () => all[3].get(`/channels/${guild.text}/messages?limit=100`), counts, 'pages'));
    try {
        await Promise.all(work);
        assert.equal(listener.close_info, undefined, 'the listener was sent away');
    } finally {
        clearInterval(forget);
        listener.drop();
    }
}

/** Throws where the last quarter is above the second one by more than is allowed. */
function judge(samples) {
    for (const key of Object.keys(slack)) {
        const values = samples.map((one) => one[key]);
        const quarter = Math.floor(values.length / 4);
        const second = median(values.slice(quarter, 2 * quarter));
        const last = median(values.slice(-quarter));
        const most = Math.max(...values);
        console.log(`soak: ${key}: second quarter ${second}, last quarter ${last}, most ${most}`);
        assert.ok(most <= absurd[key], `${key} rose to ${most}`);
        if (judges_flatness) assert.ok(last <= second * 1.1 + slack[key], `${key} rose from ${second} to ${last}`);
    }
}

await suite(
    'soak',
    async (t) => {
        const data = path.join(t.temporary_folder(), 'data');
        fs.mkdirSync(data);
        const node = t.adopt(await Node.start({ data, settings: { rate_limits: 'off' } }));
        const samples = [];
        const counts = {};
        const loaded = await t.check(
            `${seconds} s of a steady load are served`,
            async () => {
                const end = Date.now() + seconds * 1000;
                let failed = false;
                const going = () => Date.now() < end && !failed;
                const working = load(node, going, counts).catch((error) => {
                    failed = true;
                    throw error;
                });
                working.catch(() => {});
                for (; going(); await sleep(Math.min(5000, seconds * 10))) samples.push(sample(node));
                await working;
            },
            { seconds: seconds + 60 },
        );
        console.log(`soak: ${JSON.stringify(counts)}`);
        if (loaded) await t.check('memory, descriptors and write-ahead logs stay flat', async () => judge(samples));
        await t.check('verify is clean afterwards', async () => {
            assert.equal((await node.stop()).code, 0);
            const verified = await command(['verify', '--data', data]);
            assert.equal(verified.code, 0, verified.stdout + verified.stderr.slice(-800));
        });
    },
    { seconds: seconds + 240 },
);
