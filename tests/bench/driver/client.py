"""G14: the real client on the software renderer, driven by client-qml/app/bench_probe.h.

One run of a round gives the figures of all its rows; an empty window of Qt Quick is the floor."""
import json
import os
import subprocess
import time

from driver.process import LOAD_CORE, SERVER_CORE, BenchError, copy_folder, prelude, say

GUILDS, MESSAGES = 200, 100_000
RUN_TIMEOUT_S = 300
CLIENT_TARGETS = ["guildhall-client", "guildhall_client_fixture", "floor_window"]


def run(command, bench, **env):
    """Ends in what the program printed; without a screen, with a home of its own."""
    home = bench.work / "home"
    home.mkdir(mode=0o700, exist_ok=True)
    whole = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(home),
             "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software",
             "GUILDHALL_BENCH_START": str(time.monotonic_ns()), **env}
    try:
        done = subprocess.run([str(word) for word in command], text=True, capture_output=True,
                              env=whole, preexec_fn=prelude(SERVER_CORE, LOAD_CORE),
                              timeout=RUN_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        raise BenchError(f"{command[0]} did not end") from None
    if done.returncode != 0:
        raise BenchError(f"{command[0]}: exit code {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout


class ClientRounds:
    """Runs floor and client when a row asks for a figure of a round that was not run yet."""

    def __init__(self, bench):
        self.bench = bench
        self.folder = bench.work / "client-of-long-use"
        self.asked, self.round = set(), None
        made = json.loads(run([bench.bin / "guildhall_client_fixture", self.folder, GUILDS,
                               MESSAGES], bench))
        say(f"the client's cache: {made['guilds']} guilds, {made['messages']:,} messages")

    def row(self, name):
        if self.round is None or name in self.asked:
            self.asked = set()
            self.round = self.try_to_measure()
        self.asked.add(name)
        if isinstance(self.round, BenchError):
            raise self.round
        return self.round

    def try_to_measure(self):
        try:
            return self.measure()
        except BenchError as error:
            return error

    def measure(self):
        floor = json.loads(run([self.bench.bin / "floor_window"], self.bench))
        data, report = self.bench.work / "client", self.bench.work / "client.json"
        report.unlink(missing_ok=True)
        copy_folder(self.folder, data)
        run([self.bench.bin / "guildhall-client", "--data", data, "--no-keychain"], self.bench,
            GUILDHALL_CLIENT_BENCH=str(report))
        ours = json.loads(report.read_text())
        if "anchor_moved_px" not in ours:
            raise BenchError(f"the client's window never showed its messages: {ours}")
        return {"floor": floor, "ours": ours}


def figures(name):
    def of(bench):
        if bench.client is None:
            bench.client = ClientRounds(bench)
        return bench.client.row(name)
    return of


def row(what, figure, unit, goal, also=()):
    return ("G14", what, figures(what), figure, unit, goal, False, False, None, also)


# The goals of "first". What has no row there - no row lost, the window answers, nothing moves - is
# what issue 4 asks for; a stall is what people notice from 100 ms on.
CLIENT = [
    row("client: exec to first frame", "first_frame_ms", "ms", 250, (("content_ms", 250, False),)),
    row("client: memory, a channel open", "rss_mb", "MB", 110, (("scroll_rss_mb", None, False), ("flood_rss_mb", None, False))),
    row("client: channel switch, p50", "switch_p50_ms", "ms", 32,
        (("switch_p99_ms", None, False), ("switches_missed", 0, False))),
    row("client: scroll step, p99", "scroll_p99_ms", "ms", 16,
        (("scroll_rows", 2_000, True), ("scroll_p50_ms", None, False))),
    row("client: 1,000 messages/s, rows lost", "flood_lost", "", 0,
        (("flood_stall_ms", 100, False), ("flood_frames_per_s", None, True))),
    row("client: anchored message moved", "anchor_moved_px", "px", 0,
        (("anchor_rows", 1, True),)),
]
