// 203 hostile and honest HTTP/1.1 requests, byte for byte, at a real node. Expectations are the vectors' own words.
// The vectors assume a server that answers 2xx at `/` to any method and echoes bodies. Ours answers GET there, so
// "2xx" means: the request was accepted as HTTP, which a final 2xx, 304, 404, 405 or 415 shows; for GET it means 2xx.
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { contract_json } from '../support/paths.mjs';
import { sleep } from '../support/wait.mjs';
import { RawSocket, in_parallel } from './raw_socket.mjs';

/** How many of the vectors hold bytes to send; the others are programs. */
const known_requests = 203;
/** What counts as no answer, where no answer is one of the allowed outcomes. */
const silence_ms = 1500;
const answer_ms = 8000;
const accepted_statuses = [304, 404, 405, 415];

/** The bytes of a request: latin-1, with the host and repetitions filled in. */
function bytes_of(request, host) {
    const filled = request
        .replaceAll('@HOST@', host)
        .replace(/@REP:([0-9a-f]{2}):(\d+)@/g, (_, hex, count) =>
            String.fromCharCode(parseInt(hex, 16)).repeat(Number(count)),
        );
    return Buffer.from(filled, 'latin1');
}

/** Splits what was received into whole answers; `end` of the list is where the last one ends. */
export function parse_answers(received, methods) {
    const answers = [];
    let at = 0;
    for (;;) {
        answers.end = at;
        const end = received.indexOf('\r\n\r\n', at);
        if (end < 0) return answers;
        const [line, ...lines] = received.subarray(at, end).toString('latin1').split('\r\n');
        const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(line)?.[1] ?? 0);
        const headers = Object.fromEntries(
            lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]),
        );
        const bodiless = status < 200 || status === 204 || status === 304 || methods[answers.length] === 'HEAD';
        const length = bodiless ? 0 : Number(headers['content-length'] ?? 0);
        if (received.length < end + 4 + length) return answers;
        answers.push({ status, headers, body: received.subarray(end + 4, end + 4 + length).toString('latin1') });
        at = end + 4 + length;
        if (status === 0) return answers;
    }
}

const final_of = (answers) => answers.filter((answer) => answer.status >= 200);

/** Sends one vector and records what came back. */
async function observe(node, vector) {
    const host = `127.0.0.1:${node.port}`;
    const steps = vector.steps ?? [{ request: vector.request ?? vector.request_template }];
    const methods = steps.map((step) => step.request.trimStart().split(' ')[0]);
    const raw = await RawSocket.open(node.port);
    const may_be_silent = /timeout/.test(vector.expected);
    let first = null;
    for (const [index, step] of steps.entries()) {
        if (step.delay) await sleep(step.delay);
        await raw.write(bytes_of(step.request, host));
        await raw.listen(
            (received) => final_of(parse_answers(received, methods)).length > index,
            may_be_silent ? silence_ms : answer_ms,
        );
        first ??= { answers: parse_answers(raw.received, methods), closed: raw.closed };
    }
    // One answer more than expected, or the end of the line, may still be on its way.
    if (!raw.closed) await raw.listen(() => false, 250);
    const answers = parse_answers(raw.received, methods);
    const seen = {
        answers,
        final: final_of(answers),
        closed: raw.closed,
        first,
        trailing: raw.received.length - answers.end,
    };
    raw.destroy();
    return seen;
}

/** Single facts that some expectations add to the status. */
const facts = [
    [/^!101$|^non-101/, (seen) => seen.final[0] && seen.answers.every((answer) => answer.status !== 101)],
    [/^not 414$/, (seen) => seen.final[0] && seen.final[0].status !== 414],
    [
        /^204 without CL$/,
        (seen) => seen.final[0] && (seen.final[0].status !== 204 || !('content-length' in seen.final[0].headers)),
    ],
    [/^non-1xx response$/, (seen) => seen.final[0] && seen.answers[0].status >= 200],
    [
        /with Date header|IMF-fixdate/,
        (seen) =>
            /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(
                seen.final[0]?.headers.date ?? '',
            ),
    ],
    [/with Allow header/, (seen) => seen.final[0]?.headers.allow !== undefined],
    [/^405 \+ Allow header$/, (seen) => seen.final[0]?.status === 405 && seen.final[0].headers.allow !== undefined],
    [/with Content-Type/, (seen) => seen.final[0]?.headers['content-type'] !== undefined],
    [/with no body/, (seen) => seen.final[0]?.status === 200 && seen.final.length === 1 && !seen.trailing],
    [/without Auth/, (seen) => !seen.final[0]?.body.includes('secret-token-123')],
];

function accepted(vector, status) {
    const method = (vector.request ?? vector.request_template ?? vector.steps[0].request).trimStart().split(' ')[0];
    if (status >= 200 && status < 300) return true;
    // Only GET of the root itself must succeed: other paths and methods are the product's to refuse.
    const root = /^GET (http:\/\/[^ ]+)?\/ /.test(vector.request ?? '');
    return !(method === 'GET' && root && vector.level === 'Must') && accepted_statuses.includes(status);
}

/** Empty if the observation is one of the outcomes the vector allows. */
function problem(vector, seen) {
    const { expected } = vector;
    const said = `expected ${expected}; saw ${seen.answers.map((answer) => answer.status).join(', ') || 'no answer'}${seen.closed ? ', then closed' : ''}`;
    const fact = facts.find(([pattern]) => pattern.test(expected));
    if (fact) return fact[1](seen) ? '' : said;
    const status = (seen.first.answers.find((answer) => answer.status >= 200) ?? seen.final[0])?.status;
    if (/no extra response/.test(expected) && seen.final.length > 1) return said;
    if (status === undefined) {
        if (seen.closed && /close/.test(expected)) return '';
        if (!seen.closed && /timeout/.test(expected)) return '';
        return said;
    }
    if (expected.match(/\b\d{3}\b/g)?.includes(String(status))) return '';
    // Any refusal that ends the line is as good as ending it: 413 for a body nobody will read.
    if (/close/.test(expected) && !/2xx/.test(expected) && seen.closed && status >= 400 && status < 500) return '';
    // What is not scored only has to leave the server standing.
    if (!vector.scored && status < 500) return '';
    if (/^Reject\/drop/.test(expected)) return status < 500 ? '' : said;
    if (/2xx/.test(expected) && accepted(vector, status)) {
        if (/2xx ?\+ ?close/.test(expected)) return seen.closed ? '' : said;
        return '';
    }
    // "400, or close" of a sequence: the poison may be answered if the line ends with that answer.
    if (/or close/.test(expected) && accepted(vector, status) && seen.closed && seen.final.length === 1) return '';
    return said;
}

await suite('http_probe', async (t) => {
    const vectors = contract_json('vectors/http/http11probe_requests.json');
    if (!vectors) return t.skip('hostile HTTP requests', 'the contract is not on this machine');
    const node = t.adopt(await Node.start({ settings: { rate_limits: 'off' } }));
    const runnable = vectors.tests.filter((vector) => !vector.unparsed);
    t.row(
        'every request of the vectors is sent',
        runnable.length === known_requests ? '' : `${runnable.length} of ${known_requests}`,
    );
    await in_parallel(runnable, 12, async (vector) => {
        try {
            t.row(`${vector.id}: ${vector.description}`, problem(vector, await observe(node, vector)));
        } catch (error) {
            t.row(`${vector.id}: ${vector.description}`, error.message);
        }
    });
    t.row('the node is still the same process', node.alive ? '' : 'it ended');
});
