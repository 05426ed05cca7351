// The API as a person or a bot uses it: one object per account, and the few steps every suite begins with.
import assert from 'node:assert/strict';
import { multipart, request } from './http.mjs';

let counter = 0;
const run_tag = process.pid.toString(36) + Date.now().toString(36).slice(-4);

/** A name nobody has taken in this process. */
export function fresh_name(prefix = 'user') {
    counter += 1;
    return `${prefix}_${run_tag}${counter}`;
}

/** Calls on behalf of one token. `node` is anything with a `base`. */
export class Client {
    /** @param token as it stands in Authorization, with `Bot ` where it is one; null for nobody */
    constructor(node, token = null, version = 'v10') {
        this.node = node;
        this.token = token;
        this.version = version;
        this.observers = [];
    }

    /** The same account through another version of the API. */
    as_version(version) {
        const other = new Client(this.node, this.token, version);
        return Object.assign(other, { id: this.id, observers: this.observers });
    }

    async call(method, path, body, { headers = {}, files, ms, agent } = {}) {
        const all = { ...headers };
        if (this.token !== null) all.authorization ??= this.token;
        let bytes;
        if (files !== undefined) {
            const parts = files.map((file, index) => ({ name: `files[${index}]`, ...file }));
            if (body !== undefined)
                parts.unshift({ name: 'payload_json', type: 'application/json', content: JSON.stringify(body) });
            const form = multipart(parts);
            bytes = form.body;
            Object.assign(all, form.headers);
        } else if (body !== undefined) {
            bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
            all['content-type'] ??= 'application/json';
            all['content-length'] = bytes.length;
        } else if (method !== 'GET' && method !== 'HEAD') {
            all['content-length'] = 0;
        }
        const prefix = this.version === '' ? '/api' : `/api/${this.version}`;
        const answer = await request(this.node.base, method, prefix + path, { headers: all, body: bytes, ms, agent });
        for (const observer of this.observers) observer({ method, path, body, answer, client: this });
        return answer;
    }

    /** As `call`, and insists on the status; returns the parsed body. */
    async expect(status, method, path, body, options) {
        const answer = await this.call(method, path, body, options);
        const wanted = Array.isArray(status) ? status : [status];
        assert.ok(
            wanted.includes(answer.status),
            `${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)}, wanted ${status}`,
        );
        return answer.json;
    }

    get = (path, options) => this.expect(200, 'GET', path, undefined, options);
    post = (path, body, options) => this.expect([200, 201, 204], 'POST', path, body, options);
    patch = (path, body, options) => this.expect([200, 204], 'PATCH', path, body, options);
    put = (path, body, options) => this.expect([200, 201, 204], 'PUT', path, body, options);
    delete = (path, body, options) => this.expect([200, 204], 'DELETE', path, body, options);
}

export const password = 'correct horse battery staple';

/** Registers a person; the client knows its id, name, email. */
export async function register(node, name = fresh_name()) {
    const nobody = new Client(node);
    const email = `${name}@example.test`;
    const body = { username: name, email, password, consent: true, date_of_birth: '1990-01-01' };
    const { token } = await nobody.expect([200, 201], 'POST', '/auth/register', body);
    const client = new Client(node, token);
    client.id = (await client.get('/users/@me')).id;
    return Object.assign(client, { name, email });
}

/** Application flags that allow the three privileged intents of an unverified bot. */
export const privileged_flags = (1 << 13) | (1 << 15) | (1 << 19);
/** Every intent a bot may ask for. */
export const all_intents = 53608447;
export const administrator = '8';

/** An application with its bot; `client.app_id` is the bot user's id as well. */
export async function make_bot(owner, { name = fresh_name('bot'), privileged = true } = {}) {
    const application = await owner.expect([200, 201], 'POST', '/applications', { name });
    await owner.call('POST', `/applications/${application.id}/bot`, {});
    const { token } = await owner.expect([200, 201], 'POST', `/applications/${application.id}/bot/reset`, {});
    if (privileged) await owner.patch(`/applications/${application.id}`, { flags: privileged_flags });
    const bot = new Client(owner.node, `Bot ${token}`);
    return Object.assign(bot, { id: application.id, raw_token: token, name });
}

/** Lets a bot into a guild the way a browser's consent page does. */
export async function authorize(owner, bot, guild_id, permissions = administrator) {
    const query = `?client_id=${bot.id}&scope=bot%20applications.commands&permissions=${permissions}`;
    const body = { authorize: true, guild_id, permissions, integration_type: 0 };
    return owner.expect(200, 'POST', `/oauth2/authorize${query}`, body);
}

/** A guild with its first text channel. */
export async function make_guild(owner, name = fresh_name('guild')) {
    const guild = await owner.expect([200, 201], 'POST', '/guilds', { name });
    const channels = await owner.get(`/guilds/${guild.id}/channels`);
    let text = channels.find((channel) => channel.type === 0);
    text ??= await owner.expect(201, 'POST', `/guilds/${guild.id}/channels`, { name: 'general', type: 0 });
    return Object.assign(guild, { text: text.id });
}

/** A new person who joined by an invite to `channel_id`. */
export async function join(owner, channel_id, person) {
    const { code } = await owner.post(`/channels/${channel_id}/invites`, { max_age: 0 });
    await person.post(`/invites/${code}`, {});
    return person;
}

/** Runs a slash command as `person`; `session` is an open gateway session of that person. */
export function run_command(person, session, { application_id, guild_id, channel_id, command: chosen, options = [] }) {
    return person.expect(204, 'POST', '/interactions', {
        type: 2,
        application_id,
        guild_id,
        channel_id,
        session_id: session.session_id,
        nonce: String(Date.now()) + String(Math.floor(Math.random() * 1e6)),
        data: { id: chosen.id, name: chosen.name, type: 1, version: chosen.version, options },
    });
}
