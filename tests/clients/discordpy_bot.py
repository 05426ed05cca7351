"""A discord.py bot that does on standard input what the scenario asks, and tells on standard output what happens.

Run with Debian's python3-discord: discordpy_bot.py REST_BASE GATEWAY_BASE TOKEN. With `-` as REST_BASE nothing of the
library is changed: it asks the hosts it knows.
"""

import asyncio
import json
import sys

import discord
import yarl
from discord import app_commands

REST_BASE, GATEWAY_BASE, TOKEN = sys.argv[1:4]
if REST_BASE != "-":
    discord.http.Route.BASE = REST_BASE + "/api/v10"
    discord.asset.Asset.BASE = REST_BASE + "/cdn"
    # The first connection ignores what the API says about the gateway's address.
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(GATEWAY_BASE.replace("http", "ws", 1) + "/")


def say(**what):
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents.all())
        self.tree = app_commands.CommandTree(self)

    async def on_ready(self):
        say(event="ready", data={"id": str(self.user.id)})

    async def on_connect(self):
        say(event="identified", data={})

    async def on_resumed(self):
        say(event="resumed", data={})

    async def on_guild_join(self, guild):
        say(event="guild", data={"id": str(guild.id), "name": guild.name})

    async def on_message(self, message):
        say(event="message", data={"id": str(message.id), "content": message.content, "channel_id": str(message.channel.id)})

    async def on_raw_message_edit(self, payload):
        say(event="message_update", data={"id": str(payload.message_id), "content": payload.data.get("content")})

    async def on_raw_message_delete(self, payload):
        say(event="message_delete", data={"id": str(payload.message_id)})

    async def on_raw_reaction_add(self, payload):
        data = {"message_id": str(payload.message_id), "user_id": str(payload.user_id), "emoji": payload.emoji.name}
        say(event="reaction", data=data)

    async def on_error(self, event, *args, **kwargs):
        say(event="problem", data=f"{event}: {sys.exc_info()[1]!r}")

    async def guilds_known(self):
        return [{"id": str(guild.id), "name": guild.name} for guild in self.guilds]

    async def create_channel(self, guild_id, name):
        return str((await self.get_guild(int(guild_id)).create_text_channel(name)).id)

    async def create_role(self, guild_id, name):
        return str((await self.get_guild(int(guild_id)).create_role(name=name)).id)

    async def channel(self, channel_id):
        return self.get_channel(int(channel_id)) or await self.fetch_channel(int(channel_id))

    async def send(self, channel_id, content):
        return str((await (await self.channel(channel_id)).send(content)).id)

    async def message(self, channel_id, message_id):
        return await (await self.channel(channel_id)).fetch_message(int(message_id))

    async def edit(self, channel_id, message_id, content):
        await (await self.message(channel_id, message_id)).edit(content=content)

    async def remove(self, channel_id, message_id):
        await (await self.message(channel_id, message_id)).delete()

    async def react(self, channel_id, message_id, emoji):
        await (await self.message(channel_id, message_id)).add_reaction(emoji)

    async def history(self, channel_id, limit):
        return [message.content async for message in (await self.channel(channel_id)).history(limit=limit)]

    async def register_commands(self, guild_id):
        guild = discord.Object(id=int(guild_id))

        @self.tree.command(name="ping", description="Answers", guild=guild)
        async def ping(interaction: discord.Interaction, text: str):
            await interaction.response.send_message("pong " + text)

        @self.tree.command(name="slow", description="Answers later", guild=guild)
        async def slow(interaction: discord.Interaction):
            await interaction.response.defer()
            await interaction.edit_original_response(content="edited")
            await interaction.followup.send("follow-up")

        made = await self.tree.sync(guild=guild)
        raw = await self.http.get_guild_commands(self.application_id, int(guild_id))
        versions = {command["id"]: command["version"] for command in raw}
        return [{"id": str(c.id), "name": c.name, "version": versions[str(c.id)]} for c in made]


METHODS = {
    "guilds": Bot.guilds_known,
    "create_channel": Bot.create_channel,
    "create_role": Bot.create_role,
    "send": Bot.send,
    "edit": Bot.edit,
    "remove": Bot.remove,
    "react": Bot.react,
    "history": Bot.history,
    "register_commands": Bot.register_commands,
}


async def perform(bot, order):
    try:
        result = await METHODS[order["method"]](bot, *order["args"])
        say(call=order["call"], result=result)
    except Exception as error:  # Whatever failed is the scenario's to judge.
        say(call=order["call"], error=repr(error))


async def obey(bot):
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    tasks = set()
    while line := await reader.readline():
        task = asyncio.create_task(perform(bot, json.loads(line)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    await bot.close()


async def main():
    async with Bot() as bot:
        orders = asyncio.create_task(obey(bot))
        await bot.start(TOKEN)
        await orders


discord.utils.setup_logging()
asyncio.run(main())
