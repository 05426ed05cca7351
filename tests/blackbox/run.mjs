// Runs the black-box suites against the built node, each in a process of its own, and ends with a plain count.
//
//   node tests/blackbox/run.mjs [--deep] [--ci] [--summary FILE] [--without SUITE] [SUITE...]
//
// GUILDHALL_BIN names another binary, GUILDHALL_KILLS and GUILDHALL_SEED steer the kill loop, GUILDHALL_VERBOSE names
// what passes, GUILDHALL_PATIENCE multiplies the suites' limits (slow builds). Failures leave logs in build/artefacts.
// Without names every suite runs; those that mostly wait, for timeouts and the like, run beside the others. --ci makes a skip a failure. The summary is JSON: {passed, failed, skipped, suites}.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { binary, repository } from '../support/paths.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

/** In the order they run; the second figure is the longest each may take, in seconds: quick, deep. */
const suites = {
    serve: [300, 600],
    openapi: [300, 300],
    gateway: [300, 300],
    messages: [200, 200],
    classic: [200, 200],
    limits: [400, 400],
    authorisation: [400, 400],
    rate_limits: [300, 300],
    http_probe: [300, 300],
    ws_probe: [400, 900],
    client_discordjs: [420, 420],
    client_eris: [420, 420],
    client_oceanic: [420, 420],
    client_discordpy: [420, 420],
    unmodified: [280, 280],
    idle: [220, 220],
    clock: [120, 120],
    silent: [120, 200],
    slow: [120, 300],
    soak: [120, 7800],
    permissions: [300, 300],
    pages: [200, 200],
    kill: [1500, 7200],
    federation: [900, 900],
    federation_links: [500, 500],
    federation_bots: [400, 400],
    federation_lines: [900, 900],
    federation_host: [900, 900],
    federation_keys: [240, 240],
    federation_commands: [500, 500],
    federation_tour: [380, 380],
    federation_namespaces: [470, 470],
    federation_discovery: [410, 410],
    federation_kill: [1100, 4700],
};

/** The longest first, so that the end is not one of them alone. */
const waiting = [
    'federation_lines',
    'federation_namespaces',
    'federation_host',
    'rate_limits',
    'slow',
    'silent',
    'soak',
    'idle',
];
/** How many of those run at once, beside one of the others. */
const waiting_lanes = 2;

function options(words) {
    const chosen = { deep: false, ci: false, summary: null, without: [], names: [] };
    for (let at = 0; at < words.length; at += 1) {
        if (words[at] === '--deep') chosen.deep = true;
        else if (words[at] === '--ci') chosen.ci = true;
        else if (words[at] === '--summary') chosen.summary = words[++at];
        else if (words[at] === '--without') chosen.without.push(words[++at]);
        else chosen.names.push(words[at]);
    }
    const unknown = [...chosen.names, ...chosen.without].filter((name) => !(name in suites));
    if (unknown.length) throw new Error(`no such suite: ${unknown}; there are ${Object.keys(suites)}`);
    if (chosen.names.length === 0) chosen.names = Object.keys(suites);
    chosen.names = chosen.names.filter((name) => !chosen.without.includes(name));
    return chosen;
}

/** Runs one suite; whatever happens to its process, there is a result. */
function run_suite(name, { deep, ci }, folder) {
    const result_file = path.join(folder, `${name}.json`);
    const limit = suites[name][deep ? 1 : 0] * Number(process.env.GUILDHALL_PATIENCE ?? 1);
    const environment = { ...process.env, GUILDHALL_RESULT: result_file, GUILDHALL_MODE: deep ? 'deep' : 'quick' };
    if (ci) environment.GUILDHALL_NO_SKIP = '1';
    const child = spawn(process.execPath, [path.join(here, `${name}.mjs`)], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: environment,
    });
    return new Promise((resolve) => {
        // SIGTERM first: the suite's own exit handler ends the nodes it started.
        const timer = setTimeout(() => child.kill('SIGTERM'), limit * 1000);
        const hard = setTimeout(() => child.kill('SIGKILL'), (limit + 10) * 1000);
        child.on('close', (code, signal) => {
            clearTimeout(timer);
            clearTimeout(hard);
            if (fs.existsSync(result_file)) return resolve(JSON.parse(fs.readFileSync(result_file, 'utf8')));
            const how = signal ? `ended by ${signal}, limit ${limit} s` : `exit ${code} without a result`;
            console.log(`  FAIL  ${name}: ${how}`);
            resolve({ suite: name, passed: 0, failed: 1, skipped: 0, failures: [how] });
        });
    });
}

/** Runs the suites in `queue` one after the other. */
async function lane(queue, chosen, folder, results) {
    for (let name = queue.shift(); name; name = queue.shift()) results.push(await run_suite(name, chosen, folder));
}

async function main() {
    const chosen = options(process.argv.slice(2));
    if (!fs.existsSync(binary)) throw new Error(`${binary} is not built`);
    if (!fs.existsSync(path.join(repository, 'tests/clients/node_modules')))
        throw new Error('run `npm ci` in tests/clients');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-results-'));
    const results = [];
    const beside = waiting.filter((name) => chosen.names.includes(name));
    const others = chosen.names.filter((name) => !beside.includes(name));
    const lanes = [others, ...Array(waiting_lanes).fill(beside)];
    await Promise.all(lanes.map((queue) => lane(queue, chosen, folder, results)));
    results.sort((a, b) => chosen.names.indexOf(a.suite) - chosen.names.indexOf(b.suite));
    fs.rmSync(folder, { recursive: true, force: true });
    const sum = (key) => results.reduce((total, result) => total + result[key], 0);
    const summary = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), suites: results };
    if (chosen.summary) fs.writeFileSync(chosen.summary, JSON.stringify(summary, null, 1));
    console.log(`black box: ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`);
    return summary.failed > 0 ? 1 : 0;
}

main().then(
    (code) => process.exit(code),
    (error) => {
        console.error(error.message);
        process.exit(2);
    },
);
