"""The goals of the design's performance page, one function each.

A case runs one round and returns {"floor": figures or None, "ours": figures}. The row beside it says
which figure is compared, in which direction, and what is to be reached first."""
import os
import time
from dataclasses import dataclass
from typing import Callable, Optional

from driver.client import CLIENT
from driver.process import SERVER_CORE, Server
from driver.setup import Api, serve_command
from driver.federation import FEDERATION
from driver.measure import FLOOR_CHANNELS

SESSIONS = 1000
HISTORY_FILL = 64 * 100
G10_MESSAGES = 20000
G10_SIZE = 79
# One row and its share of a full-text index, measured once on chat in English with SQLite.
G10_FLOOR = 207


def create(bench):
    def floor():
        with bench.http_floor() as server:
            return bench.load("create", port=server.port, pid=server.pid, channels=FLOOR_CHANNELS)

    # One session listens, so that every message is also presented and delivered.
    def ours():
        with bench.node_server("one") as server:
            return bench.load("create", sessions=1, **bench.node_options(server))

    return {"floor": bench.durable(floor), "ours": bench.durable(ours)}


def history(bench):
    def run(server, **options):
        bench.load("create", requests=HISTORY_FILL, **options)
        return bench.load("history", pid=server.pid, **options)

    with bench.http_floor() as server:
        floor = run(server, port=server.port, channels=FLOOR_CHANNELS)
    with bench.node_server("one") as server:
        options = bench.node_options(server)
        del options["pid"]
        ours = run(server, **options)
    return {"floor": floor, "ours": ours}


def fanout(**load):
    def run(bench):
        return {"floor": bench.floor_fanout(sessions=SESSIONS, **load),
                "ours": bench.node_fanout(sessions=SESSIONS, **load)}
    return run


def flood(bench):
    quiet = bench.node_fanout(sessions=SESSIONS, rate=100)
    ours = bench.node_fanout(sessions=SESSIONS, rate=2000)
    ours["slowdown"] = ours["latency_p50_ms"] / quiet["latency_p50_ms"]
    ours["delivered_percent"] = min(100.0, 100 * ours["delivered_share"])
    return {"floor": None, "ours": ours}


def zlib(bench):
    plain = bench.node_fanout(sessions=SESSIONS, rate=100)
    packed = bench.node_fanout(sessions=SESSIONS, rate=100, zlib=1)
    return {"floor": plain, "ours": packed}


def idle_session(bench):
    # Few open at once: what a burst of logins leaves behind would hide what later sessions cost.
    with bench.node_server("ten") as server:
        ours = bench.load("idle", sessions=SESSIONS, opening=8,
                          **bench.node_options(server, "ten"))
    return {"floor": None, "ours": ours}


def first_ready(bench):
    made = bench.template("hundred")
    command = serve_command(bench.node, made.folder)
    ours = bench.load("ready", tokens=made.bot_tokens, guilds=made.guilds,
                      server_core=SERVER_CORE, command=command)
    return {"floor": None, "ours": ours}


def idle_node(bench):
    with bench.node_server("empty", settings=["federation.listen=127.0.0.1:0"]) as server:
        time.sleep(2)
        return {"floor": None, "ours": {"rss_mb": server.rss_kib() * 1024 / 1e6}}


def folder_bytes(path):
    return sum(os.path.getsize(os.path.join(base, name))
               for base, _, names in os.walk(path) for name in names)


def disk(bench):
    with bench.node_server("one") as server:
        options = bench.node_options(server)
    before = folder_bytes(bench.work / "data")
    with Server(serve_command(bench.node, bench.work / "data"), bench.work / "node.log") as server:
        options["port"], options["pid"] = server.port, server.pid
        bench.load("create", requests=G10_MESSAGES, size=G10_SIZE, **options)
    after = folder_bytes(bench.work / "data")
    return {"floor": {"bytes": G10_FLOOR}, "ours": {"bytes": (after - before) / G10_MESSAGES}}


@dataclass
class Case:
    name: str
    what: str
    run: Callable
    figure: str                 # the figure that is compared
    unit: str
    goal: float                 # of ours/floor, or of ours where there is no floor
    is_ratio: bool
    wants_more: bool            # reached when at least the goal; else at most
    cpu: Optional[str] = "server_cpu_us"
    also: tuple = ()            # (figure, goal, wants_more) that must hold as well; goal None: told


CASES = [
    Case("G1", "message create/s, durable", create, "per_s", "/s", 0.35, True, True),
    Case("G2", "history reads/s, 50 messages", history, "per_s", "/s", 0.5, True, True),
    Case("G3", "fan-out to 1,000, 1 in flight", fanout(window=1), "per_s", "/s", 0.75, True, True),
    Case("G3b", "fan-out to 1,000, 8 in flight", fanout(window=8), "per_s", "/s", 0.6, True, True),
    Case("G3c", "2,000 messages/s to 1,000", flood, "delivered_percent", "%", 95, False, True,
         also=(("slowdown", 3, False),)),
    Case("G3d", "zlib-stream, CPU to plain", zlib, "server_cpu_us", "us", 1.5, True, False),
    Case("G4", "p99 at 200/s to 1,000", fanout(rate=200), "latency_p99_ms", "ms", 1.5, True, False),
    Case("G5", "memory per idle session", idle_session, "kib_per_session", "KiB", 4, False, False,
         None),
    Case("G6", "exec to READY, 100 guilds", first_ready, "ready_ms", "ms", 60, False, False, None),
    *(Case(*row, **more) for row, more in FEDERATION),
    Case("G8c", "memory of an idle node", idle_node, "rss_mb", "MB", 30, False, False, None),
    Case("G10", "disk per message of 79 B", disk, "bytes", "B", 2, True, False, None),
]

# On their own, as the word "client" names them: they need Qt, and no node.
CLIENT_CASES = [Case(*row) for row in CLIENT]
