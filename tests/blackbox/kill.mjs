// Kills a loaded node with `kill -9` at random moments and checks from outside that nothing acknowledged was lost,
// doubled, undone or resurrected; that `verify` is clean after each; and that `rebuild` gives equal tables.
// GUILDHALL_KILLS sets the number, GUILDHALL_SEED repeats a run's choices.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { suite } from '../support/suite.mjs';
import { Node, command } from '../support/node.mjs';
import { deep, repository } from '../support/paths.mjs';
import { join, make_guild, register } from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';
import { deadline, seeded, sleep } from '../support/wait.mjs';
import { Lane } from './lane.mjs';

const kills = Number(process.env.GUILDHALL_KILLS ?? (deep ? 200 : 50));
const seed = Number(process.env.GUILDHALL_SEED ?? Date.now() % 1_000_000);
const lanes_per_guild = 4;
const guild_count = 2;
/** Everything is compared every so many kills, else what is young or was touched. */
const full_compare_every = 25;

async function build_world(node, random) {
    const world = { ids: new Set(), lanes: [], owners: [] };
    for (let g = 0; g < guild_count; g += 1) {
        const owner = await register(node);
        const guild = await make_guild(owner);
        world.owners.push({ owner, guild });
        for (let l = 0; l < lanes_per_guild; l += 1) {
            const channel = await owner.expect(201, 'POST', `/guilds/${guild.id}/channels`, { name: `lane-${l}` });
            const client = l === 0 ? owner : await join(owner, guild.text, await register(node));
            const label = `g${g}l${l}`;
            world.lanes.push(
                new Lane({ client, keeper: owner, guild_id: guild.id, channel_id: channel.id, label, random, world }),
            );
        }
    }
    return world;
}

/** A session per guild that sees what is told before a kill. */
async function observers(node, world) {
    const sessions = [];
    for (const { owner } of world.owners) sessions.push(await connect(node, owner, { intents: null }));
    return sessions;
}

/** Load, a kill at a random moment, then everything is asked again. Returns what was acknowledged. */
async function one_kill(node, world, random, round) {
    const sessions = await observers(node, world);
    const mark = [...world.ids].reduce((most, id) => (BigInt(id) > BigInt(most) ? id : most), '0');
    const before = world.lanes.reduce((sum, lane) => sum + lane.acknowledged, 0);
    let going = true;
    const working = world.lanes.map((lane) => lane.run(() => going));
    const failed = Promise.all(working).then(
        () => null,
        (error) => error,
    );
    await Promise.race([sleep(40 + random() * 400), failed]);
    await node.crash();
    going = false;
    const error = await deadline(failed, 40_000, 'end of the load');
    if (error) throw error;
    for (const session of sessions) session.drop();
    const told = sessions.flatMap((session) => session.dispatches);

    const verified = await command(['verify', '--data', node.data]);
    assert.equal(verified.code, 0, `verify after the kill: ${verified.stdout} ${verified.stderr.slice(-1500)}`);
    // A guild lives on `id % shards`: another number of shards moves it, and must change nothing.
    node.settings.shards = 1 + (round % 3);
    await node.start();
    for (const lane of world.lanes) await lane.settle(told);
    await no_phantoms(world, told);
    const full = round % full_compare_every === 0;
    await Promise.all(world.lanes.map((lane) => lane.compare(full ? null : mark)));
    return world.lanes.reduce((sum, lane) => sum + lane.acknowledged, 0) - before;
}

/** What a session was told must exist, or have existed until it was deleted. */
async function no_phantoms(world, told) {
    const lanes = new Map(world.lanes.map((lane) => [lane.channel_id, lane]));
    for (const { t: type, d } of told) {
        const lane = type === 'MESSAGE_CREATE' && lanes.get(d.channel_id);
        if (!lane) continue;
        assert.ok(
            lane.messages.has(d.id) || lane.deleted.has(d.id),
            `${d.id} "${d.content}" was told and does not exist`,
        );
    }
}

/** Every table of every database in two folders, compared by the rows they hold. */
function compare_tables(left, right) {
    const script = path.join(repository, 'tests/blackbox/compare_tables.py');
    return spawnSync('/usr/bin/python3', [script, left, right], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

await suite(
    'kill',
    async (t) => {
        console.log(`kill: seed ${seed}, ${kills} kills`);
        const random = seeded(seed);
        const data = path.join(t.temporary_folder(), 'data');
        fs.mkdirSync(data);
        const node = t.adopt(await Node.start({ data, settings: { rate_limits: 'off' } }));
        const world = await build_world(node, random);
        let acknowledged = 0;
        for (let round = 1; round <= kills; round += 1) {
            const passed = await t.check(
                `kill ${round} of ${kills}: nothing acknowledged is lost, doubled or undone (seed ${seed})`,
                async () => (acknowledged += await one_kill(node, world, random, round)),
                { seconds: 180 },
            );
            if (!passed) return; // The model no longer matches: what follows would only repeat the failure.
            if (round % 25 === 0) console.log(`kill: ${round} of ${kills}, ${acknowledged} calls acknowledged`);
        }
        t.row('the load was a load', acknowledged >= kills * 5 ? '' : `only ${acknowledged} calls were acknowledged`);
        await t.check('in the end everything is there', () => Promise.all(world.lanes.map((lane) => lane.compare())), {
            seconds: 300,
        });
        await t.check('rebuild gives equal tables', () => rebuild_is_equal(t, node), { seconds: 300 });
    },
    { seconds: 120 + kills * 30 },
);

async function rebuild_is_equal(t, node) {
    assert.equal((await node.stop()).code, 0);
    const copy = path.join(t.temporary_folder(), 'copy');
    fs.cpSync(node.data, copy, { recursive: true });
    const rebuilt = await command(['rebuild', '--data', copy]);
    assert.equal(rebuilt.code, 0, rebuilt.stderr.slice(-1500));
    const compared = compare_tables(node.data, copy);
    assert.equal(compared.status, 0, compared.stdout + compared.stderr);
    const verified = await command(['verify', '--data', copy]);
    assert.equal(verified.code, 0, verified.stderr.slice(-1500));
}
