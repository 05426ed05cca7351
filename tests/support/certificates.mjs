// Certificates of a throw-away authority, made by openssl.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

export function has_openssl() {
    return spawnSync('openssl', ['version']).status === 0;
}

/** Makes ca.pem, cert.pem and key.pem in `folder`, for these host names and 127.0.0.1. */
export function make_certificates(folder, names) {
    const openssl = (...words) => {
        const run = spawnSync('openssl', words, { cwd: folder, encoding: 'utf8' });
        if (run.status !== 0) throw new Error(run.stderr);
    };
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=Test authority', '-keyout', 'ca.key', '-out', 'ca.pem');
    openssl('req', ...key, '-subj', `/CN=${names[0]}`, '-keyout', 'key.pem', '-out', 'request.pem');
    fs.writeFileSync(path.join(folder, 'names'), `subjectAltName=${names.map((name) => `DNS:${name}`)},IP:127.0.0.1\n`);
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
    openssl('x509', '-req', '-in', 'request.pem', ...signing, '-out', 'cert.pem');
}
