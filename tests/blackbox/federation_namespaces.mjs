// Three nodes, each on a machine of its own as far as the network goes: a namespace with a cable to one switch. Under load
// from all three, the cable of one is pulled for 30 s, and that of another passes nothing, without anybody being told,
// until both its ends have noticed. Afterwards nothing acknowledged is lost, doubled or reordered. GUILDHALL_SEED
// repeats a run.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { deep } from '../support/paths.mjs';
import { command } from '../support/node.mjs';
import { request } from '../support/http.mjs';
import { Machine, enter, inside, run, unable } from '../support/namespace.mjs';
import { patience, seeded, sleep, until } from '../support/wait.mjs';
import { post_surely, start_nodes, until_linked } from '../support/fed.mjs';
import { acknowledged, build_world, in_order, observers, settle } from './far_lanes.mjs';

const seed = Number(process.env.GUILDHALL_SEED ?? Date.now() % 1_000_000);
const pulled_ms = 30_000;
/** A peer is dead after 60 s without a record (federation/limits.h); pings go every 20 s. */
const dead_ms = 80_000 * patience;
/** Where somebody waits for an answer: 2 s of doubt, and 5 s for a sign of life. */
const doubted_ms = [6000, 20_000 * patience];
/** The silent cable stays so for a while after it was noticed: dials fail, and go on. */
const silent_more_ms = deep ? 60_000 : 2000;
/** TCP's own patience: a connection that lost 30 s asks again 51 s after its beginning. */
const relinked_ms = 60_000;
/** A write waits 10 s for the host. */
const refused_ms = 16_000 * patience;
const read_ms = 8000 * patience;
const lanes_per_node = 2;
const writers = 3;
/** What each lane does in a second, so that a minute of it can be caught up with soon. */
const pace_ms = 40;

/** A switch, and a machine for each node: `wire` is its cable to the switch, by `desk` the tests speak to it. */
async function lay_cables(t, count) {
    run('ip', 'link', 'add', 'name', 'switch', 'type', 'bridge');
    run('ip', 'link', 'set', 'switch', 'up');
    const machines = [];
    for (let number = 0; number < count; number += 1) {
        const machine = await Machine.start();
        t.finally(() => machine.end());
        const [port, desk] = [`port${number}`, `desk${number}`];
        run('ip', 'link', 'add', 'name', port, 'type', 'veth', 'peer', 'name', `wire${number}`);
        run('ip', 'link', 'set', port, 'master', 'switch', 'up');
        machine.plug(`wire${number}`, 'wire', `10.77.0.${number + 1}/24`);
        run('ip', 'link', 'add', 'name', desk, 'type', 'veth', 'peer', 'name', `far${number}`);
        run('ip', 'address', 'add', `10.78.${number}.1/24`, 'dev', desk);
        run('ip', 'link', 'set', desk, 'up');
        machine.plug(`far${number}`, 'desk', `10.78.${number}.2/24`);
        machines.push(Object.assign(machine, { port }));
    }
    return machines;
}

/** The interface goes down, and both ends of the cable know. */
function pull(machine) {
    machine.ip('link', 'set', 'wire', 'down');
    return () => machine.ip('link', 'set', 'wire', 'up');
}

/** The switch passes nothing to or from that port; the interface stays up, and no RST ever comes. */
function silence(machine) {
    const disabled = 0;
    const forwarding = 3;
    const set = (state) => run('bridge', 'link', 'set', 'dev', machine.port, 'state', String(state));
    set(disabled);
    return () => set(forwarding);
}

/** Posts while the host is away: each is refused in time, and kept for later. */
async function write_in_vain(person, channel, label, cut) {
    for (let number = 1; cut.is_on; number += 1) {
        const body = { content: `${label} ${number}`, nonce: `${label}-${number}`, enforce_nonce: true };
        const asked = Date.now();
        const answer = await person.call('POST', `/channels/${channel}/messages`, body, { ms: 30_000 });
        cut.posts.push(body);
        if (!cut.is_on) return;
        assert.equal(answer.status, 503, answer.text);
        assert.equal(answer.json.code, 130000, answer.text);
        assert.ok(Date.now() - asked < refused_ms, `refused after ${Date.now() - asked} ms`);
        cut.refused += 1;
        await sleep(200);
    }
}

/** What is here is read as ever. */
async function read_on(person, guild, cut) {
    for (; cut.is_on; await sleep(100)) {
        for (const path of [`/guilds/${guild.id}`, `/channels/${guild.text}/messages`]) {
            const asked = Date.now();
            await person.get(path);
            assert.ok(Date.now() - asked < read_ms, `${path} took ${Date.now() - asked} ms`);
            cut.reads += 1;
        }
    }
}

/** People of a node that is cut off, until `heal`: resolves when the host answers them again. */
async function cut_off(world, at, cut_wire, until_healed) {
    const [person, guild] = [world.people[at], world.guild];
    const cut = { is_on: true, posts: [], refused: 0, reads: 0, at: Date.now() };
    const heal = cut_wire(world.machines[at]);
    const busy = Promise.all([
        read_on(person, guild, cut),
        ...Array.from({ length: writers }, (_, number) => write_in_vain(person, guild.text, `cut${at}w${number}`, cut)),
    ]);
    try {
        await Promise.race([until_healed(cut), busy]);
    } finally {
        cut.is_on = false;
        heal();
    }
    const healed = Date.now();
    await busy;
    await until_linked(person, guild.id, relinked_ms);
    console.log(
        `federation_namespaces: ${person.node.name} was away for ${healed - cut.at} ms, ${cut.refused} writes refused, ` +
            `${cut.reads} reads answered; the host answered ${Date.now() - healed} ms after`,
    );
    assert.ok(cut.refused >= writers, `${cut.refused} writes were refused`);
    assert.ok(cut.reads >= 20, `${cut.reads} reads`);
    return cut;
}

const gave_up = /nothing was heard for too long|no sign of life while an answer was awaited/g;

/** Both ends of the silent cable take the other for dead, at the times that the protocol says: whose people write, sooner. */
async function both_notice(world, at, cut) {
    const [host, waiting] = [world.nodes[0], world.nodes[at]];
    const counts = (node) => node.log.match(gave_up)?.length ?? 0;
    const before = new Map([host, waiting].map((node) => [node, counts(node)]));
    const noticed = (node, within) => until(() => counts(node) > before.get(node), within / patience, 'end of the silent link');
    await noticed(waiting, dead_ms);
    const after = Date.now() - cut.at;
    assert.ok(after >= doubted_ms[0] && after <= doubted_ms[1], `noticed after ${after} ms`);
    await noticed(host, dead_ms);
    assert.equal(await links_of(waiting), 0, 'a link that is dead is counted');
    await sleep(silent_more_ms);
}

async function links_of(node) {
    const { text } = await request(node.base, 'GET', '/metrics');
    return [...text.matchAll(/^guildhall_links\{[^}]*\} 1$/gm)].length;
}

async function cuts(world) {
    const sessions = await observers(world);
    let going = true;
    const go_on = () => sleep(pace_ms).then(() => going);
    const working = Promise.all(world.lanes.map((lane) => lane.run(go_on)));
    await Promise.race([sleep(1500), working]);
    const cut = await Promise.race([
        Promise.all([
            cut_off(world, 1, pull, () => sleep(pulled_ms)),
            cut_off(world, 2, silence, (one) => both_notice(world, 2, one)),
        ]),
        working.then(() => sleep(dead_ms * 4)),
    ]);
    going = false;
    await working;
    const host_lanes = world.lanes.filter((lane) => lane.at === 0);
    assert.ok(
        host_lanes.every((lane) => lane.pending === null && lane.acknowledged > pulled_ms / 1000),
        'the host’s own people were held up',
    );
    const ids = await once_each(
        world,
        cut.flatMap(({ posts }) => posts),
    );
    await settle(world, sessions, null);
    for (const lane of world.lanes) ids.push(...lane.messages.keys());
    await told_to_all(world, sessions, ids);
    for (const session of sessions) session.drop();
}

/** A client repeats what was refused, with the nonce it had; what came through after all is not made twice. */
async function once_each(world, posts) {
    const path = `/channels/${world.guild.text}/messages`;
    const ids = [];
    for (const { content, nonce } of posts) {
        const person = world.people[Number(content[3])];
        ids.push((await post_surely(person, world.guild.text, content, nonce)).id);
    }
    const found = [];
    for (let before = ''; ; before = `&before=${found.at(-1).id}`) {
        const page = await world.owner.get(`${path}?limit=100${before}`);
        found.push(...page);
        if (page.length < 100) break;
    }
    const contents = found.map((one) => one.content).filter((content) => content.startsWith('cut'));
    assert.deepEqual(contents.sort(), posts.map(({ content }) => content).sort());
    return ids;
}

/** The sessions lived through the cuts: each was told each message, in order, once. */
async function told_to_all(world, sessions, ids) {
    for (const [at, session] of sessions.entries()) {
        const untold = () => {
            const creates = session.dispatches.filter(({ t }) => t === 'MESSAGE_CREATE');
            const told = new Set(creates.map(({ d }) => d.id));
            return ids.filter((id) => !told.has(id));
        };
        const all_came = () => session.close_info || untold().length === 0;
        await until(all_came, 20_000, 'MESSAGE_CREATE of everything').catch((error) => {
            const some = untold().slice(0, 5);
            throw new Error(
                `${world.nodes[at].name}: ${error.message}; ${untold().length} of ${ids.length} are missing: ${some}`,
            );
        });
        assert.equal(session.close_info, undefined, `${world.nodes[at].name} closed the session`);
        in_order(session, world.nodes[at].name);
    }
}

/** It all works as before. */
async function talk_on(world) {
    const before = acknowledged(world);
    const sessions = await observers(world);
    const end = Date.now() + 2000;
    await Promise.all(world.lanes.map((lane) => lane.run(() => Date.now() < end)));
    assert.ok(
        world.lanes.every((lane) => lane.pending === null),
        'a call was not answered',
    );
    await settle(world, sessions, null);
    for (const session of sessions) session.drop();
    assert.equal(await links_of(world.nodes[0]), 2);
    console.log(`federation_namespaces: ${before} calls acknowledged around the cuts, ${acknowledged(world)} in all`);
}

async function verify_all(nodes) {
    for (const node of nodes) {
        assert.equal((await node.stop()).code, 0);
        const found = await command(['verify', '--data', node.data]);
        assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
    }
}

async function on_three_machines(t) {
    console.log(`federation_namespaces: seed ${seed}`);
    const machines = await lay_cables(t, 3);
    const settings = (number) => ({
        listen: `10.78.${number}.2:0`,
        'federation.listen': `10.77.0.${number + 1}:8447`,
    });
    const nodes = await start_nodes(t, 3, settings, (number) => ({ launcher: machines[number].launcher }));
    const world = await build_world(nodes, seeded(seed), lanes_per_node);
    world.machines = machines;
    const held = await t.check(
        'a cable is pulled, another goes silent: nothing acknowledged is lost, doubled or reordered',
        () => cuts(world),
        { seconds: 300 },
    );
    if (!held) return;
    await t.check('all goes on', () => talk_on(world), { seconds: 120 });
    await t.check('verify is clean on all', () => verify_all(nodes), { seconds: 60 });
}

await suite(
    'federation_namespaces',
    async (t) => {
        if (inside) return on_three_machines(t);
        const why = unable();
        if (why) return t.skip('nodes in network namespaces', why);
        await enter(t, import.meta.url, t.temporary_folder(), { ms: 450_000 });
    },
    { seconds: 460 },
);
