// The honest meaning of "unmodified bots work": the libraries ask discord.com and gateway.discord.gg with not one setting
// changed. In a mount namespace of our own those names are 127.0.0.1, where the node serves TLS on port 443 with a
// certificate of a throw-away authority. Needs root; elsewhere it is skipped.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { authorize, make_bot, make_guild, register } from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';
import { Seen, life } from '../clients/scenario.mjs';

const names = ['discord.com', 'gateway.discord.gg', 'cdn.discordapp.com', 'media.discordapp.net'];
const libraries = ['discordjs', 'eris', 'oceanic', 'discordpy'];
const inside = process.env.GUILDHALL_NAMESPACE;

/** Why this machine cannot, or null. */
async function unable() {
    if (process.getuid() !== 0) return 'a mount namespace needs root';
    if (spawnSync('unshare', ['-m', 'true']).status !== 0) return 'unshare is refused here';
    if (spawnSync('openssl', ['version']).status !== 0) return 'openssl is not installed';
    const free = await new Promise((resolve) => {
        const server = net.createServer();
        server.once('error', () => resolve(false));
        server.listen(443, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    return free ? null : 'port 443 is in use';
}

/** An authority and a certificate for the names, in `folder`. */
function make_certificates(folder) {
    const openssl = (...words) => {
        const run = spawnSync('openssl', words, { cwd: folder, encoding: 'utf8' });
        if (run.status !== 0) throw new Error(run.stderr);
    };
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=Test authority', '-keyout', 'ca.key', '-out', 'ca.pem');
    openssl('req', ...key, '-subj', '/CN=discord.com', '-keyout', 'key.pem', '-out', 'request.pem');
    fs.writeFileSync(path.join(folder, 'names'), `subjectAltName=${names.map((name) => `DNS:${name}`)},IP:127.0.0.1\n`);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
    openssl('x509', '-req', '-in', 'request.pem', ...signing, '-out', 'cert.pem');
}

/** Runs this file again where the names lead to us and the authority is trusted; its result file is ours. */
function enter(t, folder) {
    const hosts = path.join(folder, 'hosts');
    fs.writeFileSync(hosts, `127.0.0.1 localhost ${names.join(' ')}\n`);
    const authority = path.join(folder, 'ca.pem');
    const environment = {
        ...process.env,
        GUILDHALL_NAMESPACE: folder,
        GUILDHALL_RESULT: path.join(folder, 'result.json'),
        NODE_EXTRA_CA_CERTS: authority,
        SSL_CERT_FILE: authority,
    };
    const words = `mount --bind '${hosts}' /etc/hosts && exec '${process.execPath}' '${fileURLToPath(import.meta.url)}'`;
    const run = spawnSync('unshare', ['-m', 'sh', '-c', words], {
        env: environment,
        stdio: 'inherit',
        timeout: 240_000,
    });
    if (!fs.existsSync(environment.GUILDHALL_RESULT)) throw new Error(`no result: exit ${run.status ?? run.signal}`);
    const result = JSON.parse(fs.readFileSync(environment.GUILDHALL_RESULT, 'utf8'));
    t.passed += result.passed;
    t.skipped += result.skipped;
    t.failures.push(...result.failures);
}

async function world_of(t, node, Adapter) {
    const owner = await register(node);
    const guild = await make_guild(owner);
    const bot = await make_bot(owner);
    await authorize(owner, bot, guild.id);
    const session = await connect(node, owner, { intents: null, tls: { rejectUnauthorized: false } });
    t.finally(() => session.drop());
    const adapter = new Adapter();
    t.finally(() => adapter.close());
    return { node, owner, guild, bot, session, adapter, seen: new Seen(adapter) };
}

async function lives(t) {
    const settings = {
        listen: '127.0.0.1:443',
        public_url: 'https://gateway.discord.gg',
        'tls.cert': path.join(inside, 'cert.pem'),
        'tls.key': path.join(inside, 'key.pem'),
        rate_limits: 'off',
    };
    const node = t.adopt(await Node.start({ settings }));
    node.unmodified = true;
    for (const library of libraries) {
        const { Adapter, name, missing } = await import(`../clients/adapter_${library}.mjs`);
        const why = missing?.();
        if (why) t.skip(name, why);
        else await life(t, await world_of(t, node, Adapter), `${name}, unmodified,`);
    }
}

await suite(
    'unmodified',
    async (t) => {
        if (inside) return lives(t);
        const why = await unable();
        if (why) return t.skip('libraries without any setting', why, { always_allowed: true });
        const folder = t.temporary_folder();
        make_certificates(folder);
        enter(t, folder);
    },
    { seconds: 260 },
);
