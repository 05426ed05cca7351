// Programs in namespaces of their own: the whole network, and some of the system's files, are theirs alone. So a suite
// may serve names and the ports 53 and 443 on loopback, and lay lines between nodes and cut them. Root may do that, and
// elsewhere who the kernel lets be root in a namespace for users.
import fs from 'node:fs';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deadline } from './wait.mjs';

/** The folder that the outer run made for the inner one; undefined outside. */
export const inside = process.env.GUILDHALL_NAMESPACE;

const ways = [
    ['unshare', '--mount', '--net'],
    ['unshare', '--user', '--map-root-user', '--mount', '--net'],
];

/** The words before a command that give it namespaces of its own, or null where the machine refuses. */
function way_in() {
    const works = ([program, ...words]) => spawnSync(program, [...words, 'ip', 'link', 'set', 'lo', 'up']).status === 0;
    return ways.find(works) ?? null;
}

/** Why this machine cannot, or null. */
export function unable() {
    if (spawnSync('ip', ['-V']).error) return 'the package iproute2 is not installed';
    if (way_in() === null) return 'unshare is refused here';
    return null;
}

/**
 * Runs the suite's file again in namespaces of its own and takes its result for ours. `files` are laid over those of
 * the system: {'/etc/hosts': text}; `folder` is what it finds in `inside`.
 */
export async function enter(t, url, folder, { files = {}, environment = {}, ms = 240_000 } = {}) {
    const mounts = Object.entries(files).map(([system, text]) => {
        const own = path.join(folder, path.basename(system));
        fs.writeFileSync(own, text);
        return `mount --bind '${own}' '${system}'`;
    });
    const result_file = path.join(folder, 'result.json');
    const words = ['ip link set lo up', ...mounts, `exec '${process.execPath}' '${fileURLToPath(url)}'`];
    const [program, ...unshare] = way_in();
    const child = spawn(program, [...unshare, 'sh', '-c', words.join(' && ')], {
        env: { ...process.env, GUILDHALL_NAMESPACE: folder, GUILDHALL_RESULT: result_file, ...environment },
        stdio: ['ignore', 'inherit', 'inherit'],
    });
    const end = () => child.kill('SIGTERM');
    process.on('exit', end);
    const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)));
    const how = await deadline(ended, ms, 'end of the inner run').finally(end);
    process.off('exit', end);
    if (!fs.existsSync(result_file)) throw new Error(`no result: exit ${how}`);
    const result = JSON.parse(fs.readFileSync(result_file, 'utf8'));
    t.passed += result.passed;
    t.skipped += result.skipped;
    t.failures.push(...result.failures);
}

/** One command that must work. */
export function run(...words) {
    const ran = spawnSync(words[0], words.slice(1), { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(`${words.join(' ')}: ${ran.error ?? ran.stderr}`);
    return ran.stdout;
}

/** A machine of its own: a network namespace that lives until this program ends. */
export class Machine {
    constructor(holder) {
        this.holder = holder;
        this.launcher = ['nsenter', `--net=/proc/${holder.pid}/ns/net`];
    }

    static async start() {
        // Its end of the pipe closes with this program, whatever ends it.
        const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo here && exec cat'], {
            stdio: ['pipe', 'pipe', 'inherit'],
        });
        const began = new Promise((resolve, reject) => {
            holder.stdout.once('data', resolve);
            holder.once('error', reject);
        });
        await deadline(began, 10_000, 'network namespace');
        const machine = new Machine(holder);
        machine.ip('link', 'set', 'lo', 'up');
        return machine;
    }

    /** `ip` in there. */
    ip(...words) {
        return run(...this.launcher, 'ip', ...words);
    }

    /** Gives one end of a pair, named `near`, to this machine as `name`; the other end stays here. */
    plug(near, name, address) {
        run('ip', 'link', 'set', near, 'netns', String(this.holder.pid), 'name', name);
        this.ip('address', 'add', address, 'dev', name);
        this.ip('link', 'set', name, 'up');
    }

    end() {
        this.holder.kill('SIGKILL');
    }
}
