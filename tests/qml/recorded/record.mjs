// Records what a real node tells a person's client: READY, then every kind of dispatch a guild's life makes,
// and at the end what the REST API says of the same guild. tst_recorded.cpp replays it.
//   node tests/qml/recorded/record.mjs           writes session.json
//   node tests/qml/recorded/record.mjs --check   fails where today's node says things of another shape
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Node } from '../../support/node.mjs';
import { Session } from '../../support/gateway.mjs';
import { authorize, join, make_bot, make_guild, register } from '../../support/api.mjs';

const file = path.join(path.dirname(fileURLToPath(import.meta.url)), 'session.json');
const view_channel = '1024';

/** The person whose client records, in a guild of theirs with somebody else and a bot. */
async function make_world(node) {
    const me = await register(node, 'ada');
    const guild = await make_guild(me, 'Harbour');
    const friend = await join(me, guild.text, await register(node, 'bram'));
    const bot = await make_bot(me, { name: 'harbourbot' });
    const crew = await me.post(`/guilds/${guild.id}/roles`, { name: 'Crew', color: 0x3ba55d, hoist: true });
    await me.put(`/guilds/${guild.id}/members/${friend.id}/roles/${crew.id}`);
    const quay = await me.post(`/guilds/${guild.id}/channels`, { name: 'On the quay', type: 4 });
    await me.post(`/guilds/${guild.id}/channels`, { name: 'plans', type: 0, parent_id: quay.id, topic: 'Tides' });
    const first = await me.post(`/channels/${guild.text}/messages`, { content: 'The first **ship** is in.' });
    return { node, me, friend, bot, guild, crew, quay, first, at: `/channels/${guild.text}` };
}

/** The client's own way in: no intents, no capabilities. */
async function listen(w) {
    const session = await new Session(w.node.base.replace(/^http/, 'ws')).open();
    await session.identify(w.me.token, { intents: null, extra: { capabilities: 0 } });
    return session;
}

async function channels_and_roles(w) {
    const { me, guild } = w;
    const made = await me.post(`/guilds/${guild.id}/channels`, { name: 'news', type: 5, parent_id: w.quay.id });
    await me.patch(`/channels/${made.id}`, { topic: 'What happened', nsfw: false });
    await me.put(`/channels/${made.id}/permissions/${guild.id}`, { type: 0, allow: '0', deny: view_channel });
    const gone = await me.post(`/guilds/${guild.id}/channels`, { name: 'short-lived', type: 0 });
    await me.delete(`/channels/${gone.id}`);
    const role = await me.post(`/guilds/${guild.id}/roles`, { name: 'Night watch' });
    await me.patch(`/guilds/${guild.id}/roles/${role.id}`, { color: 0x5865f2, permissions: '8' });
    const brief = await me.post(`/guilds/${guild.id}/roles`, { name: 'Brief' });
    await me.delete(`/guilds/${guild.id}/roles/${brief.id}`);
    await me.patch(`/guilds/${guild.id}`, { name: 'The Harbour', description: 'Tides and ropes' });
    return role;
}

async function people(w, role) {
    const { me, friend, guild } = w;
    await me.put(`/guilds/${guild.id}/members/${friend.id}/roles/${role.id}`);
    await me.patch(`/guilds/${guild.id}/members/${friend.id}`, { nick: 'Bram of the tower' });
    await authorize(me, w.bot, guild.id);
    const guest = await join(me, guild.text, await register(w.node, 'chidi'));
    await guest.delete(`/users/@me/guilds/${guild.id}`);
    const rude = await join(me, guild.text, await register(w.node, 'dora'));
    await me.put(`/guilds/${guild.id}/bans/${rude.id}`, {});
    await me.patch('/users/@me', { global_name: 'Ada Lindqvist' });
    const line = await new Session(w.node.base.replace(/^http/, 'ws')).open();
    await line.identify(friend.token, { intents: null, extra: { capabilities: 0 } });
    return line;
}

async function messages(w) {
    const { me, friend, at } = w;
    await friend.post(`${at}/typing`);
    const answer = await friend.post(`${at}/messages`, {
        content: `At six, <@${me.id}>. \`rope\` ||two|| <script>alert(1)</script>`,
        message_reference: { message_id: w.first.id },
    });
    await friend.patch(`${at}/messages/${answer.id}`, { content: `At seven, <@${me.id}>.` });
    for (const emoji of ['%F0%9F%91%8D', '%E2%9A%93']) await me.put(`${at}/messages/${answer.id}/reactions/${emoji}/@me`);
    await me.delete(`${at}/messages/${answer.id}/reactions/%E2%9A%93/@me`);
    await friend.put(`${at}/messages/${w.first.id}/reactions/%F0%9F%91%8D/@me`);
    await me.delete(`${at}/messages/${w.first.id}/reactions`);
    await me.put(`${at}/pins/${w.first.id}`);
    await w.bot.post(`${at}/messages`, {
        embeds: [{ title: 'Tides', description: 'High at **six**', color: 0xe0a030, fields: [{ name: 'Low', value: '12:00' }] }],
    });
    await friend.expect(200, 'POST', `${at}/messages`, { content: 'The list' }, {
        files: [{ filename: 'berths.txt', type: 'text/plain', content: '1 Astrid\n' }],
    });
    const wrong = await friend.post(`${at}/messages`, { content: 'wrong channel' });
    await friend.delete(`${at}/messages/${wrong.id}`);
    const more = [];
    for (const text of ['one', 'two']) more.push((await friend.post(`${at}/messages`, { content: text })).id);
    await w.bot.post(`${at}/messages/bulk-delete`, { messages: more });
    return friend.post(`${at}/messages`, { content: 'the last of all' });
}

/** What the API says at the end, by "GET path" as the client's tests answer it. */
async function told(w) {
    const paths = [
        `/guilds/${w.guild.id}`,
        `/guilds/${w.guild.id}/channels`,
        `/guilds/${w.guild.id}/members?limit=100`,
        `${w.at}/messages?limit=50`,
        `${w.at}/pins`,
    ];
    const all = {};
    for (const one of paths) all[`GET ${one.split('?')[0]}`] = await w.me.get(one);
    return all;
}

async function record() {
    const node = await Node.start({ settings: { rate_limits: 'off', name: 'harbour.example' } });
    try {
        const w = await make_world(node);
        const session = await listen(w);
        const friends_line = await people(w, await channels_and_roles(w));
        const last = await messages(w);
        await friends_line.close();
        await session.wait('MESSAGE_CREATE', (d) => d.id === last.id);
        await session.wait('PRESENCE_UPDATE', (d) => d.user.id === w.friend.id && d.status === 'offline');
        const recorded = {
            me: w.me.id,
            guild: w.guild.id,
            channel: w.guild.text,
            dispatches: session.dispatches.map(({ t, s, d }) => ({ t, s, d })),
            answers: await told(w),
        };
        await session.close();
        return recorded;
    } finally {
        await node.stop();
    }
}

/** "path: type" for everything in a value; lists are taken as one. */
function shape(value, at, into) {
    if (Array.isArray(value)) value.forEach((one) => shape(one, `${at}[]`, into));
    else if (value !== null && typeof value === 'object')
        Object.entries(value).forEach(([key, one]) => shape(one, `${at}.${/^\d+$/.test(key) ? 'ID' : key}`, into));
    else into.add(`${at}: ${value === null ? 'null' : typeof value}`);
    return into;
}

function shapes(recorded) {
    const all = new Set();
    for (const { t, d } of recorded.dispatches) shape(d, t, all);
    for (const [route, body] of Object.entries(recorded.answers)) shape(body, route.replace(/\d+/g, 'ID'), all);
    return all;
}

const recorded = await record();
if (process.argv.includes('--check')) {
    const [kept, now] = [shapes(JSON.parse(fs.readFileSync(file, 'utf8'))), shapes(recorded)];
    const gone = [...kept].filter((one) => !now.has(one));
    const come = [...now].filter((one) => !kept.has(one));
    assert.deepEqual({ gone, come }, { gone: [], come: [] }, 'the recording is old: record it anew, and look at what changed');
    console.log(`1 passed, 0 failed: ${now.size} fields are of the shape that was recorded`);
} else {
    fs.writeFileSync(file, `${JSON.stringify(recorded, null, 1)}\n`);
    console.log(`${recorded.dispatches.length} dispatches: ${[...new Set(recorded.dispatches.map((one) => one.t))].join(' ')}`);
}
