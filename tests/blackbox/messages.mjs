// What people do with messages, end to end: files and their signed addresses, replies, mentions, pages of history,
// nonces, bulk deletes, invites and bans; told to others by the gateway as they are stored.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { multipart, request } from '../support/http.mjs';
import { Client, join, make_guild, register } from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';

/** The bytes behind an attachment's address, asked of this node whatever host the address names. */
function fetch_file(node, url) {
    const { pathname, search } = new URL(url);
    return request(node.base, 'GET', pathname + search);
}

async function files(t, w) {
    const { node, owner, list } = w;
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) & 255));
    let stored;
    await t.check('a file is stored, told, and served byte for byte behind a signed address', async () => {
        const since = w.session.mark();
        const body = { content: 'look', attachments: [{ id: 0, filename: 'data.bin', description: 'Some bytes' }] };
        const file = { filename: 'data.bin', type: 'application/octet-stream', content: bytes };
        const made = await owner.expect(200, 'POST', list, body, { files: [file] });
        [stored] = made.attachments;
        assert.equal(stored.filename, 'data.bin');
        assert.equal(stored.size, bytes.length);
        assert.equal(stored.description, 'Some bytes');
        w.with_file = made.id;
        const told = await w.session.wait('MESSAGE_CREATE', (d) => d.id === made.id, { since });
        assert.equal(told.attachments[0].id, stored.id);
        const served = await fetch_file(node, stored.url);
        assert.equal(served.status, 200);
        assert.ok(served.bytes.equals(bytes), 'other bytes came back');
        assert.equal(served.headers['x-content-type-options'], 'nosniff');
    });
    await t.check('an address with a wrong, missing or older signature is refused', async () => {
        const url = new URL(stored.url);
        for (const [name, value] of [
            ['hm', 'ab'.repeat(32)],
            ['hm', ''],
            ['ex', '1'],
            ['ex', 'ffffffff'],
        ]) {
            const forged = new URL(url);
            forged.searchParams.set(name, value);
            const answer = await fetch_file(node, forged);
            assert.ok([403, 404].includes(answer.status), `${name}=${value}: ${answer.status}`);
        }
        const bare = await request(node.base, 'GET', url.pathname);
        assert.ok([403, 404].includes(bare.status), `no signature: ${bare.status}`);
        for (const path of [
            '/cdn/../guildhall.db',
            '/cdn/%2e%2e/guildhall.db',
            '/cdn/attachments/..%2f..%2fguildhall.db',
        ]) {
            const answer = await request(node.base, 'GET', path);
            assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
        }
    });
    await t.check('ten files are taken, eleven are refused; old part names and plain fields work', async () => {
        const file = (index) => ({ filename: `f${index}.txt`, type: 'text/plain', content: `file ${index}` });
        const many = (count) => Array.from({ length: count }, (_, index) => file(index));
        const ten = await owner.expect(200, 'POST', list, {}, { files: many(10) });
        assert.equal(ten.attachments.length, 10);
        await owner.expect(400, 'POST', list, {}, { files: many(11) });
        const form = multipart([
            { name: 'content', content: 'plain field' },
            { name: 'file', ...file(0) },
        ]);
        const answer = await request(node.base, 'POST', `/api/v10${list}`, {
            headers: { authorization: owner.token, ...form.headers },
            body: form.body,
        });
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.json.content, 'plain field');
        assert.equal(answer.json.attachments.length, 1);
    });
    await t.check('an edit that lists no attachments drops the file; its bytes are gone', async () => {
        const edited = await owner.patch(`${list}/${w.with_file}`, { attachments: [] });
        assert.deepEqual(edited.attachments, []);
        const answer = await fetch_file(node, stored.url);
        assert.ok([403, 404].includes(answer.status), String(answer.status));
    });
    await t.check('a broken multipart body gets 400 and stores nothing', async () => {
        const before = (await owner.get(`${list}?limit=100`)).length;
        for (const body of [
            '',
            '--x',
            '--x\r\n\r\n',
            '--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--\r\n',
            '--x\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n{\r\n--x--\r\n',
        ]) {
            const headers = {
                authorization: owner.token,
                'content-type': 'multipart/form-data; boundary=x',
                'content-length': body.length,
            };
            const answer = await request(node.base, 'POST', `/api/v10${list}`, { headers, body });
            assert.equal(answer.status, 400, `${JSON.stringify(body)}: ${answer.status} ${answer.text.slice(0, 100)}`);
        }
        assert.equal((await owner.get(`${list}?limit=100`)).length, before);
    });
}

async function texts(t, w) {
    const { owner, member, list, guild } = w;
    await t.check('a reply names what it answers, and its author is mentioned unless he is not to be', async () => {
        const first = await member.post(list, { content: 'a question' });
        const answer = await owner.post(list, { content: 'an answer', message_reference: { message_id: first.id } });
        assert.equal(answer.type, 19);
        assert.equal(answer.message_reference.message_id, first.id);
        assert.equal(answer.referenced_message.content, 'a question');
        assert.deepEqual(
            answer.mentions.map((user) => user.id),
            [member.id],
        );
        const quiet = await owner.post(list, {
            content: 'quietly',
            message_reference: { message_id: first.id },
            allowed_mentions: { parse: [], replied_user: false },
        });
        assert.deepEqual(quiet.mentions, []);
        const lost = { content: 'x', message_reference: { message_id: '5' } };
        assert.equal((await owner.call('POST', list, lost)).status, 400);
        await owner.post(list, { content: 'x', message_reference: { message_id: '5', fail_if_not_exists: false } });
    });
    await t.check('mentions are found in the text and bounded by allowed_mentions', async () => {
        const role = await owner.post(`/guilds/${guild.id}/roles`, { name: 'called', mentionable: true });
        const content = `<@${member.id}> <@&${role.id}> @everyone`;
        const loud = await owner.post(list, { content });
        assert.deepEqual(
            loud.mentions.map((user) => user.id),
            [member.id],
        );
        assert.deepEqual(loud.mention_roles, [role.id]);
        assert.equal(loud.mention_everyone, true);
        const silent = await owner.post(list, { content, allowed_mentions: { parse: [] } });
        assert.deepEqual([silent.mentions, silent.mention_roles, silent.mention_everyone], [[], [], false]);
        const chosen = await owner.post(list, { content, allowed_mentions: { users: [member.id] } });
        assert.deepEqual(
            chosen.mentions.map((user) => user.id),
            [member.id],
        );
        assert.equal(chosen.mention_everyone, false);
    });
    await t.check('a nonce is echoed to its author; with enforce_nonce the same one stores once', async () => {
        const since = w.session.mark();
        const body = { content: 'once', nonce: 'n-1', enforce_nonce: true };
        const [one, two] = [await owner.post(list, body), await owner.post(list, body)];
        assert.equal(one.id, two.id);
        assert.equal(one.nonce, 'n-1');
        assert.equal((await w.session.wait('MESSAGE_CREATE', (d) => d.id === one.id, { since })).nonce, 'n-1');
        const at_once = await Promise.all(Array.from({ length: 8 }, () => owner.post(list, { ...body, nonce: 'n-2' })));
        assert.equal(
            new Set(at_once.map((answer) => answer.id)).size,
            1,
            'the same nonce at the same time stored more than once',
        );
        const other = await member.post(list, body);
        assert.notEqual(other.id, one.id, "nonces are each author's own");
    });
    await t.check('an edit keeps the time of the post and tells the new text; pages follow ids', async () => {
        const channel = await owner.post(`/guilds/${guild.id}/channels`, { name: 'pages' });
        const path = `/channels/${channel.id}/messages`;
        const ids = [];
        for (let i = 0; i < 12; i += 1) ids.push((await owner.post(path, { content: `${i}` })).id);
        const page = async (query) => (await member.get(`${path}?${query}`)).map((message) => Number(message.content));
        assert.deepEqual(await page('limit=3'), [11, 10, 9]);
        assert.deepEqual(await page(`limit=3&before=${ids[5]}`), [4, 3, 2]);
        assert.deepEqual(await page(`limit=3&after=${ids[5]}`), [8, 7, 6]);
        const around = await page(`limit=3&around=${ids[5]}`);
        assert.deepEqual(around, [6, 5, 4]);
        assert.deepEqual(await page('limit=2&before=0'), [11, 10]);
        const edited = await owner.patch(`${path}/${ids[0]}`, { content: '100' });
        assert.ok(edited.edited_timestamp);
        assert.deepEqual(await page(`limit=1&before=${ids[1]}`), [100]);
        await owner.post(`${path}/bulk-delete`, { messages: ids.slice(0, 10) });
        assert.deepEqual(await page('limit=100'), [11, 10]);
    });
    await t.check('a ban with delete_message_seconds takes the messages along', async () => {
        const spammer = await join(owner, guild.text, await register(w.node));
        const { id } = await spammer.post(list, { content: 'spam' });
        await owner.put(`/guilds/${guild.id}/bans/${spammer.id}`, { delete_message_seconds: 3600 });
        await owner.expect(404, 'GET', `${list}/${id}`);
    });
}

await suite('messages', async (t) => {
    const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
    const owner = await register(node);
    const guild = await make_guild(owner);
    const member = await join(owner, guild.text, await register(node));
    const session = await connect(node, owner, { intents: null });
    t.finally(() => session.drop());
    const w = { node, owner, guild, member, session, list: `/channels/${guild.text}/messages` };
    await files(t, w);
    await texts(t, w);
    await t.check('everything is still there after a restart', async () => {
        const before = await owner.get(`${w.list}?limit=100`);
        assert.equal((await node.stop()).code, 0);
        await node.start();
        const after = await new Client(node, owner.token).get(`${w.list}?limit=100`);
        const bare = (messages) => JSON.stringify(messages).replaceAll(/"(proxy_)?url":"[^"]*"/g, '""');
        assert.equal(bare(after), bare(before));
    });
});
