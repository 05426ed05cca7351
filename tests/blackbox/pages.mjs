// The pages as a person sees them, in headless Chromium: /, /docs, /i/CODE. No error on the console, no request to
// any other host, the words that matter are visible, and a screenshot that is a picture of something.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { request } from '../support/http.mjs';
import { artefacts, dependency } from '../support/paths.mjs';
import { make_guild, register } from '../support/api.mjs';

const browser_path = process.env.GUILDHALL_CHROMIUM ?? '/usr/bin/chromium';
const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
];

/** Opens a page, waits until it is calm, and returns what happened meanwhile. */
async function visit(browser, node, url, { mobile = false } = {}) {
    const context = await browser.newContext({
        viewport: mobile ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    const seen = { errors: [], outside: [], failed: [] };
    page.on('console', (message) => message.type() === 'error' && seen.errors.push(message.text()));
    page.on('pageerror', (error) => seen.errors.push(error.message));
    page.on('request', (one) => {
        const target = new URL(one.url());
        if (!['data:', 'blob:', 'about:'].includes(target.protocol) && target.origin !== node.base)
            seen.outside.push(one.url());
    });
    page.on('response', (one) => one.status() >= 400 && seen.failed.push(`${one.status()} ${one.url()}`));
    const answer = await page.goto(node.base + url, { waitUntil: 'networkidle', timeout: 20_000 });
    return { page, context, seen, status: answer.status(), headers: answer.headers() };
}

function clean(seen) {
    assert.deepEqual(seen.errors, []);
    assert.deepEqual(seen.outside, []);
    assert.deepEqual(seen.failed, []);
}

/** Saves a screenshot and insists that it is not one flat colour. */
async function picture(page, name) {
    const png = await page.screenshot({ fullPage: false });
    fs.writeFileSync(path.join(artefacts(), `${name}.png`), png);
    const colours = distinct_bytes(png);
    assert.ok(colours >= 8, `the screenshot ${name} is nearly blank: ${colours} different values`);
}

/** How many different byte values the raw picture holds: a blank page has two or three. */
function distinct_bytes(png) {
    const parts = [];
    for (let at = 8; at < png.length;) {
        const length = png.readUInt32BE(at);
        if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
        at += 12 + length;
    }
    return new Set(zlib.inflateSync(Buffer.concat(parts))).size;
}

async function landing(t, browser, node) {
    for (const mobile of [false, true]) {
        await t.check(`/ shows the node's name and how to connect (${mobile ? 'phone' : 'desktop'})`, async () => {
            const { page, context, seen, status, headers } = await visit(browser, node, '/', { mobile });
            assert.equal(status, 200);
            assert.match(headers['content-type'], /^text\/html/);
            clean(seen);
            const text = await page.innerText('body');
            assert.match(text, /example-node/);
            assert.ok(text.includes(`127.0.0.1:${node.port}`), 'it does not say where to connect');
            assert.ok(await page.title());
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            assert.ok(wide <= 1, `it is ${wide} px wider than the screen`);
            await picture(page, mobile ? 'landing-phone' : 'landing');
            await context.close();
        });
    }
}

async function docs(t, browser, node) {
    await t.check("/openapi.json is an OpenAPI document of the node's own routes", async () => {
        const answer = await request(node.base, 'GET', '/openapi.json');
        assert.equal(answer.status, 200);
        const document = answer.json;
        assert.match(document.openapi, /^3\./);
        const listed = Object.values(document.paths).reduce(
            (sum, path) => sum + Object.keys(path).filter((key) => key !== 'parameters').length,
            0,
        );
        assert.ok(listed >= 67, `only ${listed} operations`);
        const find = (wanted) => Object.keys(document.paths).some((path) => path.endsWith(wanted));
        for (const wanted of [
            '/channels/{channel_id}/messages',
            '/guilds/{guild_id}',
            '/users/@me',
            '/auth/register',
        ]) {
            assert.ok(find(wanted), `${wanted} is missing`);
        }
    });
    await t.check(
        '/docs shows the routes, served by the node alone',
        async () => {
            const { page, context, seen, status } = await visit(browser, node, '/docs');
            assert.equal(status, 200);
            clean(seen);
            await page
                .getByText('/channels/{channel_id}/messages', { exact: false })
                .first()
                .waitFor({ state: 'attached', timeout: 15_000 });
            await picture(page, 'docs');
            await context.close();
        },
        { seconds: 60 },
    );
}

async function invites(t, browser, node) {
    const owner = await register(node);
    const guild = await make_guild(owner, 'The Tea <b>Room</b>');
    const { code } = await owner.post(`/channels/${guild.text}/invites`, {});
    await t.check('/i/CODE shows the guild, its name as text', async () => {
        const { page, context, seen, status } = await visit(browser, node, `/i/${code}`);
        assert.equal(status, 200);
        clean(seen);
        const text = await page.innerText('body');
        assert.ok(text.includes('The Tea <b>Room</b>'), text.slice(0, 300));
        assert.ok(text.includes(code));
        await picture(page, 'invite');
        await context.close();
    });
    await t.check('/i/ of an unknown code says so with 404', async () => {
        const { page, context, seen, status } = await visit(browser, node, '/i/nonsense');
        assert.equal(status, 404);
        assert.deepEqual(seen.outside, []);
        assert.match(await page.innerText('body'), /invite/i);
        await context.close();
    });
    await t.check('pages forbid framing, foreign scripts and sniffing', async () => {
        for (const url of ['/', '/docs', `/i/${code}`]) {
            const { headers } = await request(node.base, 'GET', url, { headers: { accept: 'text/html' } });
            assert.equal(headers['x-content-type-options'], 'nosniff', url);
            const policy = headers['content-security-policy'] ?? '';
            assert.match(policy, /default-src/, `${url}: ${policy}`);
            assert.doesNotMatch(policy, /https?:\/\/[a-z]/, url);
        }
    });
}

await suite('pages', async (t) => {
    if (!fs.existsSync(browser_path)) return t.skip('pages in Chromium', `${browser_path} is not installed`);
    const node = t.adopt(await Node.start({ settings: { rate_limits: 'off', name: 'example-node' } }));
    const { chromium } = dependency('playwright-core');
    const browser = await chromium.launch({ executablePath: browser_path, args: flags, headless: true });
    t.finally(() => browser.close());
    await landing(t, browser, node);
    await docs(t, browser, node);
    await invites(t, browser, node);
});
