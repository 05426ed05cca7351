// Bounds of request bodies and queries as data; limits.mjs tries each at its limit, one beyond, and with wrong types.
import { fresh_name, password } from '../support/api.mjs';

// Kinds of properties. `good` is a value at the limit, `bad` are values beyond it, `wrong` of another type.
const text = (max, min = 0) => ({
    good: ['x'.repeat(max), ...(min > 0 ? ['y'.repeat(min)] : [])],
    bad: ['x'.repeat(max + 1), ...(min > 0 ? ['y'.repeat(min - 1)] : [])],
    wrong: [true, {}, ['x']],
});
const integer = (min, max) => ({ good: [min, max], bad: [min - 1, max + 1, 2 ** 62], wrong: ['abc', {}, [], 1.5] });
const choice = (good, ...bad) => ({ good, bad, wrong: [{}, [], 'abc'] });
const flag = () => ({ good: [true, false], bad: [], wrong: ['maybe', {}, [], 7] });
const id = () => ({ good: [], bad: ['99999999999999999999999'], wrong: ['abc', {}, [], true, -1] });
const list = (max, item) => ({
    good: [Array.from({ length: max }, (_, index) => item(index))],
    bad: [Array.from({ length: max + 1 }, (_, index) => item(index))],
    wrong: ['x', 5, true],
});
const object = () => ({ good: [], bad: [], wrong: ['x', 5, true, []] });
const bits = () => ({ good: ['0', '1024'], bad: [], wrong: ['abc', {}, [], true, '-1'] });

const embed = { title: 't', fields: [{ name: 'n', value: 'v' }], footer: { text: 'f' }, author: { name: 'a' } };
const option = (index) => ({ type: 3, name: `o${index}`, description: 'd' });
const small_choice = (index) => ({ name: `c${index}`, value: `v${index}` });
const message_properties = {
    content: text(2000),
    embeds: list(10, () => ({ title: 't' })),
    'embeds.0.title': text(256),
    'embeds.0.description': text(4096),
    'embeds.0.color': integer(0, 0xffffff),
    'embeds.0.fields': list(25, () => ({ name: 'n', value: 'v' })),
    'embeds.0.fields.0.name': text(256, 1),
    'embeds.0.fields.0.value': text(1024, 1),
    'embeds.0.fields.0.inline': flag(),
    'embeds.0.footer': object(),
    'embeds.0.footer.text': text(2048),
    'embeds.0.author.name': text(256),
    allowed_mentions: object(),
    'allowed_mentions.users': list(100, (index) => String(1000 + index)),
    'allowed_mentions.roles': list(100, (index) => String(1000 + index)),
    'allowed_mentions.parse': { good: [['users', 'roles', 'everyone']], bad: [['nobody']], wrong: ['x', 5] },
};
const message_base = { content: 'x', embeds: [embed], allowed_mentions: {} };
const channel_properties = {
    name: text(100, 1),
    topic: text(1024),
    rate_limit_per_user: integer(0, 21600),
    nsfw: flag(),
    parent_id: id(),
    permission_overwrites: { good: [[]], bad: [], wrong: ['x', 5, {}] },
    'permission_overwrites.0.id': id(),
    'permission_overwrites.0.allow': bits(),
    'permission_overwrites.0.deny': bits(),
};
const role_properties = {
    name: text(100),
    color: integer(0, 0xffffff),
    hoist: flag(),
    mentionable: flag(),
    permissions: bits(),
};
const command_properties = {
    name: text(32, 1),
    description: text(100, 1),
    options: list(25, option),
    'options.0.name': text(32, 1),
    'options.0.description': text(100, 1),
    'options.0.type': choice([3], 0, 99),
    'options.0.required': flag(),
    'options.0.choices': list(25, small_choice),
    'options.0.choices.0.name': text(100, 1),
};
const command_base = { name: 'command', description: 'd', options: [{ ...option(0), choices: [small_choice(0)] }] };

/** The table. Each row is a route: how it is called, with what, and what each property allows. `path` and `base` may need the world; `as` is whose call it is. */
export const bodies = [
    {
        route: 'POST message',
        method: 'POST',
        path: (w) => `/channels/${w.text}/messages`,
        base: () => message_base,
        properties: {
            ...message_properties,
            tts: flag(),
            nonce: { good: ['n'.repeat(25), 17], bad: ['n'.repeat(26)], wrong: [{}, [], true] },
            enforce_nonce: flag(),
            message_reference: object(),
            'message_reference.message_id': id(),
        },
    },
    {
        route: 'PATCH message',
        method: 'PATCH',
        path: (w) => `/channels/${w.text}/messages/${w.message}`,
        base: () => message_base,
        properties: message_properties,
    },
    {
        route: 'POST bulk-delete',
        method: 'POST',
        path: (w) => `/channels/${w.text}/messages/bulk-delete`,
        base: () => ({}),
        properties: {
            messages: { good: [], bad: [], wrong: ['x', 5, {}, ['abc', 'def']] },
        },
    },
    {
        route: 'POST guild',
        method: 'POST',
        path: () => '/guilds',
        base: () => ({ name: 'guild' }),
        properties: { name: text(100, 2) },
    },
    {
        route: 'PATCH guild',
        method: 'PATCH',
        path: (w) => `/guilds/${w.guild}`,
        base: () => ({}),
        properties: {
            name: text(100, 2),
            system_channel_id: id(),
            verification_level: choice([0, 4], -1, 9),
            default_message_notifications: choice([0, 1], -1, 9),
        },
    },
    {
        route: 'POST channel',
        method: 'POST',
        path: (w) => `/guilds/${w.guild}/channels`,
        base: (w) => ({ name: 'channel', permission_overwrites: [{ id: w.guild, type: 0, allow: '0', deny: '0' }] }),
        properties: {
            ...channel_properties,
            type: choice([0, 2], -1, 999),
        },
    },
    {
        route: 'PATCH channel',
        method: 'PATCH',
        path: (w) => `/channels/${w.text}`,
        base: (w) => ({ permission_overwrites: [{ id: w.guild, type: 0, allow: '0', deny: '0' }] }),
        properties: channel_properties,
    },
    {
        route: 'PATCH channel positions',
        method: 'PATCH',
        path: (w) => `/guilds/${w.guild}/channels`,
        base: (w) => [{ id: w.text, position: 0 }],
        properties: {
            '0.id': id(),
            '0.position': { good: [0], bad: [], wrong: ['abc', {}, []] },
        },
    },
    {
        route: 'PUT overwrite',
        method: 'PUT',
        path: (w) => `/channels/${w.text}/permissions/${w.guild}`,
        base: () => ({ type: 0, allow: '0', deny: '0' }),
        properties: {
            type: choice([0], 7),
            allow: bits(),
            deny: bits(),
        },
    },
    {
        route: 'POST role',
        method: 'POST',
        path: (w) => `/guilds/${w.guild}/roles`,
        base: () => ({ name: 'role' }),
        properties: role_properties,
    },
    {
        route: 'PATCH role',
        method: 'PATCH',
        path: (w) => `/guilds/${w.guild}/roles/${w.role}`,
        base: () => ({}),
        properties: role_properties,
    },
    {
        route: 'POST invite',
        method: 'POST',
        path: (w) => `/channels/${w.text}/invites`,
        base: () => ({}),
        properties: {
            max_age: integer(0, 604800),
            max_uses: integer(0, 100),
            temporary: flag(),
            unique: flag(),
        },
    },
    {
        route: 'PATCH member',
        method: 'PATCH',
        path: (w) => `/guilds/${w.guild}/members/${w.member}`,
        base: () => ({}),
        properties: {
            nick: text(32),
            roles: { good: [[]], bad: [], wrong: ['x', 5, {}, ['abc']] },
            communication_disabled_until: { good: [], bad: [], wrong: ['yesterday', {}, [], true] },
        },
    },
    {
        route: 'PUT ban',
        method: 'PUT',
        path: (w) => `/guilds/${w.guild}/bans/${w.victim}`,
        base: () => ({}),
        properties: { delete_message_seconds: integer(0, 604800) },
    },
    {
        route: 'POST command',
        method: 'POST',
        path: (w) => `/applications/${w.application}/guilds/${w.guild}/commands`,
        as: 'bot',
        base: () => command_base,
        properties: command_properties,
    },
    {
        route: 'PATCH command',
        method: 'PATCH',
        path: (w) => `/applications/${w.application}/guilds/${w.guild}/commands/${w.command}`,
        as: 'bot',
        base: () => ({}),
        properties: {
            // Other names than POST command left behind.
            name: { ...text(32, 1), good: ['z'.repeat(32), 'z'] },
            description: text(100, 1),
        },
    },
    {
        route: 'PUT commands',
        method: 'PUT',
        path: (w) => `/applications/${w.application}/guilds/${w.guild}/commands`,
        as: 'bot',
        base: () => [command_base],
        properties: {
            '0.name': text(32, 1),
            '0.description': text(100, 1),
            '0.options.0.name': text(32, 1),
        },
    },
    {
        route: 'POST application',
        method: 'POST',
        path: () => '/applications',
        base: () => ({ name: 'application' }),
        properties: { name: { good: [], bad: ['', 'x'.repeat(500)], wrong: [true, {}, []] } },
    },
    {
        route: 'PATCH application',
        method: 'PATCH',
        path: (w) => `/applications/${w.application}`,
        base: () => ({}),
        properties: { description: { good: ['d'], bad: ['x'.repeat(9000)], wrong: [true, {}, []] } },
    },
    {
        route: 'PATCH user',
        method: 'PATCH',
        path: () => '/users/@me',
        base: () => ({}),
        properties: {
            global_name: text(32),
            avatar: { good: [], bad: ['data:text/plain;base64,eA=='], wrong: [true, {}, []] },
        },
    },
    {
        route: 'POST register',
        method: 'POST',
        path: () => '/auth/register',
        as: 'nobody',
        base: () => ({ username: fresh_name('limit'), email: `${fresh_name()}@example.test`, password, consent: true }),
        properties: {
            username: { good: [], bad: ['x', 'x'.repeat(33), 'white space', ''], wrong: [true, {}, []] },
            password: { good: [], bad: ['short', 'x'.repeat(73)], wrong: [true, {}, []] },
            email: { good: [], bad: ['nonsense', 'x'.repeat(400) + '@example.test'], wrong: [true, {}, []] },
        },
    },
    {
        route: 'POST login',
        method: 'POST',
        path: () => '/auth/login',
        as: 'nobody',
        base: () => ({ login: 'x', password }),
        properties: {
            login: { good: [], bad: [], wrong: [true, {}, []] },
            password: { good: [], bad: [], wrong: [true, {}, []] },
        },
    },
    {
        route: 'POST interaction',
        method: 'POST',
        path: () => '/interactions',
        base: (w) => ({
            type: 2,
            application_id: w.application,
            guild_id: w.guild,
            channel_id: w.text,
            session_id: 'x',
            nonce: '1',
            data: { id: w.command, name: 'x', type: 1 },
        }),
        properties: {
            application_id: id(),
            channel_id: id(),
            guild_id: id(),
            data: object(),
            type: choice([], 0, 99),
        },
    },
];

/** Queries: [name, path, parameter, values that must be refused, values that must be accepted]. */
export const queries = [
    [
        'GET messages',
        (w) => `/channels/${w.text}/messages`,
        'limit',
        ['0', '101', '-1', 'abc', '', '9999999999999999999'],
        ['1', '100'],
    ],
    [
        'GET messages',
        (w) => `/channels/${w.text}/messages`,
        'before',
        ['abc', '-1', '99999999999999999999999'],
        ['0', '1'],
    ],
    ['GET messages', (w) => `/channels/${w.text}/messages`, 'around', ['abc'], ['1']],
    ['GET members', (w) => `/guilds/${w.guild}/members`, 'limit', ['0', '1001', 'abc'], ['1', '1000']],
    ['GET members', (w) => `/guilds/${w.guild}/members`, 'after', ['abc'], ['0']],
    ['GET bans', (w) => `/guilds/${w.guild}/bans`, 'limit', ['-1', '1001', 'abc'], ['1', '1000']],
    ['GET guild', (w) => `/guilds/${w.guild}`, 'with_counts', ['maybe'], ['true', 'True', '1', 'false', '0']],
    ['GET my guilds', () => '/users/@me/guilds', 'limit', ['0', '201', 'abc'], ['1', '200']],
];
