// Two operators rotate the keys of their nodes by the command line: guilds, links and members go on, what was said before
// stays, and a rotation can be made void by the recovery key.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { command } from '../support/node.mjs';
import { until } from '../support/wait.mjs';
import { converge, post_surely, shared_guild, start_nodes } from '../support/fed.mjs';

await suite(
    'federation_keys',
    async (t) => {
        await t.check('nodes rotate their keys and go on', () => rotate(t), { seconds: 180 });
    },
    { seconds: 240 },
);

async function keys(node, ...words) {
    const done = await command(['keys', ...words, '--data', node.data]);
    assert.equal(done.code, 0, done.stderr);
    return done.stdout;
}

async function talk(people, guild, tag) {
    for (const [at, person] of people.entries())
        await post_surely(person, guild.text, `${tag} ${at}`, `${tag}-${at}`);
    return converge(people, guild.text);
}

async function rotate(t) {
    const nodes = await start_nodes(t, 2);
    const { owner, guild, people } = await shared_guild(nodes);
    await owner.patch(`/guilds/${guild.id}/hosting`, { successors: [nodes[1].name], votes: 1 });
    const before = await talk(people, guild, 'before');
    const busy = await command(['keys', 'rotate', '--data', nodes[0].data]);
    assert.equal(busy.code, 2, 'a running node kept its keys');

    for (const node of nodes) {
        await node.stop();
        const first = await keys(node, 'show');
        assert.match(first, new RegExp(`^node +${node.ready.node}\nkey +0 `));
        const rotated = await keys(node, 'rotate');
        assert.match(rotated, /^key 1 signs from now on; heads of \d+ logs were signed anew\n/);
        assert.match(rotated, /\nevent +[0-9a-f]{300,}\n/);
        await node.start();
        await talk(people, guild, `rotated ${node.name}`);
    }
    // The recovery key leaves the folder; without it nothing is made void.
    await nodes[1].stop();
    const recovery = (await keys(nodes[1], 'recovery')).trim();
    assert.match(recovery, /^[0-9a-f]{64}$/);
    assert.match(await keys(nodes[1], 'override'), /^key 1 signs from now on/);
    await keys(nodes[1], 'recovery', 'forget');
    assert.match(await keys(nodes[1], 'show'), /\nrecovery +not in this folder\n/);
    const refused = await command(['keys', 'override', '--data', nodes[1].data]);
    assert.equal(refused.code, 1);
    await nodes[1].start();
    const after = await talk(people, guild, 'overridden');
    for (const line of before) assert.ok(after.includes(line), `lost: ${line}`);
    // The successor has it all, and says so with its newest key.
    await until(
        async () => {
            const seen = await owner.get(`/guilds/${guild.id}/hosting`);
            const [heir] = seen.successors;
            return heir.held_logs === seen.logs && heir.held_entries === seen.entries;
        },
        30_000,
        'a copy that was signed for',
    );
    for (const node of nodes) {
        assert.equal((await node.stop()).code, 0);
        const found = await command(['verify', '--data', node.data]);
        assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
    }
}
