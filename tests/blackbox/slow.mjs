// Clients that are slow on purpose (slowhttptest): a header, a body, a reader that never come to an end. The node closes
// them within its limits, and answers everybody else meanwhile.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { Client, make_guild, register } from '../support/api.mjs';
import { deep } from '../support/paths.mjs';
import { descriptors, settles } from '../support/process.mjs';
import { deadline, sleep, until } from '../support/wait.mjs';

const tool = 'slowhttptest';
const connections = deep ? 2000 : 300;
/** Opened in about a second. */
const rate = connections;
/** After this long the tool would give up; a node that holds its limits has closed all of them long before. */
const tool_seconds = 120;
/** Generous around 10 s for a header and 20 s, and 32 KiB/s, for bodies and answers. */
const closed_within_s = 90;
/** Connections that this program itself keeps alive between requests. */
const kept_alive = 4;
/** More than the buffers of both kernels take, so that the node has to wait for the reader. */
const file_bytes = 9 << 20;
/** Files are read at least at 32 KiB/s after a start that is free: this one may take its time. */
const slowest_answer_ms = 10_000;

/** The tool at work; `ended` resolves with what it said. */
function attack(t, url, options) {
    const words = ['-c', connections, '-r', rate, '-l', tool_seconds, '-p', 20, '-u', url, ...options];
    const child = spawn(tool, words.map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
    t.finally(() => child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    const ended = new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', () => resolve(said.replaceAll(/\x1b\[[0-9;]*[a-zA-Z]/g, '')));
    });
    ended.catch(() => {});
    return { child, ended };
}

/** Throws unless the tool got its connections and then lost them all to the node. */
async function lost_all({ ended }, name) {
    const said = await deadline(ended, (tool_seconds + 20) * 1000, `end of ${tool}, ${name}`);
    const end = said.trim().split('\n').slice(-2).join(' ');
    assert.match(end, /No open connections left/, name);
    const most = Math.max(...[...said.matchAll(/connected:\s+(\d+)/g)].map((match) => Number(match[1])));
    assert.ok(most >= connections / 2, `${name}: at most ${most} were connected`);
}

/** All three kinds at once. What a reader has in its buffers hides from it that the node is gone: the node is asked. */
async function besiege(t, node, kinds) {
    const before = descriptors(node.pid);
    const attacks = Object.fromEntries(
        Object.entries(kinds).map(([name, [url, options]]) => [name, attack(t, url, options)]),
    );
    await until(() => descriptors(node.pid) > before + 2.5 * connections, 30_000, 'connections of the three kinds');
    const began = Date.now();
    await Promise.all(['slow headers', 'slow bodies'].map((name) => lost_all(attacks[name], name)));
    const left = await settles(() => descriptors(node.pid), before + kept_alive, closed_within_s * 1000);
    assert.equal(attacks['slow readers'].child.exitCode, null, 'the readers left by themselves');
    for (const { child } of Object.values(attacks)) child.kill('SIGKILL');
    assert.ok(left <= before + kept_alive, `descriptors: ${before} before, ${left} after ${closed_within_s} s`);
    return (Date.now() - began) / 1000;
}

/** Others use the node all the while: the slowest answer in ms, and how many there were. */
async function use(owner, guild, going) {
    const seen = { slowest: 0, count: 0 };
    for (; going(); await sleep(100)) {
        const asked = Date.now();
        const { id } = await owner.post(`/channels/${guild.text}/messages`, { content: `while others crawl` });
        await owner.get(`/channels/${guild.text}/messages/${id}`);
        seen.slowest = Math.max(seen.slowest, Date.now() - asked);
        seen.count += 1;
    }
    return seen;
}

async function large_file(owner, guild) {
    const files = [{ filename: 'large.bin', type: 'application/octet-stream', content: Buffer.alloc(file_bytes, 7) }];
    const path = `/channels/${guild.text}/messages`;
    const { attachments } = await owner.expect(200, 'POST', path, { content: 'a large file' }, { files });
    return attachments[0].url;
}

await suite(
    'slow',
    async (t) => {
        if (spawnSync(tool, ['-h']).error) return t.skip('slow clients', `the package ${tool} is not installed`);
        const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
        const owner = await register(node);
        const guild = await make_guild(owner);
        const file = await large_file(owner, guild);
        const kinds = {
            'slow headers': [`${node.base}/health`, ['-H', '-i', 3, '-x', 24]],
            'slow bodies': [`${node.base}/api/v10/auth/login`, ['-B', '-i', 3, '-s', 8192, '-x', 10]],
            'slow readers': [file, ['-X', '-w', 512, '-y', 1024, '-n', 3, '-z', 32]],
        };
        let going = true;
        const used = use(owner, guild, () => going);
        used.catch(() => {});
        await t.check(
            `3 x ${connections} slow headers, bodies and readers: the node closes them all`,
            async () => console.log(`slow: the last was closed after ${await besiege(t, node, kinds)} s`),
            { seconds: tool_seconds + closed_within_s },
        );
        going = false;
        await t.check('others were answered all the while', async () => {
            const { slowest, count } = await used;
            console.log(`slow: ${count} rounds beside 3 x ${connections} slow clients, the slowest took ${slowest} ms`);
            assert.ok(count >= 20, `only ${count} rounds`);
            assert.ok(slowest < slowest_answer_ms, `${slowest} ms`);
        });
        t.row('the node is still the same process', node.alive ? '' : 'it ended');
    },
    { seconds: 280 },
);
