#!/usr/bin/env python3
"""Every page of the client, opened as a person opens it, in each of the looks.

  tests/client/tour.py              all looks
  tests/client/tour.py LOOK...      some of them

One node with a guild as one finds it after a year. For each page: it is there, nothing on it is without
a name, a screen reader meets nothing of what is behind it, QML complained of nothing, and a picture is
kept in build/artefacts/client/tour for people to look at. The looks run two at a time, each on a screen
of its own. Ends in "N passed, N failed, N skipped".
"""
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from harness import ARTEFACTS, PATIENCE, Atspi, Node
from seed import OWNER, PASSWORD, Seed
from tour_pages import Tour
from tour_walk import walk

DESKTOP, PHONE, SMALLEST = (1280, 800), (390, 844), (320, 640)
FIRST = "first"
# The look's name, the window, and what preferences.ini says.
LOOKS = {
    FIRST: (DESKTOP, {"theme": "light"}),
    "light-desktop": (DESKTOP, {"theme": "light"}),
    "dark-phone": (PHONE, {"theme": "dark"}),
    "dark-desktop": (DESKTOP, {"theme": "dark"}),
    "light-phone": (PHONE, {"theme": "light"}),
    "contrast-large": (DESKTOP, {"theme": "contrast", "fontScale": "1.4"}),
    "contrast-phone": (PHONE, {"theme": "contrast"}),
    "arabic-desktop": (DESKTOP, {"theme": "light", "language": "ar"}),
    "arabic-phone": (PHONE, {"theme": "dark", "language": "ar"}),
    "largest-smallest": (SMALLEST, {"theme": "light", "fontScale": "2"}),
}
AT_ONCE = 2
LOOK_S = 300 * PATIENCE


def tour_one(look, folder, node):
    """The part of one process: one look."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # Its client and its screen end too.
    Atspi.set_timeout(int(10_000 * PATIENCE), int(30_000 * PATIENCE))  # A busy machine answers late.
    tour = Tour(look, *LOOKS[look], folder, node)
    try:
        tour.start()
        if look == FIRST:
            tour.log_in(OWNER, PASSWORD)
        else:
            walk(tour)
    except Exception as error:  # noqa: BLE001  (counted, and the other looks go on)
        tour.failed += 1
        print(f"FAIL  {look}: the walk: {type(error).__name__}: {error}", flush=True)
        if tour.client and tour.client.child.poll() is None:
            tour.client.shot(f"tour/failed-{look}-walk")
    finally:
        tour.end()
    print(f"TOTAL {tour.passed} {tour.failed}", flush=True)
    return 0


def child(look, folder, node):
    log = open(ARTEFACTS / f"tour/{look}.txt", "w+")
    return look, log, time.monotonic(), subprocess.Popen(
        [sys.executable, __file__, "--look", look, str(folder), node], stdout=log, stderr=log)


def finished(running):
    """What a look said, once it ended or its time did."""
    look, log, since, process = running
    if process.poll() is None and time.monotonic() - since < LOOK_S:
        return None
    if process.poll() is None:
        process.terminate()
        process.wait()
    log.seek(0)
    text = log.read()
    total = re.search(r"^TOTAL (\d+) (\d+)$", text, re.M)
    print("\n".join(line for line in text.splitlines() if not line.startswith("TOTAL")), flush=True)
    if not total:
        print(f"FAIL  {look}: did not come to its end", flush=True)
        return 0, 1
    return int(total[1]), int(total[2])


def all_looks(folder, node, looks):
    totals, waiting, running = [], list(looks), []
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            running.append(child(waiting.pop(0), folder, node))
        for one in list(running):
            found = finished(one)
            if found:
                totals.append(found)
                running.remove(one)
        time.sleep(0.1)
    return totals


def main(words):
    if words[:1] == ["--look"]:
        return tour_one(*words[1:])
    (ARTEFACTS / "tour").mkdir(parents=True, exist_ok=True)
    for old in (ARTEFACTS / "tour").glob("failed-*"):
        old.unlink()
    looks = words or [one for one in LOOKS if one != FIRST]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        node = Node("harbour.localhost", folder / "node", rate_limits="off")
        far = Node("island.localhost", folder / "far", rate_limits="off")
        try:
            Seed(node, far)
            totals = all_looks(folder, node.url, [FIRST])
            for look in looks:
                shutil.copytree(folder / FIRST, folder / look,
                                ignore=shutil.ignore_patterns("*.lock", "*socket*"))
            totals += all_looks(folder, node.url, looks)
        finally:
            node.end()
            far.end()
    passed, failed = (sum(one) for one in zip(*totals))
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
