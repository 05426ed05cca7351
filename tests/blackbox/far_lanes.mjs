// Load from people of several linked nodes, and what must hold of it afterwards: nothing acknowledged was lost, doubled,
// undone or reordered on any node. Each node has writers of its own (lane.mjs), each with a channel of its own.
import assert from 'node:assert/strict';
import { connect } from '../support/gateway.mjs';
import { FarClient, catch_up, converge, far_join, far_person, recovery_ms, shared_guild } from '../support/fed.mjs';
import { Lane } from './lane.mjs';

/** What a lane does is judged by its answers; trouble leaves some of them unknown. */
class FarLane extends Lane {
    async run(go_on) {
        this.client.patient_until = 0;
        this.keeper.patient_until = 0;
        await super.run(go_on);
    }

    async settle(told) {
        this.client.be_patient();
        this.keeper.be_patient();
        await super.settle(told);
    }
}

async function invite(owner, guild) {
    return (await owner.post(`/channels/${guild.text}/invites`, { max_age: 0 })).code;
}

/** A guild on the first node with a person of each, who may do anything, and so many lanes on each node. */
export async function build_world(nodes, random, lanes_per_node) {
    const { owner, guild, people } = await shared_guild(nodes);
    const world = { ids: new Set(), lanes: [], nodes, owner, guild, people };
    const role = await owner.post(`/guilds/${guild.id}/roles`, { name: 'keepers', permissions: '8' });
    for (const person of people.slice(1)) await owner.put(`/guilds/${guild.id}/members/${person.id}/roles/${role.id}`);
    for (const [at, node] of nodes.entries()) {
        for (let number = 0; number < lanes_per_node; number += 1) {
            const label = `n${at}l${number}`;
            const channel = await owner.expect(201, 'POST', `/guilds/${guild.id}/channels`, { name: label });
            const client = await far_person(node);
            if (at === 0) await client.post(`/invites/${await invite(owner, guild)}`, {});
            else await far_join(owner, guild.text, client);
            // Who makes channels and roles lives on the same node; each lane has a patience of its own.
            const keeper = FarClient.from(people[at]);
            const lane = { client, keeper, guild_id: guild.id, channel_id: channel.id, label, random, world };
            world.lanes.push(Object.assign(new FarLane(lane), { at }));
        }
    }
    return world;
}

/** A session on each node, which sees what is told. */
export async function observers({ people }) {
    const sessions = [];
    for (const person of people) sessions.push(await connect(person.node, person, { intents: null }));
    return sessions;
}

/** The youngest id that any lane was given. */
export function youngest({ ids }) {
    return [...ids].reduce((most, id) => (BigInt(id) > BigInt(most) ? id : most), '0');
}

export function acknowledged({ lanes }) {
    return lanes.reduce((sum, lane) => sum + lane.acknowledged, 0);
}

/**
 * One session saw each message of a channel once, the younger later. What was edited before it came is told by its edit,
 * wherever that stands.
 */
export function in_order(session, name) {
    const last = new Map();
    const told = new Set();
    for (const { t: type, d } of session.dispatches) {
        if (type !== 'MESSAGE_CREATE') continue;
        assert.ok(!told.has(d.id), `${name} told ${d.id} "${d.content}" twice`);
        told.add(d.id);
        if (d.edited_timestamp !== null) continue;
        const before = last.get(d.channel_id) ?? '0';
        assert.ok(BigInt(d.id) > BigInt(before), `${name} told ${d.id} "${d.content}" after ${before}`);
        last.set(d.channel_id, d.id);
    }
}

/** After the trouble: what was unanswered is found out, what was told holds, and all nodes read alike. */
export async function settle(world, sessions, mark) {
    for (const [at, session] of sessions.entries()) in_order(session, world.nodes[at].name);
    const told = sessions.flatMap((session) => session.dispatches);
    for (const lane of world.lanes) {
        for (const person of world.people.slice(1)) await catch_up(person.be_patient(), lane.channel_id);
    }
    await Promise.all(world.lanes.map((lane) => lane.settle(told)));
    await Promise.all(world.lanes.map((lane) => agree(world, lane)));
    await Promise.all(world.lanes.map((lane) => lane.compare(mark)));
}

/** All nodes read the lane's channel alike. */
function agree({ people }, lane) {
    for (const person of people) person.be_patient();
    return converge(people, lane.channel_id, { ms: recovery_ms });
}
