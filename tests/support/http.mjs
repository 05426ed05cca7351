// Plain HTTP/1.1 requests with nothing added that the caller did not ask for.
import http from 'node:http';
import https from 'node:https';

const agents = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: 64 }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: 64, rejectUnauthorized: false }),
};

/**
 * Sends one request. The answer is {status, headers, bytes, text, json}; `json` is undefined when the
 * body is not JSON. Throws only when the connection fails or the deadline passes.
 */
export function request(base, method, path, { headers = {}, body, agent, ms = 30_000 } = {}) {
    const url = new URL(base);
    const transport = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
        const call = transport.request(
            {
                host: url.hostname,
                port: url.port,
                method,
                path,
                headers,
                agent: agent ?? agents[url.protocol],
                rejectUnauthorized: false,
            },
            (answer) => {
                const parts = [];
                answer.on('data', (part) => parts.push(part));
                answer.on('error', reject);
                answer.on('aborted', () => reject(new Error('the answer was cut')));
                answer.on('end', () => {
                    const bytes = Buffer.concat(parts);
                    resolve(new Answer(answer.statusCode, answer.headers, bytes));
                });
            },
        );
        call.setTimeout(ms, () => call.destroy(new Error(`${method} ${path}: no answer within ${ms} ms`)));
        call.on('error', reject);
        if (body !== undefined) call.write(body);
        call.end();
    });
}

export class Answer {
    constructor(status, headers, bytes) {
        this.status = status;
        this.headers = headers;
        this.bytes = bytes;
    }

    get text() {
        return this.bytes.toString('utf8');
    }

    get json() {
        try {
            return JSON.parse(this.text);
        } catch {
            return undefined;
        }
    }
}

/** A multipart/form-data body: parts are {name, filename?, type?, content}. */
export function multipart(parts) {
    const boundary = `----guildhall${Math.random().toString(16).slice(2)}`;
    const pieces = parts.map(({ name, filename, type, content }) => {
        const file = filename === undefined ? '' : `; filename="${filename}"`;
        const kind = type === undefined ? '' : `Content-Type: ${type}\r\n`;
        const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${kind}\r\n`;
        return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]);
    });
    const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
    return {
        body,
        headers: {
            'content-type': `multipart/form-data; boundary=${boundary}`,
            'content-length': body.length,
        },
    };
}
