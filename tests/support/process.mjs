// What the kernel tells about a running node: memory, descriptors, limits.
import fs from 'node:fs';
import { sleep } from './wait.mjs';

/** Resident memory in KiB. */
export function resident_kib(pid) {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

export function descriptors(pid) {
    return fs.readdirSync(`/proc/${pid}/fd`).length;
}

/** {soft, hard} of RLIMIT_NOFILE. */
export function descriptor_limit(pid = 'self') {
    const line = /^Max open files\s+(\d+|unlimited)\s+(\d+|unlimited)/m;
    const [, soft, hard] = line.exec(fs.readFileSync(`/proc/${pid}/limits`, 'utf8'));
    const number = (word) => (word === 'unlimited' ? Infinity : Number(word));
    return { soft: number(soft), hard: number(hard) };
}

/** Waits until `measure` is at most `bound`; returns the last value either way. */
export async function settles(measure, bound, ms) {
    const end = Date.now() + ms;
    for (;;) {
        const value = measure();
        if (value <= bound || Date.now() > end) return value;
        await sleep(250);
    }
}
