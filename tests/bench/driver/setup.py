"""Data folders to measure on, made through the public API: users, guilds, channels, bots."""
import http.client
import json
import shutil

from driver.process import BenchError, Server, say

CHANNELS = 64
BOTS = 4
PASSWORD = "correct horse battery"
# MESSAGE_CONTENT for bots in fewer than 100 guilds: an owner may set it.
FLAG_MESSAGE_CONTENT = 1 << 18 | 1 << 19
# A member may be in so many guilds; more are spread over several owners.
GUILDS_PER_OWNER = 50


class Api:
    """REST calls on one keep-alive connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def call(self, method, path, body=None, token=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = token
        text = json.dumps(body) if body is not None else None
        self.connection.request(method, "/api/v10" + path, text, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status >= 300:
            raise BenchError(f"{method} {path}: {answer.status} {data[:300]}")
        return json.loads(data) if data else None

    def register(self, name):
        return self.call("POST", "/auth/register", {
            "username": name, "email": f"{name}@example.org", "password": PASSWORD,
            "date_of_birth": "1990-01-01", "consent": True})["token"]

    def make_bot(self, name, owner):
        application = self.call("POST", "/applications", {"name": name}, owner)["id"]
        self.call("PATCH", f"/applications/{application}", {"flags": FLAG_MESSAGE_CONTENT}, owner)
        token = self.call("POST", f"/applications/{application}/bot/reset", {}, owner)["token"]
        return application, token

    def invite_bot(self, application, guild, owner):
        path = f"/oauth2/authorize?client_id={application}&scope=bot&permissions=8"
        self.call("POST", path, {"authorize": True, "guild_id": guild, "permissions": "8",
                                 "integration_type": 0}, owner)


def serve_command(binary, data, extra=()):
    command = [binary, "serve", "--data", data]
    for setting in ("listen=127.0.0.1:0", "rate_limits=off", "shards=1", "log.level=warn",
                    "federation.listen=off", *extra):  # A later one goes over an earlier one.
        command += ["--set", setting]
    return command


class Template:
    """A data folder with some guilds, and the tokens to use it. Made once per run of the driver;
    each measurement works on a copy."""

    def __init__(self, binary, folder, guilds, bots=BOTS, channels=CHANNELS):
        self.folder = folder
        self.guilds = guilds
        say(f"making a data folder with {guilds} guilds")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with Server(serve_command(binary, folder), folder.parent / "setup.log") as server:
            self.fill(Api(server.port), bots, channels)

    def fill(self, api, bots, channels):
        self.owner = api.register("owner0")
        owners = [self.owner]
        made = [api.make_bot(f"bot{i}", self.owner) for i in range(bots)]
        self.bot_tokens = [token for _, token in made]
        for i in range(self.guilds):
            if i and i % GUILDS_PER_OWNER == 0:
                owners.append(api.register(f"owner{len(owners)}"))
            guild = api.call("POST", "/guilds", {"name": f"guild {i}"}, owners[-1])["id"]
            if i == 0:
                self.channels = [
                    api.call("POST", f"/guilds/{guild}/channels",
                             {"name": f"room-{n}", "type": 0}, self.owner)["id"]
                    for n in range(channels)]
            for application, _ in made:
                api.invite_bot(application, guild, owners[-1])
