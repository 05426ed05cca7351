// A wall clock that steps when it is told, for one process, which preloads tests/tools/wall_clock.cpp.
import fs from 'node:fs';
import path from 'node:path';
import { binary } from './paths.mjs';

const library = path.join(path.dirname(binary), 'guildhall_wall_clock.so');

export class FakeClock {
    /** Null where the library is not built. `folder` holds the file that says how far the clock is off. */
    static make(folder) {
        return fs.existsSync(library) ? new FakeClock(folder) : null;
    }

    constructor(folder) {
        this.file = path.join(folder, 'offset');
        this.environment = { LD_PRELOAD: library, GUILDHALL_CLOCK_OFFSET: this.file };
        fs.writeFileSync(this.file, Buffer.alloc(8));
        this.step(0);
    }

    /** Sets the clock to `seconds` off the true time, at once and whole: the file is mapped. */
    step(seconds) {
        this.offset_ms = seconds * 1000;
        const bytes = Buffer.alloc(8);
        bytes.writeBigInt64LE(BigInt(this.offset_ms));
        const file = fs.openSync(this.file, 'r+');
        fs.writeSync(file, bytes, 0, 8, 0);
        fs.closeSync(file);
    }
}
