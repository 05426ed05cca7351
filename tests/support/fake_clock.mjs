// A wall clock that steps when it is told, for one process: libfaketime reads a file at every look at the clock. The
// monotonic clock runs on as it does when an operator or a time daemon sets the time.
import fs from 'node:fs';
import path from 'node:path';

const library_name = 'libfaketimeMT.so.1';

/** Where Debian puts the library, or null. */
function library() {
    for (const folder of fs.readdirSync('/usr/lib', { withFileTypes: true })) {
        const file = path.join('/usr/lib', folder.name, 'faketime', library_name);
        if (folder.isDirectory() && fs.existsSync(file)) return file;
    }
    return null;
}

export class FakeClock {
    /** Null where libfaketime is not installed. `folder` holds the file that tells the time. */
    static make(folder) {
        const found = library();
        return found && new FakeClock(found, folder);
    }

    constructor(found, folder) {
        this.file = path.join(folder, 'offset');
        this.environment = {
            LD_PRELOAD: found,
            FAKETIME_TIMESTAMP_FILE: this.file,
            FAKETIME_NO_CACHE: '1',
            FAKETIME_DONT_FAKE_MONOTONIC: '1',
        };
        this.step(0);
    }

    /** Sets the clock to `seconds` off the true time. The file is replaced whole: it is read all the time. */
    step(seconds) {
        fs.writeFileSync(`${this.file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
        fs.renameSync(`${this.file}.new`, this.file);
        this.offset_ms = seconds * 1000;
    }
}
