// Bounded waiting. Every wait of the suites has a deadline and says what it waited for.

/** Slow builds get so many times the time for everything. */
export const patience = Number(process.env.GUILDHALL_PATIENCE ?? 1);

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Settles as `promise` does, or fails after `ms` naming what was awaited. */
export function deadline(promise, ms, what) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Asks `probe` again and again until it answers something truthy, which is returned. */
export async function until(probe, ms, what) {
    const end = Date.now() + ms * patience;
    for (;;) {
        const answer = await probe();
        if (answer) return answer;
        if (Date.now() > end) throw new Error(`no ${what} within ${ms} ms`);
        await sleep(20);
    }
}

/** A promise with its handles outside. */
export function deferred() {
    const handles = {};
    handles.promise = new Promise((resolve, reject) => Object.assign(handles, { resolve, reject }));
    handles.promise.catch(() => {});
    return handles;
}

/** A small generator of repeatable randomness: the seed of a failing run is printed with it. */
export function seeded(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}
