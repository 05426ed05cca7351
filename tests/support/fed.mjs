// Several real nodes that link with each other on this machine, and the steps every suite of theirs begins with:
// a guild on one, people of the others in it. Writes of a person elsewhere may meet 503 while a link recovers;
// `patient` clients repeat those as a real client does, with the nonce they had.
import assert from 'node:assert/strict';
import { Node } from './node.mjs';
import { Client, make_guild, register } from './api.mjs';
import { patience, sleep, until } from './wait.mjs';

/** What a call answers that may or may not have happened. */
const unknown_statuses = [502, 503, 504];
/** Longest that a link may take to come back after its node did: two rounds of backoff and a little. */
export const recovery_ms = 40_000;

const words = ['one', 'two', 'three', 'four', 'five'];

/** Starts `count` nodes that know nothing of each other. `settings` and `options` may be functions of the number. */
export async function start_nodes(t, count, settings = {}, options = {}) {
    const nodes = [];
    const of = (what, number) => (typeof what === 'function' ? what(number) : what);
    for (let number = 0; number < count; number += 1) {
        nodes.push(t.adopt(await start_node(words[number], of(settings, number), of(options, number))));
    }
    return nodes;
}

export async function start_node(word, settings = {}, options = {}) {
    const node = await Node.start({
        ...options,
        settings: {
            rate_limits: 'off',
            name: `${word}.localhost`,
            'federation.listen': '127.0.0.1:0',
            'federation.allow_private': 'true',
            ...settings,
        },
    });
    node.name = node.settings.name;
    return node;
}

/** Where other nodes find this one: what stands behind the @ of an invite. */
export function address_of(node) {
    const host = node.ready.federation?.split(':')[0];
    return `${host === '127.0.0.1' ? 'localhost' : host}:${link_port(node)}`;
}

export function link_port(node) {
    const port = Number(
        String(node.ready.federation ?? '')
            .split(':')
            .pop(),
    );
    assert.ok(port > 0, `the ready line names no link port: ${JSON.stringify(node.ready)}`);
    return port;
}

/** A call whose outcome is not known: no assertion failed, nothing was promised. */
export class Unknown extends Error {}

/** A person whose node may have to ask another one. */
export class FarClient extends Client {
    /** The same account; its short forms are the new object's own. */
    static from({ node, token, version, id, name }) {
        return Object.assign(new FarClient(node, token, version), { id, name });
    }

    /** Until `ms` from now, 503 is repeated instead of reported. */
    be_patient(ms = recovery_ms) {
        this.patient_until = Date.now() + ms * patience;
        return this;
    }

    async expect(status, method, path, body, options) {
        for (;;) {
            const answer = await this.call(method, path, body, options);
            const wanted = Array.isArray(status) ? status : [status];
            if (wanted.includes(answer.status)) return answer.json;
            const text = `${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)}, wanted ${status}`;
            assert.ok(unknown_statuses.includes(answer.status), text);
            if (Date.now() > (this.patient_until ?? 0)) throw new Unknown(text);
            await sleep(100);
        }
    }
}

/** Registers a person on a node, as a client that may be patient. */
export async function far_person(node, name) {
    return FarClient.from(await register(node, ...(name ? [name] : [])));
}

/** An invite of the guild's owner, accepted by a person of another node. Returns the answer's guild. */
export async function far_join(owner, channel_id, person, address = address_of(owner.node)) {
    const { code } = await owner.post(`/channels/${channel_id}/invites`, { max_age: 0 });
    const answer = await person.call('POST', `/invites/${code}@${address}`, {}, { ms: 30_000 });
    assert.equal(answer.status, 200, `joining through ${address}: ${answer.status} ${answer.text.slice(0, 400)}`);
    return answer.json;
}

/** A guild on the first node with its owner, and one person of each other node in it. */
export async function shared_guild(nodes, { address } = {}) {
    const owner = await far_person(nodes[0]);
    const guild = await make_guild(owner);
    const people = [owner];
    for (const node of nodes.slice(1)) {
        const person = await far_person(node);
        await far_join(owner, guild.text, person, address ?? address_of(nodes[0]));
        people.push(person);
    }
    return { owner, guild, people };
}

/** The last `limit` messages of a channel as one line each: what must be equal on all nodes. */
export async function lines_of(client, channel_id, limit = 100) {
    const found = await client.get(`/channels/${channel_id}/messages?limit=${limit}`);
    return found.map((one) => {
        const reactions = (one.reactions ?? []).map((r) => `${r.emoji.name}${r.count}`).sort();
        const files = (one.attachments ?? []).map((file) => `${file.filename}:${file.size}`);
        return [
            one.id,
            one.author.id,
            one.type,
            one.content,
            one.edited_timestamp ?? '',
            one.pinned,
            reactions,
            files,
        ].join('|');
    });
}

/** Waits until every client reads the same channel alike; returns the lines. */
export async function converge(clients, channel_id, { ms = recovery_ms, limit = 100 } = {}) {
    let last = [];
    await until(
        async () => {
            last = [];
            for (const client of clients) last.push(await lines_of(client, channel_id, limit));
            return last.every((lines) => lines.join('\n') === last[0].join('\n'));
        },
        ms,
        'equal histories',
    ).catch((error) => {
        const first = last.findIndex((lines) => lines.join('\n') !== last[0].join('\n'));
        const missing = (a, b) => a.filter((line) => !b.includes(line)).slice(0, 3);
        throw new Error(
            `${error.message}: node 0 alone has ${JSON.stringify(missing(last[0], last[first]))}, ` +
                `node ${first} alone ${JSON.stringify(missing(last[first], last[0]))}`,
        );
    });
    return last[0];
}

/** Posts until the answer is 200, with one nonce: what a client does with a 503. */
export async function post_surely(client, channel_id, content, nonce) {
    client.be_patient();
    return client.expect(200, 'POST', `/channels/${channel_id}/messages`, { content, nonce, enforce_nonce: true });
}

/** Waits until the host of a guild answers again. Who may not read its bans is told so by the host alone. */
export function until_linked(client, guild_id, ms = recovery_ms) {
    return until(
        async () => !unknown_statuses.includes((await client.call('GET', `/guilds/${guild_id}/bans`)).status),
        ms,
        'link to the host',
    );
}

/** Everything that the host had of this channel, and of what it is ordered by, is here afterwards: one's own write is. */
export async function catch_up(client, channel_id) {
    const made = await post_surely(
        client,
        channel_id,
        'a mark',
        `mark-${Date.now()}-${Math.floor(Math.random() * 1e6)}`,
    );
    await client.delete(`/channels/${channel_id}/messages/${made.id}`);
}
