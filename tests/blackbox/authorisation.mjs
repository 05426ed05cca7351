// Who may do what, as data: every route with an id x {no token, revoked token, stranger, member without the right,
// member with it, a higher role, the owner, a bot}. Never 401 for want of rights; ids of other places do not help.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { contract_rows } from '../support/paths.mjs';
import { Client, administrator, authorize, fresh_name, join, make_bot, make_guild, register } from '../support/api.mjs';

const bit = (number) => String(1n << BigInt(number));
const right = {
    invite: bit(0),
    kick: bit(1),
    ban: bit(2),
    channels: bit(4),
    guild: bit(5),
    react: bit(6),
    view: bit(10),
    send: bit(11),
    messages: bit(13),
    history: bit(16),
    nicknames: bit(27),
    own_nick: bit(26),
    roles: bit(28),
};
/** What @everyone may do here: see, write, read back. */
const everyone = String(BigInt(right.view) | BigInt(right.send) | BigInt(right.history));

const thumb = encodeURIComponent('👍');
const new_message = async (w) => ({
    message: (await w.owner.post(`/channels/${w.text}/messages`, { content: 'x' })).id,
});
const new_channel = async (w) => ({
    channel: (await w.owner.expect(201, 'POST', `/guilds/${w.guild}/channels`, { name: 'target' })).id,
});
const overwritten = async (w) => {
    const made = await new_channel(w);
    await w.owner.put(`/channels/${made.channel}/permissions/${w.guild}`, { type: 0, allow: '0', deny: '2048' });
    return made;
};
const new_role = async (w) => ({
    role: (await w.owner.post(`/guilds/${w.guild}/roles`, { name: 'target', permissions: '0' })).id,
});
const new_member = async (w) => ({ user: (await join(w.owner, w.text, await register(w.node))).id });
const new_outsider = async (w) => ({ user: (await register(w.node)).id });
const new_ban = async (w) => {
    const made = await new_member(w);
    await w.owner.put(`/guilds/${w.guild}/bans/${made.user}`, {});
    return made;
};
const new_invite = async (w) => ({ code: (await w.owner.post(`/channels/${w.text}/invites`, { unique: true })).code });
const reacted = async (w) => {
    const made = await new_message(w);
    await w.owner.put(`/channels/${w.text}/messages/${made.message}/reactions/${thumb}/@me`);
    return made;
};
const roled = async (w) => ({ ...(await new_member(w)), ...(await new_role(w)) });
const nothing = async () => ({});

/**
 * [method, path, right needed (null: membership is enough), what each allowed call needs fresh, body]
 * `:name` in a path is a value of the world or of what was made.
 */
const guild_routes = [
    ['GET', '/guilds/:guild', null, nothing],
    ['PATCH', '/guilds/:guild', 'guild', nothing, { name: 'renamed' }],
    ['GET', '/guilds/:guild/hosting', null, nothing],
    ['GET', '/guilds/:guild/channels', null, nothing],
    ['POST', '/guilds/:guild/channels', 'channels', nothing, { name: 'made' }],
    ['PATCH', '/guilds/:guild/channels', 'channels', nothing, (w) => [{ id: w.text, position: 0 }]],
    ['GET', '/guilds/:guild/members', null, nothing],
    ['GET', '/guilds/:guild/members/:owner_id', null, nothing],
    ['PATCH', '/guilds/:guild/members/:user', 'nicknames', new_member, { nick: 'n' }],
    ['PATCH', '/guilds/:guild/members/:user', 'roles', new_member, { roles: [] }],
    ['DELETE', '/guilds/:guild/members/:user', 'kick', new_member],
    ['PUT', '/guilds/:guild/members/:user/roles/:role', 'roles', roled],
    ['DELETE', '/guilds/:guild/members/:user/roles/:role', 'roles', roled],
    ['GET', '/guilds/:guild/roles', null, nothing],
    ['GET', '/guilds/:guild/roles/:low_role', null, nothing],
    ['POST', '/guilds/:guild/roles', 'roles', nothing, { name: 'made', permissions: '0' }],
    ['PATCH', '/guilds/:guild/roles', 'roles', nothing, (w) => [{ id: w.low_role, position: 1 }]],
    ['PATCH', '/guilds/:guild/roles/:role', 'roles', new_role, { name: 'renamed' }],
    ['DELETE', '/guilds/:guild/roles/:role', 'roles', new_role],
    ['GET', '/guilds/:guild/bans', 'ban', nothing],
    ['GET', '/guilds/:guild/bans/:user', 'ban', new_ban],
    ['PUT', '/guilds/:guild/bans/:user', 'ban', new_member, {}],
    ['PUT', '/guilds/:guild/bans/:user', 'ban', new_outsider, {}],
    ['DELETE', '/guilds/:guild/bans/:user', 'ban', new_ban],
    ['GET', '/guilds/:guild/invites', 'guild', nothing],
    ['GET', '/channels/:text', null, nothing],
    ['PATCH', '/channels/:channel', 'channels', new_channel, { name: 'renamed' }],
    ['DELETE', '/channels/:channel', 'channels', new_channel],
    ['GET', '/channels/:text/messages', null, nothing],
    ['POST', '/channels/:text/messages', null, nothing, { content: 'x' }],
    ['POST', '/channels/:text/typing', null, nothing],
    ['GET', '/channels/:text/messages/:message', null, new_message],
    ['DELETE', '/channels/:text/messages/:message', 'messages', new_message],
    [
        'POST',
        '/channels/:text/messages/bulk-delete',
        'messages',
        async (w) => ({ a: (await new_message(w)).message, b: (await new_message(w)).message }),
        (w) => ({ messages: [w.a, w.b] }),
    ],
    ['PUT', `/channels/:text/messages/:message/reactions/${thumb}/@me`, 'react', new_message],
    ['PUT', `/channels/:text/messages/:message/reactions/${thumb}/@me`, null, reacted],
    ['GET', `/channels/:text/messages/:message/reactions/${thumb}`, null, reacted],
    ['DELETE', `/channels/:text/messages/:message/reactions/${thumb}/:owner_id`, 'messages', reacted],
    ['DELETE', `/channels/:text/messages/:message/reactions/${thumb}`, 'messages', reacted],
    ['DELETE', '/channels/:text/messages/:message/reactions', 'messages', reacted],
    ['PUT', '/channels/:channel/permissions/:guild', 'roles', new_channel, { type: 0, allow: '0', deny: '0' }],
    ['DELETE', '/channels/:channel/permissions/:guild', 'roles', overwritten],
    ['GET', '/channels/:text/invites', 'channels', nothing],
    ['POST', '/channels/:text/invites', 'invite', nothing, {}],
    ['DELETE', '/invites/:code', 'channels', new_invite],
];

/** Routes where only one account may: [method, path, who may, what is needed fresh, body]. */
const own_routes = [
    ['PATCH', '/channels/:text/messages/:message', 'owner', new_message, { content: 'mine' }],
    ['DELETE', '/guilds/:doomed', 'owner', async (w) => ({ doomed: (await make_guild(w.owner)).id })],
    ['POST', '/guilds/:doomed/delete', 'owner', async (w) => ({ doomed: (await make_guild(w.owner)).id }), {}],
    ['PATCH', '/guilds/:guild/hosting', 'owner', nothing, { votes: 0 }],
    ['GET', '/applications/:application', 'owner', nothing],
    ['PATCH', '/applications/:application', 'owner', nothing, { description: 'd' }],
    ['PATCH', '/applications/:application/bot', 'owner', nothing, {}],
    ['POST', '/applications/:spare/bot', 'owner', async (w) => ({ spare: (await make_bot(w.owner)).id }), {}],
    ['POST', '/applications/:spare/bot/reset', 'owner', async (w) => ({ spare: (await make_bot(w.owner)).id }), {}],
    ['GET', '/applications/:application/commands', 'bot', nothing],
    ['POST', '/applications/:application/commands', 'bot', nothing, { name: 'c', description: 'd' }],
    ['PUT', '/applications/:application/commands', 'bot', nothing, []],
    ['GET', '/applications/:application/guilds/:guild/commands', 'bot', nothing],
    ['POST', '/applications/:application/guilds/:guild/commands', 'bot', nothing, { name: 'c', description: 'd' }],
    ['PUT', '/applications/:application/guilds/:guild/commands', 'bot', nothing, []],
    ...['', '/guilds/:guild'].flatMap((scope) => [
        ['GET', `/applications/:application${scope}/commands/:command`, 'bot', new_command(scope)],
        [
            'PATCH',
            `/applications/:application${scope}/commands/:command`,
            'bot',
            new_command(scope),
            { description: 'e' },
        ],
        ['DELETE', `/applications/:application${scope}/commands/:command`, 'bot', new_command(scope)],
    ]),
];

/** Routes whose key is in the path or whose id is oneself: judged by other suites, with the reason. */
const elsewhere = new Map([
    ['GET /users/{user_id}', 'anybody with a token may see a user; openapi.mjs'],
    ['DELETE /users/@me/guilds/{guild_id}', "leaving is one's own; openapi.mjs"],
    ['POST /interactions/{interaction_id}/{interaction_token}/callback', 'the token in the path is the key; below'],
    ...['GET', 'POST', 'PATCH', 'DELETE'].map((method) => [
        `${method} /webhooks/{webhook_id}/{webhook_token}`,
        'the token in the path is the key; below',
    ]),
    ...['GET', 'PATCH', 'DELETE'].flatMap((method) =>
        ['@original', '{message_id}'].map((last) => [
            `${method} /webhooks/{webhook_id}/{webhook_token}/messages/${last}`,
            'the token in the path is the key; below',
        ]),
    ),
]);

function new_command(scope) {
    return async (w) => {
        const path = fill(`/applications/:application${scope}/commands`, w);
        return { command: (await w.bot.post(path, { name: fresh_name('c'), description: 'd' })).id };
    };
}

function fill(path, values) {
    return path.replace(/:(\w+)/g, (_, name) => {
        assert.ok(values[name] !== undefined, `${path} needs ${name}`);
        return values[name];
    });
}

async function make_world(node) {
    const w = { node, owner: await register(node) };
    const guild = await make_guild(w.owner);
    Object.assign(w, { guild: guild.id, text: guild.text, owner_id: w.owner.id });
    await w.owner.patch(`/guilds/${guild.id}/roles/${guild.id}`, { permissions: everyone });
    w.low_role = (await w.owner.post(`/guilds/${guild.id}/roles`, { name: 'low', permissions: '0' })).id;
    w.member = await join(w.owner, guild.text, await register(node));
    w.stranger = await register(node);
    w.revoked = await join(w.owner, guild.text, await register(node));
    await w.revoked.post('/auth/logout', {});
    w.nobody = new Client(node);
    w.bot = await make_bot(w.owner);
    w.application = w.bot.id;
    await authorize(w.owner, w.bot, guild.id, administrator);
    w.foreign_bot = await make_bot(await register(node));
    w.holders = await make_holders(w);
    return w;
}

/** A member per right, with a role that gives just that right and stands above what is made during the tests. */
async function make_holders(w) {
    const holders = {};
    w.holder_roles = [];
    for (const [name, permissions] of Object.entries(right)) {
        const role = await w.owner.post(`/guilds/${w.guild}/roles`, { name: `holder of ${name}`, permissions });
        w.holder_roles.push(role.id);
        holders[name] = await join(w.owner, w.text, await register(w.node));
        await w.owner.put(`/guilds/${w.guild}/members/${holders[name].id}/roles/${role.id}`);
    }
    await raise(w);
    return holders;
}

/** Puts the holders' roles above all others but the bot's; each new role of a test starts at the bottom. */
async function raise(w) {
    const listed = await w.owner.get(`/guilds/${w.guild}/roles`);
    const rest = listed
        .filter((role) => role.id !== w.guild && !w.holder_roles.includes(role.id))
        .map((role) => role.id);
    const order = [...rest, ...w.holder_roles];
    await w.owner.patch(
        `/guilds/${w.guild}/roles`,
        order.map((id, index) => ({ id, position: index + 1 })),
    );
}

/** What is wrong with an answer that must be a refusal; 401 only without a valid token. */
function refusal_problem(answer, actor) {
    if (actor === 'nobody' || actor === 'revoked') return answer.status === 401 ? '' : `${answer.status}, wanted 401`;
    if (![403, 404].includes(answer.status)) return `${answer.status} ${answer.text.slice(0, 100)}, wanted 403 or 404`;
    return typeof answer.json?.code === 'number' && answer.json.code !== 0
        ? ''
        : `no code: ${answer.text.slice(0, 100)}`;
}

async function route_rows(t, w, [method, path, need, make, body], deny, allow) {
    const title = `${method} ${decodeURIComponent(path)}${need ? ` (${need})` : ''}`;
    let made = { ...w, ...(await make(w)) };
    const send = (client) => client.call(method, fill(path, made), typeof body === 'function' ? body(made) : body);
    for (const [actor, client] of deny) {
        const answer = await send(client);
        t.row(`${title} by ${actor}`, refusal_problem(answer, actor));
        if (answer.status < 300) made = { ...w, ...(await make(w)) };
    }
    for (const [actor, client] of allow) {
        made = { ...w, ...(await make(w)) };
        const answer = await send(client);
        t.row(`${title} by ${actor}`, answer.status < 300 ? '' : `${answer.status} ${answer.text.slice(0, 160)}`);
    }
}

async function guild_matrix(t, w) {
    for (const route of guild_routes) {
        const need = route[2];
        const outside = { nobody: w.nobody, revoked: w.revoked, stranger: w.stranger, 'a foreign bot': w.foreign_bot };
        const inside = need ? { 'a member with the right': w.holders[need] } : { 'a member': w.member };
        const deny = Object.entries(need ? { ...outside, 'a member without the right': w.member } : outside);
        const allow = Object.entries({ ...inside, 'the owner': w.owner, 'a bot': w.bot });
        await t.check(`${route[0]} ${route[1]} can be asked`, () => route_rows(t, w, route, deny, allow), {
            seconds: 60,
        });
    }
}

async function own_matrix(t, w) {
    for (const route of own_routes) {
        const others = {
            nobody: w.nobody,
            revoked: w.revoked,
            stranger: w.stranger,
            'a foreign bot': w.foreign_bot,
            'another member': w.member,
        };
        await t.check(
            `${route[0]} ${route[1]} can be asked`,
            () => route_rows(t, w, route, Object.entries(others), [[route[2], w[route[2]]]]),
            { seconds: 60 },
        );
    }
}

async function hierarchy(t, w) {
    const high = await w.owner.post(`/guilds/${w.guild}/roles`, { name: 'high', permissions: '0' });
    const order = (await w.owner.get(`/guilds/${w.guild}/roles`)).filter(
        (role) => role.id !== w.guild && role.id !== high.id,
    );
    order.sort((a, b) => a.position - b.position);
    await w.owner.patch(
        `/guilds/${w.guild}/roles`,
        [...order, high].map(({ id }, index) => ({ id, position: index + 1 })),
    );
    const lofty = await join(w.owner, w.text, await register(w.node));
    await w.owner.put(`/guilds/${w.guild}/members/${lofty.id}/roles/${high.id}`);
    const { roles, kick, ban, nicknames } = w.holders;
    const base = `/guilds/${w.guild}`;
    const low = await new_member(w);
    const rows = [
        ['edit a higher role', roles, 'PATCH', `${base}/roles/${high.id}`, { name: 'x' }],
        ['delete a higher role', roles, 'DELETE', `${base}/roles/${high.id}`],
        ['give a higher role', roles, 'PUT', `${base}/members/${low.user}/roles/${high.id}`],
        ['take a higher role', roles, 'DELETE', `${base}/members/${lofty.id}/roles/${high.id}`],
        ['give a right one has not', roles, 'PATCH', `${base}/roles/${w.low_role}`, { permissions: administrator }],
        ['make a role with rights one has not', roles, 'POST', `${base}/roles`, { name: 'x', permissions: right.ban }],
        ['move a higher role', roles, 'PATCH', `${base}/roles`, [{ id: high.id, position: 1 }]],
        ['kick a higher member', kick, 'DELETE', `${base}/members/${lofty.id}`],
        ['ban a higher member', ban, 'PUT', `${base}/bans/${lofty.id}`, {}],
        ['rename a higher member', nicknames, 'PATCH', `${base}/members/${lofty.id}`, { nick: 'x' }],
        ['kick the owner', w.bot, 'DELETE', `${base}/members/${w.owner.id}`],
        ['ban the owner', w.bot, 'PUT', `${base}/bans/${w.owner.id}`, {}],
        ['rename the owner', w.bot, 'PATCH', `${base}/members/${w.owner.id}`, { nick: 'x' }],
        ['delete @everyone', w.owner, 'DELETE', `${base}/roles/${w.guild}`],
    ];
    for (const [title, client, method, path, body] of rows) {
        const answer = await client.call(method, path, body);
        t.row(
            `nobody may ${title}`,
            [400, 403, 404].includes(answer.status) ? '' : `${answer.status} ${answer.text.slice(0, 100)}`,
        );
    }
    const allowed = await w.owner.call('PATCH', `${base}/roles/${high.id}`, { name: 'renamed' });
    t.row('the owner may edit the highest role', allowed.status === 200 ? '' : allowed.text);
}

/** The id of something of another place in the path: as unknown as one that does not exist. */
async function foreign_ids(t, w) {
    const other = await make_guild(w.stranger);
    const message = await w.stranger.post(`/channels/${other.text}/messages`, { content: 'elsewhere' });
    const role = await w.stranger.post(`/guilds/${other.id}/roles`, { name: 'elsewhere' });
    const second = await new_channel(w);
    const here = await new_message(w);
    const rows = [
        ['a message of another guild', 'GET', `/channels/${w.text}/messages/${message.id}`],
        ['a message of another guild', 'DELETE', `/channels/${w.text}/messages/${message.id}`],
        ['a message of another channel', 'GET', `/channels/${second.channel}/messages/${here.message}`],
        [
            'a message of another channel',
            'PATCH',
            `/channels/${second.channel}/messages/${here.message}`,
            { content: 'x' },
        ],
        ['a message of another channel', 'DELETE', `/channels/${second.channel}/messages/${here.message}`],
        [
            'a message of another channel',
            'PUT',
            `/channels/${second.channel}/messages/${here.message}/reactions/${thumb}/@me`,
        ],
        ['a role of another guild', 'PATCH', `/guilds/${w.guild}/roles/${role.id}`, { name: 'x' }],
        ['a role of another guild', 'DELETE', `/guilds/${w.guild}/roles/${role.id}`],
        ['a role of another guild', 'PUT', `/guilds/${w.guild}/members/${w.member.id}/roles/${role.id}`],
        ['a member of another guild', 'GET', `/guilds/${w.guild}/members/${w.stranger.id}`],
        ['a member of another guild', 'DELETE', `/guilds/${w.guild}/members/${w.stranger.id}`],
        ['a channel of another guild', 'PATCH', `/guilds/${w.guild}/channels`, [{ id: other.text, position: 0 }]],
    ];
    for (const [title, method, path, body] of rows) {
        const answer = await w.owner.call(method, path, body);
        t.row(
            `${title}: ${method}`,
            [400, 403, 404].includes(answer.status) ? '' : `${answer.status} ${answer.text.slice(0, 100)}`,
        );
    }
    t.row(
        'it was not touched',
        (await w.stranger.get(`/channels/${other.text}/messages/${message.id}`)).content === 'elsewhere'
            ? ''
            : 'it was',
    );
}

/** A channel hidden from @everyone is hidden in every way. */
async function hidden_channel(t, w) {
    const overwrites = [{ id: w.guild, type: 0, allow: '0', deny: right.view }];
    const hidden = await w.owner.expect(201, 'POST', `/guilds/${w.guild}/channels`, {
        name: 'hidden',
        permission_overwrites: overwrites,
    });
    const message = await w.owner.post(`/channels/${hidden.id}/messages`, { content: 'secret' });
    const rows = [
        ['GET', `/channels/${hidden.id}`],
        ['GET', `/channels/${hidden.id}/messages`],
        ['GET', `/channels/${hidden.id}/messages/${message.id}`],
        ['POST', `/channels/${hidden.id}/messages`, { content: 'x' }],
        ['POST', `/channels/${hidden.id}/typing`],
        ['PUT', `/channels/${hidden.id}/messages/${message.id}/reactions/${thumb}/@me`],
        ['POST', `/channels/${hidden.id}/invites`, {}],
    ];
    for (const [method, path, body] of rows) {
        const answer = await w.member.call(method, path, body);
        t.row(`a hidden channel: ${method} ${path.replace(/\d{5,}/g, 'ID')}`, refusal_problem(answer, 'member'));
    }
}

async function token_routes(t, w) {
    const rows = [
        ['POST', '/interactions/:application/nonsense/callback', { type: 4, data: { content: 'x' } }],
        ['GET', '/webhooks/:application/nonsense'],
        ['POST', '/webhooks/:application/nonsense', { content: 'x' }],
        ['PATCH', '/webhooks/:application/nonsense', { name: 'x' }],
        ['DELETE', '/webhooks/:application/nonsense'],
        ['GET', '/webhooks/:application/nonsense/messages/@original'],
        ['PATCH', '/webhooks/:application/nonsense/messages/@original', { content: 'x' }],
        ['DELETE', '/webhooks/:application/nonsense/messages/5'],
    ];
    for (const [method, path, body] of rows) {
        for (const [actor, client] of [
            ['nobody', w.nobody],
            ['the owner', w.owner],
            ['the bot', w.bot],
        ]) {
            const answer = await client.call(method, fill(path, w), body);
            t.row(
                `${method} ${path} with a wrong token by ${actor}`,
                [401, 403, 404].includes(answer.status) ? '' : `${answer.status} ${answer.text.slice(0, 100)}`,
            );
        }
    }
}

/** Access that ends, ends at once. */
async function endings(t, w) {
    await t.check('a reset bot token is dead at once', async () => {
        const bot = await make_bot(w.owner);
        await bot.get('/users/@me');
        await w.owner.post(`/applications/${bot.id}/bot/reset`, {});
        await bot.expect(401, 'GET', '/users/@me');
    });
    await t.check('a kicked, a banned and a leaving member see nothing any more', async () => {
        for (const end of [
            (one) => w.owner.delete(`/guilds/${w.guild}/members/${one.id}`),
            (one) => w.owner.put(`/guilds/${w.guild}/bans/${one.id}`, {}),
            (one) => one.delete(`/users/@me/guilds/${w.guild}`),
        ]) {
            const one = await join(w.owner, w.text, await register(w.node));
            await one.get(`/channels/${w.text}/messages`);
            await end(one);
            await one.expect([403, 404], 'GET', `/channels/${w.text}/messages`);
            await one.expect([403, 404], 'GET', `/guilds/${w.guild}`);
        }
    });
    await t.check('an invite is over after its last use and when it is revoked', async () => {
        const { code } = await w.owner.post(`/channels/${w.text}/invites`, { max_uses: 1, unique: true });
        await (await register(w.node)).post(`/invites/${code}`, {});
        await (await register(w.node)).expect([403, 404], 'POST', `/invites/${code}`, {});
        const second = await w.owner.post(`/channels/${w.text}/invites`, { unique: true });
        await w.owner.delete(`/invites/${second.code}`);
        await (await register(w.node)).expect(404, 'POST', `/invites/${second.code}`, {});
    });
    await t.check('anybody may see which node this is, and its people with which others it works', async () => {
        for (const client of [w.nobody, w.revoked, w.stranger, w.bot]) {
            const node = await client.expect(200, 'GET', '/node');
            assert.match(node.uid, /^[0-9a-f]{64}$/);
            assert.equal(node.registration, 'open');
            assert.ok(node.features.includes('guild_hosting') && !node.features.includes('direct_messages'));
        }
        for (const client of [w.nobody, w.revoked]) await client.expect(401, 'GET', '/node/peers');
        await w.bot.expect(403, 'GET', '/node/peers');
        for (const client of [w.owner, w.stranger])
            assert.deepEqual(await client.expect(200, 'GET', '/node/peers'), []);
    });
    await t.check('a bot may not do what only people may', async () => {
        await w.bot.expect(403, 'POST', `/invites/${(await new_invite(w)).code}`, {});
        await w.bot.expect([401, 403], 'POST', '/applications', { name: 'x' });
        await w.owner.expect(403, 'GET', '/gateway/bot');
    });
}

/** Every route of the inventory with an id is in one of the tables. */
function complete(t) {
    const inventory = contract_rows('discord-inventory.tsv');
    if (!inventory) return t.skip('every T0 route with an id has rows', 'the contract is not on this machine');
    const shape = (method, path) => `${method} ${path.replace(/:\w+|\{\w+\}|%[0-9A-F%]+/g, '*')}`;
    const covered = new Set([...guild_routes, ...own_routes].map(([method, path]) => shape(method, path)));
    for (const row of inventory.filter(
        (one) => one.kind === 'rest' && one.tier === 'T0' && one.path_or_name.includes('{'),
    )) {
        const route = `${row.method_or_event} ${row.path_or_name}`;
        if (elsewhere.has(route)) continue;
        t.row(`${route} has rows`, covered.has(shape(row.method_or_event, row.path_or_name)) ? '' : 'it has none');
    }
}

await suite(
    'authorisation',
    async (t) => {
        complete(t);
        const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
        const w = await make_world(node);
        await guild_matrix(t, w);
        await own_matrix(t, w);
        await t.check('hierarchy can be asked', () => hierarchy(t, w));
        await t.check('foreign ids can be asked', () => foreign_ids(t, w));
        await t.check('a hidden channel can be asked', () => hidden_channel(t, w));
        await t.check('routes with their key in the path can be asked', () => token_routes(t, w));
        await endings(t, w);
    },
    { seconds: 380 },
);
