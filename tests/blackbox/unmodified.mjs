// The honest meaning of "unmodified bots work": the libraries ask discord.com and gateway.discord.gg with not one setting
// changed. In namespaces of our own those names are 127.0.0.1, where the node serves TLS on port 443 with a certificate of
// a throw-away authority.
import path from 'node:path';
import { suite } from '../support/suite.mjs';
import { Node } from '../support/node.mjs';
import { has_openssl, make_certificates } from '../support/certificates.mjs';
import { enter, inside, unable } from '../support/namespace.mjs';
import { authorize, make_bot, make_guild, register } from '../support/api.mjs';
import { connect } from '../support/gateway.mjs';
import { Seen, life } from '../clients/scenario.mjs';

const names = ['discord.com', 'gateway.discord.gg', 'cdn.discordapp.com', 'media.discordapp.net'];
const libraries = ['discordjs', 'eris', 'oceanic', 'discordpy'];

/** The names lead to us there, and the authority is trusted. */
function enter_as_discord(t) {
    const folder = t.temporary_folder();
    make_certificates(folder, names);
    const authority = path.join(folder, 'ca.pem');
    return enter(t, import.meta.url, folder, {
        files: { '/etc/hosts': `127.0.0.1 localhost ${names.join(' ')}\n` },
        environment: { NODE_EXTRA_CA_CERTS: authority, SSL_CERT_FILE: authority },
    });
}

async function world_of(t, node, Adapter) {
    const owner = await register(node);
    const guild = await make_guild(owner);
    const bot = await make_bot(owner);
    await authorize(owner, bot, guild.id);
    const session = await connect(node, owner, { intents: null, tls: { rejectUnauthorized: false } });
    t.finally(() => session.drop());
    const adapter = new Adapter();
    t.finally(() => adapter.close());
    return { node, owner, guild, bot, session, adapter, seen: new Seen(adapter) };
}

async function lives(t) {
    const settings = {
        listen: '127.0.0.1:443',
        public_url: 'https://gateway.discord.gg',
        'tls.cert': path.join(inside, 'cert.pem'),
        'tls.key': path.join(inside, 'key.pem'),
        rate_limits: 'off',
    };
    const node = t.adopt(await Node.start({ settings }));
    node.unmodified = true;
    for (const library of libraries) {
        const { Adapter, name, missing } = await import(`../clients/adapter_${library}.mjs`);
        const why = missing?.();
        if (why) t.skip(name, why);
        else await life(t, await world_of(t, node, Adapter), `${name}, unmodified,`);
    }
}

await suite(
    'unmodified',
    async (t) => {
        if (inside) return lives(t);
        const why = unable() ?? (has_openssl() ? null : 'openssl is not installed');
        if (why) return t.skip('libraries without any setting', why, { always_allowed: true });
        return enter_as_discord(t);
    },
    { seconds: 260 },
);
