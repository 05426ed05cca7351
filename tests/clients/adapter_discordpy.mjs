// discord.py of Debian, in a process of its own (discordpy_bot.py); one JSON object a line in both directions.
import path from 'node:path';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import { spawn, spawnSync } from 'node:child_process';
import { repository } from '../support/paths.mjs';
import { deferred } from '../support/wait.mjs';

export const name = 'discord.py';
const python = '/usr/bin/python3';

/** Why it cannot run here, or null. */
export function missing() {
    const found = spawnSync(python, ['-c', 'import discord']);
    return found.status === 0 ? null : 'python3-discord is not installed';
}

export class Adapter extends EventEmitter {
    async login({ node, token }) {
        const script = path.join(repository, 'tests/clients/discordpy_bot.py');
        this.calls = new Map();
        this.next = 1;
        this.child = spawn(python, [script, node.unmodified ? '-' : node.base, node.gateway ?? node.base, token], {
            stdio: ['pipe', 'pipe', 'pipe'],
        });
        this.stop_child = () => this.child.kill('SIGKILL');
        process.on('exit', this.stop_child);
        this.errors = '';
        this.child.stderr.on('data', (chunk) => (this.errors = (this.errors + chunk).slice(-20_000)));
        const ready = deferred();
        this.child.on('close', (code) => {
            const error = new Error(`discord.py ended (${code}): ${this.errors.slice(-1500)}`);
            ready.reject(error);
            for (const call of this.calls.values()) call.reject(error);
        });
        createInterface({ input: this.child.stdout }).on('line', (line) => {
            const said = JSON.parse(line);
            if (said.event === 'ready') ready.resolve(said);
            if (said.event) return this.emit(said.event, said.data);
            const call = this.calls.get(said.call);
            this.calls.delete(said.call);
            if (said.error) call.reject(new Error(said.error));
            else call.resolve(said.result);
        });
        await ready.promise;
    }

    #call(method, ...args) {
        const call = deferred();
        this.calls.set(this.next, call);
        this.child.stdin.write(`${JSON.stringify({ call: this.next++, method, args })}\n`);
        return call.promise;
    }

    guilds = () => this.#call('guilds');
    create_channel = (guild_id, channel_name) => this.#call('create_channel', guild_id, channel_name);
    create_role = (guild_id, role_name) => this.#call('create_role', guild_id, role_name);
    send = (channel_id, content) => this.#call('send', channel_id, content);
    edit = (channel_id, id, content) => this.#call('edit', channel_id, id, content);
    remove = (channel_id, id) => this.#call('remove', channel_id, id);
    react = (channel_id, id, emoji) => this.#call('react', channel_id, id, emoji);
    history = (channel_id, limit) => this.#call('history', channel_id, limit);
    register_commands = (guild_id) => this.#call('register_commands', guild_id);

    async close() {
        process.removeListener('exit', this.stop_child);
        this.child?.kill('SIGKILL');
    }
}
