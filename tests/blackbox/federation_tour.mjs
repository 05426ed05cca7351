// Several nodes as README.md shows them: scripts/start with its words, and the shell of the tour line by line. Only the
// ports, the folder and the program are others than a reader has; nothing is built.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { suite } from '../support/suite.mjs';
import { command } from '../support/node.mjs';
import { Client } from '../support/api.mjs';
import { binary, repository } from '../support/paths.mjs';
import { deadline, deferred, until } from '../support/wait.mjs';

const ready_ms = Number(process.env.GUILDHALL_READY_MS ?? 60_000);
/** What start says when no port is chosen: the API's and the links'. */
const usual = [
    ['8080', '8447'],
    ['8090', '8457'],
    ['8100', '8467'],
];
const tour_title = 'Several nodes';
const password = 'correct horse battery';

const started = new Set();
process.on('exit', () => started.forEach((one) => one.end_now()));

/** A program that runs until it is ended: its words, and the nodes that they name. */
class Program {
    constructor(words, { input = 'ignore', environment = {} } = {}) {
        this.child = spawn(words[0], words.slice(1), {
            cwd: repository,
            stdio: [input, 'pipe', 'pipe'],
            env: { ...process.env, GUILDHALL_BIN: binary, ...environment },
        });
        this.said = this.log = '';
        this.nodes = [];
        started.add(this);
        const failed = deferred();
        this.exited = new Promise((resolve) =>
            this.child.on('close', (code, signal) => {
                started.delete(this);
                failed.reject(new Error(`${words[0]} ended (${code ?? signal}): ${this.log.slice(-1500)}`));
                resolve({ code, signal });
            }),
        );
        this.child.on('error', failed.reject);
        this.child.stdout.on('data', (chunk) => (this.said += chunk));
        this.child.stderr.on('data', (chunk) => (this.log += chunk));
        this.failed = failed.promise;
    }

    /** Waits until `pattern` was said; returns what it found. */
    says(pattern, ms = ready_ms) {
        return Promise.race([this.failed, until(() => pattern.exec(this.said), ms, `words like ${pattern}`)]);
    }

    /** Ctrl-C. */
    async stop() {
        this.child.kill('SIGINT');
        return deadline(this.exited, 30_000, 'end after SIGINT');
    }

    /** Start ends its nodes itself; those of which it spoke end in any case. */
    end_now() {
        this.child.kill('SIGTERM');
        for (const node of this.nodes) end_process(node.pid, 'SIGKILL');
    }
}

function end_process(pid, signal) {
    try {
        process.kill(pid, signal);
    } catch (error) {
        assert.equal(error.code, 'ESRCH');
    }
}

async function end_node(node, signal) {
    end_process(node.pid, signal);
    await until(() => !fs.existsSync(`/proc/${node.pid}/exe`) || is_zombie(node.pid), 15_000, `end of ${node.name}`);
}

function is_zombie(pid) {
    try {
        return /\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
        return true;
    }
}

/** Runs scripts/start and reads what it says of its nodes. */
async function start(t, words, folder = path.join(t.temporary_folder(), 'data')) {
    const program = new Program(['scripts/start', ...words, '--data', folder]);
    await program.says(/^Ctrl-C stops/m);
    const line =
        /^ {2}(\w+) +(http:\S+), links (\S+), its users are NAME@(\S+) elsewhere, process (\d+), data (\S+)$/gm;
    for (const [, word, base, links, name, pid, data] of program.said.matchAll(line)) {
        program.nodes.push({ word, base, links: links.split(':')[1], name, pid: Number(pid), data });
    }
    assert.doesNotMatch(program.said, /undefined|null|localhost:(\D|$)/m);
    return Object.assign(program, { folder });
}

/** A shell that a reader has open: its variables and functions stay from one block to the next. */
class Shell {
    constructor(folder) {
        this.program = new Program(['bash', '-c', 'cd "$1" && exec bash', '_', folder], { input: 'pipe' });
        this.number = 0;
    }

    /** What the block says; its last command must have worked. */
    async run(block) {
        this.number += 1;
        const from = this.program.said.length;
        this.program.child.stdin.write(`${block}\nprintf '\\n%s\\n' "=${this.number}= $?"\n`);
        const end = await this.program.says(new RegExp(`^=${this.number}= (\\d+)$`, 'm'), 60_000);
        assert.equal(end[1], '0', `${block}\n${this.program.said.slice(from)}${this.program.log}`);
        return this.program.said.slice(from, end.index).trim();
    }

    async value(word) {
        return this.run(`echo "$${word}"`);
    }
}

async function person(base, username) {
    const nobody = new Client({ base });
    const { token } = await nobody.expect([200, 201], 'POST', '/auth/register', { username, password });
    return new Client({ base }, token);
}

async function log_in(base, login) {
    const { token } = await new Client({ base }).expect(200, 'POST', '/auth/login', { login, password });
    const client = new Client({ base }, token);
    return Object.assign(client, { id: (await client.get('/users/@me')).id });
}

function reads(client, channel, content) {
    return until(
        async () => (await client.get(`/channels/${channel}/messages`)).some((one) => one.content === content),
        30_000,
        content,
    );
}

async function guild_of(owner, name) {
    const guild = await owner.expect([200, 201], 'POST', '/guilds', { name });
    const [channel] = (await owner.get(`/guilds/${guild.id}/channels`)).filter((one) => one.type === 0);
    const { code } = await owner.post(`/channels/${channel.id}/invites`, { max_age: 0 });
    return { guild, channel, code };
}

async function alone(t) {
    const program = await start(t, ['--set', 'listen=127.0.0.1:0', '--set', 'federation.listen=off']);
    const [curl] = /curl http\S+\/auth\/register(.|\n)*?\}'/.exec(program.said);
    const shell = new Shell(program.folder);
    assert.match(await shell.run(curl), /"token":"/);
    const api = /API base (\S+)\/api /.exec(program.said)[1];
    assert.ok((await log_in(api, 'robin')).id);
    assert.equal((await program.stop()).code, 0, program.log.slice(-800));
    shell.program.child.stdin.end();
}

/** Every address and command that start prints is used as it stands. */
async function two(t) {
    const program = await start(t, ['--two', '--ports=0']);
    const [one, other] = program.nodes;
    const accept = /^ {2}POST (http\S+)\/api\/v10\/invites\/CODE@(\S+)$/m.exec(program.said);
    const [, address] = /^An invite of two is CODE@(\S+)\. /m.exec(program.said);
    const [alone_command] = /^ {2}\S+ serve (.*\\\n)+.*$/m.exec(program.said);
    assert.match(program.said, new RegExp(`README.md, "${tour_title}", goes on from here`));

    const [alice, bob] = [await person(one.base, 'alice'), await person(accept[1], 'bob')];
    assert.equal(accept[1], other.base);
    const first = await guild_of(alice, 'of one');
    await bob.post(`/invites/${first.code}@${accept[2]}`, {});
    const second = await guild_of(bob, 'of two');
    await alice.post(`/invites/${second.code}@${address}`, {});
    await bob.post(`/channels/${first.channel.id}/messages`, { content: 'from two' });
    await reads(alice, first.channel.id, 'from two');
    const seen = await alice.get(`/channels/${first.channel.id}/messages`);
    assert.equal(seen.find((line) => line.content === 'from two').author.username, `bob@${other.name}`);

    await end_node(other, 'SIGTERM');
    const again = new Program(['bash', '-c', `exec ${alone_command.trim()}`]);
    const ready = JSON.parse((await again.says(/^\{.*\}$/m))[0]);
    assert.equal(ready.http, other.base);
    await bob.post(`/channels/${second.channel.id}/messages`, { content: 'back' });
    await reads(alice, second.channel.id, 'back');
    assert.equal((await again.stop()).code, 0);
    assert.equal((await program.stop()).code, 0);
    for (const node of program.nodes) await verified(node);
}

/** The blocks of the tour, by what they do; the words between them are followed below. */
function tour_blocks(nodes, folder) {
    const readme = fs.readFileSync(path.join(repository, 'README.md'), 'utf8');
    const section = readme.split(/^## /m).find((part) => part.startsWith(`${tour_title}\n`));
    const here = Object.fromEntries(
        usual.flatMap(([api, links], number) => [
            [api, new URL(nodes[number].base).port],
            [links, nodes[number].links],
        ]),
    );
    const blocks = [...section.matchAll(/^```(?:sh)?\n([^]*?)^```$/gm)].map(([, block]) =>
        block
            .replace(/\b(80[89]0|8100|84[456]7)\b/g, (port) => here[port])
            .replaceAll('build/release/bin/guildhall', binary)
            .replaceAll('data/', `${folder}/`),
    );
    const names = ['begin', 'people', 'accept', 'seen', 'bots', 'heir', 'without', 'move'];
    assert.equal(blocks.length, names.length, 'README.md has other blocks than the tour here');
    return Object.fromEntries(names.map((name, at) => [name, blocks[at]]));
}

async function tour(t) {
    const program = await start(t, ['--three', '--ports', '0', '--set', 'rate_limits=off']);
    const blocks = tour_blocks(program.nodes, program.folder);
    assert.equal(blocks.begin, './scripts/start --three\n');
    const shell = new Shell(t.temporary_folder());
    const [one, second, third] = program.nodes;

    await shell.run(blocks.people);
    const guild = await shell.value('GUILD');
    const channel = await shell.value('CHANNEL');
    assert.match(`${guild} ${channel}`, /^\d+ \d+$/);
    const said = await shell.run(blocks.accept);
    assert.equal(said.match(/^"The Long Hall"$/gm)?.length, 2, said);
    // A reader takes longer than the message does.
    const look = blocks.accept.trim().split('\n').pop();
    await until(async () => `${await shell.run(look)}\n` === blocks.seen, 10_000, 'what README.md shows');
    await shell.run(blocks.bots);
    const bob = new Client(second, await shell.value('BOB'));
    const cara = new Client(third, await shell.value('CARA'));
    const bots = (await bob.get(`/guilds/${guild}/members?limit=10`)).filter((one) => one.user.bot);
    assert.deepEqual(
        bots.map((one) => one.user.username),
        ['farbot'],
    );
    const hosting = JSON.parse(await shell.run(blocks.heir));
    assert.deepEqual([hosting.takeover_delay, hosting.successors.length, hosting.votes], [5, 1, 1]);
    const role = async (client) => client.get(`/guilds/${guild}/hosting`);
    await until(async () => (await role(bob)).successors.length === 1, 10_000, 'the successor knowing it');
    await until(async () => (await role(cara)).successors.length === 1, 10_000, 'the third node knowing it');

    await end_node(one, 'SIGKILL');
    fs.rmSync(one.data, { recursive: true });
    const early = await bob.call('POST', `/channels/${channel}/messages`, { content: 'Too early' });
    assert.ok([200, 503].includes(early.status), early.text);
    for (const client of [bob, cara]) {
        await client.get(`/channels/${channel}/messages`);
        await until(async () => (await role(client)).host.name === second.name, 60_000, 'a takeover');
    }
    await until_written(cara, channel);
    assert.equal(await shell.run(blocks.without), '"Still here"\n"So am I"');
    for (const client of [bob, cara]) {
        for (const content of ['Hello, Bob', 'Hello from another node', 'Still here', 'So am I'])
            await reads(client, channel, content);
    }
    const dora = await person(third.base, 'dora');
    const code = await shell.value('CODE');
    assert.equal((await dora.post(`/invites/${code}@localhost:${second.links}`, {})).guild.id, guild);

    await end_node(second, 'SIGTERM');
    const at = blocks.move.indexOf(`${binary} serve`);
    assert.match(await shell.run(blocks.move.slice(0, at)), /^\d+\taccount alice lives on this node now/);
    const again = new Program(['bash', '-c', `exec ${blocks.move.slice(at)}`]);
    await again.says(/^\{.*\}$/m);
    const alice = await log_in(second.base, 'alice');
    assert.equal((await alice.get(`/guilds/${guild}`)).owner_id, alice.id);
    await until(async () => (await role(cara)).host.name === second.name, 30_000, 'the host');
    await alice.patch(`/guilds/${guild}`, { name: 'The Longer Hall' });
    await alice.post(`/channels/${channel}/messages`, { content: 'I live here now' });
    await reads(cara, channel, 'I live here now');
    await until(async () => (await cara.get(`/guilds/${guild}`)).name === 'The Longer Hall', 10_000, 'the name');
    await until_written(cara, channel);
    assert.equal((await again.stop()).code, 0);
    assert.equal((await program.stop()).code, 0);
    shell.program.child.stdin.end();
    for (const node of [second, third]) await verified(node);
}

/** A node that just found the new host may still answer 503. */
function until_written(client, channel) {
    return until(
        async () => (await client.call('POST', `/channels/${channel}/messages`, { content: '.' })).status === 200,
        40_000,
        'a write through the new host',
    );
}

async function verified(node) {
    const found = await command(['verify', '--data', node.data]);
    assert.equal(found.code, 0, `${node.name}: ${found.stdout} ${found.stderr.slice(-1500)}`);
}

await suite(
    'federation_tour',
    async (t) => {
        await t.check('one node, and the words about it', () => alone(t), { seconds: 60 });
        await t.check('two nodes, and the words about them', () => two(t), { seconds: 120 });
        await t.check('the tour of README.md to its end', () => tour(t), { seconds: 180 });
    },
    { seconds: 380 },
);
