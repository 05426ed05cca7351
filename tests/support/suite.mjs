// The runner of one suite: checks run one after the other, each with a deadline; the end is a plain count.
// The driver (tests/blackbox/run.mjs) reads the count from the file named by GUILDHALL_RESULT.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { artefacts } from './paths.mjs';
import { deadline, patience } from './wait.mjs';

/** Whether a skip counts as a failure: set where everything a suite needs must be present. */
const skips_fail = process.env.CI === 'true' || process.env.GUILDHALL_NO_SKIP === '1';

class Suite {
    constructor(name) {
        this.name = name;
        this.passed = 0;
        this.skipped = 0;
        this.failures = [];
        this.cleanups = [];
        this.nodes = [];
    }

    /** Runs one check; a failure is recorded and the suite goes on. Returns whether it passed. */
    async check(title, body, { seconds = 30 } = {}) {
        try {
            await deadline(Promise.resolve().then(body), seconds * 1000 * patience, 'end of the check');
            this.passed += 1;
            if (process.env.GUILDHALL_VERBOSE) console.log(`  ok    ${title}`);
            return true;
        } catch (error) {
            this.fail(title, error);
            return false;
        }
    }

    /** A row of a table: passes when `problem` is empty. */
    row(title, problem) {
        if (!problem) this.passed += 1;
        else this.fail(title, problem);
    }

    fail(title, error) {
        const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
        this.failures.push(title);
        console.log(`  FAIL  ${this.name}: ${title}\n        ${text.split('\n').slice(0, 8).join('\n        ')}`);
    }

    /** What cannot be shown on this machine. */
    skip(title, reason, { always_allowed = false } = {}) {
        if (skips_fail && !always_allowed) return this.fail(title, `skipped: ${reason}`);
        this.skipped += 1;
        console.log(`  SKIP  ${this.name}: ${title}: ${reason}`);
    }

    /** Runs `cleanup` when the suite ends, the latest first. */
    finally(cleanup) {
        this.cleanups.push(cleanup);
    }

    /** A folder that is removed at the end. */
    temporary_folder() {
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), `guildhall-${this.name}-`));
        this.finally(() => fs.rmSync(folder, { recursive: true, force: true }));
        return folder;
    }

    /** Remembers a node: it is ended with the suite, and its log kept if something failed. */
    adopt(node) {
        this.nodes.push(node);
        return node;
    }

    async end() {
        for (const node of this.nodes) await node.kill().catch(() => {});
        if (this.failures.length > 0) this.keep_logs();
        for (const cleanup of this.cleanups.reverse()) {
            try {
                await cleanup();
            } catch (error) {
                console.log(`  note  ${this.name}: a cleanup failed: ${error.message}`);
            }
        }
    }

    keep_logs() {
        const folder = artefacts();
        this.nodes.forEach((node, index) => {
            fs.writeFileSync(path.join(folder, `${this.name}-node${index}.log`), node.log_tail());
        });
        console.log(`  note  ${this.name}: the logs of its ${this.nodes.length} nodes are in ${folder}`);
    }
}

// Ended from outside, a suite still ends the processes it started: their owners listen to 'exit'.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(143));

/** Runs a whole suite and ends the process: exit 0 only if nothing failed. */
export async function suite(name, body, { seconds = 300 } = {}) {
    const run = new Suite(name);
    const started = Date.now();
    try {
        await deadline(
            Promise.resolve().then(() => body(run)),
            seconds * 1000 * patience,
            'end of the suite',
        );
    } catch (error) {
        run.fail('the suite itself', error);
    }
    await deadline(run.end(), 30_000, 'clean end').catch((error) => run.fail('clean end', error));
    const result = {
        suite: name,
        passed: run.passed,
        failed: run.failures.length,
        skipped: run.skipped,
        seconds: Math.round((Date.now() - started) / 100) / 10,
        failures: run.failures,
    };
    if (process.env.GUILDHALL_RESULT) {
        fs.writeFileSync(process.env.GUILDHALL_RESULT, JSON.stringify(result));
    }
    console.log(
        `${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped (${result.seconds} s)`,
    );
    process.exit(result.failed > 0 ? 1 : 0);
}
