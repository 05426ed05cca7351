// Walks every T0 route of the inventory, and roles, invites, bans, reactions and kicks, and holds each JSON answer
// against the OpenAPI description. Both files are the contract's; without them nothing here can be judged.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { OpenApi } from '../support/openapi.mjs';
import { contract_rows } from '../support/paths.mjs';
import {
    Client,
    administrator,
    authorize,
    fresh_name,
    join,
    make_guild,
    register,
    run_command,
    password,
} from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';

/** Routes beyond T0 that a community cannot do without. */
const beyond_t0 = [
    'POST /guilds/{guild_id}/roles',
    'PATCH /guilds/{guild_id}/roles',
    'PATCH /guilds/{guild_id}/roles/{role_id}',
    'DELETE /guilds/{guild_id}/roles/{role_id}',
    'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}',
    'DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}',
    'PATCH /guilds/{guild_id}/members/{user_id}',
    'DELETE /guilds/{guild_id}/members/{user_id}',
    'POST /channels/{channel_id}/invites',
    'GET /channels/{channel_id}/invites',
    'GET /guilds/{guild_id}/invites',
    'GET /invites/{code}',
    'POST /invites/{code}',
    'DELETE /invites/{code}',
    'PUT /guilds/{guild_id}/bans/{user_id}',
    'GET /guilds/{guild_id}/bans',
    'GET /guilds/{guild_id}/bans/{user_id}',
    'DELETE /guilds/{guild_id}/bans/{user_id}',
    'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me',
    'GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}',
    'DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me',
    'DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}',
    'DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}',
    'DELETE /channels/{channel_id}/messages/{message_id}/reactions',
    'PUT /channels/{channel_id}/permissions/{overwrite_id}',
    'DELETE /channels/{channel_id}/permissions/{overwrite_id}',
];

class Walk {
    constructor(t, openapi) {
        this.t = t;
        this.openapi = openapi;
        this.visited = new Set();
    }

    /** One step: calls, insists on the status, judges the answer. Returns the parsed body. */
    async go(client, method, template, params = {}, body, { status = [200, 201, 204], query = '', files } = {}) {
        const path = template.replace(/\{(\w+)\}/g, (_, name) => {
            assert.ok(params[name] !== undefined, `${template} needs ${name}`);
            return encodeURIComponent(params[name]);
        });
        const answer = await client.call(method, path + query, body, { files });
        const title = `${method} ${template}${query}`;
        this.visited.add(`${method} ${template}`);
        const wanted = [status].flat();
        if (!wanted.includes(answer.status)) {
            this.t.row(title, `${answer.status} ${answer.text.slice(0, 300)}, wanted ${wanted}`);
            return answer.json;
        }
        this.t.row(`${title} ${answer.status}`, this.#problem(method, template, answer));
        return answer.json;
    }

    #problem(method, template, answer) {
        if (answer.status === 204) return answer.bytes.length ? '204 with a body' : '';
        const type = answer.headers['content-type'];
        if (type !== 'application/json') return `Content-Type is ${type}, some libraries insist on application/json`;
        if (answer.json === undefined) return 'not JSON';
        return this.openapi.problem(method, template, answer.status, answer.json);
    }
}

async function accounts(walk, node) {
    const nobody = new Client(node);
    const name = fresh_name();
    const credentials = { username: name, email: `${name}@example.test`, password };
    const body = { ...credentials, consent: true, date_of_birth: '1990-01-01' };
    const { token } = await walk.go(nobody, 'POST', '/auth/register', {}, body);
    const first = new Client(node, token);
    const again = await walk.go(nobody, 'POST', '/auth/login', {}, { login: credentials.email, password });
    assert.ok(again.token && again.user_id);
    const second = new Client(node, again.token);
    await walk.go(second, 'POST', '/auth/logout', {}, {});
    await walk.go(second, 'GET', '/users/@me', {}, undefined, { status: 401 });
    const me = await walk.go(first, 'GET', '/users/@me');
    await walk.go(first, 'PATCH', '/users/@me', {}, { global_name: 'A Person' });
    await walk.go(first, 'GET', '/users/{user_id}', { user_id: me.id });
    return Object.assign(first, { id: me.id, name });
}

async function applications(walk, owner, guild) {
    const application = await walk.go(owner, 'POST', '/applications', {}, { name: 'walker' });
    const one = { application_id: application.id };
    await walk.go(owner, 'GET', '/applications');
    await walk.go(owner, 'GET', '/applications/{application_id}', one);
    await walk.go(owner, 'PATCH', '/applications/{application_id}', one, { description: 'Walks.', flags: 565248 });
    await walk.go(owner, 'POST', '/applications/{application_id}/bot', one, {});
    await walk.go(owner, 'PATCH', '/applications/{application_id}/bot', one, { username: 'walker' });
    const { token } = await walk.go(owner, 'POST', '/applications/{application_id}/bot/reset', one, {});
    const bot = Object.assign(new Client(owner.node, `Bot ${token}`), { id: application.id });
    const query = `?client_id=${application.id}&scope=bot&permissions=8`;
    await walk.go(owner, 'GET', '/oauth2/authorize', {}, undefined, { query });
    const consent = { authorize: true, guild_id: guild.id, permissions: administrator, integration_type: 0 };
    await walk.go(owner, 'POST', '/oauth2/authorize', {}, consent, { query });
    await walk.go(bot, 'GET', '/applications/@me');
    await walk.go(bot, 'PATCH', '/applications/@me', {}, { description: 'Walks further.' });
    await walk.go(bot, 'GET', '/oauth2/applications/@me');
    await walk.go(bot, 'GET', '/gateway');
    await walk.go(bot, 'GET', '/gateway/bot');
    await walk.go(bot, 'GET', '/users/@me');
    await walk.go(bot, 'GET', '/users/@me/guilds');
    return bot;
}

async function commands(walk, bot, guild) {
    const option = { type: 3, name: 'text', description: 'Text', required: true, choices: [{ name: 'a', value: 'a' }] };
    for (const scope of ['', '/guilds/{guild_id}']) {
        const base = `/applications/{application_id}${scope}/commands`;
        const where = { application_id: bot.id, guild_id: guild.id };
        const made = await walk.go(
            bot,
            'POST',
            base,
            where,
            { name: 'first', type: 1, description: 'First', options: [option] },
            { status: 201 },
        );
        await walk.go(bot, 'POST', base, where, { name: 'first', type: 1, description: 'The same' }, { status: 200 });
        const one = { ...where, command_id: made.id };
        await walk.go(bot, 'GET', base, where);
        await walk.go(bot, 'GET', `${base}/{command_id}`, one);
        await walk.go(bot, 'PATCH', `${base}/{command_id}`, one, { description: 'Changed' });
        await walk.go(bot, 'DELETE', `${base}/{command_id}`, one, undefined, { status: 204 });
        await walk.go(bot, 'PUT', base, where, [
            { name: 'ping', type: 1, description: 'Answers' },
            { name: 'about', type: 2 },
            { name: 'quote', type: 3 },
        ]);
    }
}

async function guilds(walk, owner) {
    const guild = await walk.go(owner, 'POST', '/guilds', {}, { name: 'Walked' }, { status: 201 });
    const one = { guild_id: guild.id };
    await walk.go(owner, 'GET', '/guilds/{guild_id}', one);
    await walk.go(owner, 'GET', '/guilds/{guild_id}', one, undefined, { query: '?with_counts=true' });
    await walk.go(owner, 'PATCH', '/guilds/{guild_id}', one, { name: 'Walked on', description: 'Text' });
    await walk.go(owner, 'GET', '/users/@me/guilds');
    return guild;
}

async function channels(walk, owner, guild) {
    const where = { guild_id: guild.id };
    const category = await walk.go(owner, 'POST', '/guilds/{guild_id}/channels', where, { name: 'Group', type: 4 });
    const text = await walk.go(owner, 'POST', '/guilds/{guild_id}/channels', where, {
        name: 'walk',
        type: 0,
        topic: 'Steps',
        parent_id: category.id,
        rate_limit_per_user: 0,
        permission_overwrites: [{ id: guild.id, type: 0, allow: '1024', deny: '0' }],
    });
    await walk.go(owner, 'POST', '/guilds/{guild_id}/channels', where, { name: 'voice', type: 2 });
    await walk.go(owner, 'GET', '/guilds/{guild_id}/channels', where);
    await walk.go(owner, 'PATCH', '/guilds/{guild_id}/channels', where, [{ id: text.id, position: 3 }], {
        status: 204,
    });
    const one = { channel_id: text.id };
    await walk.go(owner, 'GET', '/channels/{channel_id}', one);
    await walk.go(owner, 'PATCH', '/channels/{channel_id}', one, { name: 'walked', topic: 'More' });
    const overwrite = { ...one, overwrite_id: guild.id };
    await walk.go(
        owner,
        'PUT',
        '/channels/{channel_id}/permissions/{overwrite_id}',
        overwrite,
        { type: 0, allow: '0', deny: '2048' },
        { status: 204 },
    );
    await walk.go(owner, 'DELETE', '/channels/{channel_id}/permissions/{overwrite_id}', overwrite, undefined, {
        status: 204,
    });
    const gone = await walk.go(owner, 'POST', '/guilds/{guild_id}/channels', where, { name: 'gone', type: 0 });
    await walk.go(owner, 'DELETE', '/channels/{channel_id}', { channel_id: gone.id }, undefined, { status: 200 });
    await walk.go(owner, 'GET', '/channels/{channel_id}', { channel_id: gone.id }, undefined, { status: 404 });
    return text;
}

async function messages(walk, owner, bot, channel) {
    const where = { channel_id: channel.id };
    const list = '/channels/{channel_id}/messages';
    const single = '/channels/{channel_id}/messages/{message_id}';
    const embed = {
        title: 'Title',
        description: 'Text',
        color: 255,
        fields: [{ name: 'n', value: 'v', inline: true }],
        footer: { text: 'foot' },
    };
    const first = await walk.go(owner, 'POST', list, where, { content: `Hello <@${bot.id}>`, nonce: '17', embeds: [] });
    await walk.go(bot, 'POST', list, where, { content: 'with embed', embeds: [embed] });
    const reply = { content: 'reply', message_reference: { message_id: first.id }, allowed_mentions: { parse: [] } };
    await walk.go(bot, 'POST', list, where, reply);
    const upload = { content: 'file', attachments: [{ id: 0, description: 'A text' }] };
    await walk.go(owner, 'POST', list, where, upload, {
        files: [{ filename: 'a.txt', type: 'text/plain', content: 'hello' }],
    });
    for (const query of ['', '?limit=2', `?before=${first.id}`, `?after=${first.id}`, `?around=${first.id}&limit=3`]) {
        await walk.go(bot, 'GET', list, where, undefined, { query });
    }
    const one = { ...where, message_id: first.id };
    await walk.go(owner, 'GET', single, one);
    await walk.go(owner, 'PATCH', single, one, { content: 'edited' });
    await walk.go(owner, 'POST', '/channels/{channel_id}/typing', where, undefined, { status: [200, 204] });
    await reactions(walk, owner, bot, one);
    await walk.go(owner, 'DELETE', single, one, undefined, { status: 204 });
    await walk.go(owner, 'GET', single, one, undefined, { status: 404 });
    const ids = [];
    for (const content of ['1', '2', '3'])
        ids.push((await owner.post(`/channels/${channel.id}/messages`, { content })).id);
    await walk.go(bot, 'POST', `${list}/bulk-delete`, where, { messages: ids }, { status: 204 });
}

async function reactions(walk, owner, bot, one) {
    const all = '/channels/{channel_id}/messages/{message_id}/reactions';
    const emoji = { ...one, emoji_name: '👍' };
    for (const client of [owner, bot]) {
        await walk.go(client, 'PUT', `${all}/{emoji_name}/@me`, emoji, undefined, { status: 204 });
    }
    await walk.go(owner, 'GET', '/channels/{channel_id}/messages/{message_id}', one);
    await walk.go(owner, 'GET', `${all}/{emoji_name}`, emoji);
    await walk.go(bot, 'DELETE', `${all}/{emoji_name}/@me`, emoji, undefined, { status: 204 });
    await walk.go(bot, 'DELETE', `${all}/{emoji_name}/{user_id}`, { ...emoji, user_id: owner.id }, undefined, {
        status: 204,
    });
    await walk.go(owner, 'PUT', `${all}/{emoji_name}/@me`, emoji, undefined, { status: 204 });
    await walk.go(bot, 'DELETE', `${all}/{emoji_name}`, emoji, undefined, { status: 204 });
    await walk.go(bot, 'DELETE', all, one, undefined, { status: 204 });
}

async function roles_and_members(walk, owner, guild, person) {
    const where = { guild_id: guild.id };
    const role = await walk.go(owner, 'POST', '/guilds/{guild_id}/roles', where, {
        name: 'walkers',
        permissions: '1024',
        color: 255,
        hoist: true,
    });
    const one = { ...where, role_id: role.id };
    await walk.go(owner, 'GET', '/guilds/{guild_id}/roles', where);
    await walk.go(owner, 'GET', '/guilds/{guild_id}/roles/{role_id}', one);
    await walk.go(owner, 'PATCH', '/guilds/{guild_id}/roles/{role_id}', one, { name: 'runners', mentionable: true });
    await walk.go(owner, 'PATCH', '/guilds/{guild_id}/roles', where, [{ id: role.id, position: 1 }]);
    const member = { ...where, user_id: person.id };
    await walk.go(
        owner,
        'PUT',
        '/guilds/{guild_id}/members/{user_id}/roles/{role_id}',
        { ...member, role_id: role.id },
        undefined,
        { status: 204 },
    );
    await walk.go(owner, 'GET', '/guilds/{guild_id}/members', where, undefined, { query: '?limit=10' });
    await walk.go(owner, 'GET', '/guilds/{guild_id}/members/{user_id}', member);
    await walk.go(owner, 'PATCH', '/guilds/{guild_id}/members/{user_id}', member, { nick: 'Nick' });
    await walk.go(
        owner,
        'DELETE',
        '/guilds/{guild_id}/members/{user_id}/roles/{role_id}',
        { ...member, role_id: role.id },
        undefined,
        { status: 204 },
    );
    await walk.go(owner, 'DELETE', '/guilds/{guild_id}/roles/{role_id}', one, undefined, { status: 204 });
}

async function invites_and_bans(walk, owner, guild, channel, person) {
    const where = { guild_id: guild.id };
    const invite = await walk.go(
        owner,
        'POST',
        '/channels/{channel_id}/invites',
        { channel_id: channel.id },
        { max_age: 3600, max_uses: 5 },
    );
    await walk.go(owner, 'GET', '/channels/{channel_id}/invites', { channel_id: channel.id });
    await walk.go(owner, 'GET', '/guilds/{guild_id}/invites', where);
    await walk.go(person, 'GET', '/invites/{code}', invite, undefined, { query: '?with_counts=true' });
    await walk.go(person, 'POST', '/invites/{code}', invite, {});
    const member = { ...where, user_id: person.id };
    await walk.go(owner, 'DELETE', '/guilds/{guild_id}/members/{user_id}', member, undefined, { status: 204 });
    await walk.go(person, 'GET', '/guilds/{guild_id}', where, undefined, { status: [403, 404] });
    await walk.go(person, 'POST', '/invites/{code}', invite, {});
    await walk.go(
        owner,
        'PUT',
        '/guilds/{guild_id}/bans/{user_id}',
        member,
        { delete_message_seconds: 0 },
        { status: 204 },
    );
    await walk.go(owner, 'GET', '/guilds/{guild_id}/bans', where);
    await walk.go(owner, 'GET', '/guilds/{guild_id}/bans/{user_id}', member);
    await walk.go(person, 'POST', '/invites/{code}', invite, {}, { status: 403 });
    await walk.go(owner, 'DELETE', '/guilds/{guild_id}/bans/{user_id}', member, undefined, { status: 204 });
    await walk.go(owner, 'DELETE', '/invites/{code}', invite, undefined, { status: 200 });
    await walk.go(person, 'GET', '/invites/{code}', invite, undefined, { status: 404 });
}

/** Runs `ping` and returns what the bot was told. */
async function call_command(owner, session, bot_session, bot, guild, channel, chosen) {
    const since = bot_session.mark();
    await run_command(owner, session, {
        application_id: bot.id,
        guild_id: guild.id,
        channel_id: channel.id,
        command: chosen,
    });
    return bot_session.wait('INTERACTION_CREATE', () => true, { since });
}

async function interactions(walk, node, owner, bot, guild, channel) {
    const session = await connect(node, owner, { intents: null });
    const bot_session = await connect(node, bot);
    walk.t.finally(() => (session.drop(), bot_session.drop()));
    const listed = await bot.get(`/applications/${bot.id}/guilds/${guild.id}/commands`);
    const chosen = listed.find((command) => command.type === 1);
    const nobody = new Client(node);
    const next = () => call_command(owner, session, bot_session, bot, guild, channel, chosen);
    const callback = '/interactions/{interaction_id}/{interaction_token}/callback';
    const params = (call) => ({
        interaction_id: call.id,
        interaction_token: call.token,
        webhook_id: bot.id,
        webhook_token: call.token,
    });

    const plain = await next();
    await walk.go(nobody, 'POST', callback, params(plain), { type: 4, data: { content: 'pong' } }, { status: 204 });
    await walk.go(nobody, 'POST', callback, params(plain), { type: 4, data: { content: 'twice' } }, { status: 400 });
    const detailed = await next();
    await walk.go(
        nobody,
        'POST',
        callback,
        params(detailed),
        { type: 4, data: { content: 'pong' } },
        { status: 200, query: '?with_response=true' },
    );
    await originals(walk, nobody, params(detailed));
    const late = await next();
    await walk.go(nobody, 'POST', callback, params(late), { type: 5 }, { status: 204 });
    await follow_ups(walk, nobody, params(late));
    await webhooks(walk, nobody, owner, channel, params(late));
}

async function originals(walk, nobody, params) {
    const original = '/webhooks/{webhook_id}/{webhook_token}/messages/@original';
    await walk.go(nobody, 'GET', original, params);
    await walk.go(nobody, 'PATCH', original, params, { content: 'changed' });
    await walk.go(nobody, 'DELETE', original, params, undefined, { status: 204 });
}

async function follow_ups(walk, nobody, params) {
    await walk.go(nobody, 'PATCH', '/webhooks/{webhook_id}/{webhook_token}/messages/@original', params, {
        content: 'late',
    });
    const hook = '/webhooks/{webhook_id}/{webhook_token}';
    const made = await walk.go(
        nobody,
        'POST',
        hook,
        params,
        { content: 'follow-up' },
        { status: 200, query: '?wait=true' },
    );
    const one = { ...params, message_id: made.id };
    await walk.go(nobody, 'GET', `${hook}/messages/{message_id}`, one);
    await walk.go(nobody, 'PATCH', `${hook}/messages/{message_id}`, one, { content: 'follow-up, changed' });
    await walk.go(nobody, 'DELETE', `${hook}/messages/{message_id}`, one, undefined, { status: 204 });
}

/** Incoming webhooks are not T0: where the node makes none, the interaction's own webhook is the only one there is. */
async function webhooks(walk, nobody, owner, channel, interaction) {
    const made = await owner.call('POST', `/channels/${channel.id}/webhooks`, { name: 'Walker' });
    const incoming = made.status === 200;
    const params = incoming ? { webhook_id: made.json.id, webhook_token: made.json.token } : interaction;
    const fixed = incoming ? [] : [400, 401, 403, 404, 405];
    const hook = '/webhooks/{webhook_id}/{webhook_token}';
    await walk.go(nobody, 'GET', hook, params, undefined, { status: [200, ...fixed] });
    await walk.go(nobody, 'PATCH', hook, params, { name: 'Runner' }, { status: [200, ...fixed] });
    await walk.go(nobody, 'DELETE', hook, params, undefined, { status: [204, ...fixed] });
}

async function endings(walk, owner, person, guild) {
    const invited = await join(owner, guild.text, person);
    await walk.go(invited, 'DELETE', '/users/@me/guilds/{guild_id}', { guild_id: guild.id }, undefined, {
        status: 204,
    });
    await walk.go(owner, 'POST', '/guilds/{guild_id}/delete', { guild_id: guild.id }, {}, { status: [200, 204] });
    const second = await make_guild(owner);
    await walk.go(owner, 'DELETE', '/guilds/{guild_id}', { guild_id: second.id }, undefined, { status: 204 });
    await walk.go(owner, 'GET', '/guilds/{guild_id}', { guild_id: second.id }, undefined, { status: [403, 404] });
}

await suite('openapi', async (t) => {
    const openapi = OpenApi.load();
    const inventory = contract_rows('discord-inventory.tsv');
    if (!openapi || !inventory)
        return t.skip('answers against the OpenAPI description', 'the contract is not on this machine');
    const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
    const walk = new Walk(t, openapi);
    const part = (title, body) => t.check(title, body, { seconds: 60 });
    let owner, guild, channel, bot;
    const person = await register(node);
    await part('the walk through accounts', async () => (owner = await accounts(walk, node)));
    await part('the walk through guilds', async () => (guild = await guilds(walk, owner)));
    await part('the walk through channels', async () => (channel = await channels(walk, owner, guild)));
    await part('the walk through applications', async () => (bot = await applications(walk, owner, guild)));
    await part('the walk through commands', () => commands(walk, bot, guild));
    await part('the walk through messages', () => messages(walk, owner, bot, channel));
    await part('the walk through invites and bans', () => invites_and_bans(walk, owner, guild, channel, person));
    await part('the walk through roles and members', async () => {
        await join(owner, channel.id, person);
        await roles_and_members(walk, owner, guild, person);
    });
    await part('the walk through interactions', () => interactions(walk, node, owner, bot, guild, channel));
    await part('the walk through endings', async () =>
        endings(walk, owner, await register(node), await make_guild(owner)),
    );
    for (const row of inventory.filter((one) => one.kind === 'rest' && one.tier === 'T0')) {
        const route = `${row.method_or_event} ${row.path_or_name}`;
        t.row(`${route} is walked`, walk.visited.has(route) ? '' : 'never called');
    }
    for (const route of beyond_t0) t.row(`${route} is walked`, walk.visited.has(route) ? '' : 'never called');
});
