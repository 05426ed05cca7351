// One writer of the kill loop: an account with a channel of its own, and a model of what the node acknowledged.
// A call that a kill left unanswered is the lane's `pending`: it may have happened or not, until the node is asked.
import assert from 'node:assert/strict';

const thumb = '👍';
/** Channels and roles a lane keeps at most, far from the guild's own limits. */
const things_max = 6;

export class Lane {
    /** @param client writes; keeper makes and removes channels and roles */
    constructor({ client, keeper, guild_id, channel_id, label, random, world }) {
        Object.assign(this, { client, keeper, guild_id, channel_id, label, random, world });
        this.messages = new Map();
        this.deleted = new Set();
        this.channel = new Map();
        this.role = new Map();
        this.touched = new Set();
        this.number = 0;
        this.pending = null;
        this.acknowledged = 0;
    }

    /** Works until `go_on` says no, at once or after a while, or a call stays unanswered. */
    async run(go_on) {
        while (await go_on()) {
            const step = this.#choose();
            try {
                await step.call();
                this.acknowledged += 1;
            } catch (error) {
                if (error instanceof assert.AssertionError) throw error;
                this.pending = step;
                return;
            }
        }
    }

    #choose() {
        const dice = this.random() * 100;
        const ids = [...this.messages.keys()];
        if (dice < 58 || ids.length < 5) return this.#post();
        // Half of the later work falls on recent messages, half anywhere.
        const near = Math.floor(ids.length * (this.random() < 0.5 ? 0.9 : 0));
        const id = ids[near + Math.floor(this.random() * (ids.length - near))];
        if (dice < 74) return this.#edit(id);
        if (dice < 82) return this.#remove(id);
        if (dice < 95) return this.#react(id);
        return this.#thing(dice < 97.5 ? 'channel' : 'role');
    }

    #post() {
        this.number += 1;
        const content = `${this.label} ${this.number}`;
        const body = { content, nonce: `${this.label}-${this.number}`, enforce_nonce: true };
        const call = async () => {
            const made = await this.client.expect(200, 'POST', `/channels/${this.channel_id}/messages`, body);
            assert.equal(made.content, content);
            this.#remember(made.id);
            this.messages.set(made.id, { content, reacted: false });
            return made.id;
        };
        // The repetition is the check: the same nonce must find the message or make it, and only one.
        return { what: `POST ${content}`, call, settle: call };
    }

    #remember(id) {
        assert.ok(!this.world.ids.has(id), `id ${id} was given twice`);
        this.world.ids.add(id);
    }

    #edit(id) {
        this.number += 1;
        const path = `/channels/${this.channel_id}/messages/${id}`;
        const content = `${this.label} edit ${this.number}`;
        const model = this.messages.get(id);
        this.touched.add(id);
        const call = async () => {
            await this.client.expect(200, 'PATCH', path, { content });
            model.content = content;
        };
        const settle = async () => {
            const now = (await this.client.get(path)).content;
            assert.ok([model.content, content].includes(now), `an unanswered edit of ${id} left "${now}"`);
            model.content = now;
        };
        return { what: `PATCH ${id}`, call, settle, id, content };
    }

    #remove(id) {
        const path = `/channels/${this.channel_id}/messages/${id}`;
        this.touched.add(id);
        const forget = () => {
            this.messages.delete(id);
            this.deleted.add(id);
        };
        const call = async () => {
            await this.client.expect(204, 'DELETE', path);
            forget();
        };
        const settle = async () => {
            const answer = await this.client.call('GET', path);
            assert.ok([200, 404].includes(answer.status), `GET after an unanswered DELETE: ${answer.status}`);
            if (answer.status === 404) forget();
        };
        return { what: `DELETE ${id}`, call, settle, id, removes: true };
    }

    #react(id) {
        const message = `/channels/${this.channel_id}/messages/${id}`;
        const path = `${message}/reactions/${encodeURIComponent(thumb)}/@me`;
        const model = this.messages.get(id);
        const adds = !model.reacted;
        this.touched.add(id);
        const call = async () => {
            await this.client.expect(204, adds ? 'PUT' : 'DELETE', path);
            model.reacted = adds;
        };
        const settle = async () => {
            model.reacted = has_reaction(await this.client.get(message));
        };
        return { what: `reaction on ${id}`, call, settle };
    }

    #thing(kind) {
        const known = this[kind];
        if (known.size < things_max) return this.#make(kind, known);
        const id = known.keys().next().value;
        const call = async () => {
            const path = kind === 'channel' ? `/channels/${id}` : `/guilds/${this.guild_id}/roles/${id}`;
            await this.keeper.expect([200, 204], 'DELETE', path);
            known.delete(id);
        };
        const settle = async () => {
            if (!(await this.list(kind)).some((one) => one.id === id)) known.delete(id);
        };
        return { what: `DELETE ${kind} ${id}`, call, settle };
    }

    #make(kind, known) {
        this.number += 1;
        const name = `${this.label}-${this.number}`;
        const call = async () => {
            const made = await this.keeper.expect([200, 201], 'POST', `/guilds/${this.guild_id}/${kind}s`, { name });
            this.#remember(made.id);
            known.set(made.id, name);
        };
        const settle = async () => {
            const found = (await this.list(kind)).filter((one) => one.name === name);
            assert.ok(found.length <= 1, `one unanswered POST made ${found.length} ${kind}s`);
            for (const one of found) {
                this.#remember(one.id);
                known.set(one.id, name);
            }
        };
        return { what: `POST ${kind} ${name}`, call, settle };
    }

    list(kind) {
        return this.keeper.get(`/guilds/${this.guild_id}/${kind}s`);
    }

    /** Finds out what became of the unanswered call, given the dispatches an observer saw before the kill. */
    async settle(dispatches) {
        const step = this.pending;
        this.pending = null;
        if (!step) return;
        await step.settle();
        if (!step.id) return;
        const seen = (type) =>
            dispatches.some(
                (frame) =>
                    frame.t === type && frame.d.id === step.id && (!step.content || frame.d.content === step.content),
            );
        if (step.removes && seen('MESSAGE_DELETE'))
            assert.ok(this.deleted.has(step.id), `the delete of ${step.id} was told and undone`);
        if (step.content && seen('MESSAGE_UPDATE')) {
            assert.equal(
                this.messages.get(step.id).content,
                step.content,
                `the edit of ${step.id} was told and undone`,
            );
        }
    }

    /** Compares what the node has with the model: everything, or what is younger than `after` or was touched. */
    async compare(after = null) {
        const found = await this.history(after);
        const wanted = [...this.messages].filter(([id]) => after === null || BigInt(id) > BigInt(after));
        const stored = new Map(found.map((message) => [message.id, message]));
        assert.equal(stored.size, found.length, `${this.label}: a message is listed twice`);
        for (const [id, model] of wanted) this.#same(id, model, stored.get(id));
        for (const id of stored.keys()) {
            assert.ok(!this.deleted.has(id), `${this.label}: ${id} came back after its delete`);
            assert.ok(
                this.messages.has(id),
                `${this.label}: ${id} "${stored.get(id).content}" was never acknowledged to anybody`,
            );
        }
        for (const id of this.touched) await this.#compare_touched(id, stored);
        this.touched.clear();
        for (const kind of ['channel', 'role']) await this.#compare_things(kind);
    }

    async #compare_touched(id, stored) {
        if (stored.has(id)) return;
        const answer = await this.client.call('GET', `/channels/${this.channel_id}/messages/${id}`);
        if (this.deleted.has(id)) assert.equal(answer.status, 404, `${this.label}: ${id} came back after its delete`);
        else this.#same(id, this.messages.get(id), answer.status === 200 ? answer.json : undefined);
    }

    #same(id, model, message) {
        assert.ok(message, `${this.label}: ${id} "${model.content}" is lost`);
        assert.equal(message.content, model.content, `${this.label}: content of ${id}`);
        assert.equal(has_reaction(message), model.reacted, `${this.label}: reaction on ${id}`);
    }

    async #compare_things(kind) {
        const mine = (await this.list(kind)).filter((one) => one.name.startsWith(`${this.label}-`));
        const found = mine.map((one) => `${one.id} ${one.name}`).sort();
        assert.deepEqual(
            found,
            [...this[kind]].map(([id, name]) => `${id} ${name}`).sort(),
            `${this.label}: its ${kind}s`,
        );
    }

    /** Every message of the channel younger than `after`, oldest first. */
    async history(after) {
        const all = [];
        let cursor = after ?? '0';
        for (;;) {
            const page = await this.client.get(`/channels/${this.channel_id}/messages?limit=100&after=${cursor}`);
            page.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
            all.push(...page);
            if (page.length < 100) return all;
            cursor = page.at(-1).id;
        }
    }
}

function has_reaction(message) {
    const found = (message.reactions ?? []).filter((one) => one.emoji.name === thumb);
    assert.ok(found.length <= 1, `a reaction of ${message.id} is listed twice`);
    if (found.length) assert.equal(found[0].count, 1, `count of the reaction on ${message.id}`);
    return found.length === 1;
}
