// Holds our permission algorithm against discord.js: random guilds, computed by guildhall_permission_oracle and by
// the library, must agree bit for bit. What the library leaves out (implied losses, timeouts) is held against a
// second writing of those rules below.
//   node permissions.mjs ORACLE [GUILDS] [SEED]
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Client, Guild, PermissionsBitField } from 'discord.js';

const [oracle, guild_count = '100000', seed = '1'] = process.argv.slice(2);
if (!oracle) {
    console.error('usage: node permissions.mjs ORACLE [GUILDS] [SEED]');
    process.exit(2);
}

const all = 8866461766385663n;
const now = 1_700_000_000_000;
const names = PermissionsBitField.Flags;
const channel_types = [0, 2, 5, 13, 15];

/** A small seeded generator (xorshift32), so that a failure can be repeated. */
let state = (Number(seed) * 2654435761) >>> 0 || 1;
function random(below) {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
}
const chance = (percent) => random(100) < percent;

/** A mask with about one bit in `one_in`; the administrator's bit only rarely, or it would decide everything. */
function mask(one_in) {
    let bits = 0n;
    for (let bit = 0n; bit < 53n; ++bit) if (random(one_in) === 0) bits |= 1n << bit;
    bits &= all;
    return chance(3) ? bits | names.Administrator : bits & ~names.Administrator;
}

function make_overwrites(guild) {
    const ids = new Map();
    for (let n = random(8); n > 0; --n) {
        const pick = random(10);
        if (pick < 2) ids.set(guild.guild_id, 0);
        else if (pick < 4) ids.set(guild.user_id, 1);
        else if (pick < 5) ids.set(String(900 + random(3)), 1);
        else ids.set(guild.roles[random(guild.roles.length)].id, 0);
    }
    return [...ids].map(([id, type]) => ({ id, type, allow: String(mask(4)), deny: String(mask(4)) }));
}

function make_guild() {
    const guild_id = String(1000 + random(1000));
    const guild = { guild_id, owner_id: '11', user_id: chance(5) ? '11' : '12', now };
    guild.roles = [{ id: guild_id, permissions: String(mask(3)), position: 0 }];
    for (let n = random(9); n > 0; --n) {
        guild.roles.push({
            id: String(3000 + guild.roles.length * 10 + random(10)),
            permissions: String(mask(6)),
            position: 1 + random(4),
        });
    }
    guild.member_roles = guild.roles
        .slice(1)
        .filter(() => chance(50))
        .map((role) => role.id);
    guild.timeout_until = chance(15) ? now + random(3) - 1 : 0;
    guild.channels = Array.from({ length: 1 + random(3) }, () => ({
        type: channel_types[random(5)],
        permission_overwrites: make_overwrites(guild),
    }));
    return guild;
}

const client = new Client({ intents: [] });

function by_library(line) {
    const guild = new Guild(client, {
        id: line.guild_id,
        owner_id: line.owner_id,
        roles: line.roles,
        channels: line.channels.map((channel, i) => ({
            ...channel,
            id: String(5000 + i),
            name: 'c',
            guild_id: line.guild_id,
        })),
    });
    const member = guild.members._add({ user: { id: line.user_id, username: 'u' }, roles: line.member_roles });
    client.guilds.cache.set(guild.id, guild);
    const answer = {
        // The library leaves an administrator's other bits as they are and lets has() say yes to all.
        base: member.permissions.has('Administrator') ? PermissionsBitField.All : member.permissions.bitfield,
        highest: member.roles.highest.id,
        channels: line.channels.map(
            (_, i) => guild.channels.cache.get(String(5000 + i)).permissionsFor(member).bitfield,
        ),
    };
    client.channels.cache.clear();
    client.guilds.cache.clear();
    client.users.cache.clear();
    return answer;
}

const any = (...list) => list.reduce((sum, name) => sum | names[name], 0n);
const lost_silent = any('MentionEveryone', 'SendTTSMessages', 'AttachFiles', 'EmbedLinks');
const lost_unconnected =
    any(
        'Speak',
        'Stream',
        'MuteMembers',
        'DeafenMembers',
        'MoveMembers',
        'UseVAD',
        'PrioritySpeaker',
        'RequestToSpeak',
        'UseSoundboard',
        'UseExternalSounds',
        'UseEmbeddedActivities',
        'ManageChannels',
        'ManageRoles',
        'ManageWebhooks',
        'ManageEvents',
        'CreateEvents',
    ) |
    (1n << 48n);

/** Contract 5.3, points 7 and 8, over what the overwrites gave. */
function effective(line, base, type, explicit) {
    if (base & names.Administrator) return all;
    let bits = explicit & ~names.Administrator;
    if (!(bits & names.ViewChannel)) return 0n;
    if (!(bits & names.SendMessages)) bits &= ~lost_silent;
    if ((type === 2 || type === 13) && !(bits & names.Connect)) bits &= ~lost_unconnected;
    if (line.timeout_until > now) bits &= names.ViewChannel | names.ReadMessageHistory;
    return bits;
}

/** Equal as far as this version of the library knows the bits: its "all" may lack the newest. */
const known = PermissionsBitField.All & all;
const same = (ours, theirs) => (BigInt(ours) & known) === (theirs & known);

function differences(line, ours) {
    const theirs = by_library(line);
    const found = [];
    if (!same(ours.base, theirs.base)) found.push(`base ${ours.base} is not ${theirs.base}`);
    if (ours.highest !== theirs.highest) found.push(`highest role ${ours.highest} is not ${theirs.highest}`);
    line.channels.forEach((channel, i) => {
        const { explicit, effective: result } = ours.channels[i];
        if (!same(explicit, theirs.channels[i])) found.push(`channel ${i}: ${explicit} is not ${theirs.channels[i]}`);
        const expected = effective(line, BigInt(ours.base), channel.type, BigInt(explicit));
        if (BigInt(result) !== expected) found.push(`channel ${i} effective: ${result} is not ${expected}`);
    });
    return found;
}

const child = spawn(oracle, [], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const batch = 1000;
let checked = 0;
let failed = 0;
let channels = 0;
while (checked < Number(guild_count) && failed === 0) {
    const lines = Array.from({ length: Math.min(batch, Number(guild_count) - checked) }, make_guild);
    child.stdin.write(lines.map((line) => JSON.stringify(line) + '\n').join(''));
    for (const line of lines) {
        const { value, done } = await answers.next();
        if (done) throw new Error('the oracle ended early');
        const found = differences(line, JSON.parse(value));
        if (found.length > 0 && failed++ < 3) console.error(`${found.join('\n')}\n${JSON.stringify(line)}`);
        channels += line.channels.length;
        ++checked;
    }
}
child.stdin.end();
console.log(`permissions: ${checked} guilds, ${channels} channels, ${failed} differ (seed ${seed})`);
process.exit(failed === 0 ? 0 : 1);
