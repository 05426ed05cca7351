// Eris. It only speaks HTTPS on the default port; a plain agent with another default port makes it ours.
import http from 'node:http';
import { EventEmitter } from 'node:events';
import { dependency } from '../support/paths.mjs';

export const name = 'Eris';

export class Adapter extends EventEmitter {
    async login({ node, token }) {
        const Eris = dependency('eris');
        const agent = new http.Agent({ keepAlive: true });
        agent.protocol = 'https:';
        agent.defaultPort = node.port;
        this.client = new Eris.Client(`Bot ${token}`, {
            intents: ['all'],
            restMode: true,
            ...(node.unmodified ? {} : { rest: { domain: '127.0.0.1', baseURL: '/api/v10', agent } }),
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
            this.emit('message', { id: m.id, content: m.content, channel_id: m.channel.id }),
        );
        client.on('messageUpdate', (m) => this.emit('message_update', { id: m.id, content: m.content }));
        client.on('messageDelete', (m) => this.emit('message_delete', { id: m.id }));
        client.on('messageReactionAdd', (m, emoji, reactor) =>
            this.emit('reaction', { message_id: m.id, user_id: reactor.id, emoji: emoji.name }),
        );
        client.on('shardResume', () => this.emit('resumed'));
        client.on('shardReady', () => this.emit('identified'));
        client.on('error', (error) => this.emit('problem', error));
        client.on('interactionCreate', (call) => this.#answer(call).catch((error) => this.emit('problem', error)));
    }

    async #answer(call) {
        if (call.data.name === 'ping') return call.createMessage(`pong ${call.data.options[0].value}`);
        await call.defer();
        await call.editOriginalMessage('edited');
        await call.createFollowup('follow-up');
    }

    guilds() {
        return this.client.guilds.map((guild) => ({ id: guild.id, name: guild.name }));
    }

    create_channel = async (guild_id, channel_name) => (await this.client.createChannel(guild_id, channel_name, 0)).id;
    create_role = async (guild_id, role_name) => (await this.client.createRole(guild_id, { name: role_name })).id;
    send = async (channel_id, content) => (await this.client.createMessage(channel_id, content)).id;
    edit = (channel_id, id, content) => this.client.editMessage(channel_id, id, content);
    remove = (channel_id, id) => this.client.deleteMessage(channel_id, id);
    react = (channel_id, id, emoji) => this.client.addMessageReaction(channel_id, id, emoji);
    history = async (channel_id, limit) =>
        (await this.client.getMessages(channel_id, { limit })).map((message) => message.content);

    async register_commands(guild_id) {
        const made = await this.client.bulkEditGuildCommands(guild_id, [
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
        this.client?.disconnect({ reconnect: false });
    }
}
