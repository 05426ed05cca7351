// Rate limits as clients meet them: exact headers, 429 with Via, and libraries that wait and finish.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { Client, authorize, fresh_name, make_bot, make_guild, register } from '../support/api.mjs';
import { request } from '../support/http.mjs';
import { sleep } from '../support/wait.mjs';
import * as discordjs from '../clients/adapter_discordjs.mjs';
import * as discordpy from '../clients/adapter_discordpy.mjs';
import * as eris from '../clients/adapter_eris.mjs';
import * as oceanic from '../clients/adapter_oceanic.mjs';

/** Messages a library sends at once: several times what a bucket holds. */
const burst = 20;

async function headers(t, owner, guild) {
    const path = `/channels/${guild.text}/messages`;
    const answers = [];
    await t.check('a burst: limit, remaining, reset and bucket are told, then 429', async () => {
        for (let i = 0; i < 30 && answers.at(-1)?.status !== 429; i += 1)
            answers.push(await owner.call('POST', path, { content: `${i}` }));
        const [first] = answers;
        const limit = Number(first.headers['x-ratelimit-limit']);
        assert.ok(limit >= 1, `x-ratelimit-limit: ${first.headers['x-ratelimit-limit']}`);
        assert.equal(Number(first.headers['x-ratelimit-remaining']), limit - 1);
        for (const answer of answers) {
            const { headers: said } = answer;
            assert.match(said['x-ratelimit-reset'], /^\d+\.\d+$/);
            assert.match(said['x-ratelimit-reset-after'], /^\d+(\.\d+)?$/);
            assert.equal(said['x-ratelimit-bucket'], first.headers['x-ratelimit-bucket']);
            const wait = Number(said['x-ratelimit-reset']) - Date.now() / 1000;
            assert.ok(
                Math.abs(wait - Number(said['x-ratelimit-reset-after'])) < 3,
                `reset and reset-after disagree: ${wait}`,
            );
        }
        const good = answers.filter((answer) => answer.status === 200);
        good.reduce((last, answer) => {
            const left = Number(answer.headers['x-ratelimit-remaining']);
            assert.ok(left <= last, `remaining rises from ${last} to ${left}`);
            return left;
        }, limit);
    });
    await t.check('the 429 says how long, whose limit, and Via; waiting that long helps', async () => {
        const refused = answers.at(-1);
        assert.equal(refused.status, 429);
        assert.ok(refused.headers.via, 'discord.py takes a 429 without Via for a ban');
        assert.match(refused.headers['retry-after'], /^\d+$/);
        assert.match(refused.headers['x-ratelimit-scope'], /^(user|shared)$/);
        assert.equal(refused.headers['x-ratelimit-remaining'], '0');
        const body = refused.json;
        assert.equal(body.message, 'You are being rate limited.');
        assert.equal(body.global, false);
        assert.ok(
            body.retry_after > 0 && body.retry_after <= Number(refused.headers['retry-after']) + 1,
            JSON.stringify(body),
        );
        await sleep(body.retry_after * 1000 + 60);
        assert.equal((await owner.call('POST', path, { content: 'after the wait' })).status, 200);
    });
}

async function buckets(t, node, owner, guild) {
    await t.check('another channel has its own count, another route its own bucket', async () => {
        const other = await owner.post(`/guilds/${guild.id}/channels`, { name: 'other' });
        const one = await owner.call('POST', `/channels/${guild.text}/messages`, { content: 'x' });
        const two = await owner.call('POST', `/channels/${other.id}/messages`, { content: 'x' });
        assert.equal(two.status, 200);
        assert.equal(
            one.headers['x-ratelimit-bucket'],
            two.headers['x-ratelimit-bucket'],
            'the bucket is without the major parameter',
        );
        const read = await owner.call('GET', `/channels/${other.id}/messages`);
        assert.notEqual(read.headers['x-ratelimit-bucket'], two.headers['x-ratelimit-bucket']);
    });
    await t.check('the global limit of 50 in a second says so', async () => {
        const reader = await register(node);
        const answers = await Promise.all(
            Array.from({ length: 120 }, (_, i) => reader.call('GET', `/users/${i % 2 ? owner.id : '@me'}`)),
        );
        const global = answers.find((answer) => answer.status === 429 && answer.headers['x-ratelimit-global']);
        assert.ok(global, `no global 429 among ${answers.map((answer) => answer.status)}`);
        assert.equal(global.headers['x-ratelimit-global'], 'true');
        assert.equal(global.headers['x-ratelimit-scope'], 'global');
        assert.equal(global.json.global, true);
    });
    await t.check(
        'guessing passwords is limited',
        async () => {
            const nobody = new Client(node);
            const answers = [];
            for (let i = 0; i < 40; i += 1)
                answers.push(
                    (await nobody.call('POST', '/auth/login', { login: owner.email, password: `wrong ${i}` })).status,
                );
            assert.ok(answers.includes(429), `all of 40 wrong passwords were judged: ${new Set(answers).size}`);
        },
        { seconds: 60 },
    );
}

/** A login with a wrong password, as a proxy passes it on that was called from `address`. */
async function guess(node, name, address) {
    const headers = { 'x-forwarded-for': address };
    return new Client(node).call('POST', '/auth/login', { login: name, password: 'wrong horse' }, { headers });
}

async function proxies(t) {
    await t.check('X-Forwarded-For of who is no trusted proxy is ignored', async () => {
        const node = t.adopt(await Node.start());
        const answers = [];
        for (let i = 1; i <= 6; i += 1) answers.push((await guess(node, `name${i}`, `192.0.2.${i}`)).status);
        assert.deepEqual(answers, [400, 400, 400, 400, 400, 429]);
        await node.kill();
    });
    const node = t.adopt(await Node.start({ settings: { trusted_proxies: '127.0.0.1, 10.0.0.0/8' } }));
    await t.check('behind a trusted proxy callers are told apart, and none can pass for another', async () => {
        for (let i = 0; i < 5; i += 1) assert.equal((await guess(node, `one${i}`, '192.0.2.1')).status, 400);
        assert.equal((await guess(node, 'one', '192.0.2.1')).status, 429);
        assert.equal((await guess(node, 'one', '203.0.113.9, 192.0.2.1, 10.1.1.1')).status, 429);
        assert.equal((await guess(node, 'one', '192.0.2.2')).status, 400);
    });
    await t.check('an account is guessed at so often from all addresses, and nobody learns if it is one', async () => {
        const owner = await register(node);
        const refused = [];
        for (const name of [owner.name, fresh_name()]) {
            const answers = [];
            for (let i = 1; i <= 21; i += 1) answers.push(await guess(node, name, `198.51.100.${i}`));
            assert.deepEqual(
                answers.map((answer) => answer.status),
                [...Array(20).fill(400), 429],
            );
            assert.equal(new Set(answers.slice(0, 20).map((answer) => answer.text)).size, 1);
            refused.push({ ...answers.at(-1).json, retry_after: 0, first: answers[0].text });
        }
        assert.deepEqual(refused[0], refused[1]);
        const form = new URLSearchParams({ username: owner.name, password: 'wrong horse' }).toString();
        const classic = await request(node.base, 'POST', '/auth/login', {
            headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '198.51.100.99' },
            body: Buffer.from(form),
        });
        assert.equal(classic.status, 429);
        assert.equal((await owner.call('GET', '/users/@me')).status, 200);
    });
}

async function library(t, node, owner, { name, Adapter, missing }) {
    const why = missing?.();
    if (why) return t.skip(name, why);
    await t.check(
        `${name} sends ${burst} messages at once: it waits and all arrive once`,
        async () => {
            const guild = await make_guild(owner);
            const bot = await make_bot(owner);
            await authorize(owner, bot, guild.id);
            const adapter = new Adapter();
            adapter.on('problem', () => {});
            try {
                await adapter.login({ node, token: bot.raw_token });
                await Promise.all(Array.from({ length: burst }, (_, i) => adapter.send(guild.text, `${i}`)));
                const stored = (await owner.get(`/channels/${guild.text}/messages?limit=100`)).map((message) =>
                    Number(message.content),
                );
                assert.deepEqual(
                    stored.sort((a, b) => a - b),
                    Array.from({ length: burst }, (_, i) => i),
                );
            } finally {
                await adapter.close();
            }
        },
        { seconds: 90 },
    );
}

await suite('rate_limits', async (t) => {
    const node = t.adopt(await Node.start());
    const owner = await register(node);
    const guild = await make_guild(owner);
    await headers(t, owner, guild);
    for (const one of [discordjs, eris, oceanic, discordpy]) await library(t, node, owner, one);
    await buckets(t, node, owner, guild);
    await proxies(t);
});
