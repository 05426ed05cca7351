// discord.js 14, as a bot author uses it.
import { EventEmitter } from 'node:events';
import { dependency } from '../support/paths.mjs';

export const name = 'discord.js';

export class Adapter extends EventEmitter {
    async login({ node, token }) {
        const { Client, GatewayIntentBits, Partials } = dependency('discord.js');
        this.client = new Client({
            intents: Object.values(GatewayIntentBits).filter((bit) => typeof bit === 'number'),
            partials: [Partials.Message, Partials.Reaction, Partials.Channel],
            ...(node.unmodified ? {} : { rest: { api: `${node.base}/api`, cdn: `${node.base}/cdn` } }),
        });
        this.#forward();
        const ready = new Promise((resolve) => this.client.once('clientReady', resolve));
        await this.client.login(token);
        await ready;
    }

    #forward() {
        const { client } = this;
        client.on('guildCreate', (guild) => this.emit('guild', { id: guild.id, name: guild.name }));
        client.on('messageCreate', (m) =>
            this.emit('message', { id: m.id, content: m.content, channel_id: m.channelId }),
        );
        client.on('messageUpdate', (_, m) => this.emit('message_update', { id: m.id, content: m.content }));
        client.on('messageDelete', (m) => this.emit('message_delete', { id: m.id }));
        client.on('messageReactionAdd', (r, user) =>
            this.emit('reaction', { message_id: r.message.id, user_id: user.id, emoji: r.emoji.name }),
        );
        client.on('shardResume', () => this.emit('resumed'));
        client.on('shardReady', () => this.emit('identified'));
        client.on('error', (error) => this.emit('problem', error));
        client.on('shardError', (error) => this.emit('problem', error));
        client.on('interactionCreate', (call) => this.#answer(call).catch((error) => this.emit('problem', error)));
    }

    async #answer(call) {
        if (call.commandName === 'ping') return call.reply(`pong ${call.options.getString('text')}`);
        await call.deferReply();
        await call.editReply('edited');
        await call.followUp('follow-up');
    }

    guilds() {
        return this.client.guilds.cache.map((guild) => ({ id: guild.id, name: guild.name }));
    }

    async create_channel(guild_id, channel_name) {
        const channel = await this.client.guilds.cache.get(guild_id).channels.create({ name: channel_name });
        return channel.id;
    }

    async create_role(guild_id, role_name) {
        return (await this.client.guilds.cache.get(guild_id).roles.create({ name: role_name })).id;
    }

    async send(channel_id, content) {
        return (await (await this.client.channels.fetch(channel_id)).send(content)).id;
    }

    async #message(channel_id, id) {
        return (await this.client.channels.fetch(channel_id)).messages.fetch(id);
    }

    async edit(channel_id, id, content) {
        await (await this.#message(channel_id, id)).edit(content);
    }

    async remove(channel_id, id) {
        await (await this.#message(channel_id, id)).delete();
    }

    async react(channel_id, id, emoji) {
        await (await this.#message(channel_id, id)).react(emoji);
    }

    async history(channel_id, limit) {
        const found = await (await this.client.channels.fetch(channel_id)).messages.fetch({ limit, cache: false });
        return [...found.values()].map((message) => message.content);
    }

    async register_commands(guild_id) {
        const made = await this.client.application.commands.set(
            [
                {
                    name: 'ping',
                    description: 'Answers',
                    options: [{ type: 3, name: 'text', description: 'Text', required: true }],
                },
                { name: 'slow', description: 'Answers later' },
            ],
            guild_id,
        );
        return [...made.values()].map((command) => ({ id: command.id, name: command.name, version: command.version }));
    }

    async close() {
        await this.client?.destroy();
    }
}
