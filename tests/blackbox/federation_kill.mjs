// Kills one of two linked nodes with `kill -9` at random moments under load from people of both, and checks from
// outside that nothing acknowledged was lost, doubled, undone or reordered on either; that `verify` is clean after
// each kill; and that both read the same in the end. GUILDHALL_KILLS sets the number, GUILDHALL_SEED repeats a run.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { command } from '../support/node.mjs';
import { deep } from '../support/paths.mjs';
import { connect } from '../support/gateway.mjs';
import { deadline, seeded, sleep } from '../support/wait.mjs';
import {
    FarClient,
    catch_up,
    converge,
    far_join,
    far_person,
    recovery_ms,
    shared_guild,
    start_nodes,
} from '../support/fed.mjs';
import { Lane } from './lane.mjs';

const kills = Number(process.env.GUILDHALL_KILLS ?? (deep ? 100 : 20));
const seed = Number(process.env.GUILDHALL_SEED ?? Date.now() % 1_000_000);
const lanes_per_node = 3;

/** What a lane does is judged by its answers; a kill leaves some of them unknown. */
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

async function build_world(nodes, random) {
    const { owner, guild, people } = await shared_guild(nodes);
    const world = { ids: new Set(), lanes: [], nodes, owner, guild, people };
    const role = await owner.post(`/guilds/${guild.id}/roles`, { name: 'keepers', permissions: '8' });
    await owner.put(`/guilds/${guild.id}/members/${people[1].id}/roles/${role.id}`);
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
            world.lanes.push(new FarLane(lane));
        }
    }
    return world;
}

async function invite(owner, guild) {
    return (await owner.post(`/channels/${guild.text}/invites`, { max_age: 0 })).code;
}

/** A session on each node, which sees what is told before the kill. */
async function observers({ people }) {
    const sessions = [];
    for (const person of people) sessions.push(await connect(person.node, person, { intents: null }));
    return sessions;
}

async function one_kill(world, random) {
    const victim = world.nodes[Math.floor(random() * world.nodes.length)];
    const sessions = await observers(world);
    const mark = [...world.ids].reduce((most, id) => (BigInt(id) > BigInt(most) ? id : most), '0');
    const before = world.lanes.reduce((sum, lane) => sum + lane.acknowledged, 0);
    let going = true;
    const working = world.lanes.map((lane) => lane.run(() => going));
    const failed = Promise.all(working).then(
        () => null,
        (error) => error,
    );
    await Promise.race([sleep(100 + random() * 700), failed]);
    await victim.crash();
    // The other node goes on for a moment; what it asked for goes out again when the victim is back.
    await Promise.race([sleep(random() * 300), failed]);
    going = false;
    const verified = await command(['verify', '--data', victim.data]);
    assert.equal(verified.code, 0, `verify of ${victim.name}: ${verified.stdout} ${verified.stderr.slice(-1500)}`);
    await victim.start();
    const error = await deadline(failed, 60_000, 'end of the load');
    if (error) throw error;
    for (const session of sessions) session.drop();
    for (const [at, session] of sessions.entries()) in_order(session, world.nodes[at].name);
    const told = sessions.flatMap((session) => session.dispatches);
    for (const lane of world.lanes) await catch_up(world.people[1].be_patient(), lane.channel_id);
    await Promise.all(world.lanes.map((lane) => lane.settle(told)));
    await Promise.all(world.lanes.map((lane) => agree(world, lane)));
    await Promise.all(world.lanes.map((lane) => lane.compare(mark)));
    return world.lanes.reduce((sum, lane) => sum + lane.acknowledged, 0) - before;
}

/** One session saw each message of a channel once, the younger later. */
function in_order(session, name) {
    const last = new Map();
    for (const { t: type, d } of session.dispatches) {
        if (type !== 'MESSAGE_CREATE') continue;
        const before = last.get(d.channel_id) ?? '0';
        assert.ok(BigInt(d.id) > BigInt(before), `${name} told ${d.id} "${d.content}" after ${before}`);
        last.set(d.channel_id, d.id);
    }
}

/** Both nodes read the lane's channel alike. */
function agree({ people }, lane) {
    for (const person of people) person.be_patient();
    return converge(people, lane.channel_id, { ms: recovery_ms });
}

await suite(
    'federation_kill',
    async (t) => {
        console.log(`federation_kill: seed ${seed}, ${kills} kills`);
        const random = seeded(seed);
        const nodes = await start_nodes(t, 2);
        const world = await build_world(nodes, random);
        let acknowledged = 0;
        for (let round = 1; round <= kills; round += 1) {
            const passed = await t.check(
                `kill ${round} of ${kills}: nothing acknowledged is lost, doubled, undone or reordered (seed ${seed})`,
                async () => (acknowledged += await one_kill(world, random)),
                { seconds: 180 },
            );
            if (!passed) return; // The model no longer matches: what follows would only repeat the failure.
            if (round % 10 === 0) console.log(`federation_kill: ${round} of ${kills}, ${acknowledged} acknowledged`);
        }
        t.row('the load was a load', acknowledged >= kills * 5 ? '' : `only ${acknowledged} calls were acknowledged`);
        await t.check('in the end everything is there', () => Promise.all(world.lanes.map((lane) => lane.compare())), {
            seconds: 200,
        });
        await t.check('verify is clean on both', async () => {
            for (const node of nodes) {
                assert.equal((await node.stop()).code, 0);
                const found = await command(['verify', '--data', node.data]);
                assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
            }
        });
    },
    { seconds: 120 + kills * 45 },
);
