"""Two nodes and the link between them: what goes over it, how fast, how much.

The host of the guild is on one core, the node that mirrors it on the other, beside the generator.
A pair is made once through the public API, as two operators would; measurements work on copies."""
import asyncio
import contextlib
import shutil
import socket
import sqlite3
import threading
import time

from driver.process import BenchError, Server, copy_folder, say
from driver.setup import Api, serve_command

HOST_CORE, MIRROR_CORE = 0, 1
FILL = 20000           # G7: entries that the mirror has to catch up with
FILL_CONNECTIONS = 64
OUTAGE = 1000          # G7d
SENDERS = 8            # G7b: users of the mirror's node
LONG = 10000           # G8: messages of the guild that somebody joins
CONTENT = 118          # bytes, as the floor's
IDLE_SECONDS = 40
PATIENCE_S = 120


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def settings_of(name, port):
    return [f"name={name}.localhost", f"federation.listen=127.0.0.1:{port}",
            "federation.allow_private=true"]


def wait_for(probe, what, pause=0.005):
    end = time.monotonic() + PATIENCE_S
    while not probe():
        if time.monotonic() > end:
            raise BenchError(f"no {what} within {PATIENCE_S} s")
        time.sleep(pause)


class Pair:
    """A host with a guild of 64 channels and a node with one member there, both stopped."""

    def __init__(self, bench):
        self.bench = bench
        self.base = bench.work / "pair"
        self.ports = {"one": free_port(), "two": free_port()}
        shutil.rmtree(self.base, ignore_errors=True)
        self.base.mkdir(parents=True)
        made = bench.template("one")
        copy_folder(made.folder, self.base / "one")
        (self.base / "two").mkdir()
        self.made, self.channels = made, made.channels
        say("making a pair of linked nodes")
        with self.host(self.base) as one, self.mirror(self.base) as two:
            self.link(Api(one.port), Api(two.port))

    def host(self, folder):
        return self.node("one", folder, HOST_CORE)

    def mirror(self, folder):
        return self.node("two", folder, MIRROR_CORE)

    def node(self, name, folder, core):
        command = serve_command(self.bench.node, folder / name, settings_of(name, self.ports[name]))
        return Server(command, self.bench.work / f"{name}.log", core)

    def link(self, one, two):
        self.far_user = two.register("far")
        channel = self.channels[0]
        self.code = one.call("POST", f"/channels/{channel}/invites", {"max_age": 0},
                             self.made.owner)["code"]
        joined = self.join(two, self.far_user)
        self.guild = joined["guild"]["id"]
        role = one.call("POST", f"/guilds/{self.guild}/roles",
                        {"name": "admins", "permissions": "8"}, self.made.owner)["id"]
        far_id = two.call("GET", "/users/@me", None, self.far_user)["id"]
        one.call("PUT", f"/guilds/{self.guild}/members/{far_id}/roles/{role}", {}, self.made.owner)
        wait_for(lambda: role in two.call("GET", f"/guilds/{self.guild}/members/{far_id}", None,
                                          self.far_user)["roles"], "role at the mirror")
        self.senders = [two.register(f"far{i}") for i in range(SENDERS)]
        for user in self.senders:
            self.join(two, user)
        # A mirror takes in what follows what it has; of an empty log only the end.
        for channel in self.channels:
            two.call("POST", f"/channels/{channel}/messages", {"content": "first"}, self.far_user)

    def join(self, api, user):
        return api.call("POST", f"/invites/{self.code}@localhost:{self.ports['one']}", {}, user)

    def copy(self, *names, root=None):
        folder = (root or self.bench.work) / "nodes"
        shutil.rmtree(folder, ignore_errors=True)
        for name in names:
            copy_folder(self.base / name, folder / name)
        return folder

    def fill(self, one, count, channels=None, size=CONTENT):
        self.bench.load("create", port=one.port, pid=one.pid, channels=channels or self.channels,
                        authorization=self.made.owner, requests=count, size=size,
                        connections=FILL_CONNECTIONS)

    def entries(self, folder, name):
        """How many messages a node has stored, durably. An answer of the API would not do:
        a mirror that is behind asks its host for what somebody reads."""
        with contextlib.closing(sqlite3.connect(f"file:{folder / name}/guildhall.db?mode=ro",
                                                uri=True)) as db:
            return db.execute("SELECT COUNT(*) FROM messages").fetchone()[0]

    def wait_equal(self, folder):
        """Until the mirror has what is new at the host; what was before its time it never had."""
        new = self.entries(folder, "one") - self.entries(self.base, "one")
        wanted = self.entries(self.base, "two") + new
        wait_for(lambda: self.entries(folder, "two") >= wanted, "equal logs", 0.002)

    def wait_linked(self, two):
        api = Api(two.port)
        channel = self.channels[-1]

        def answered():
            try:
                api.call("POST", f"/channels/{channel}/messages", {"content": "up"}, self.far_user)
                return True
            except BenchError:
                return False
        wait_for(answered, "link", 0.02)


def pair_of(bench):
    if not bench.pair:
        bench.pair = Pair(bench)
    return bench.pair


def federation_floor(bench):
    for path in bench.work.glob("federation.db*"):
        path.unlink()
    return bench.run_floor("floor_federation", bench.work / "federation.db", FILL * 3, 100,
                           HOST_CORE, MIRROR_CORE)


def catch_up(bench):
    """G7 and G9: a mirror that was away takes everything that happened, durably."""
    pair = pair_of(bench)

    def ours():
        folder = pair.copy("one", "two")
        with pair.host(folder) as one:
            pair.fill(one, FILL)
            bytes_before = one.metric("guildhall_link_bytes_out_total")
            # From its exec on: it links before it says that it is ready.
            started = time.monotonic()
            with pair.mirror(folder) as two:
                pair.wait_equal(folder)
                seconds, cpu = time.monotonic() - started, two.cpu_s()
            wait_for(lambda: one.metric("guildhall_links") == 0, "end of the link", 0.05)
            sent = one.metric("guildhall_link_bytes_out_total") - bytes_before
        return {"per_s": FILL / seconds, "server_cpu_us": cpu * 1e6 / FILL,
                "wire_bytes": sent / FILL}

    bench.caught_up = {"floor": bench.durable(lambda: federation_floor(bench)),
                       "ours": bench.durable(ours)}
    return bench.caught_up


def wire(bench):
    return bench.caught_up or catch_up(bench)


def live(bench, root=None, **load):
    """From a user of the mirror's node to a session on the host's."""
    pair = pair_of(bench)
    folder = pair.copy("one", "two", root=root)
    with pair.host(folder) as one, pair.mirror(folder) as two:
        pair.wait_linked(two)
        return bench.load("fanout", port=two.port, session_port=one.port, pid=two.pid, sessions=1,
                          tokens=pair.made.bot_tokens, authorization=pair.far_user, guilds=1,
                          channels=pair.channels, size=CONTENT, **load)


def inside(bench, **load):
    """The same within the host's node."""
    pair = pair_of(bench)
    with pair.host(pair.copy("one")) as one:
        return bench.load("fanout", port=one.port, pid=one.pid, sessions=1, guilds=1,
                          tokens=pair.made.bot_tokens, authorization=pair.made.owner,
                          channels=pair.channels, size=CONTENT, **load)


def both_nodes(bench):
    """On the disk, and with both folders in memory: what the nodes cost without the two syncs
    that each message waits for."""
    load = {"window": SENDERS, "authors": pair_of(bench).senders}
    ours = bench.durable(lambda: live(bench, **load))
    in_memory = live(bench, root=bench.memory, **load)
    lost = ours["undelivered"] + in_memory["undelivered"]
    if lost:
        raise BenchError(f"{lost:.0f} messages did not arrive")
    ours["in_memory_per_s"] = in_memory["published_per_s"]
    return {"floor": None, "ours": ours}


def latency(bench):
    near = inside(bench, rate=20, seconds=5)
    ours = live(bench, rate=20, seconds=5)
    ours["over_local"] = ours["latency_p99_ms"] - 2 * near["latency_p99_ms"]
    ours["local_p99_ms"] = near["latency_p99_ms"]
    return {"floor": None, "ours": ours}


def outage(bench):
    pair = pair_of(bench)
    folder = pair.copy("one", "two")
    channel = pair.channels[:1]
    with pair.host(folder) as one:
        pair.fill(one, OUTAGE, channel)
        started = time.monotonic()
        with pair.mirror(folder):
            pair.wait_equal(folder)
            seconds = time.monotonic() - started
    return {"floor": None, "ours": {"ms": seconds * 1000}}


def join(bench):
    """G8 and G8b: a guild of 10,000 messages, joined by a node that never heard of its host."""
    pair = pair_of(bench)
    folder = pair.copy("one")
    (folder / "two").mkdir()
    channel = pair.channels[0]
    with pair.host(folder) as one:
        pair.fill(one, LONG, [channel])
        bytes_before = one.metric("guildhall_link_bytes_out_total")
        with pair.mirror(folder) as two:
            api = Api(two.port)
            user = api.register("late")
            started = time.monotonic()
            pair.join(api, user)
            first = api.call("GET", f"/channels/{channel}/messages?limit=50", None, user)
            usable = time.monotonic() - started
            if len(first) != 50:
                raise BenchError(f"{len(first)} messages after joining, not 50")
            read = read_all(api, user, channel, first)
            whole = time.monotonic() - started
        if read < LONG:
            raise BenchError(f"{read} messages in all, not {LONG}")
        wait_for(lambda: one.metric("guildhall_links") == 0, "end of the link", 0.05)
        sent = one.metric("guildhall_link_bytes_out_total") - bytes_before
    return {"floor": None, "ours": {"usable_ms": usable * 1000, "all_ms": whole * 1000,
                                    "mb": sent / 1e6}}


def read_all(api, user, channel, first):
    """All of a channel, backwards by 100; returns how many messages there were."""
    count, last = len(first), first[-1]["id"]
    while True:
        page = api.call("GET", f"/channels/{channel}/messages?limit=100&before={last}", None, user)
        count += len(page)
        if len(page) < 100:
            return count
        last = page[-1]["id"]


class Relay:
    """Counts the bytes between two nodes, on a thread of its own."""

    def __init__(self, target):
        self.target, self.bytes, self.port = target, 0, free_port()
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(asyncio.start_server(self.accept, "127.0.0.1", self.port))
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    async def accept(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(self.pump(reader, far_writer), self.pump(far_reader, writer),
                             return_exceptions=True)

    async def pump(self, reader, writer):
        while data := await reader.read(65536):
            self.bytes += len(data)
            writer.write(data)
            await writer.drain()
        writer.close()


def idle_link(bench):
    """Both are in one guild, nobody says anything. Node two knows the relay's address alone."""
    pair = pair_of(bench)
    folder = pair.copy("one")
    (folder / "two").mkdir()
    relay = Relay(pair.ports["one"])
    told = f"federation.endpoints=localhost:{relay.port}"
    settings = [*settings_of("one", pair.ports["one"]), told]
    command = serve_command(bench.node, folder / "one", settings)
    with (Server(command, bench.work / "one.log", HOST_CORE),
          pair.mirror(folder) as two):
        api = Api(two.port)
        api.call("POST", f"/invites/{pair.code}@localhost:{relay.port}", {}, api.register("quiet"))
        time.sleep(10)  # What was new is gossiped every 5 s.
        before = relay.bytes
        time.sleep(IDLE_SECONDS)
        per_minute = (relay.bytes - before) * 60 / IDLE_SECONDS
    return {"floor": None, "ours": {"bytes_per_min": per_minute / 2}}


# Name, what, function, figure, unit, goal, is a ratio, wants more; then what else there is.
FEDERATION = [
    (("G7", "link, events/s, durable", catch_up, "per_s", "/s", 0.4, True, True), {}),
    (("G7b", "messages/s of two nodes, 8 in flight", both_nodes, "published_per_s", "/s", 2000,
      False, True), {"also": (("in_memory_per_s", 2000, True), ("disk_per_s", None, True))}),
    (("G7c", "p50 from B to A at 20/s", latency, "latency_p50_ms", "ms", 3, False, False, None),
     {"also": (("latency_p99_ms", 15, False), ("over_local", 2, False))}),
    (("G7d", "1,000 messages after an outage", outage, "ms", "ms", 3000, False, False, None), {}),
    (("G8", "join, with the last 50 of 10,000", join, "usable_ms", "ms", 100, False, False, None),
     {"also": (("all_ms", 5000, False), ("mb", 6, False))}),
    (("G9", "wire bytes per message of 118 B", wire, "wire_bytes", "B", 1.5, True, False,
      None), {}),
    (("G9b", "idle link, bytes a minute and side", idle_link, "bytes_per_min", "B", 1024, False,
      False, None), {}),
]
