// The classic API at the root: every route, every refusal, and the socket.
import assert from 'node:assert/strict';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { request } from '../support/http.mjs';
import { Client, fresh_name } from '../support/api.mjs';
import { dependency } from '../support/paths.mjs';
import { deadline, until } from '../support/wait.mjs';

const WebSocket = dependency('ws');

/** Calls with a JWT, or without. */
class Classic {
    constructor(node, token = null) {
        Object.assign(this, { node, token });
    }

    call(method, path, body, headers = {}) {
        const all = { ...headers };
        if (this.token) all.authorization ??= `Bearer ${this.token}`;
        let bytes;
        if (body !== undefined) {
            bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
            all['content-type'] ??= 'application/json';
            all['content-length'] = bytes.length;
        } else if (method !== 'GET') {
            all['content-length'] = 0;
        }
        return request(this.node.base, method, path, { headers: all, body: bytes });
    }

    async expect(status, method, path, body, headers) {
        const answer = await this.call(method, path, body, headers);
        assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
        return answer.json;
    }

    async detail(status, detail, method, path, body, headers) {
        const answer = await this.call(method, path, body, headers);
        assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
        assert.deepEqual(answer.json, { detail });
        return answer;
    }

    async invalid(field, method, path, body, headers) {
        const said = await this.expect(422, method, path, body, headers);
        assert.ok(Array.isArray(said.detail) && said.detail.length >= 1, JSON.stringify(said));
        for (const one of said.detail) assert.deepEqual(Object.keys(one).sort(), ['loc', 'msg', 'type']);
        assert.ok(
            said.detail.some((one) => one.loc.includes(field)),
            `${field} is not named: ${JSON.stringify(said)}`,
        );
    }
}

const password = 'classic password';

async function person(node) {
    const username = fresh_name('classic');
    const nobody = new Classic(node);
    const user = await nobody.expect(201, 'POST', '/auth/register', {
        username,
        email: `${username}@example.test`,
        password,
    });
    const client = new Classic(node, (await log_in(nobody, username)).access_token);
    return Object.assign(client, { id: user.id, username, user });
}

function log_in(nobody, username, secret = password) {
    const form = new URLSearchParams({ username, password: secret }).toString();
    return nobody
        .call('POST', '/auth/login', form, { 'content-type': 'application/x-www-form-urlencoded' })
        .then((answer) => answer.json);
}

const keys = (value) => Object.keys(value).sort();
const shapes = {
    user: ['created_at', 'email', 'id', 'status', 'username'],
    stranger: ['created_at', 'id', 'status', 'username'],
    server: ['created_at', 'description', 'id', 'name', 'owner_id'],
    channel: ['created_at', 'description', 'id', 'name', 'server_id'],
    member: ['id', 'joined_at', 'role', 'server_id', 'user', 'user_id'],
    message: ['channel_id', 'content', 'created_at', 'id', 'is_edited', 'updated_at', 'user', 'user_id'],
};
function shaped(kind, value) {
    const found = keys(value).filter((key) => !(kind === 'stranger' && key === 'email' && value.email === null));
    assert.deepEqual(found, shapes[kind]);
    for (const key of ['id', 'owner_id', 'server_id', 'channel_id', 'user_id']) {
        if (key in value) assert.equal(typeof value[key], 'string', `${key} is not a string`);
    }
    for (const key of ['created_at', 'joined_at'])
        if (key in value) assert.ok(!Number.isNaN(Date.parse(value[key])), `${key}: ${value[key]}`);
    return value;
}

async function front(t, node) {
    const nobody = new Classic(node);
    await t.check('GET / says what this is; a browser gets the page', async () => {
        const said = await nobody.expect(200, 'GET', '/');
        assert.deepEqual(keys(said), ['docs', 'message', 'status', 'version']);
        const page = await nobody.call('GET', '/', undefined, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
        assert.match(page.headers['content-type'], /^text\/html/);
    });
    await t.check('GET /health has the real time', async () => {
        const { status, timestamp } = await nobody.expect(200, 'GET', '/health');
        assert.equal(status, 'healthy');
        assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000, timestamp);
    });
    await t.check('without a token: 401 with WWW-Authenticate, with a bad one: the other words', async () => {
        for (const [method, path] of [
            ['GET', '/users/me'],
            ['GET', '/servers'],
            ['POST', '/auth/logout'],
            ['GET', '/channels/1'],
            ['GET', '/messages/messages/1'],
        ]) {
            const none = await nobody.detail(401, 'Not authenticated', method, path);
            assert.equal(none.headers['www-authenticate'], 'Bearer');
            for (const bad of ['nonsense', 'a.b.c', unsigned()]) {
                const answer = await new Classic(node, bad).detail(401, 'Could not validate credentials', method, path);
                assert.equal(answer.headers['www-authenticate'], 'Bearer');
            }
        }
    });
    await t.check('CORS is open', async () => {
        const answer = await nobody.call('OPTIONS', '/servers', undefined, {
            origin: 'http://elsewhere.test',
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization,content-type',
        });
        assert.ok(answer.status === 200 || answer.status === 204, String(answer.status));
        assert.ok(['*', 'http://elsewhere.test'].includes(answer.headers['access-control-allow-origin']));
        assert.match(answer.headers['access-control-allow-headers'] ?? '', /authorization/i);
    });
}

/** A token that claims to need no signature, and one signed with a well-known key. */
function unsigned() {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: '1', username: 'x', exp: 4e9 })}.`;
}

async function accounts(t, node) {
    const nobody = new Classic(node);
    await t.check('register, log in, read and change oneself, log out', async () => {
        const one = await person(node);
        shaped('user', one.user);
        const claims = JSON.parse(Buffer.from(one.token.split('.')[1], 'base64url'));
        assert.equal(claims.sub, one.id);
        assert.equal(claims.username, one.username);
        assert.ok(Math.abs(claims.exp - Date.now() / 1000 - 86400) < 120, 'not 24 h');
        assert.equal(JSON.parse(Buffer.from(one.token.split('.')[0], 'base64url')).alg, 'HS256');
        shaped('user', await one.expect(200, 'GET', '/users/me'));
        const renamed = fresh_name('renamed');
        assert.equal((await one.expect(200, 'PATCH', '/users/me', { username: renamed })).username, renamed);
        assert.equal(
            (await one.expect(200, 'PATCH', '/users/me', { email: `${renamed}@example.test` })).email,
            `${renamed}@example.test`,
        );
        for (const status of ['online', 'away', 'dnd', 'offline']) {
            assert.equal((await one.expect(200, 'PATCH', `/users/me/status?new_status=${status}`)).status, status);
        }
        await one.invalid('new_status', 'PATCH', '/users/me/status?new_status=sleepy');
        await one.invalid('new_status', 'PATCH', '/users/me/status');
        assert.deepEqual(await one.expect(200, 'POST', '/auth/logout'), { message: 'Logged out successfully' });
        await one.detail(401, 'Could not validate credentials', 'GET', '/users/me');
    });
    await t.check('names and addresses are taken once', async () => {
        const one = await person(node);
        const two = await person(node);
        const taken = { username: one.username, email: `${fresh_name()}@example.test`, password };
        await nobody.detail(400, 'Username already registered', 'POST', '/auth/register', taken);
        await nobody.detail(400, 'Email already registered', 'POST', '/auth/register', {
            ...taken,
            username: fresh_name(),
            email: one.user.email,
        });
        await two.detail(400, 'Username already taken', 'PATCH', '/users/me', { username: one.username });
        await two.detail(400, 'Email already taken', 'PATCH', '/users/me', { email: one.user.email });
    });
    await t.check('bad credentials', async () => {
        const one = await person(node);
        assert.deepEqual(await log_in(nobody, one.username, 'wrong'), { detail: 'Incorrect username or password' });
        assert.deepEqual(await log_in(nobody, 'nobody-of-this-name', 'wrong'), {
            detail: 'Incorrect username or password',
        });
        const good = { username: fresh_name(), email: `${fresh_name()}@example.test`, password };
        for (const [field, value] of [
            ['username', 'ab'],
            ['username', 'x'.repeat(51)],
            ['password', 'short'],
            ['password', 'x'.repeat(101)],
            ['email', 'nonsense'],
            ['username', 5],
            ['email', null],
        ]) {
            await nobody.invalid(field, 'POST', '/auth/register', { ...good, [field]: value });
        }
        await nobody.invalid('password', 'POST', '/auth/register', { username: good.username, email: good.email });
        await nobody.invalid('password', 'POST', '/auth/login', 'username=x', {
            'content-type': 'application/x-www-form-urlencoded',
        });
        await nobody.expect(422, 'POST', '/auth/register', '{');
    });
    await t.check('others see no address; nobody is 404', async () => {
        const one = await person(node);
        const two = await person(node);
        shaped('stranger', await two.expect(200, 'GET', `/users/${one.id}`));
        shaped('user', await one.expect(200, 'GET', `/users/${one.id}`));
        await one.detail(404, 'User not found', 'GET', '/users/5');
    });
    await t.check('it is the same account as in the other API', async () => {
        const one = await person(node);
        const { token, user_id } = await new Client(node).post('/auth/login', { login: one.user.email, password });
        assert.equal(user_id, one.id);
        assert.equal((await new Client(node, token).get('/users/@me')).username, one.username);
    });
}

async function make_world(node) {
    const owner = await person(node);
    const member = await person(node);
    const stranger = await person(node);
    const server = await owner.expect(201, 'POST', '/servers', { name: 'Classic', description: 'Old and good' });
    const [general] = await owner.expect(200, 'GET', `/servers/${server.id}/channels`);
    await member.expect(200, 'POST', `/servers/${server.id}/join`, {});
    return { node, owner, member, stranger, server, general };
}

async function servers(t, w) {
    const { owner, member, stranger, server, general } = w;
    await t.check('a server: made with its channel general, listed, read, changed, deleted', async () => {
        shaped('server', server);
        assert.equal(server.owner_id, owner.id);
        assert.equal(general.name, 'general');
        assert.ok((await owner.expect(200, 'GET', '/servers')).some((one) => shaped('server', one).id === server.id));
        assert.deepEqual(await owner.expect(200, 'GET', `/servers/${server.id}`), server);
        const changed = await owner.expect(200, 'PATCH', `/servers/${server.id}`, { description: 'Newer' });
        assert.equal(changed.description, 'Newer');
        await member.expect(403, 'PATCH', `/servers/${server.id}`, { name: 'Mine' });
        await member.expect(403, 'DELETE', `/servers/${server.id}`);
        await stranger.detail(403, 'You are not a member of this server', 'GET', `/servers/${server.id}`);
        await stranger.expect(403, 'GET', `/servers/${server.id}/members`);
        await owner.detail(404, 'Server not found', 'GET', '/servers/5');
        const doomed = await owner.expect(201, 'POST', '/servers', { name: 'Doomed' });
        await owner.expect(204, 'DELETE', `/servers/${doomed.id}`);
        await owner.detail(404, 'Server not found', 'GET', `/servers/${doomed.id}`);
    });
    await t.check('members have roles', async () => {
        const members = await member.expect(200, 'GET', `/servers/${server.id}/members`);
        const role = (id) =>
            shaped(
                'member',
                members.find((one) => one.user_id === id),
            ).role;
        assert.equal(role(owner.id), 'owner');
        assert.equal(role(member.id), 'member');
    });
    await t.check('bodies are checked', async () => {
        for (const [field, body] of [
            ['name', { name: '' }],
            ['name', { name: 'x'.repeat(101) }],
            ['name', {}],
            ['name', { name: 5 }],
            ['description', { name: 'x', description: 'x'.repeat(501) }],
        ]) {
            await owner.invalid(field, 'POST', '/servers', body);
        }
        for (const body of [{ name: '' }, { name: 'x'.repeat(101) }, {}])
            await owner.invalid('name', 'POST', `/servers/${server.id}/channels`, body);
    });
    await t.check('join needs a server that is there', () => stranger.expect(404, 'POST', '/servers/5/join', {}));
}

async function channels(t, w) {
    const { owner, member, stranger, server } = w;
    await t.check('channels: made, listed, read, changed, deleted', async () => {
        const made = await owner.expect(201, 'POST', `/servers/${server.id}/channels`, {
            name: 'tea',
            description: 'About tea',
        });
        shaped('channel', made);
        assert.equal(made.server_id, server.id);
        assert.ok(
            (await member.expect(200, 'GET', `/servers/${server.id}/channels`)).some((one) => one.id === made.id),
        );
        assert.deepEqual(await member.expect(200, 'GET', `/channels/${made.id}`), made);
        assert.equal((await owner.expect(200, 'PATCH', `/channels/${made.id}`, { name: 'coffee' })).name, 'coffee');
        await member.expect(403, 'PATCH', `/channels/${made.id}`, { name: 'mine' });
        await member.expect(403, 'DELETE', `/channels/${made.id}`);
        await member.expect(403, 'POST', `/servers/${server.id}/channels`, { name: 'mine' });
        await stranger.expect(403, 'GET', `/channels/${made.id}`);
        await owner.expect(204, 'DELETE', `/channels/${made.id}`);
        await owner.detail(404, 'Channel not found', 'GET', `/channels/${made.id}`);
        await owner.expect(404, 'GET', '/servers/5/channels');
    });
}

async function messages(t, w) {
    const { owner, member, stranger, general } = w;
    const short = `/channels/${general.id}/messages`;
    const long = `/messages/channels/${general.id}/messages`;
    await t.check('messages: both paths, newest page oldest first, edited and deleted', async () => {
        const first = shaped('message', await member.expect(201, 'POST', short, { content: 'one' }));
        shaped('stranger', first.user);
        assert.equal(first.user_id, member.id);
        assert.equal(first.is_edited, false);
        const second = await owner.expect(201, 'POST', long, { content: 'two' });
        for (const path of [short, long]) {
            const page = await member.expect(200, 'GET', `${path}?limit=2`);
            assert.deepEqual(
                page.map((one) => one.content),
                ['one', 'two'],
            );
            assert.deepEqual(
                (await member.expect(200, 'GET', `${path}?skip=1&limit=1`)).map((one) => one.content),
                ['one'],
            );
        }
        const single = `/messages/messages/${first.id}`;
        assert.equal((await owner.expect(200, 'GET', single)).content, 'one');
        const edited = await member.expect(200, 'PATCH', single, { content: 'one, edited' });
        assert.equal(edited.content, 'one, edited');
        assert.equal(edited.is_edited, true);
        await owner.expect(403, 'PATCH', single, { content: 'forged' });
        await member.expect(403, 'DELETE', `/messages/messages/${second.id}`);
        await stranger.expect(403, 'GET', single);
        await member.expect(204, 'DELETE', single);
        await member.expect(404, 'GET', single);
    });
    await t.check('messages are refused as the contract says', async () => {
        await owner.detail(404, 'Channel not found', 'POST', '/channels/5/messages', { content: 'x' });
        await stranger.detail(403, "You don't have access to this channel", 'POST', short, { content: 'x' });
        await stranger.expect(403, 'GET', short);
        for (const body of [{ content: '' }, { content: 'x'.repeat(2001) }, {}, { content: 5 }, { content: null }])
            await owner.invalid('content', 'POST', short, body);
        await owner.expect(201, 'POST', short, { content: 'x'.repeat(2000) });
        for (const limit of ['0', '101', 'abc']) await owner.invalid('limit', 'GET', `${short}?limit=${limit}`);
        await owner.invalid('skip', 'GET', `${short}?skip=-1`);
        await owner.expect(200, 'GET', `${short}?limit=100`);
    });
}

/** Tries to upgrade; resolves with the socket and its frames, or with the status of the refusal. */
function socket(node, path) {
    return new Promise((resolve, reject) => {
        const ws = new WebSocket(node.base.replace(/^http/, 'ws') + path);
        const frames = [];
        ws.on('message', (bytes) => frames.push(JSON.parse(String(bytes))));
        ws.on('open', () =>
            resolve({
                ws,
                frames,
                send: (value) => ws.send(typeof value === 'string' ? value : JSON.stringify(value)),
            }),
        );
        ws.on('unexpected-response', (_, answer) => resolve({ status: answer.statusCode }));
        ws.on('error', reject);
    });
}

async function sockets(t, w) {
    const { node, owner, member, stranger, server, general } = w;
    const path = (user, channel = general.id, token = user.token, place = server.id) =>
        `/ws/${user.id}/${place}/${channel}?token=${token}`;
    const seen = (one, type, wanted = () => true) =>
        until(
            () => one.frames.find((frame) => frame.type === type && wanted(frame.data)),
            5000,
            `${type} on the socket`,
        );
    await t.check('the socket is refused before the upgrade unless all is right', async () => {
        for (const bad of [
            path(stranger),
            path(owner, '5'),
            path(owner, general.id, member.token),
            path(owner, general.id, 'nonsense'),
            path(owner, general.id, owner.token, '5'),
            `/ws/${owner.id}/${server.id}/${general.id}`,
        ]) {
            assert.equal((await socket(node, bad)).status, 403, bad.slice(0, 60));
        }
    });
    await t.check("messages, typing, joins and leaves reach the channel's sockets, and are stored", async () => {
        const one = await socket(node, path(owner));
        const two = await socket(node, path(member));
        assert.ok(one.ws && two.ws);
        await seen(one, 'user_join', (data) => data.user_id === member.id && data.channel_id === general.id);
        two.send({ content: 'by the socket' });
        const told = await seen(one, 'message', (data) => data.content === 'by the socket');
        shaped('message', told.data);
        await seen(two, 'message', (data) => data.content === 'by the socket');
        two.send({ type: 'message', data: { content: 'the other way' } });
        await seen(one, 'message', (data) => data.content === 'the other way');
        const page = await owner.expect(200, 'GET', `/channels/${general.id}/messages?limit=2`);
        assert.deepEqual(
            page.map((message) => message.content),
            ['by the socket', 'the other way'],
        );
        await member.expect(201, 'POST', `/channels/${general.id}/messages`, { content: 'by POST' });
        await seen(one, 'message', (data) => data.content === 'by POST');
        const { token } = await new Client(node).post('/auth/login', { login: owner.user.email, password });
        await new Client(node, token).post(`/channels/${general.id}/messages`, { content: 'by the other API' });
        await seen(two, 'message', (data) => data.content === 'by the other API');
        two.send({ type: 'typing' });
        await seen(one, 'typing', (data) => data.user_id === member.id);
        two.ws.close();
        await seen(one, 'user_leave', (data) => data.user_id === member.id);
        one.ws.close();
    });
    await t.check('anything else on the socket gets an error and the socket lives', async () => {
        const one = await socket(node, path(owner));
        for (const bad of [
            'nonsense',
            '{}',
            '5',
            '{"type":"dance"}',
            '{"content":""}',
            '{"content":5}',
            JSON.stringify({ content: 'x'.repeat(2001) }),
        ]) {
            const before = one.frames.filter((frame) => frame.type === 'error').length;
            one.send(bad);
            await until(
                () => one.frames.filter((frame) => frame.type === 'error').length > before,
                5000,
                `error for ${bad.slice(0, 30)}`,
            );
        }
        assert.equal(typeof one.frames.find((frame) => frame.type === 'error').data.detail, 'string');
        one.send({ content: 'still here' });
        await seen(one, 'message', (data) => data.content === 'still here');
        one.ws.close();
    });
    await t.check("a logged-out token's socket ends", async () => {
        const guest = await person(node);
        await guest.expect(200, 'POST', `/servers/${server.id}/join`, {});
        const one = await socket(node, path(guest));
        const closed = new Promise((resolve) => one.ws.on('close', resolve));
        await guest.expect(200, 'POST', '/auth/logout');
        await deadline(closed, 5000, 'close after the logout');
    });
}

await suite('classic', async (t) => {
    const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
    await front(t, node);
    await accounts(t, node);
    const w = await make_world(node);
    await servers(t, w);
    await channels(t, w);
    await messages(t, w);
    await sockets(t, w);
});
