// Links as an operator sees them: over the port of the API where no other is open, named by a fingerprint, listed,
// blocked, held until they are trusted, counted, and ended in order when a node stops.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { command } from '../support/node.mjs';
import { until } from '../support/wait.mjs';
import { request } from '../support/http.mjs';
import { make_guild } from '../support/api.mjs';
import { address_of, converge, far_join, far_person, start_node } from '../support/fed.mjs';

await suite(
    'federation_links',
    async (t) => {
        const host = t.adopt(await start_node('host', { 'federation.listen': 'off', shards: 3 }));
        const guest = t.adopt(await start_node('guest', { shards: 2 }));
        const world = { t, host, guest };
        world.alice = await far_person(host);
        world.guild = await make_guild(world.alice);
        world.bob = await far_person(guest);
        await t.check('a node links over the port of its API alone', () => over_http(world), { seconds: 60 });
        await t.check('links are counted, by peer', () => counted(world));
        await t.check('a fingerprint that does not fit is refused', () => fingerprint(world), { seconds: 60 });
        await t.check('a node that stops says goodbye and leaves in time', () => in_order(world), { seconds: 60 });
        await t.check('peers are listed, blocked and trusted on the folder', () => peers(world), { seconds: 120 });
        await t.check('who is held waits for the operator', () => held(world), { seconds: 120 });
    },
    { seconds: 500 },
);

function api_of(node) {
    return `127.0.0.1:${new URL(node.base).port}`;
}

async function over_http({ host, alice, bob, guild }) {
    assert.equal(host.ready.federation, null);
    await far_join(alice, guild.text, bob, api_of(host));
    for (let number = 0; number < 30; number += 1) {
        const author = number % 2 === 0 ? alice : bob;
        await author.post(`/channels/${guild.text}/messages`, { content: `${number} ${'x'.repeat(1500)}` });
    }
    await converge([alice, bob], guild.text);
}

async function counted({ host, guest }) {
    for (const [node, other] of [
        [host, guest],
        [guest, host],
    ]) {
        const { text } = await request(node.base, 'GET', '/metrics');
        const row = `\\{peer="${other.ready.node.slice(0, 16)}"\\}`;
        assert.match(text, new RegExp(`guildhall_links${row} 1\\n`));
        // While the link is open.
        assert.match(text, new RegExp(`guildhall_link_bytes_in_total${row} [1-9]`));
        assert.match(text, new RegExp(`guildhall_link_bytes_out_total${row} [1-9]`));
        assert.match(text, new RegExp(`guildhall_peer_strikes_total${row} 0\\n`));
    }
}

async function fingerprint({ host, alice, guild, t }) {
    const stranger = t.adopt(await start_node('stranger'));
    const carol = await far_person(stranger);
    const { code } = await alice.post(`/channels/${guild.text}/invites`, { max_age: 0 });
    const uid = host.ready.node;
    const wrong = (uid.startsWith('0') ? '1' : '0') + uid.slice(1, 8);
    const refused = await carol.call('POST', `/invites/${code}@${api_of(host)}~${wrong}`, {}, { ms: 30_000 });
    assert.equal(refused.status, 409, refused.text);
    const taken = await carol.call('POST', `/invites/${code}@${api_of(host)}~${uid.slice(0, 8)}`, {}, { ms: 30_000 });
    assert.equal(taken.status, 200, taken.text);
}

async function in_order({ host, guest, bob, alice, guild }) {
    const ended = await guest.stop();
    assert.equal(ended.code, 0);
    assert.ok(ended.ms < 4000, `${ended.ms} ms`);
    assert.ok(host.log.includes('the node stops'), 'no goodbye was heard');
    await guest.start();
    await alice.post(`/channels/${guild.text}/messages`, { content: 'while it was away' });
    await converge([alice, bob], guild.text);
}

/** One peer command on the folder of a stopped node. */
async function on_folder(node, ...words) {
    await node.stop();
    const ended = await command(['peer', ...words, '--data', node.data], { ms: 20_000 });
    await node.start();
    return ended;
}

async function peers({ host, guest, alice, bob, guild }) {
    const uid = guest.ready.node;
    const list = await on_folder(host, 'list');
    assert.equal(list.code, 0, list.stderr);
    assert.ok(list.stdout.includes(uid), list.stdout);
    assert.ok(list.stdout.includes('guest.localhost'), list.stdout);
    assert.equal((await on_folder(host, 'block', 'nobody.example')).code, 2);
    const blocked = await on_folder(host, 'block', uid.slice(0, 12));
    assert.equal(blocked.code, 0, blocked.stderr);
    const away = await bob.call('POST', `/channels/${guild.text}/messages`, { content: 'let me in' }, { ms: 30_000 });
    assert.equal(away.status, 503, away.text);
    assert.equal(away.json.code, 130000);
    const trusted = await on_folder(host, 'trust', 'guest.localhost');
    assert.equal(trusted.code, 0, trusted.stderr);
    bob.be_patient(90_000);
    await bob.expect(200, 'POST', `/channels/${guild.text}/messages`, { content: 'here again' });
    await converge([alice, bob], guild.text);
}

async function held({ t, bob }) {
    const strict = t.adopt(await start_node('strict', { 'federation.trust': 'hold' }));
    const owner = await far_person(strict);
    const guild = await make_guild(owner);
    const { code } = await owner.post(`/channels/${guild.text}/invites`, { max_age: 0 });
    const path = `/invites/${code}@${address_of(strict)}`;
    const refused = await bob.call('POST', path, {}, { ms: 30_000 });
    assert.equal(refused.status, 403, refused.text);
    const trusted = await on_folder(strict, 'trust', 'guest.localhost');
    assert.equal(trusted.code, 0, trusted.stderr);
    await until(
        async () =>
            (await bob.call('POST', `/invites/${code}@${address_of(strict)}`, {}, { ms: 30_000 })).status === 200,
        60_000,
        'the trusted node',
    );
    await converge([owner, bob], guild.text);
}
