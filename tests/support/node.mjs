// One real node: the binary, its data folder, its port. Started, stopped, killed and started again on both.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { binary } from './paths.mjs';
import { deadline, deferred, patience } from './wait.mjs';

/** Longest a node may take to say that it is ready; sanitizer builds and replays are slow. */
const ready_ms = Number(process.env.GUILDHALL_READY_MS ?? 60_000);
/** How much of a log is kept in memory. */
const log_bytes_max = 32 * 1024 * 1024;

/** The sanitizers run the same suites with 2 and with 4 shards, whatever the machine has. */
const shards = process.env.GUILDHALL_SHARDS ? { shards: process.env.GUILDHALL_SHARDS } : {};

const running = new Set();
process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL');
});

export class Node {
    /**
     * @param settings keys of the configuration, e.g. {rate_limits: 'off'}
     * @param launcher words before the binary's; they must end in `exec`, so that the pid is the node's
     */
    constructor({ data, settings = {}, arguments: extra = [], environment = {}, launcher = [] } = {}) {
        this.owns_data = data === undefined;
        this.data = data ?? fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-node-'));
        this.settings = { listen: '127.0.0.1:0', 'federation.listen': 'off', ...shards, ...settings };
        this.extra = extra;
        this.environment = environment;
        this.launcher = launcher;
        this.chunks = [];
        this.log_bytes = 0;
    }

    static async start(options) {
        const node = new Node(options);
        await node.start();
        return node;
    }

    /** Starts the process and waits for its ready line. A second start uses the port of the first. */
    async start() {
        const sets = Object.entries(this.settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
        const [program, ...words] = [...this.launcher, binary, 'serve', '--data', this.data, ...sets, ...this.extra];
        const child = spawn(program, words, {
            stdio: ['ignore', 'pipe', 'pipe'],
            env: { ...process.env, ...this.environment },
        });
        this.child = child;
        this.stdout = '';
        running.add(child);
        const ready = deferred();
        this.exited = new Promise((resolve) => {
            child.on('error', (error) => ready.reject(error));
            child.on('close', (code, signal) => {
                running.delete(child);
                this.exit = { code, signal };
                ready.reject(
                    new Error(`the node ended (${code ?? signal}) before it was ready:\n${this.log_tail(2000)}`),
                );
                resolve(this.exit);
            });
        });
        this.exit = null;
        child.stderr.on('data', (chunk) => this.#keep(chunk));
        child.stdout.on('data', (chunk) => {
            this.stdout += chunk;
            const end = this.stdout.indexOf('\n');
            if (end >= 0) ready.resolve(this.stdout.slice(0, end));
        });
        let line;
        try {
            line = await deadline(ready.promise, ready_ms, 'ready line');
        } catch (error) {
            await this.kill();
            throw error;
        }
        this.ready = JSON.parse(line);
        const listening = new URL(this.ready.http);
        this.port = Number(this.settings.listen.split(':').pop()) || Number(listening.port);
        const where = `${listening.hostname}:${this.port}`;
        this.settings.listen = where;
        // Other nodes dial the port that they learned: a second start keeps it.
        if (this.ready.federation) this.settings['federation.listen'] = this.ready.federation;
        this.scheme = listening.protocol === 'https:' ? 'https' : 'http';
        this.base = `${this.scheme}://${where}`;
        return this;
    }

    get pid() {
        return this.child.pid;
    }

    get alive() {
        return this.child !== undefined && this.exit === null;
    }

    /** Asks for a clean stop; returns the exit and how long it took. */
    async stop(ms = 10_000) {
        if (!this.alive) return { ...this.exit, ms: 0 };
        const asked = Date.now();
        this.child.kill('SIGTERM');
        try {
            const exit = await deadline(this.exited, ms * patience, 'end after SIGTERM');
            return { ...exit, ms: Date.now() - asked };
        } catch (error) {
            await this.#end();
            throw error;
        }
    }

    /** `kill -9`, then the data folder is removed if this object made it and `keep` is not set. */
    async kill() {
        await this.#end();
        if (this.owns_data) fs.rmSync(this.data, { recursive: true, force: true });
    }

    /** `kill -9`, the data folder stays. */
    async crash() {
        await this.#end();
    }

    async #end() {
        if (!this.child || this.exit) return;
        this.child.kill('SIGKILL');
        await this.exited;
    }

    #keep(chunk) {
        this.chunks.push(chunk);
        this.log_bytes += chunk.length;
        while (this.log_bytes > log_bytes_max) this.log_bytes -= this.chunks.shift().length;
    }

    get log() {
        return Buffer.concat(this.chunks).toString('utf8');
    }

    log_tail(characters = 200_000) {
        return this.log.slice(-characters);
    }
}

/** Runs a subcommand of the binary to its end, with `input` to read: {code, signal, stdout, stderr}. */
export function command(args, { ms = 120_000, environment = {}, input = '' } = {}) {
    const child = spawn(binary, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    // A command that reads nothing may have ended before its input is written.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    running.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    const ended = new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', (code, signal) => {
            running.delete(child);
            resolve({ code, signal, stdout, stderr });
        });
    });
    return deadline(ended, ms, `end of \`guildhall ${args[0]}\``).catch((error) => {
        child.kill('SIGKILL');
        throw error;
    });
}
