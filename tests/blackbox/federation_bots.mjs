// Unmodified discord.js bots on two nodes in one guild, which the first node hosts: each sees what the other does,
// slash commands work whoever runs them and wherever their bot lives, and both see a stream of messages once and in
// order.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { authorize, make_bot, run_command } from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';
import { sleep, until } from '../support/wait.mjs';
import { shared_guild, start_nodes } from '../support/fed.mjs';
import { Seen } from '../clients/scenario.mjs';
import * as library from '../clients/adapter_discordjs.mjs';

const stream_length = 150;

await suite(
    'federation_bots',
    async (t) => {
        const world = await prepare(t);
        const ready = await t.check('bots of both nodes log in and have the guild', () => log_in(world), {
            seconds: 60,
        });
        if (!ready) return;
        await t.check('each bot sees what the other says, edits, reacts to and deletes', () => both_ways(world));
        await t.check('a bot makes channels and roles in a guild of another node', () => makes_things(world));
        await t.check('a bot reads back in a guild of another node', () => reads(world));
        for (const [title, who, whose] of [
            ['of the host runs a command of a bot elsewhere', 'alice', 'far'],
            ['elsewhere runs a command of a bot of the host', 'bob', 'near'],
            ['elsewhere runs a command of a bot of the same node', 'bob', 'far'],
        ]) {
            await t.check(`a person ${title}`, () => slash(world, who, whose), { seconds: 60 });
        }
        await t.check('both see a stream from both nodes once and in order', () => stream(world), { seconds: 120 });
        const problems = Object.values(world.bots).flatMap(({ seen }) => seen.of('problem'));
        t.row('the library reports no error of its own', problems.length ? String(problems[0]?.stack) : '');
    },
    { seconds: 400 },
);

async function prepare(t) {
    const nodes = await start_nodes(t, 2);
    const { owner: alice, guild, people } = await shared_guild(nodes);
    const bob = people[1];
    const role = await alice.post(`/guilds/${guild.id}/roles`, { name: 'admins', permissions: '8' });
    await alice.put(`/guilds/${guild.id}/members/${bob.id}/roles/${role.id}`);
    await until(
        async () => (await bob.get(`/guilds/${guild.id}/members/${bob.id}`)).roles.includes(role.id),
        10_000,
        'role',
    );
    const world = { t, nodes, guild, alice, bob, bots: {}, sessions: {} };
    for (const [where, owner] of [
        ['near', alice],
        ['far', bob],
    ]) {
        const bot = await make_bot(owner);
        const adapter = new library.Adapter();
        const seen = new Seen(adapter);
        t.finally(() => adapter.close());
        world.bots[where] = { bot, adapter, seen, node: owner.node, owner };
    }
    world.sessions.alice = await connect(alice.node, alice, { intents: null });
    world.sessions.bob = await connect(bob.node, bob, { intents: null });
    t.finally(() => Object.values(world.sessions).forEach((session) => session.drop()));
    return world;
}

async function log_in({ bots, guild }) {
    for (const { bot, adapter, node, owner } of Object.values(bots)) {
        await authorize(owner, bot, guild.id);
        await adapter.login({ node, token: bot.raw_token });
        await until(async () => (await adapter.guilds()).some((known) => known.id === guild.id), 15_000, 'guild');
    }
}

async function both_ways({ bots, guild }) {
    for (const [from, to] of [
        [bots.near, bots.far],
        [bots.far, bots.near],
    ]) {
        const id = await from.adapter.send(guild.text, 'hello');
        const told = await to.seen.wait('message', (message) => message.id === id);
        assert.equal(told.content, 'hello');
        await from.adapter.edit(guild.text, id, 'hello again');
        await to.seen.wait('message_update', (message) => message.id === id && message.content === 'hello again');
        await to.adapter.react(guild.text, id, '👍');
        await from.seen.wait('reaction', (one) => one.message_id === id && one.user_id === to.bot.id);
        await from.adapter.remove(guild.text, id);
        await to.seen.wait('message_delete', (message) => message.id === id);
    }
}

async function makes_things({ bots, guild, alice }) {
    const channel = await bots.far.adapter.create_channel(guild.id, 'made-from-elsewhere');
    const channels = await alice.get(`/guilds/${guild.id}/channels`);
    assert.equal(channels.find((one) => one.id === channel)?.name, 'made-from-elsewhere');
    const role = await bots.far.adapter.create_role(guild.id, 'made from elsewhere');
    const roles = await alice.get(`/guilds/${guild.id}/roles`);
    assert.equal(roles.find((one) => one.id === role)?.name, 'made from elsewhere');
}

async function reads({ bots, guild, alice }) {
    for (const text of ['one', 'two', 'three']) await alice.post(`/channels/${guild.text}/messages`, { content: text });
    await bots.far.seen.wait('message', (message) => message.content === 'three');
    const history = await bots.far.adapter.history(guild.text, 3);
    assert.deepEqual([...history], ['three', 'two', 'one']);
}

/** `ping` answers at once, `slow` defers, edits its answer and follows up. */
async function slash(world, who, whose) {
    const { guild, sessions } = world;
    const { bot, adapter } = world.bots[whose];
    const [person, session] = [world[who], sessions[who]];
    const other = sessions[who === 'bob' ? 'alice' : 'bob'];
    const registered = await adapter.register_commands(guild.id);
    const named = (name) => registered.find((command) => command.name === name);
    const where = { application_id: bot.id, guild_id: guild.id, channel_id: guild.text };
    const text = `${who}-${whose}`;
    let marks = [session.mark(), other.mark()];
    await run_command(person, session, {
        ...where,
        command: named('ping'),
        options: [{ type: 3, name: 'text', value: text }],
    });
    const answer = await session.wait('MESSAGE_CREATE', (d) => d.content === `pong ${text}`, { since: marks[0] });
    assert.equal(answer.author.id, bot.id);
    await other.wait('MESSAGE_CREATE', (d) => d.id === answer.id, { since: marks[1] });
    marks = [session.mark(), other.mark()];
    await run_command(person, session, { ...where, command: named('slow') });
    await session.wait('MESSAGE_CREATE', (d) => d.content === 'follow-up', { since: marks[0], ms: 20_000 });
    await other.wait('MESSAGE_CREATE', (d) => d.content === 'follow-up', { since: marks[1], ms: 20_000 });
    const history = await world.alice.get(`/channels/${guild.text}/messages?limit=2`);
    assert.deepEqual(
        history.map((message) => message.content),
        ['follow-up', 'edited'],
    );
}

async function stream({ bots, guild, alice, bob }) {
    const post = async (person, label) => {
        for (let number = 1; number <= stream_length; number += 1)
            await person.post(`/channels/${guild.text}/messages`, { content: `${label} ${number}` });
    };
    await Promise.all([post(alice, 'near'), post(bob, 'far')]);
    for (const { seen } of Object.values(bots)) {
        for (const label of ['near', 'far']) {
            const received = () =>
                seen
                    .of('message')
                    .map((one) => one.content)
                    .filter((content) => content?.startsWith(`${label} `));
            await until(() => received().at(-1) === `${label} ${stream_length}`, 30_000, 'last message');
            await sleep(200); // A doubled event would come after the last; nothing announces its absence.
            const wanted = Array.from({ length: stream_length }, (_, index) => `${label} ${index + 1}`);
            assert.deepEqual(received(), wanted);
        }
    }
}
