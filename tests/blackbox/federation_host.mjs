// What becomes of a guild when its host goes: handed over in order, and lost for good with its folder. Members on
// other nodes talk on, nothing that two nodes had is lost, and a host that comes back follows the new one.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { suite } from '../support/suite.mjs';
import { command } from '../support/node.mjs';
import { connect } from '../support/gateway.mjs';
import { until } from '../support/wait.mjs';
import { converge, far_join, far_person, post_surely, shared_guild, start_nodes } from '../support/fed.mjs';

/** Seconds of silence after which a successor takes over here; three days in real guilds. */
const takeover_delay = 5;
/** Delay, election, links: the longest that the members of a dead host wait. */
const takeover_ms = 60_000;

await suite(
    'federation_host',
    async (t) => {
        await t.check('a guild is handed over and handed back', () => transfer(t), { seconds: 180 });
        await t.check('a guild survives rm -rf of its host', () => takeover(t), { seconds: 240 });
        await t.check('two of three successors are enough, one is not', () => quorum(t), { seconds: 240 });
        await t.check('a host that comes back follows the new one', () => comes_back(t), { seconds: 240 });
    },
    { seconds: 900 },
);

async function hosting(client, guild) {
    return client.get(`/guilds/${guild.id}/hosting`);
}

/** A guild of three nodes with some history. */
async function world_of(t, successors, votes, count = 3) {
    const nodes = await start_nodes(t, count);
    const { owner, guild, people } = await shared_guild(nodes);
    await owner.patch(`/guilds/${guild.id}/hosting`, {
        successors: successors.map((number) => nodes[number].name),
        votes,
        takeover_delay,
    });
    for (const person of people) {
        for (let number = 0; number < 20; number += 1)
            await person.post(`/channels/${guild.text}/messages`, { content: `before ${number}` });
    }
    await converge(people, guild.text);
    for (const person of people)
        await until(
            async () => (await hosting(person, guild)).successors.length === successors.length,
            10_000,
            'policy',
        );
    return { nodes, owner, guild, people };
}

async function talk_on(people, guild, tag) {
    for (const [at, person] of people.entries()) {
        for (let number = 0; number < 5; number += 1)
            await post_surely(person, guild.text, `${tag} ${at} ${number}`, `${tag}-${at}-${number}`);
    }
    return converge(people, guild.text);
}

async function transfer(t) {
    const { nodes, owner, guild, people } = await world_of(t, [1], 1);
    const before = await converge(people, guild.text);
    await owner.post(`/guilds/${guild.id}/hosting/transfer`, { node: nodes[1].name });
    for (const person of people)
        await until(
            async () => (await hosting(person, guild)).host.uid === nodes[1].ready.node,
            30_000,
            'the new host',
        );
    const after = await talk_on(people, guild, 'moved');
    for (const line of before) assert.ok(after.includes(line), `lost: ${line}`);
    const late = await far_person(nodes[2]);
    await far_join(people[1], guild.text, late);
    await late.post(`/channels/${guild.text}/messages`, { content: 'hello, new host' });
    // And back: the owner decides, wherever the guild is.
    await owner.patch(`/guilds/${guild.id}/hosting`, { successors: [nodes[0].ready.node], votes: 1 });
    await owner.post(`/guilds/${guild.id}/hosting/transfer`, { node: nodes[0].ready.node });
    for (const person of people)
        await until(
            async () => (await hosting(person, guild)).host.uid === nodes[0].ready.node,
            30_000,
            'the first host',
        );
    await talk_on(people, guild, 'back');
    await end(nodes);
}

async function takeover(t) {
    const { nodes, guild, people } = await world_of(t, [1], 1);
    const [, bob, cara] = people;
    const before = await converge(people, guild.text);
    await nodes[0].crash();
    fs.rmSync(nodes[0].data, { recursive: true, force: true });
    const session = await connect(cara.node, cara, { intents: null });
    const refused = await cara.call('POST', `/channels/${guild.text}/messages`, { content: 'too early' });
    assert.ok([200, 503].includes(refused.status), refused.text);
    await until(async () => (await hosting(bob, guild)).host.uid === nodes[1].ready.node, takeover_ms, 'a takeover');
    await until(
        async () => (await hosting(cara, guild)).host.uid === nodes[1].ready.node,
        takeover_ms,
        'the news of it',
    );
    const after = await talk_on([bob, cara], guild, 'without');
    for (const line of before) assert.ok(after.includes(line), `lost: ${line}`);
    await session.wait('MESSAGE_CREATE', (d) => d.content === 'without 0 4');
    // New members, moderation and history work as they did.
    const dora = await far_person(nodes[2]);
    await far_join(bob, guild.text, dora);
    const late = await dora.get(`/channels/${guild.text}/messages?limit=100`);
    assert.ok(before.every((line) => late.some((one) => line.startsWith(`${one.id}|`))));
    await session.close();
    await end(nodes.slice(1));
}

async function quorum(t) {
    const { nodes, guild, people } = await world_of(t, [1, 2, 3], 2, 4);
    await nodes[0].crash();
    await nodes[2].crash();
    await nodes[3].crash();
    await until(
        async () =>
            (await people[1].call('POST', `/channels/${guild.text}/messages`, { content: 'alone' })).status === 503,
        20_000,
        '503',
    );
    await new Promise((resolve) => setTimeout(resolve, (takeover_delay + 5) * 1000));
    assert.equal((await hosting(people[1], guild)).host.uid, nodes[0].ready.node, 'one vote of two made a host');
    await nodes[2].start();
    const rest = [people[1], people[2]];
    await until(
        async () => {
            const seen = await Promise.all(rest.map((person) => hosting(person, guild)));
            return seen.every((one) => one.host.uid === seen[0].host.uid && one.epoch > 0);
        },
        120_000,
        'a host of both',
    );
    await talk_on(rest, guild, 'two of three');
    await end([nodes[1], nodes[2]]);
}

async function comes_back(t) {
    const { nodes, guild, people } = await world_of(t, [1], 1);
    const before = await converge(people, guild.text);
    await nodes[0].crash();
    await until(
        async () => (await hosting(people[1], guild)).host.uid === nodes[1].ready.node,
        takeover_ms,
        'a takeover',
    );
    await talk_on(people.slice(1), guild, 'meanwhile');
    // What people write here while it does not know is no history of the guild.
    const links = nodes[0].settings['federation.listen'];
    nodes[0].settings['federation.listen'] = 'off';
    await nodes[0].start();
    await people[0].post(`/channels/${guild.text}/messages`, { content: 'to nobody' });
    await nodes[0].stop();
    nodes[0].settings['federation.listen'] = links;
    await nodes[0].start();
    await until(
        async () => {
            // It begins the guild anew, without what nobody heard: for a moment there is none.
            const seen = await people[0].call('GET', `/guilds/${guild.id}/hosting`);
            if (seen.status !== 200 || seen.json.host.uid !== nodes[1].ready.node) return false;
            const page = await people[0].call('GET', `/channels/${guild.text}/messages?limit=50`);
            return page.status === 200 && !page.json.some(({ content }) => content === 'to nobody');
        },
        60_000,
        'the old host following',
    );
    assert.equal((await hosting(people[0], guild)).role, 'mirror');
    const after = await talk_on(people, guild, 'together');
    for (const line of before) assert.ok(after.includes(line), `lost: ${line}`);
    await said_again(nodes, guild, people);
    await another_owner(nodes[1], guild, people[1]);
    await end(nodes);
}

/** The operator of the old host has it said again, by those who said it. */
async function said_again(nodes, guild, people) {
    const salvage = (verb) => command(['guild', 'salvage', verb, guild.id, '--data', nodes[0].data]);
    await nodes[0].stop();
    const listed = await salvage('list');
    assert.equal(listed.code, 0, listed.stderr);
    assert.match(listed.stdout, /\tto nobody\n/);
    const posted = await salvage('post');
    assert.equal(posted.code, 0, posted.stderr);
    assert.match(posted.stdout, /^posted 1;/);
    assert.equal((await salvage('list')).code, 1, 'nothing is left');
    await nodes[0].start();
    const seen = await people[1].get(`/channels/${guild.text}/messages?limit=5`);
    assert.ok(seen.some((one) => one.content.startsWith('to nobody\n-# Written <t:')));
}

/** An account may be gone for good; the guild's host can name another owner. */
async function another_owner(host, guild, heir) {
    await host.stop();
    const given = await command(['guild', 'owner', guild.id, heir.name, '--data', host.data]);
    assert.equal(given.code, 0, given.stderr);
    await host.start();
    await until(
        async () => (await heir.get(`/guilds/${guild.id}`)).owner_id === heir.id,
        10_000,
        'the new owner',
    );
}

async function end(nodes) {
    for (const node of nodes) {
        assert.equal((await node.stop()).code, 0);
        const found = await command(['verify', '--data', node.data]);
        assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
    }
}
