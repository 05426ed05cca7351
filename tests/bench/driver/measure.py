"""Pairs of floor and node runs, guarded by the disk's own speed."""
import json
import subprocess
from pathlib import Path

from driver.process import LOAD_TIMEOUT_S, BenchError, Server, copy_folder, run_load, say
from driver.setup import Template, serve_command

# A durable figure is thrown away when the disk before and after it differs by more.
DISK_TOLERANCE = 1.5
DISK_ATTEMPTS = 5
FLOOR_CHANNELS = [1000 + i for i in range(64)]
FLOOR_PREFIX_BYTES = 60  # what the gateway floor's dispatch has around the content, about


class Bench:
    """What cases need: the programs, the work folder, templates made on demand."""

    def __init__(self, bin_folder, node, work, memory, seconds):
        self.bin = Path(bin_folder)
        self.node = node
        self.work = Path(work)
        self.memory = Path(memory)  # a folder on a file system in memory
        self.seconds = seconds
        self.templates = {}
        self.frame_bytes = None
        self.discarded = 0
        self.pair = None  # of nodes, made by the first case that needs one
        self.caught_up = None
        self.client = None  # made by the first case that needs it

    def template(self, name):
        if name not in self.templates:
            guilds = {"empty": 0, "one": 1, "ten": 10, "hundred": 100}[name]
            few = 1 if name in ("empty", "hundred") else None
            options = {"bots": 1, "channels": 1} if few else {}
            self.templates[name] = Template(self.node, self.work / "template" / name, guilds,
                                            **options)
        return self.templates[name]

    def load(self, mode, **options):
        options.setdefault("seconds", self.seconds)
        return run_load(self.bin / "guildhall_load", mode, **options)

    def node_server(self, name, folder=None, settings=()):
        """The node on a fresh copy of a template."""
        data = (folder or self.work) / "data"
        copy_folder(self.template(name).folder, data)
        return Server(serve_command(self.node, data, settings), self.work / "node.log")

    def http_floor(self):
        for path in self.work.glob("floor.db*"):
            path.unlink()
        return Server([self.bin / "floor_http", self.work / "floor.db"])

    def run_floor(self, name, *words):
        """A floor that is server and load in one; what it reports at its end."""
        done = subprocess.run([str(word) for word in (self.bin / name, *words)], text=True,
                              capture_output=True, timeout=LOAD_TIMEOUT_S)
        if done.returncode != 0:
            raise BenchError(f"{name}: {done.stderr.strip()[-500:]}")
        return json.loads(done.stdout)

    def gateway_floor(self):
        return Server([self.bin / "floor_gateway"])

    def disk_rate(self):
        return self.load("fsync", folder=self.work, seconds=0.25)["per_s"]

    def durable(self, run):
        """Calls run() until the disk was equally fast before and after it; bounded."""
        for attempt in range(DISK_ATTEMPTS):
            before = self.disk_rate()
            result = run()
            after = self.disk_rate()
            if max(before, after) <= DISK_TOLERANCE * min(before, after):
                break
            self.discarded += 1
            say(f"discarded: the disk made {before:.0f}/s before and {after:.0f}/s after")
        else:
            result["unsteady_disk"] = 1
            say("kept although the disk was never steady")
        result["disk_per_s"] = (before + after) / 2
        return result

    def node_options(self, server, name="one"):
        made = self.template(name)
        return {"port": server.port, "pid": server.pid, "channels": made.channels,
                "tokens": made.bot_tokens, "authorization": made.owner, "guilds": made.guilds}

    # Fan-out, the same load on both sides. The floor stores nothing, so the node's data folder is in
    # memory: it does all its work, but the disk, which create() measures, does not count twice.
    # The floor's frames are made as long as the node's, which a short run measures first.

    def floor_fanout(self, **options):
        size = int(self.node_frame_bytes()) - FLOOR_PREFIX_BYTES
        with self.gateway_floor() as server:
            return self.load("fanout", dialect="floor", port=server.port, pid=server.pid,
                             size=size, **options)

    def node_fanout(self, **options):
        with self.node_server("one", self.memory) as server:
            return self.load("fanout", **self.node_options(server), **options)

    def node_frame_bytes(self):
        if self.frame_bytes is None:
            probe = self.node_fanout(sessions=10, window=1, seconds=0.3, warm=0.1)
            self.frame_bytes = probe["frame_bytes"]
        return self.frame_bytes
