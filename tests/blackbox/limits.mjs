// Bad input, as data: every bounded property of the request bodies at its limit and one beyond, as null, and with
// wrong types. Never 5xx; what is wrong gets 400 with code 50035 and the path of the field, and nothing is stored.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { request } from '../support/http.mjs';
import { Client, authorize, join, make_bot, make_guild, register } from '../support/api.mjs';
import { bodies, queries } from './limits_table.mjs';

/** A copy of `body` with the value at a dotted path replaced; objects and lists on the way are made. */
function with_value(body, path, value) {
    const copy = structuredClone(body);
    const steps = path.split('.');
    let at = copy;
    for (const step of steps.slice(0, -1)) at = at[step] ??= {};
    at[steps.at(-1)] = value;
    return copy;
}

/** Whether the nested form errors name this path, or a part of it, with an `_errors` list. */
function names_path(errors, path) {
    let at = errors;
    let named = false;
    for (const step of path.split('.')) {
        at = at?.[step];
        if (at === undefined) return named;
        if (Array.isArray(at._errors) && at._errors.every((one) => one.code && one.message)) named = true;
    }
    return named || JSON.stringify(at).includes('_errors');
}

function short(value) {
    const shown = JSON.stringify(value) ?? 'undefined';
    return shown.length > 40 ? `${shown.slice(0, 30)}… (${shown.length})` : shown;
}

async function make_world(node) {
    const owner = await register(node);
    const guild = await make_guild(owner);
    const bot = await make_bot(owner);
    await authorize(owner, bot, guild.id);
    const member = await join(owner, guild.text, await register(node));
    const victim = await register(node);
    const message = await owner.post(`/channels/${guild.text}/messages`, { content: 'x' });
    const role = await owner.post(`/guilds/${guild.id}/roles`, { name: 'role' });
    const command = await bot.post(`/applications/${bot.id}/guilds/${guild.id}/commands`, {
        name: 'kept',
        description: 'd',
    });
    return {
        owner,
        bot,
        nobody: new Client(node),
        guild: guild.id,
        text: guild.text,
        member: member.id,
        victim: victim.id,
        message: message.id,
        role: role.id,
        command: command.id,
        application: bot.id,
    };
}

async function property(t, world, entry, path, kind) {
    const client = world[entry.as ?? 'owner'];
    const problems = [];
    const call = async (value) =>
        client.call(entry.method, entry.path(world), with_value(entry.base(world), path, value));
    for (const value of kind.good) {
        const answer = await call(value);
        if (answer.status >= 300)
            problems.push(`${short(value)} is allowed but got ${answer.status} ${answer.text.slice(0, 160)}`);
    }
    for (const value of [...kind.bad, ...kind.wrong]) {
        const answer = await call(value);
        const said = `${short(value)} got ${answer.status} ${answer.text.slice(0, 160)}`;
        if (answer.status !== 400 || answer.json?.code !== 50035) problems.push(said);
        else if (!names_path(answer.json.errors, path)) problems.push(`the path is not named: ${said}`);
    }
    const nothing = await call(null);
    if (nothing.status >= 500) problems.push(`null got ${nothing.status}`);
    t.row(`${entry.route}: ${path}`, problems.join('; '));
}

async function all_queries(t, world) {
    for (const [title, path, parameter, refused, accepted] of queries) {
        const problems = [];
        for (const value of refused) {
            const answer = await world.owner.call('GET', `${path(world)}?${parameter}=${value}`);
            if (answer.status !== 400 || answer.json?.code !== 50035)
                problems.push(`${value} got ${answer.status} ${answer.text.slice(0, 120)}`);
        }
        for (const value of accepted) {
            const answer = await world.owner.call('GET', `${path(world)}?${parameter}=${value}`);
            if (answer.status !== 200) problems.push(`${value} got ${answer.status} ${answer.text.slice(0, 120)}`);
        }
        t.row(`${title}?${parameter}`, problems.join('; '));
    }
}

async function counts(t, world) {
    await t.check(
        'what was refused is not stored: channels, roles and messages are those that were answered with 2xx',
        async () => {
            const { owner, guild, text } = world;
            const size = async (path) => (await owner.get(path)).length;
            for (const [path, make] of [
                [`/guilds/${guild}/channels`, { name: 5 }],
                [`/guilds/${guild}/roles`, { name: 'r', color: 'red' }],
                [`/channels/${text}/messages`, { content: 'kept?', embeds: [{ title: 'x'.repeat(300) }] }],
            ]) {
                const before = await size(path);
                await owner.expect(400, 'POST', path, make);
                assert.equal(await size(path), before, path);
            }
        },
    );
}

async function whole_bodies(t, node, world) {
    const { owner, text } = world;
    const path = `/channels/${text}/messages`;
    const broken = [
        '{',
        '',
        '{"content": "x"',
        '{"content": "x",}',
        "{'content': 'x'}",
        'null',
        '5',
        '[]',
        '"x"',
        '{"content": "\u0000"}',
        '{"content": NaN}',
        '{"content":"\\ud800x"} trailing',
        '\ufeff{"content":1}',
    ];
    await t.check('JSON that does not parse or is no object gets 400 and a code', async () => {
        for (const body of broken) {
            const answer = await owner.call('POST', path, body);
            assert.equal(answer.status, 400, `${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 100)}`);
            assert.equal(typeof answer.json?.code, 'number', answer.text);
        }
    });
    await t.check('nesting: 100,000 levels get 400 at once', async () => {
        const deep = `{"content":"x","embeds":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
        const began = Date.now();
        assert.equal((await owner.call('POST', path, deep)).status, 400);
        assert.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
    });
    await t.check('a body beyond every limit gets 413 with code 40005 or is cut', async () => {
        const huge = `{"content":"${'x'.repeat(40 * 1024 * 1024)}"}`;
        let answer;
        try {
            answer = await owner.call('POST', path, huge, { ms: 20_000 });
        } catch (error) {
            // The node answers before it has read everything; a client still writing may only see the reset.
            assert.match(String(error), /EPIPE|ECONNRESET|hang up|cut/);
            const head = {
                authorization: owner.token,
                'content-type': 'application/json',
                'content-length': huge.length,
            };
            answer = await early_answer(node, `/api/v10${path}`, head);
        }
        assert.equal(answer.status, 413, answer.text);
        assert.equal(answer.json.code, 40005);
    });
    await t.check('a file beyond 10 MiB gets 413 with code 40005, and nothing is stored', async () => {
        const files = [
            { filename: 'big.bin', type: 'application/octet-stream', content: Buffer.alloc(10 * 1024 * 1024 + 1) },
        ];
        const answer = await owner.call('POST', path, { content: 'big' }, { files, ms: 20_000 });
        assert.equal(answer.status, 413, answer.text);
        assert.equal(answer.json.code, 40005);
    });
    await t.check('an empty message gets 50006', async () => {
        for (const body of [{}, { content: '' }, { content: '   ' }, { embeds: [] }, { content: null }]) {
            const answer = await owner.call('POST', path, body);
            assert.equal(answer.status, 400, JSON.stringify(body));
            assert.equal(answer.json.code, 50006, `${JSON.stringify(body)}: ${answer.text}`);
        }
    });
    await t.check('embeds of 6,000 characters in all are the limit', async () => {
        const embeds = (last) => [{ description: 'x'.repeat(4000) }, { description: 'y'.repeat(last) }];
        await owner.expect(200, 'POST', path, { embeds: embeds(2000) });
        const answer = await owner.call('POST', path, { embeds: embeds(2001) });
        assert.equal(answer.status, 400);
        assert.equal(answer.json.code, 50035);
    });
    await t.check('bulk delete takes 2 to 100', async () => {
        for (const count of [0, 1, 101]) {
            const messages = Array.from({ length: count }, (_, index) => String(1000 + index));
            const answer = await owner.call('POST', `${path}/bulk-delete`, { messages });
            assert.equal(answer.status, 400, `${count}: ${answer.status}`);
            assert.ok([50016, 50035].includes(answer.json.code), answer.text);
        }
    });
    await t.check('the 21st different reaction gets 30010', async () => {
        const { id: message } = await owner.post(path, { content: 'much loved' });
        for (let i = 0; i < 21; i += 1) {
            const emoji = encodeURIComponent(String.fromCodePoint(0x1f600 + i));
            const answer = await owner.call('PUT', `${path}/${message}/reactions/${emoji}/@me`);
            if (i < 20) assert.equal(answer.status, 204, answer.text);
            else assert.equal(answer.json?.code, 30010, `${answer.status} ${answer.text}`);
        }
    });
}

/** Sends only the head of a request and returns what the node says to it. */
async function early_answer(node, path, headers) {
    const { default: http } = await import('node:http');
    return new Promise((resolve, reject) => {
        const call = http.request({ host: '127.0.0.1', port: node.port, method: 'POST', path, headers }, (answer) => {
            let said = '';
            answer.on('data', (part) => (said += part));
            answer.on('end', () => resolve({ status: answer.statusCode, text: said, json: JSON.parse(said) }));
        });
        call.on('error', reject);
        call.setTimeout(15_000, () => call.destroy(new Error('no early answer to an oversized request')));
        call.flushHeaders();
    });
}

async function plain_errors(t, node, world) {
    const { owner } = world;
    await t.check('an unknown route gets 404, a wrong method 405, with the exact bodies', async () => {
        for (const version of ['v9', 'v10', '']) {
            const client = owner.as_version(version);
            for (const path of ['/nonsense', '/guilds/1/nonsense', '/users/@me/nonsense/1']) {
                const answer = await client.call('GET', path);
                assert.equal(answer.status, 404, path);
                assert.deepEqual(answer.json, { message: '404: Not Found', code: 0 });
            }
            const answer = await client.call('PUT', '/users/@me', {});
            assert.equal(answer.status, 405);
            assert.deepEqual(answer.json, { message: '405: Method Not Allowed', code: 0 });
        }
        assert.equal((await request(node.base, 'GET', '/api/v8/gateway')).status, 404);
    });
    await t.check('an unknown token gets 401 with the exact body', async () => {
        for (const token of [
            'nonsense',
            'Bot nonsense',
            'Bearer nonsense',
            `${owner.token}x`,
            `Bot ${owner.token}`,
            owner.token.slice(0, -2),
            'a.b.c',
            '',
            ' ',
        ]) {
            const answer = await new Client(node, token).call('GET', '/users/@me');
            assert.equal(answer.status, 401, `token ${JSON.stringify(token)}`);
            assert.deepEqual(answer.json, { message: '401: Unauthorized', code: 0 });
        }
    });
    await t.check('ids that are none get 4xx, never 5xx', async () => {
        for (const bad of [
            'abc',
            '-1',
            '0',
            '1',
            '18446744073709551615',
            '99999999999999999999',
            '1.5',
            '%00',
            '..%2f',
            '😀',
            ' ',
        ]) {
            for (const path of [
                '/channels/ID',
                '/guilds/ID',
                '/users/ID',
                '/channels/ID/messages',
                `/channels/${world.text}/messages/ID`,
                `/guilds/${world.guild}/roles/ID`,
                '/invites/ID',
                '/webhooks/ID/x',
            ]) {
                const answer = await owner.call('GET', path.replace('ID', encodeURI(bad)));
                assert.ok(answer.status >= 400 && answer.status < 500, `${path} with ${bad}: ${answer.status}`);
            }
        }
    });
}

async function mass_assignment(t, world) {
    await t.check("fields that are not the caller's to set are not set", async () => {
        const { owner, text, guild } = world;
        const forged = {
            id: '5',
            author: { id: '5' },
            channel_id: '5',
            pinned: true,
            type: 7,
            timestamp: '2001-01-01T00:00:00Z',
            webhook_id: '5',
            mention_everyone: true,
        };
        const made = await owner.post(`/channels/${text}/messages`, { content: 'x', ...forged });
        assert.equal(made.author.id, owner.id);
        assert.equal(made.channel_id, text);
        assert.equal(made.pinned, false);
        assert.equal(made.type, 0);
        assert.notEqual(made.id, '5');
        assert.equal(made.mention_everyone, false);
        const me = await owner.call('PATCH', '/users/@me', {
            id: '5',
            bot: true,
            verified: true,
            flags: 1,
            public_flags: 1,
            discriminator: '0001',
        });
        assert.ok(me.status < 500);
        const now = await owner.get('/users/@me');
        assert.equal(now.id, owner.id);
        assert.ok(!now.bot);
        const born = await owner.post('/guilds', { name: 'forged', owner_id: '5', id: '5' });
        assert.equal(born.owner_id, owner.id);
        await owner.call('PATCH', `/guilds/${guild}`, { id: '5', region: 'x', premium_tier: 3, member_count: 9 });
        assert.equal((await owner.get(`/guilds/${guild}`)).id, guild);
        const role = await owner.post(`/guilds/${guild}/roles`, {
            name: 'x',
            managed: true,
            id: '5',
            tags: { bot_id: '5' },
        });
        assert.equal(role.managed, false);
    });
}

await suite(
    'limits',
    async (t) => {
        const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
        const world = await make_world(node);
        for (const entry of bodies) {
            for (const [path, kind] of Object.entries(entry.properties)) {
                await t.check(`${entry.route}: ${path} can be asked`, () => property(t, world, entry, path, kind));
            }
        }
        await all_queries(t, world);
        await counts(t, world);
        await whole_bodies(t, node, world);
        await plain_errors(t, node, world);
        await mass_assignment(t, world);
        t.row('the node is still the same process', node.alive ? '' : 'it ended');
    },
    { seconds: 380 },
);
