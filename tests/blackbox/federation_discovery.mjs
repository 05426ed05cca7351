// How nodes find each other by a name alone, with a name server, the ports 53 and 443 and an authority of our own: SRV
// records, the document at https://NAME/.well-known/guildhall, links as WebSocket over TLS. A certificate that does not
// hold leads nowhere; a node that moved is found again.
import assert from 'node:assert/strict';
import net from 'node:net';
import path from 'node:path';
import { suite } from '../support/suite.mjs';
import { command } from '../support/node.mjs';
import { make_guild } from '../support/api.mjs';
import { has_openssl, make_certificates } from '../support/certificates.mjs';
import { request } from '../support/http.mjs';
import { NameServer } from '../support/name_server.mjs';
import { enter, inside, unable } from '../support/namespace.mjs';
import { converge, far_person, post_surely, start_node } from '../support/fed.mjs';

const domain = 'example.test';
const names = { guest: `guest.${domain}`, plain: `plain.${domain}`, web: `web.${domain}` };
/** The web node's address under a name that is not in its certificate. */
const alias = `alias.${domain}`;
const mute = `mute.${domain}`;
const addresses = { guest: '127.0.0.2', plain: '127.0.0.3', web: '127.0.0.4' };
const service = `SRV _guildhall._tcp.${names.plain}`;
/** A look-up and a dial that lead nowhere take no longer. */
const refused_ms = 25_000;

async function prepare(t) {
    const dns = await NameServer.listen('127.0.0.1');
    t.finally(() => dns.close());
    for (const who of Object.keys(names)) dns.records[`A ${names[who]}`] = [addresses[who]];
    dns.records[`A ${alias}`] = [addresses.web];
    dns.records[`A ${mute}`] = [addresses.web];
    dns.mute.add(mute);
    const guest = await start(t, 'guest', { 'federation.listen': 'off' });
    const plain = await start(t, 'plain', { 'federation.listen': `${addresses.plain}:0` });
    const web = await start(t, 'web', {
        listen: `${addresses.web}:443`,
        public_url: `https://${names.web}`,
        'tls.cert': path.join(inside, 'cert.pem'),
        'tls.key': path.join(inside, 'key.pem'),
        'federation.listen': 'off',
    });
    return { t, dns, guest, plain, web, bob: await far_person(guest) };
}

async function start(t, who, settings) {
    const listen = `${addresses[who]}:0`;
    return t.adopt(await start_node(who, { listen, name: names[who], ...settings }));
}

/** A guild on `node`, and an invite to it. */
async function open_guild(node) {
    const owner = await far_person(node);
    const guild = await make_guild(owner);
    const { code } = await owner.post(`/channels/${guild.text}/invites`, { max_age: 0 });
    return { owner, guild, code };
}

async function talk(people, channel, tag) {
    for (const [at, person] of people.entries()) await post_surely(person, channel, `${tag} ${at}`, `${tag}-${at}`);
    const lines = await converge(people, channel);
    assert.equal(lines.filter((line) => line.includes(`|${tag} `)).length, people.length);
}

async function join(bob, code, where) {
    const answer = await bob.call('POST', `/invites/${code}@${where}`, {}, { ms: 30_000 });
    assert.equal(answer.status, 200, answer.text);
}

async function a_free_port() {
    const server = net.createServer();
    await new Promise((resolve) => server.listen(0, addresses.plain, resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

const port_of = (node) => Number(node.ready.federation.split(':').pop());

/** The first record leads to a port where nobody is, the second to the node. */
async function by_service(world) {
    const { dns, plain, guest, bob } = world;
    const port = port_of(plain);
    dns.records[service] = [
        [20, 0, port, names.plain],
        [10, 0, await a_free_port(), names.plain],
    ];
    Object.assign(world, await open_guild(plain));
    await join(bob, world.code, names.plain);
    assert.ok(dns.asked.includes(service), dns.asked.join('\n'));
    assert.match(guest.log, new RegExp(`linked peer=${names.plain} .*at=${addresses.plain}:${port}\\n`));
    await talk([world.owner, bob], world.guild.text, 'by SRV');
}

/** Another port, another record: the known endpoint is dead, and the name is asked again. */
async function moved({ dns, plain, guest, bob, owner, guild }) {
    assert.equal((await plain.stop()).code, 0);
    const port = await a_free_port();
    plain.settings['federation.listen'] = `${addresses.plain}:${port}`;
    dns.records[service] = [[10, 0, port, names.plain]];
    await plain.start();
    await talk([owner, bob], guild.text, 'moved');
    assert.match(guest.log, new RegExp(`linked peer=${names.plain} .*at=${addresses.plain}:${port}\\n`));
}

async function document({ web }) {
    const { status, json } = await request(web.base, 'GET', '/.well-known/guildhall');
    assert.equal(status, 200);
    assert.equal(json.uid, web.ready.node);
    assert.deepEqual(json.endpoints, [`wss://${names.web}`]);
}

/** By the document at the name, then as WebSocket over TLS: the node has no other port open. */
async function by_web({ dns, web, guest, bob }) {
    assert.equal(web.ready.federation, null);
    const { owner, guild, code } = await open_guild(web);
    await join(bob, code, names.web);
    assert.ok(
        !dns.asked.some((key) => key.startsWith('SRV') && key.endsWith(names.web)),
        'the document was not enough',
    );
    assert.match(guest.log, new RegExp(`linked peer=${names.web} .*at=${addresses.web}:443\\n`));
    await talk([owner, bob], guild.text, 'by wss');
    const content = Buffer.alloc(700_000, 'file');
    const made = await bob.expect(
        200,
        'POST',
        `/channels/${guild.text}/messages`,
        { content: 'with a file' },
        { files: [{ filename: 'large.txt', content }], ms: 30_000 },
    );
    const found = await owner.get(`/channels/${guild.text}/messages/${made.id}`);
    const url = new URL(found.attachments[0].url);
    const file = await request(web.base, 'GET', url.pathname + url.search);
    assert.ok(file.bytes.equals(content), `${file.status}`);
}

/** The same server under a name that its certificate does not have, and a name that nobody answers for. */
async function refused({ web, bob }) {
    const { code } = await open_guild(web);
    const asked = Date.now();
    const answers = await Promise.all(
        [alias, mute].map((name) => bob.call('POST', `/invites/${code}@${name}`, {}, { ms: 40_000 })),
    );
    for (const { status, text } of answers) assert.ok([502, 503, 504].includes(status), `${status} ${text}`);
    assert.ok(Date.now() - asked < refused_ms, `refused after ${Date.now() - asked} ms`);
    await join(bob, code, names.web);
}

/** Whoever is behind the name now has keys of their own: the name stays with those that were met there. */
async function pinned({ t, dns, plain, bob, owner, guild, guest }) {
    await plain.stop();
    const thief = await start(t, 'plain', { 'federation.listen': plain.settings['federation.listen'] });
    dns.records[service] = [[10, 0, port_of(thief), names.plain]];
    const { code } = await open_guild(thief);
    const answer = await bob.call('POST', `/invites/${code}@${names.plain}`, {}, { ms: 40_000 });
    assert.equal(answer.status, 409, answer.text);
    const written = await bob.call('POST', `/channels/${guild.text}/messages`, { content: 'to whom?' }, { ms: 30_000 });
    assert.equal(written.status, 503, written.text);
    await thief.kill();
    await plain.start();
    await talk([owner, bob], guild.text, 'after the thief');
    await guest.stop();
    const list = await command(['peer', 'list', '--data', guest.data]);
    assert.equal(list.code, 0, list.stderr);
    for (const who of ['plain', 'web'])
        assert.match(list.stdout, new RegExp(`${names[who].replaceAll('.', '[.]')}\\s+proved`), list.stdout);
}

async function among_names(t) {
    const world = await prepare(t);
    const found = await t.check('a name leads to a node by its SRV records', () => by_service(world), { seconds: 60 });
    if (!found) return;
    await t.check('a node that moved is found by its name', () => moved(world), { seconds: 90 });
    await t.check('the document at https says who it is and where', () => document(world));
    await t.check('a name leads to a node by its document, and a link is WebSocket over TLS', () => by_web(world), {
        seconds: 60,
    });
    await t.check('a certificate of another name and silence lead nowhere', () => refused(world), { seconds: 90 });
    await t.check('a name stays with the keys that were met there', () => pinned(world), { seconds: 180 });
}

await suite(
    'federation_discovery',
    async (t) => {
        if (inside) return among_names(t);
        const why = unable() ?? (has_openssl() ? null : 'openssl is not installed');
        if (why) return t.skip('names, SRV records and certificates', why);
        const folder = t.temporary_folder();
        make_certificates(folder, [names.web]);
        const files = { '/etc/hosts': '127.0.0.1 localhost\n', '/etc/resolv.conf': 'nameserver 127.0.0.1\n' };
        const environment = { SSL_CERT_FILE: path.join(folder, 'ca.pem') };
        await enter(t, import.meta.url, folder, { files, environment, ms: 390_000 });
    },
    { seconds: 400 },
);
