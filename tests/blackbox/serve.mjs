// The node as its keeper meets it: starting, refusing to start, stopping, being watched, backed up, and a full disk.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { suite } from '../support/suite.mjs';
import { Node, command } from '../support/node.mjs';
import { request } from '../support/http.mjs';
import { Client, authorize, make_bot, make_guild, password, register } from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';
import { repository } from '../support/paths.mjs';
import { sleep, until } from '../support/wait.mjs';

/** Runs `serve` where it must refuse: exit 2, one line, nothing on stdout. */
async function refused(data, sets) {
    const args = ['serve', '--data', data, ...sets.flatMap((one) => ['--set', one])];
    const ended = await command(args, { ms: 20_000 });
    assert.equal(ended.code, 2, `exit ${ended.code}: ${ended.stderr.slice(-600)}`);
    assert.equal(ended.stdout, '');
    const lines = ended.stderr.trim().split('\n').filter(Boolean);
    assert.equal(lines.length, 1, `one clear line, not ${lines.length}: ${ended.stderr.slice(0, 800)}`);
    return lines[0];
}

/** Every file of a folder with its bytes' length and time, to see that nothing was touched. */
function fingerprint(folder) {
    return fs
        .readdirSync(folder, { recursive: true })
        .sort()
        .map((name) => {
            const found = fs.statSync(path.join(folder, name));
            return `${name} ${found.isFile() ? `${found.size} ${found.mtimeMs}` : ''}`;
        });
}

async function starting(t, node) {
    await t.check('the ready line is the only line on stdout and says what the contract says', async () => {
        assert.deepEqual(Object.keys(node.ready).sort(), ['federation', 'http', 'node', 'ready']);
        assert.equal(node.ready.ready, true);
        assert.equal(node.ready.federation, null);
        assert.match(node.ready.node, /^[0-9a-f]{32,64}$/);
        assert.match(node.ready.http, /^http:\/\/127\.0\.0\.1:\d+$/);
        assert.notEqual(new URL(node.ready.http).port, '0');
        assert.equal(node.stdout.trim().split('\n').length, 1);
    });
    await t.check('a second node on the same folder exits 2 with one line', () =>
        refused(node.data, ['listen=127.0.0.1:0']),
    );
    await t.check('an unknown key exits 2 with one line that names it', async () => {
        assert.match(await refused(t.temporary_folder(), ['listne=127.0.0.1:0']), /listne/);
    });
    const bad = [
        'listen=nonsense',
        'listen=127.0.0.1:99999',
        'rate_limits=maybe',
        'shards=-1',
        'shards=many',
        'registration=sometimes',
        'log.level=loud',
        'store=mysql://x',
        'store=postgres://x',
        'bus=nats://x',
        'federation.trust=perhaps',
    ];
    for (const value of bad) {
        await t.check(`a value that does not parse exits 2 and names its key: ${value}`, async () => {
            const data = path.join(t.temporary_folder(), 'data');
            const line = await refused(data, value.startsWith('listen') ? [value] : ['listen=127.0.0.1:0', value]);
            assert.ok(line.includes(value.split('=')[0]), line);
            assert.ok(!fs.existsSync(data) || fs.readdirSync(data).length === 0, 'the data folder was touched');
        });
    }
    await t.check('a port in use exits with one clear line', async () => {
        const args = ['serve', '--data', t.temporary_folder(), '--set', `listen=127.0.0.1:${node.port}`];
        const ended = await command(args, { ms: 20_000 });
        assert.equal(ended.code, 2, `exit ${ended.code}`);
        assert.equal(ended.stdout, '');
    });
    for (const args of [['--help'], ['serve', '--help'], ['backup', '--help'], ['--version']]) {
        await t.check(`\`guildhall ${args.join(' ')}\` answers on stdout and exits 0`, async () => {
            const ended = await command(args, { ms: 20_000 });
            assert.equal(ended.code, 0, ended.stderr);
            assert.equal(ended.stderr, '');
            assert.match(ended.stdout, args[0] === '--version' ? /^guildhall \d+\.\d+\.\d+\n$/ : /^usage: guildhall /);
        });
    }
    await t.check('a command without arguments prints its usage', async () => {
        const ended = await command(['user'], { ms: 20_000 });
        assert.equal(ended.code, 2);
        assert.match(ended.stderr, /^usage: guildhall user list \| add NAME/);
    });
    for (const args of [[], ['frobnicate'], ['serve'], ['serve', '--frob']]) {
        await t.check(`\`guildhall ${args.join(' ')}\` exits 2 and says how it is used`, async () => {
            const ended = await command(args, { ms: 20_000 });
            assert.equal(ended.code, 2, `exit ${ended.code}`);
            assert.ok(ended.stderr.trim().length > 0);
        });
    }
}

async function newer_folder(t) {
    await t.check('a data folder of a newer version exits 2 with one line, nothing touched', async () => {
        const data = t.temporary_folder();
        const node = t.adopt(await Node.start({ data }));
        await node.stop();
        const script = path.join(repository, 'tests/blackbox/make_newer.py');
        const made = spawnSync('/usr/bin/python3', [script, data], { encoding: 'utf8' });
        assert.equal(made.status, 0, made.stderr + made.stdout);
        const before = fingerprint(data);
        assert.match(await refused(data, ['listen=127.0.0.1:0']), /newer|version/i);
        assert.deepEqual(fingerprint(data), before);
    });
}

async function config_file(t) {
    await t.check('--config gives keys, --set wins over it', async () => {
        const file = path.join(t.temporary_folder(), 'guildhall.conf');
        fs.writeFileSync(file, 'listen = 127.0.0.1:1\nregistration = closed\n');
        const node = t.adopt(await Node.start({ arguments: ['--config', file] }));
        const body = { username: 'somebody', email: 'somebody@example.test', password, consent: true };
        const answer = await new Client(node).call('POST', '/auth/register', body);
        assert.ok(answer.status >= 400 && answer.status < 500, `registration was closed: ${answer.status}`);
        await node.kill();
    });
}

async function over_tls(t) {
    const place = t.temporary_folder();
    const [key, certificate] = [path.join(place, 'key.pem'), path.join(place, 'cert.pem')];
    const made = spawnSync('openssl', [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=127.0.0.1',
        '-keyout',
        key,
        '-out',
        certificate,
    ]);
    if (made.status !== 0) return t.skip('HTTPS and WSS', 'openssl is not installed', { always_allowed: true });
    await t.check('with a certificate it serves HTTPS and WSS, and says so in the ready line', async () => {
        const node = t.adopt(await Node.start({ settings: { 'tls.cert': certificate, 'tls.key': key } }));
        assert.match(node.ready.http, /^https:/);
        assert.equal((await request(node.base, 'GET', '/health')).status, 200);
        const owner = await register(node);
        const guild = await make_guild(owner);
        const session = await connect(node, owner, { intents: null, tls: { rejectUnauthorized: false } });
        const { id } = await owner.post(`/channels/${guild.text}/messages`, { content: 'x'.repeat(2000) });
        await session.wait('MESSAGE_CREATE', (d) => d.id === id);
        assert.match(session.resume_url, /^wss:/);
        session.drop();
        assert.equal((await node.stop()).code, 0);
    });
    await t.check('a certificate that is none exits 2 and names its key', async () => {
        fs.writeFileSync(path.join(place, 'bad.pem'), 'nonsense');
        const line = await refused(path.join(place, 'data'), [
            'listen=127.0.0.1:0',
            `tls.cert=${place}/bad.pem`,
            `tls.key=${key}`,
        ]);
        assert.match(line, /tls/);
    });
}

async function watching(t, node) {
    await t.check('/health says healthy', async () => {
        const answer = await request(node.base, 'GET', '/health');
        assert.equal(answer.status, 200);
        assert.equal(answer.json.status, 'healthy');
        assert.ok(Math.abs(Date.parse(answer.json.timestamp) - Date.now()) < 60_000, answer.text);
    });
    await t.check('/metrics is Prometheus text', async () => {
        const answer = await request(node.base, 'GET', '/metrics');
        assert.equal(answer.status, 200);
        assert.match(answer.headers['content-type'], /^text\/plain/);
        prometheus(answer.text);
    });
}

/** Throws unless the text follows the exposition format: typed families, samples with parsable values. */
function prometheus(text) {
    const sample =
        /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*",?)*\})? (-?[0-9.eE+-]+|[+-]Inf|NaN)( \d+)?$/;
    const families = new Set();
    let samples = 0;
    assert.ok(text.endsWith('\n'), 'the last line must end');
    for (const line of text.split('\n').filter(Boolean)) {
        const kind = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line);
        if (kind) {
            assert.ok(!families.has(kind[1]), `${kind[1]} has two TYPE lines`);
            families.add(kind[1]);
        } else if (!line.startsWith('#')) {
            assert.match(line, sample);
            const name = line.split(/[{ ]/)[0];
            const family = name.replace(/_(bucket|sum|count)$/, '');
            assert.ok(families.has(name) || families.has(family), `${name} has no TYPE line before it`);
            samples += 1;
        }
    }
    assert.ok(samples >= 5, `only ${samples} samples`);
}

async function stopping(t) {
    await t.check('SIGTERM: op 7 to sessions, exit 0 within 5 s, sessions resume after the restart', async () => {
        const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
        const owner = await register(node);
        const guild = await make_guild(owner);
        const session = await connect(node, owner, { intents: null });
        const reconnect = session.wait_frame((frame) => frame.op === 7, 10_000, 'op 7');
        const exit = await node.stop();
        await reconnect;
        assert.equal(exit.code, 0);
        assert.ok(exit.ms < 5000, `${exit.ms} ms`);
        await node.start();
        await owner.post(`/channels/${guild.text}/messages`, { content: 'after the restart' });
        const resumed = await session.resume();
        assert.ok(resumed.resumed, 'the session could not resume');
        await resumed.wait('MESSAGE_CREATE', (d) => d.content === 'after the restart');
        resumed.drop();
    });
    await t.check('SIGINT stops it cleanly as well, also with idle connections open', async () => {
        const node = t.adopt(await Node.start());
        await request(node.base, 'GET', '/health');
        node.child.kill('SIGINT');
        const asked = Date.now();
        const exit = await until(() => node.exit, 6000, 'end after SIGINT');
        assert.equal(exit.code, 0);
        assert.ok(Date.now() - asked < 5000);
    });
}

async function backing_up(t) {
    await t.check(
        'a backup under load restores everything acknowledged before it returned',
        async () => {
            const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
            const owner = await register(node);
            const guild = await make_guild(owner);
            const upload = await owner.expect(
                200,
                'POST',
                `/channels/${guild.text}/messages`,
                { content: 'with a file' },
                {
                    files: [{ filename: 'kept.txt', type: 'text/plain', content: 'kept bytes' }],
                },
            );
            const acknowledged = [];
            let going = true;
            const load = (async () => {
                while (going)
                    acknowledged.push(
                        (await owner.post(`/channels/${guild.text}/messages`, { content: `n${acknowledged.length}` }))
                            .id,
                    );
            })();
            await sleep(200);
            const file = path.join(t.temporary_folder(), 'backup.file');
            const begun = acknowledged.length;
            const made = await command(['backup', '--data', node.data, file]);
            going = false;
            await load;
            assert.equal(made.code, 0, made.stderr.slice(-800));
            assert.equal(made.stderr.trim().split('\n').length, 1, 'off a terminal it is one line');
            assert.equal(fs.statSync(file).mode & 0o777, 0o600, 'only its user may read it');
            await node.crash();

            const data = path.join(t.temporary_folder(), 'restored');
            const restored = await command(['restore', file, '--data', data]);
            assert.equal(restored.code, 0, restored.stderr.slice(-800));
            const verified = await command(['verify', '--data', data]);
            assert.equal(verified.code, 0, verified.stdout + verified.stderr.slice(-800));
            const again = t.adopt(await Node.start({ data, settings: { rate_limits: 'off' } }));
            const reader = new Client(again, owner.token);
            const found = new Set();
            for (let cursor = '0'; ;) {
                const page = await reader.get(`/channels/${guild.text}/messages?limit=100&after=${cursor}`);
                for (const message of page) found.add(message.id);
                if (page.length < 100) break;
                cursor = page.map((message) => message.id).reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b));
            }
            const lost = acknowledged.slice(0, begun).filter((id) => !found.has(id));
            assert.equal(lost.length, 0, `${lost.length} of ${begun} lost`);
            const url = new URL((await reader.get(`/channels/${guild.text}/messages/${upload.id}`)).attachments[0].url);
            const bytes = await request(again.base, 'GET', url.pathname + url.search);
            assert.equal(bytes.text, 'kept bytes');
            await again.kill();
        },
        { seconds: 90 },
    );
    await t.check('restore refuses a folder that is not empty', async () => {
        const data = t.temporary_folder();
        fs.writeFileSync(path.join(data, 'precious'), 'x');
        const ended = await command(['restore', '/dev/null', '--data', data]);
        assert.notEqual(ended.code, 0);
        assert.deepEqual(fs.readdirSync(data), ['precious']);
    });
}

async function noticing_damage(t) {
    await t.check('verify notices a damaged database and exits other than 0', async () => {
        const node = t.adopt(await Node.start({ data: t.temporary_folder(), settings: { rate_limits: 'off' } }));
        const owner = await register(node);
        const guild = await make_guild(owner);
        for (let i = 0; i < 20; i += 1)
            await owner.post(`/channels/${guild.text}/messages`, { content: `a message to damage ${i}` });
        await node.stop();
        assert.equal((await command(['verify', '--data', node.data])).code, 0);
        assert.ok(damage(node.data, 'a message to damage 7'), 'the text is nowhere in the data folder');
        const verified = await command(['verify', '--data', node.data]);
        assert.notEqual(verified.code, 0, 'a flipped byte in a stored message went unnoticed');
    });
}

/** Flips one letter of `text` in every file that holds it. */
function damage(folder, text) {
    let hits = 0;
    for (const name of fs.readdirSync(folder, { recursive: true })) {
        const file = path.join(folder, name);
        if (!fs.statSync(file).isFile()) continue;
        const bytes = fs.readFileSync(file);
        for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
            bytes[at] ^= 1;
            hits += 1;
        }
        if (hits) fs.writeFileSync(file, bytes);
    }
    return hits;
}

async function full_disk(t) {
    if (process.getuid() !== 0)
        return t.skip('a full disk', 'mounting a small tmpfs needs root', { always_allowed: true });
    const place = t.temporary_folder();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', place]).status !== 0) {
        return t.skip('a full disk', 'tmpfs cannot be mounted here', { always_allowed: true });
    }
    t.finally(() => spawnSync('umount', ['-l', place]));
    await t.check('a full disk: 507 on writes, reads go on, writes come back when space does', () => fill(t, place), {
        seconds: 120,
    });
}

async function fill(t, place) {
    const data = path.join(place, 'data');
    fs.mkdirSync(data);
    const node = t.adopt(await Node.start({ data, settings: { rate_limits: 'off' } }));
    const owner = await register(node);
    const guild = await make_guild(owner);
    const messages = `/channels/${guild.text}/messages`;
    const first = await owner.post(messages, { content: 'before it was full' });
    const ballast = path.join(place, 'ballast');
    fill_up(ballast);
    const acknowledged = [];
    let refused_with = null;
    for (let i = 0; i < 5000 && !refused_with; i += 1) {
        const content = `${i} `.padEnd(1900, 'x');
        const answer = await owner.call('POST', messages, { content });
        if (answer.status === 200) acknowledged.push(answer.json.id);
        else refused_with = answer;
    }
    assert.equal(refused_with?.status, 507, refused_with?.text);
    assert.equal(typeof refused_with.json.message, 'string');
    for (let i = 0; i < 10; i += 1)
        assert.equal((await owner.call('POST', messages, { content: 'x'.repeat(1900) })).status, 507);
    assert.equal((await owner.get(`${messages}/${first.id}`)).content, 'before it was full');
    fs.rmSync(ballast);
    const after = await until(
        async () => {
            const answer = await owner.call('POST', messages, { content: 'room again' });
            return answer.status === 200 && answer.json;
        },
        20_000,
        'write after space came back',
    );
    const page = await owner.get(`${messages}?limit=100`);
    assert.equal(page[0].id, after.id);
    const ids = new Set(page.map((message) => message.id));
    for (const id of acknowledged.slice(-50)) assert.ok(ids.has(id), `${id} was acknowledged and is lost`);
    assert.equal((await node.stop()).code, 0);
    const verified = await command(['verify', '--data', data]);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr.slice(-600));
}

/** Writes until nothing more fits. */
function fill_up(file) {
    const handle = fs.openSync(file, 'w');
    try {
        for (let size = 1 << 20; size >= 4096;) {
            try {
                if (fs.writeSync(handle, Buffer.alloc(size)) < size) size >>= 1;
            } catch {
                size >>= 1;
            }
        }
    } finally {
        fs.closeSync(handle);
    }
}

async function secrets(t) {
    await t.check('secrets, tokens and contents are in no log at trace level', async () => {
        const node = t.adopt(await Node.start({ settings: { 'log.level': 'trace', rate_limits: 'off' } }));
        const marks = await use_secrets(node);
        const exit = await node.stop();
        assert.equal(exit.code, 0);
        const said = node.log + node.stdout;
        const requests = said.match(/request=\S+/g) ?? [];
        assert.ok(new Set(requests).size >= 10, 'requests leave no lines: the check would mean little');
        const leaked = Object.entries(marks)
            .filter(([, secret]) => said.includes(secret))
            .map(([what]) => what);
        assert.deepEqual(leaked, []);
    });
}

/** Uses every kind of secret once, in ways that succeed and in ways that fail. */
async function use_secrets(node) {
    const marks = {
        password: 'MARKED-password-7731',
        wrong_password: 'MARKED-wrong-9182',
        content: 'MARKED-content-5520',
        topic: 'MARKED-topic-0042',
    };
    const nobody = new Client(node);
    const who = {
        username: 'keeper_of_secrets',
        email: 'keeper@example.test',
        password: marks.password,
        consent: true,
    };
    marks.user_token = (await nobody.expect([200, 201], 'POST', '/auth/register', who)).token;
    await nobody.call('POST', '/auth/login', { login: who.email, password: marks.wrong_password });
    await nobody.call('POST', '/auth/login', `{"login": "${who.email}", "password": "${marks.password}`);
    const owner = new Client(node, marks.user_token);
    const guild = await make_guild(owner);
    const bot = await make_bot(owner);
    marks.bot_token = bot.raw_token;
    await authorize(owner, bot, guild.id);
    await owner.post(`/channels/${guild.text}/messages`, { content: marks.content });
    await owner.call('POST', `/channels/${guild.text}/messages`, { content: marks.content, embeds: 'wrong' });
    await owner.patch(`/channels/${guild.text}`, { topic: marks.topic });
    const session = await connect(node, bot);
    await owner.post(`/channels/${guild.text}/messages`, { content: `${marks.content} again` });
    await session.wait('MESSAGE_CREATE');
    session.drop();
    const form = `username=${who.username}&password=${encodeURIComponent(marks.password)}`;
    const classic = await request(node.base, 'POST', '/auth/login', {
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': form.length },
        body: form,
    });
    if (classic.json?.access_token) {
        marks.classic_token = classic.json.access_token;
        await request(node.base, 'GET', '/users/me', { headers: { authorization: `Bearer ${marks.classic_token}` } });
        await request(node.base, 'GET', `/ws/1/2/3?token=${marks.classic_token}`);
    }
    return marks;
}

await suite('serve', async (t) => {
    const node = t.adopt(await Node.start());
    await starting(t, node);
    await watching(t, node);
    await node.kill();
    await newer_folder(t);
    await config_file(t);
    await over_tls(t);
    await stopping(t);
    await backing_up(t);
    await noticing_damage(t);
    await full_disk(t);
    await secrets(t);
});
