// The permission calculator against discord.js's on random guilds: tests/clients/permissions.mjs beside the oracle.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { suite } from '../support/suite.mjs';
import { binary, repository } from '../support/paths.mjs';

const guilds = process.env.GUILDHALL_GUILDS ?? '100000';

await suite('permissions', async (t) => {
    const oracle = path.join(path.dirname(binary), 'guildhall_permission_oracle');
    if (!fs.existsSync(oracle)) return t.skip(`${guilds} random guilds`, `${oracle} is not built`);
    const script = path.join(repository, 'tests/clients/permissions.mjs');
    const run = spawnSync(process.execPath, [script, oracle, guilds], {
        encoding: 'utf8',
        timeout: 280_000,
        maxBuffer: 1 << 26,
    });
    t.row(
        `${guilds} random guilds give the permissions that discord.js gives`,
        run.status === 0 ? '' : run.stdout.slice(-1500) + run.stderr.slice(-1500),
    );
});
