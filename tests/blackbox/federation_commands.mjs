// What an operator does with whole guilds and accounts by the command line, on the folders of nodes that then run on:
// hand a guild over, bring one back from a file or by its root key, take an account in.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { suite } from '../support/suite.mjs';
import { Node, command } from '../support/node.mjs';
import { Client, password } from '../support/api.mjs';
import { until } from '../support/wait.mjs';
import {
    FarClient,
    address_of,
    converge,
    far_person,
    post_surely,
    shared_guild,
    start_nodes,
} from '../support/fed.mjs';

/** Longest until a node follows another host. */
const follow_ms = 60_000;

await suite(
    'federation_commands',
    async (t) => {
        await t.check('a guild is handed over by the command line', () => transfer(t), { seconds: 120 });
        await t.check('a guild comes back from its file with the key', () => rescue(t), { seconds: 120 });
        await t.check('a root key makes a new host of a copy', () => takeover(t), { seconds: 120 });
        await t.check('an account moves to another node', () => move(t), { seconds: 120 });
    },
    { seconds: 500 },
);

async function worked(node, words, input = '') {
    const done = await command([...words, '--data', node.data], { input });
    assert.equal(done.code, 0, `${words}: ${done.stdout}${done.stderr}`);
    return done.stdout;
}

/** Exit code and the one line that says why. */
async function refused(node, words, { code, why, input = '' }) {
    const done = await command([...words, '--data', node.data], { input });
    assert.equal(done.code, code, `${words}: ${done.stdout}${done.stderr}`);
    assert.match(done.stderr, why);
}

/** The columns of `guild list` for one guild, on a stopped node. */
async function listed(node, guild) {
    const rows = (await worked(node, ['guild', 'list'])).split('\n').map((line) => line.split('\t'));
    return rows.find(([id]) => id === guild.id)?.slice(1);
}

async function follows(client, guild, host) {
    await until(
        async () => {
            const seen = await client.call('GET', `/guilds/${guild.id}/hosting`);
            return seen.status === 200 && seen.json.host.uid === host.ready.node;
        },
        follow_ms,
        'the new host',
    );
}

async function talk(people, guild, tag) {
    for (const [at, person] of people.entries())
        await post_surely(person, guild.text, `${tag} ${at}`, `${tag}-${at}`);
    return converge(people, guild.text);
}

function kept(before, after) {
    for (const line of before) assert.ok(after.includes(line), `lost: ${line}`);
}

/** For what is signed before anything listens there. */
async function free_port() {
    const server = net.createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

async function end(nodes) {
    for (const node of nodes) {
        assert.equal((await node.stop()).code, 0);
        const found = await command(['verify', '--data', node.data]);
        assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
    }
}

async function transfer(t) {
    const nodes = await start_nodes(t, 2);
    const [one, two] = nodes;
    const { guild, people } = await shared_guild(nodes);
    const before = await talk(people, guild, 'before');
    const name = [['guild', 'successors', guild.id, '1', '60', two.name], /another process|in use|runs/];
    await refused(one, name[0], { code: 2, why: name[1] });

    await one.stop();
    assert.deepEqual(await listed(one, guild), [guild.name, 'host', one.name, 'epoch 0', '0 of 0 successors']);
    await refused(one, ['guild', 'transfer', guild.id, two.name], { code: 1, why: /successor/ });
    await refused(one, ['guild', 'successors', guild.id, '2', '60', two.name], { code: 1, why: /not so many successors/ });
    await worked(one, ['guild', 'successors', guild.id, '1', '60', two.name]);
    assert.equal((await listed(one, guild))[4], '1 of 1 successors');
    // The successor has to have the guild whole before it can be its host.
    await one.start();
    const hosting = (client) => client.get(`/guilds/${guild.id}/hosting`);
    await until(
        async () => {
            const seen = await hosting(people[0]);
            return seen.successors[0]?.held_entries === seen.entries;
        },
        follow_ms,
        'a copy that was signed for',
    );
    assert.deepEqual([(await hosting(people[1])).takeover_delay, (await hosting(people[1])).votes], [60, 1]);
    await one.stop();
    await worked(one, ['guild', 'transfer', guild.id, two.name]);
    assert.deepEqual((await listed(one, guild)).slice(1, 3), ['mirror', two.name]);
    await one.start();
    for (const person of people) await follows(person, guild, two);
    kept(before, await talk(people, guild, 'after'));
    await two.stop();
    assert.deepEqual((await listed(two, guild)).slice(1, 4), ['host', two.name, 'epoch 1']);
    await end([one]);
}

/** README.md, "A guild as a file": its host is gone, it had no successor, and a node takes it that never ran. */
async function rescue(t) {
    const nodes = await start_nodes(t, 2);
    const [one, two] = nodes;
    const { owner, guild, people } = await shared_guild(nodes);
    const [, bob] = people;
    const before = await talk(people, guild, 'before');
    const { code } = await owner.post(`/channels/${guild.text}/invites`, { max_age: 0 });
    const folder = t.temporary_folder();
    const [plain, keyed] = ['plain', 'keyed'].map((name) => path.join(folder, name));
    assert.match(await worked(one, ['export', guild.id, plain]), /^exported guild \d+: \d+ logs, \d+ entries/);
    await worked(one, ['export', guild.id, keyed, 'with-key']);
    assert.equal(fs.statSync(keyed).mode & 0o077, 0, 'a key that others can read');
    await refused(one, ['export', guild.id, keyed], { code: 2, why: /is there already/ });

    // Without its key the file makes a copy and no host.
    const reader = { data: path.join(folder, 'reader') };
    assert.match(await worked(reader, ['import', plain]), /this node follows it/);
    assert.deepEqual((await listed(reader, guild)).slice(0, 3), [guild.name, 'mirror', one.name]);
    await refused(reader, ['guild', 'key', guild.id], { code: 2, why: /does not keep the guild's root key/ });
    await refused(reader, ['import', plain], { code: 1, why: /already|there/ });

    await one.crash();
    fs.rmSync(one.data, { recursive: true, force: true });
    const settings = {
        name: 'three.localhost',
        'federation.listen': `127.0.0.1:${await free_port()}`,
        'federation.allow_private': 'true',
    };
    const three = t.adopt(new Node({ data: path.join(folder, 'three'), settings }));
    three.name = settings.name;
    assert.match(await worked(three, ['import', keyed]), /this node follows it/);
    const sets = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    await worked(three, ['guild', 'takeover', guild.id, ...sets]);
    assert.deepEqual((await listed(three, guild)).slice(1, 4), ['host', three.name, 'epoch 1']);
    await three.start();
    const cara = await far_person(three);
    assert.equal((await cara.call('POST', `/invites/${code}`, {})).status, 200, 'the old invite at its new host');
    kept(before, await converge([cara], guild.text));
    // A member's node had no way to hear of it; whoever is told the new address leads it there.
    await until(
        async () => (await bob.call('POST', `/invites/${code}@${address_of(three)}`, {})).status === 200,
        follow_ms,
        'the way to the new host',
    );
    await follows(bob, guild, three);
    kept(before, await talk([bob, cara], guild, 'after'));
    await end([two, three]);
}

async function takeover(t) {
    const nodes = await start_nodes(t, 3);
    const [one, two, three] = nodes;
    const { owner, guild, people } = await shared_guild(nodes);
    // In an hour it would take over by itself; members' nodes look for it there.
    await owner.patch(`/guilds/${guild.id}/hosting`, { successors: [two.name], votes: 1, takeover_delay: 3600 });
    const before = await talk(people, guild, 'before');
    await one.stop();
    const key = await worked(one, ['guild', 'key', guild.id]);
    assert.match(key, /^[0-9a-f]{64}\n$/);
    await one.crash();
    fs.rmSync(one.data, { recursive: true, force: true });

    await two.stop();
    const words = ['guild', 'takeover', guild.id];
    await refused(two, words, { code: 2, why: /64 hex digits/, input: 'nonsense\n' });
    await refused(two, words, { code: 1, why: /key/, input: `${'5a'.repeat(32)}\n` });
    assert.equal((await listed(two, guild))[1], 'mirror');
    await worked(two, words, key);
    assert.deepEqual((await listed(two, guild)).slice(1, 4), ['host', two.name, 'epoch 1']);
    await two.start();
    const rest = people.slice(1);
    for (const person of rest) await follows(person, guild, two);
    kept(before, await talk(rest, guild, 'after'));
    await end([two, three]);
}

async function move(t) {
    const nodes = await start_nodes(t, 2);
    const [one, two] = nodes;
    const { owner, guild, people } = await shared_guild(nodes);
    const before = await talk(people, guild, 'before');
    const { phrase, backup } = await owner.post('/users/@me/recovery', { password });
    const another = await (await far_person(one)).post('/users/@me/recovery', { password });
    const file = path.join(t.temporary_folder(), 'backup');
    fs.writeFileSync(file, backup);
    const taken = 'a different long phrase';
    const words = (name) => ['user', 'move', file, name];
    const input = `${phrase}\n${taken}\n`;
    await two.stop();
    const typo = (phrase[0] === '7' ? '8' : '7') + phrase.slice(1);
    await refused(two, words('alice'), { code: 2, why: /a character of the phrase/, input: `${typo}\n${taken}\n` });
    await refused(two, words('alice'), { code: 2, why: /does not open/, input: `${another.phrase}\n${taken}\n` });
    await refused(two, words(people[1].name), { code: 2, why: /name|taken/, input });
    assert.match(await worked(two, words('alice'), input), /^\d+\taccount alice lives on this node now, with 1 guild/);
    await refused(two, words('alice2'), { code: 2, why: /lives here already/, input });
    await two.start();

    const login = { login: 'alice', password: taken };
    const { token } = await new Client(two).expect(200, 'POST', '/auth/login', login);
    const alice = FarClient.from({ node: two, token, version: 'v10', id: owner.id, name: 'alice' });
    assert.equal((await alice.get('/users/@me')).id, owner.id);
    await until(
        async () => (await alice.call('GET', `/guilds/${guild.id}`)).json?.owner_id === owner.id,
        follow_ms,
        'her guild',
    );
    // The account ends where it was, and what it was there is what it is here.
    await until(async () => (await owner.call('GET', '/users/@me')).status === 401, follow_ms, 'the end of the old account');
    const rest = [alice, people[1]];
    kept(before, await talk(rest, guild, 'after'));
    alice.be_patient();
    await alice.patch(`/guilds/${guild.id}`, { name: 'still hers' });
    const late = await far_person(one);
    const { code } = await alice.post(`/channels/${guild.text}/invites`, { max_age: 0 });
    await late.post(`/invites/${code}`, {});
    kept(before, await talk([...rest, late], guild, 'later'));
    assert.equal((await late.get(`/guilds/${guild.id}`)).name, 'still hers');
    await end(nodes);
}
