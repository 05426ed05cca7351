// A bot with slash commands, as somebody writes it with discord.js; commands.py runs its commands from the
// window. Usage: command_bot.mjs NODE TOKEN GUILD. Says "ready" when its commands are there.
import { dependency } from '../support/paths.mjs';

const { Client, GatewayIntentBits, SlashCommandBuilder } = dependency('discord.js');
const [node, token, guild] = process.argv.slice(2);
const harbours = { osl: 'Oslo harbour', ost: 'Ostend', rot: 'Rotterdam' };

const tide = new SlashCommandBuilder()
    .setName('tide')
    .setDescription('Reckons the tide')
    .addStringOption((o) =>
        o.setName('harbour').setDescription('Where').setRequired(true).setAutocomplete(true),
    )
    .addIntegerOption((o) =>
        o.setName('hours').setDescription('From now').setRequired(true).setMinValue(1).setMaxValue(12),
    )
    .addStringOption((o) =>
        o
            .setName('unit')
            .setDescription('Of the level')
            .addChoices({ name: 'Metres', value: 'm' }, { name: 'Feet', value: 'ft' }),
    )
    .addUserOption((o) => o.setName('who').setDescription('For whom'))
    .addAttachmentOption((o) => o.setName('chart').setDescription('To write it into'));
const watch = new SlashCommandBuilder()
    .setName('watch')
    .setDescription('Who is on watch')
    .addSubcommand((s) =>
        s
            .setName('set')
            .setDescription('Gives it to a role')
            .addRoleOption((o) => o.setName('role').setDescription('Which').setRequired(true)),
    );
const silent = new SlashCommandBuilder().setName('silent').setDescription('Says nothing');

const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: `${node}/api`, cdn: `${node}/cdn` },
});

function suggest(call) {
    const written = call.options.getFocused().toLowerCase();
    const found = Object.entries(harbours).filter(([, name]) => name.toLowerCase().includes(written));
    return call.respond(found.map(([value, name]) => ({ name, value })));
}

function answer(call) {
    const { options } = call;
    if (call.commandName === 'silent') return undefined;
    if (call.commandName === 'watch')
        return call.reply(`${options.getSubcommand()}: ${options.getRole('role').name} has the watch`);
    const parts = [options.getString('harbour'), options.getInteger('hours'), options.getString('unit')];
    const chart = options.getAttachment('chart');
    return call.reply(
        `tide: ${parts.filter(Boolean).join(' ')} for ${options.getUser('who')?.username ?? 'all'}, chart ${chart?.name ?? 'none'}`,
    );
}

client.on('interactionCreate', (call) => (call.isAutocomplete() ? suggest(call) : answer(call)));
client.once('clientReady', async () => {
    await client.application.commands.set([tide, watch, silent].map((one) => one.toJSON()), guild);
    console.log('ready');
});
await client.login(token);
