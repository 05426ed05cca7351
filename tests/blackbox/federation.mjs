// Three nodes and one guild, from outside: people of all three join, talk, edit, delete, react, moderate, see each
// other type and come and go; what each may and may not; what happens while the host is away and after it is back.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { suite } from '../support/suite.mjs';
import { command } from '../support/node.mjs';
import { connect } from '../support/gateway.mjs';
import { patience, until } from '../support/wait.mjs';
import { request } from '../support/http.mjs';
import {
    address_of,
    converge,
    far_join,
    far_person,
    lines_of,
    shared_guild,
    start_node,
    start_nodes,
    until_linked,
} from '../support/fed.mjs';

const thumb = encodeURIComponent('👍');

await suite(
    'federation',
    async (t) => {
        const nodes = await start_nodes(t, 3);
        const [one, two, three] = nodes;
        const world = { t, nodes, one, two, three };
        await t.check('a node says who it is', () => says_who_it_is(one));
        const joined = await t.check('people of two other nodes join by an invite', () => join_all(world), {
            seconds: 60,
        });
        if (!joined) return;
        await t.check('the guild is in READY and its ids are the host’s', () => in_ready(world));
        await t.check('messages go both ways, live, with the same ids', () => both_ways(world));
        await t.check('a node’s own users are read back as they wrote', () => own_writes(world));
        await t.check('edits, reactions, pins and deletes reach all', () => changes(world));
        await t.check('replies and mentions name people of other nodes', () => mentions(world));
        await t.check('nicknames, roles and channels are made across nodes', () => manages(world));
        await t.check('who may not is refused by the host', () => refusals(world));
        await t.check('a hidden channel stays hidden, and appears when allowed', () => hidden_channel(world));
        await t.check('people are seen typing', () => typing(world));
        await t.check('people come and go', () => presence(world));
        await t.check('files go with messages', () => files(world), { seconds: 60 });
        await t.check('pictures of nobody are nowhere, and soon', () => pictures(world));
        await t.check('history is fetched when it is read', () => history(world), { seconds: 60 });
        await t.check('questions about bans and invites are answered', () => questions(world));
        await t.check('people leave, are kicked and banned', () => departures(world), { seconds: 60 });
        await t.check('a host that is away leaves the guild readable', () => host_away(world), { seconds: 120 });
        await t.check('a mirror that was away catches up', () => mirror_away(world), { seconds: 120 });
        await t.check('verify is clean on every node', () => verify_all(world), { seconds: 60 });
    },
    { seconds: 900 },
);

async function says_who_it_is(node) {
    const answer = await request(node.base, 'GET', '/.well-known/guildhall');
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.json.uid, /^[0-9a-f]{64}$/);
    assert.equal(answer.json.uid, node.ready.node);
    assert.equal(answer.json.name, node.name);
}

async function join_all(world) {
    const { owner, guild, people } = await shared_guild(world.nodes);
    Object.assign(world, { owner, guild, people, channel: guild.text });
    [world.alice, world.bob, world.cara] = people;
    world.sessions = [];
    for (const person of people) world.sessions.push(await connect(person.node, person, { intents: null }));
    const looked = await world.bob.get(`/invites/${await fresh_invite(world)}@${address_of(world.one)}`);
    assert.equal(looked.guild.id, guild.id);
    const unknown = await world.bob.call('POST', `/invites/nothing@${address_of(world.one)}`, {});
    assert.equal(unknown.status, 404, unknown.text);
    assert.equal(unknown.json.code, 10006);
}

async function fresh_invite({ alice, channel }) {
    return (await alice.post(`/channels/${channel}/invites`, { max_age: 0 })).code;
}

async function in_ready({ people, sessions, guild }) {
    const theirs = await people[0].get(`/guilds/${guild.id}`);
    for (const [at, person] of people.entries()) {
        const known = await sessions[at].wait('READY');
        assert.ok(known.guilds.some((one) => one.id === guild.id));
        const here = await person.get(`/guilds/${guild.id}`);
        assert.equal(here.name, theirs.name);
        assert.deepEqual(here.roles, theirs.roles);
        assert.deepEqual(await channels_of(person, guild), await channels_of(people[0], guild));
    }
    const bob = people[1];
    const member = await people[0].get(`/guilds/${guild.id}/members/${bob.id}`);
    assert.equal(member.user.username, `${bob.name}@${bob.node.name}`);
    const self = await bob.get('/users/@me');
    assert.equal(self.username, bob.name, 'at home a user has a bare name');
}

/** Without what a node learns with the first message that it sees of a channel. */
async function channels_of(person, guild) {
    const channels = await person.get(`/guilds/${guild.id}/channels`);
    return channels.map(({ last_message_id: _, ...rest }) => rest);
}

async function both_ways({ people, sessions, channel }) {
    for (const [at, author] of people.entries()) {
        const marks = sessions.map((session) => session.mark());
        const made = await author.post(`/channels/${channel}/messages`, { content: `hello from ${at}` });
        for (const [who, session] of sessions.entries()) {
            const told = await session.wait('MESSAGE_CREATE', (d) => d.id === made.id, { since: marks[who] });
            assert.equal(told.content, `hello from ${at}`);
            assert.equal(told.author.id, author.id);
            assert.equal(told.author.username.split('@')[0], author.name);
            const [viewer, local] = [people[who].node, people[who].node === author.node];
            if (local) assert.equal(told.author.username, author.name);
            // Who never met a node knows it by its uid until its name is proved.
            else if (at === 0 || who === 0) assert.equal(told.author.username, `${author.name}@${author.node.name}`);
            else assert.match(told.author.username, /@([a-z]+[.]localhost|[0-9a-f]{16})$/, viewer.name);
        }
    }
    await converge(people, channel);
}

async function own_writes({ bob, channel }) {
    for (let number = 0; number < 20; number += 1) {
        const made = await bob.post(`/channels/${channel}/messages`, { content: `mine ${number}` });
        const [newest] = await bob.get(`/channels/${channel}/messages?limit=1`);
        assert.equal(newest.id, made.id);
        await bob.patch(`/channels/${channel}/messages/${made.id}`, { content: `mine ${number} again` });
        assert.equal((await bob.get(`/channels/${channel}/messages/${made.id}`)).content, `mine ${number} again`);
    }
    const twice = { content: 'only one', nonce: 'the same', enforce_nonce: true };
    const first = await bob.post(`/channels/${channel}/messages`, twice);
    const second = await bob.post(`/channels/${channel}/messages`, twice);
    assert.equal(first.id, second.id);
}

async function changes({ people, sessions, channel, alice, bob, cara }) {
    const path = `/channels/${channel}/messages`;
    const { id } = await bob.post(path, { content: 'to be changed' });
    const marks = sessions.map((session) => session.mark());
    const everybody = (type, wanted) =>
        Promise.all(sessions.map((session, at) => session.wait(type, wanted, { since: marks[at] })));
    await bob.patch(`${path}/${id}`, { content: 'changed' });
    await everybody('MESSAGE_UPDATE', (d) => d.id === id && d.content === 'changed');
    await cara.put(`${path}/${id}/reactions/${thumb}/@me`);
    await alice.put(`${path}/${id}/reactions/${thumb}/@me`);
    await everybody('MESSAGE_REACTION_ADD', (d) => d.message_id === id && d.user_id === cara.id);
    await everybody('MESSAGE_REACTION_ADD', (d) => d.message_id === id && d.user_id === alice.id);
    await cara.delete(`${path}/${id}/reactions/${thumb}/@me`);
    await everybody('MESSAGE_REACTION_REMOVE', (d) => d.message_id === id && d.user_id === cara.id);
    await alice.put(`/channels/${channel}/pins/${id}`);
    await everybody('CHANNEL_PINS_UPDATE', (d) => d.channel_id === channel);
    await converge(people, channel);
    const who = await bob.get(`${path}/${id}/reactions/${thumb}`);
    assert.deepEqual(
        who.map((user) => user.id),
        [alice.id],
    );
    const mine = await bob.post(path, { content: 'to be deleted by its author' });
    const theirs = await cara.post(path, { content: 'to be deleted by a moderator' });
    await bob.delete(`${path}/${mine.id}`);
    await alice.delete(`${path}/${theirs.id}`);
    for (const one of [mine, theirs]) {
        await everybody('MESSAGE_DELETE', (d) => d.id === one.id);
        for (const person of people) await person.expect(404, 'GET', `${path}/${one.id}`);
    }
    await converge(people, channel);
}

async function mentions({ sessions, channel, alice, bob, cara }) {
    const path = `/channels/${channel}/messages`;
    const marks = sessions.map((session) => session.mark());
    const first = await cara.post(path, { content: `<@${bob.id}> and <@${alice.id}>` });
    assert.deepEqual(first.mentions.map((user) => user.id).sort(), [alice.id, bob.id].sort());
    const told = await sessions[1].wait('MESSAGE_CREATE', (d) => d.id === first.id, { since: marks[1] });
    assert.ok(told.mentions.some((user) => user.id === bob.id));
    const reply = await alice.post(path, { content: 'yes', message_reference: { message_id: first.id } });
    const seen = await sessions[2].wait('MESSAGE_CREATE', (d) => d.id === reply.id, { since: marks[2] });
    assert.equal(seen.referenced_message?.id, first.id);
    assert.equal(seen.type, 19);
}

async function manages(world) {
    const { alice, bob, cara, guild, sessions } = world;
    await bob.patch(`/guilds/${guild.id}/members/@me`, { nick: 'Bobby' });
    const marks = sessions.map((session) => session.mark());
    const role = await alice.post(`/guilds/${guild.id}/roles`, {
        name: 'keepers',
        permissions: String((1n << 4n) | (1n << 28n) | (1n << 13n)),
    });
    await alice.put(`/guilds/${guild.id}/members/${bob.id}/roles/${role.id}`);
    await sessions[1].wait('GUILD_MEMBER_UPDATE', (d) => d.user.id === bob.id && d.roles.includes(role.id), {
        since: marks[1],
    });
    const made = await bob.expect(201, 'POST', `/guilds/${guild.id}/channels`, { name: 'made-by-bob', type: 0 });
    await sessions[2].wait('CHANNEL_CREATE', (d) => d.id === made.id, { since: marks[2] });
    await bob.patch(`/channels/${made.id}`, { topic: 'from elsewhere' });
    await sessions[0].wait('CHANNEL_UPDATE', (d) => d.id === made.id && d.topic === 'from elsewhere', {
        since: marks[0],
    });
    const lower = await bob.post(`/guilds/${guild.id}/roles`, { name: 'made by bob' });
    await sessions[2].wait('GUILD_ROLE_CREATE', (d) => d.role.id === lower.id, { since: marks[2] });
    const post = await cara.post(`/channels/${made.id}/messages`, { content: 'first here' });
    await bob.delete(`/channels/${made.id}/messages/${post.id}`);
    await until(
        async () => (await cara.call('GET', `/channels/${made.id}/messages/${post.id}`)).status === 404,
        10_000,
        'the deletion at a third node',
    );
    await bob.delete(`/channels/${made.id}`);
    await sessions[2].wait('CHANNEL_DELETE', (d) => d.id === made.id, { since: marks[2] });
    assert.equal((await alice.get(`/guilds/${guild.id}/members/${bob.id}`)).nick, 'Bobby');
    assert.equal((await cara.get(`/guilds/${guild.id}/members/${bob.id}`)).nick, 'Bobby');
    world.keepers = role;
}

async function refusals({ alice, bob, cara, guild, channel }) {
    const mine = await alice.post(`/channels/${channel}/messages`, { content: 'not yours' });
    const refused = async (client, code, method, path, body) => {
        const answer = await client.call(method, path, body);
        assert.equal(answer.status, 403, `${method} ${path}: ${answer.status} ${answer.text}`);
        assert.equal(answer.json.code, code, answer.text);
    };
    await refused(cara, 50005, 'PATCH', `/channels/${channel}/messages/${mine.id}`, { content: 'mine now' });
    await refused(cara, 50013, 'DELETE', `/channels/${channel}/messages/${mine.id}`);
    await refused(cara, 50013, 'PATCH', `/guilds/${guild.id}`, { name: 'Mine' });
    await refused(cara, 50013, 'PUT', `/guilds/${guild.id}/bans/${bob.id}`, {});
    const empty = await cara.call('POST', `/channels/${channel}/messages`, { content: '' });
    assert.equal(empty.status, 400, empty.text);
    const long = await cara.call('POST', `/channels/${channel}/messages`, { content: 'x'.repeat(2001) });
    assert.equal(long.status, 400, long.text);
    assert.equal(long.json.code, 50035);
    assert.equal((await alice.get(`/channels/${channel}/messages/${mine.id}`)).content, 'not yours');
}

async function hidden_channel({ alice, bob, cara, guild, sessions, three }) {
    const everyone = { id: guild.id, type: 0, deny: String(1 << 10) };
    const hidden = await alice.expect(201, 'POST', `/guilds/${guild.id}/channels`, {
        name: 'hidden',
        type: 0,
        permission_overwrites: [everyone],
    });
    const { id } = await alice.post(`/channels/${hidden.id}/messages`, { content: 'a secret between us' });
    for (const person of [bob, cara]) {
        const answer = await person.call('GET', `/channels/${hidden.id}/messages`);
        assert.ok([403, 404].includes(answer.status), answer.text);
        assert.ok(!(await person.get(`/guilds/${guild.id}/channels`)).some((one) => one.id === hidden.id));
    }
    const mark = sessions[1].mark();
    await alice.put(`/channels/${hidden.id}/permissions/${bob.id}`, {
        type: 1,
        allow: String((1 << 10) | (1 << 16) | (1 << 11)),
    });
    await sessions[1].wait('CHANNEL_CREATE', (d) => d.id === hidden.id, { since: mark });
    await until(
        async () => (await bob.call('GET', `/channels/${hidden.id}/messages/${id}`)).status === 200,
        20_000,
        'the secret at its reader',
    );
    await bob.post(`/channels/${hidden.id}/messages`, { content: 'thank you' });
    const cannot = await cara.call('GET', `/channels/${hidden.id}/messages`);
    assert.ok([403, 404].includes(cannot.status), cannot.text);
    assert.ok(!folder_has(three, 'a secret between us'), 'node three stores what nobody there may read');
}

/** Whether any file of the data folder holds the text. SQLite keeps it as it was written. */
function folder_has(node, text) {
    return spawnSync('grep', ['-rqaF', text, node.data]).status === 0;
}

async function typing({ alice, bob, sessions, channel }) {
    for (const [person, from, to] of [
        [alice, 0, 1],
        [bob, 1, 2],
    ]) {
        const mark = sessions[to].mark();
        await person.post(`/channels/${channel}/typing`);
        const told = await sessions[to].wait('TYPING_START', (d) => d.user_id === person.id, { since: mark });
        assert.equal(told.channel_id, channel, `typing from ${from} to ${to}`);
    }
}

async function presence(world) {
    const { bob, guild, sessions } = world;
    sessions[0].send(14, { guild_id: guild.id, typing: true, activities: true, threads: true, members: [bob.id] });
    const mark = sessions[0].mark();
    const second = await connect(bob.node, bob, {
        intents: null,
        extra: { presence: { status: 'dnd', activities: [], since: 0, afk: false } },
    });
    second.send(3, { status: 'idle', activities: [], since: 0, afk: false });
    await sessions[0].wait('PRESENCE_UPDATE', (d) => d.user.id === bob.id && ['dnd', 'idle'].includes(d.status), {
        since: mark,
        ms: 25_000,
    });
    await second.close();
}

async function files({ alice, bob, cara, channel, sessions }) {
    const content = crypto.randomBytes(300_000);
    const mark = sessions[2].mark();
    const made = await bob.call(
        'POST',
        `/channels/${channel}/messages`,
        { content: 'with a file' },
        { files: [{ filename: 'noise.bin', type: 'application/octet-stream', content }], ms: 30_000 },
    );
    assert.equal(made.status, 200, made.text);
    await sessions[2].wait('MESSAGE_CREATE', (d) => d.id === made.json.id, { since: mark });
    for (const person of [bob, alice, cara]) {
        const message = await person.get(`/channels/${channel}/messages/${made.json.id}`);
        const [file] = message.attachments;
        assert.equal(file.size, content.length);
        const url = new URL(file.url);
        assert.equal(url.host, new URL(person.node.base).host, 'files come from one’s own node');
        const answer = await request(person.node.base, 'GET', url.pathname + url.search, { ms: 30_000 });
        assert.equal(
            answer.status,
            200,
            `the file at ${person.node.name}: ${answer.status} ${answer.text.slice(0, 200)}`,
        );
        assert.ok(answer.bytes.equals(content), `the file at ${person.node.name} has other bytes`);
    }
    // A copy that nobody needs may go, and `verify` finds nothing wrong with that.
    await cara.post(`/channels/${channel}/messages`, { content: 'after the file, which stays' });
}

/** A node asks another only for what its users may have there, and never for what cannot be. */
async function pictures({ nodes, alice, bob, guild }) {
    const hash = '0123456789abcdef'.repeat(2);
    const paths = [alice, bob].flatMap(({ id }) => [`avatars/${id}/${hash}.png`, `banners/${id}/a_${hash}.gif`]);
    paths.push(`avatars/1/${hash}.png`, `icons/${guild.id}/${hash}.webp`, `avatars/${'9'.repeat(40)}/x.png`);
    paths.push(`avatars/${bob.id}/..%2f..%2fnode.db`, `avatars/${bob.id}/${'f'.repeat(3000)}.png`);
    for (const node of nodes) {
        const asked = Date.now();
        const answers = await Promise.all(paths.map((path) => request(node.base, 'GET', `/cdn/${path}`)));
        for (const [at, { status }] of answers.entries()) assert.equal(status, 404, `${node.name}: ${paths[at]}`);
        assert.ok(Date.now() - asked < 5000 * patience, `${node.name}: ${Date.now() - asked} ms`);
    }
}

/** Somebody who joins late reads back to the beginning, and only then their node fetches it. */
async function history(world) {
    const { alice, guild } = world;
    const old = await alice.expect(201, 'POST', `/guilds/${guild.id}/channels`, { name: 'long', type: 0 });
    const wanted = [];
    for (let number = 0; number < 250; number += 1) {
        wanted.push((await alice.post(`/channels/${old.id}/messages`, { content: `line ${number}` })).id);
    }
    world.late = adopt(world, await start_node('four'));
    const late = await far_person(world.late);
    await far_join(alice, guild.text, late);
    const read = [];
    let before = '';
    for (;;) {
        const page = await late.get(`/channels/${old.id}/messages?limit=100${before}`);
        read.push(...page.map((one) => one.id));
        if (page.length < 100) break;
        before = `&before=${page.at(-1).id}`;
    }
    assert.deepEqual(read.reverse(), wanted);
    const around = await late.get(`/channels/${old.id}/messages?limit=11&around=${wanted[100]}`);
    assert.equal(around.length, 11);
    assert.equal((await late.get(`/channels/${old.id}/messages/${wanted[0]}`)).content, 'line 0');
}

function adopt(world, node) {
    world.nodes.push(node);
    return world.t.adopt(node);
}

/** Bans and invites stand in no mirror's log: the host is asked. */
async function questions({ alice, bob, guild, channel }) {
    const asked = await bob.call('GET', `/guilds/${guild.id}/bans`);
    assert.equal(asked.status, 403, asked.text);
    const permissions = String((1 << 2) | (1 << 5));
    const role = await alice.post(`/guilds/${guild.id}/roles`, { name: 'auditors', permissions });
    await alice.put(`/guilds/${guild.id}/members/${bob.id}/roles/${role.id}`);
    await until(async () => (await bob.call('GET', `/guilds/${guild.id}/bans`)).status === 200, 10_000, 'bans');
    assert.deepEqual(await bob.get(`/guilds/${guild.id}/bans`), []);
    const invites = await bob.get(`/guilds/${guild.id}/invites`);
    assert.ok(invites.length > 0);
    const mine = await bob.post(`/channels/${channel}/invites`, { max_age: 0, unique: true });
    assert.ok((await alice.get(`/guilds/${guild.id}/invites`)).some((one) => one.code === mine.code));
}

async function departures(world) {
    const { alice, guild, channel, sessions, two, three } = world;
    const dora = await far_person(two);
    await far_join(alice, channel, dora);
    const mark = sessions[0].mark();
    await dora.delete(`/users/@me/guilds/${guild.id}`);
    await sessions[0].wait('GUILD_MEMBER_REMOVE', (d) => d.user.id === dora.id, { since: mark });
    await dora.expect(404, 'GET', `/guilds/${guild.id}`).catch(() => dora.expect(403, 'GET', `/guilds/${guild.id}`));

    const emil = await far_person(three);
    await far_join(alice, channel, emil);
    const session = await connect(three, emil, { intents: null });
    await alice.put(`/guilds/${guild.id}/bans/${emil.id}`, {});
    await session.wait('GUILD_DELETE', (d) => d.id === guild.id);
    const { code } = await alice.post(`/channels/${channel}/invites`, { max_age: 0 });
    const again = await emil.call('POST', `/invites/${code}@${address_of(world.one)}`, {});
    assert.equal(again.status, 403, again.text);
    await session.close();

    // The last of a node takes the guild with it, and nothing of it stays there.
    const fritz = await far_person(world.late);
    await far_join(alice, channel, fritz);
    for (const one of await alice.get(`/guilds/${guild.id}/members?limit=100`)) {
        if (one.user.username.endsWith(`@${world.late.name}`))
            await alice.delete(`/guilds/${guild.id}/members/${one.user.id}`);
    }
    await until(
        async () => [403, 404].includes((await fritz.call('GET', `/guilds/${guild.id}`)).status),
        15_000,
        'the end of the guild at the node that lost it',
    );
}

async function host_away({ one, people, channel, guild, alice, bob, cara, sessions }) {
    const before = await lines_of(bob, channel);
    await one.crash();
    assert.deepEqual(await lines_of(bob, channel), before);
    assert.equal((await bob.get(`/guilds/${guild.id}`)).id, guild.id);
    const asked = Date.now();
    const refused = await bob.call('POST', `/channels/${channel}/messages`, { content: 'is anybody there' });
    assert.equal(refused.status, 503, refused.text);
    assert.equal(refused.json.code, 130000, refused.text);
    assert.ok(Date.now() - asked < 15_000, 'a refusal must not take longer than the wait for the host');
    await one.start();
    const again = await connect(one, alice, { intents: null });
    sessions[0] = again;
    await until_linked(bob, guild.id);
    await until_linked(cara, guild.id);
    await bob.be_patient().post(`/channels/${channel}/messages`, { content: 'there you are' });
    await converge(people, channel);
}

async function mirror_away({ two, people, channel, alice, bob }) {
    assert.equal((await two.stop()).code, 0);
    const edited = await alice.post(`/channels/${channel}/messages`, { content: 'you missed this' });
    for (let number = 0; number < 60; number += 1) {
        await alice.post(`/channels/${channel}/messages`, { content: `away ${number}` });
    }
    await alice.patch(`/channels/${channel}/messages/${edited.id}`, { content: 'you missed that' });
    const gone = await alice.post(`/channels/${channel}/messages`, { content: 'never seen elsewhere' });
    await alice.delete(`/channels/${channel}/messages/${gone.id}`);
    await two.start();
    await converge(people, channel, { limit: 70 });
    await bob.expect(404, 'GET', `/channels/${channel}/messages/${gone.id}`);
    assert.ok(!folder_has(two, 'never seen elsewhere'), 'a deleted text reached a mirror that was away');
}

async function verify_all({ nodes }) {
    for (const node of nodes) {
        assert.equal((await node.stop()).code, 0);
        const found = await command(['verify', '--data', node.data]);
        assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
    }
}
