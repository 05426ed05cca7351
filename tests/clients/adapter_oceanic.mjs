// Oceanic.js, the strictest parser of the four.
import { EventEmitter } from 'node:events';
import { dependency } from '../support/paths.mjs';

export const name = 'Oceanic.js';

export class Adapter extends EventEmitter {
    async login({ node, token }) {
        const { Client } = dependency('oceanic.js');
        this.client = new Client({
            auth: `Bot ${token}`,
            gateway: { intents: ['ALL'] },
            ...(node.unmodified ? {} : { rest: { baseURL: `${node.base}/api/v10` } }),
        });
        this.#forward();
        const ready = new Promise((resolve) => this.client.once('ready', resolve));
        await this.client.connect();
        await ready;
    }

    #forward() {
        const { client } = this;
        client.on('guildCreate', (guild) => this.emit('guild', { id: guild.id, name: guild.name }));
        client.on('messageCreate', (m) =>
            this.emit('message', { id: m.id, content: m.content, channel_id: m.channelID }),
        );
        client.on('messageUpdate', (m) => this.emit('message_update', { id: m.id, content: m.content }));
        client.on('messageDelete', (m) => this.emit('message_delete', { id: m.id }));
        client.on('messageReactionAdd', (m, reactor, reaction) =>
            this.emit('reaction', { message_id: m.id, user_id: reactor.id, emoji: reaction.emoji.name }),
        );
        client.on('shardResume', () => this.emit('resumed'));
        // shardReady also follows a resume; shardPreReady only READY.
        client.on('shardPreReady', () => this.emit('identified'));
        client.on('error', (error) => this.emit('problem', error));
        client.on('interactionCreate', (call) => this.#answer(call).catch((error) => this.emit('problem', error)));
    }

    async #answer(call) {
        if (call.data.name === 'ping') {
            return call.createMessage({ content: `pong ${call.data.options.getString('text', true)}` });
        }
        await call.defer();
        await call.editOriginal({ content: 'edited' });
        await call.createFollowup({ content: 'follow-up' });
    }

    guilds() {
        return this.client.guilds.map((guild) => ({ id: guild.id, name: guild.name }));
    }

    create_channel = async (guild_id, channel_name) =>
        (await this.client.rest.guilds.createChannel(guild_id, 0, { name: channel_name })).id;
    create_role = async (guild_id, role_name) =>
        (await this.client.rest.guilds.createRole(guild_id, { name: role_name })).id;
    send = async (channel_id, content) => (await this.client.rest.channels.createMessage(channel_id, { content })).id;
    edit = (channel_id, id, content) => this.client.rest.channels.editMessage(channel_id, id, { content });
    remove = (channel_id, id) => this.client.rest.channels.deleteMessage(channel_id, id);
    react = (channel_id, id, emoji) => this.client.rest.channels.createReaction(channel_id, id, emoji);
    history = async (channel_id, limit) =>
        (await this.client.rest.channels.getMessages(channel_id, { limit })).map((message) => message.content);

    async register_commands(guild_id) {
        const made = await this.client.application.bulkEditGuildCommands(guild_id, [
            {
                name: 'ping',
                type: 1,
                description: 'Answers',
                options: [{ type: 3, name: 'text', description: 'Text', required: true }],
            },
            { name: 'slow', type: 1, description: 'Answers later' },
        ]);
        return made.map((command) => ({ id: command.id, name: command.name, version: command.version }));
    }

    async close() {
        this.client?.disconnect(false);
    }
}
