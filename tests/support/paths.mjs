// Where the suites find what they need: the repository, the node's binary, the contract and the npm packages.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The binary under test. `GUILDHALL_BIN` lets a sanitizer build run the same suites. */
export const binary = path.resolve(process.env.GUILDHALL_BIN ?? path.join(repository, 'build/release/bin/guildhall'));

/** What Guildhall promises to the outside; absent on machines that only have the repository. */
export const contract = path.resolve(process.env.GUILDHALL_CONTRACT ?? path.join(repository, '../shared/contract'));

/** `deep` runs the full numbers, `quick` those of every day. */
export const deep = process.env.GUILDHALL_MODE === 'deep';

/** Where a suite leaves what a person may want to look at afterwards: logs of failures, screenshots. */
export function artefacts() {
    const folder = process.env.GUILDHALL_ARTEFACTS ?? path.join(repository, 'build/artefacts');
    fs.mkdirSync(folder, { recursive: true });
    return folder;
}

const require_package = createRequire(path.join(repository, 'tests/clients/package.json'));

/** Loads an npm package from tests/clients/node_modules, whatever folder the suite lives in. */
export function dependency(name) {
    return require_package(name);
}

/** The parsed contract file, or null where the contract is missing. */
export function contract_json(name) {
    const file = path.join(contract, name);
    return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
}

/** The rows of a tab-separated contract file as objects, or null where the contract is missing. */
export function contract_rows(name) {
    const file = path.join(contract, name);
    if (!fs.existsSync(file)) return null;
    const [header, ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
    const columns = header.split('\t');
    return lines.map((line) => {
        const cells = line.split('\t');
        return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
    });
}
