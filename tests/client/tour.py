#!/usr/bin/env python3
"""Every page of the client, opened as a person opens it, in each of the looks.

One node with a guild as one finds it after a year. For each page: it is there, nothing on it is without
a name, QML complained of nothing, and a picture is kept in build/artefacts/client/tour for people to
look at. The looks run two at a time, each on a screen of its own. Ends in "N passed, N failed".
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from gi.repository import GLib

from harness import ARTEFACTS, PATIENCE, Atspi, Client, Node, Screen, until, warnings
from seed import OWNER, PASSWORD, Seed

DESKTOP, PHONE = (1280, 800), (390, 844)
# The look's name, the window, and what preferences.ini says.
LOOKS = {
    "light-desktop": (DESKTOP, {"theme": "light"}),
    "dark-desktop": (DESKTOP, {"theme": "dark"}),
    "light-phone": (PHONE, {"theme": "light"}),
    "dark-phone": (PHONE, {"theme": "dark"}),
    "contrast-large": (DESKTOP, {"theme": "contrast", "fontScale": "1.4"}),
    "mirrored": (DESKTOP, {"theme": "light", "language": "he"}),  # Read from the right; not translated.
}
AT_ONCE = 2
PAGE_S = 8 * PATIENCE
LOOK_S = 240 * PATIENCE
USER_SECTIONS = ["My account", "Appearance", "Language", "Notifications", "Privacy", "Storage",
                 "Shortcuts", "About"]
GUILD_SECTIONS = ["Overview", "Channels", "Roles", "Members", "Invites", "Bans",
                  "View as role", "Why can’t I?", "Where it lives"]
UNTITLED = {("guild", "Where it lives"), ("channel", "Invites")}
CHANNEL_SECTIONS = ["Overview", "Permissions", "Invites"]


class Tour:
    """One look: a window, a walk through the pages, the count of what was as it should be."""

    def __init__(self, look, folder, node):
        self.look, self.node = look, node
        self.size, self.words = LOOKS[look]
        self.phone = self.size == PHONE
        self.folder = pathlib.Path(folder) / look
        self.passed = self.failed = self.heard = 0
        self.screen = Screen(*self.size)
        self.client = None

    def prepare(self, words):
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [f"{key}={value}" for key, value in {"reducedMotion": "true", **words}.items()]
        (self.folder / "preferences.ini").write_text("\n".join(["[General]", *lines, ""]))

    def start(self):
        self.client = Client(f"tour-{self.look}", self.screen, self.folder, self.node, self.size)
        # Without a window manager keys go to the window below the pointer.
        self.client.xdo("mousemove", str(self.size[0] // 2), "12", "click", "1")

    def end(self):
        if self.client:
            self.client.end()
        self.screen.end()

    def page(self, name, go, shows=None, role=None):
        """Goes there and looks: at what must be shown, at names, at the log."""
        try:
            go()
            if shows:
                self.client.wait(shows, role, PAGE_S)
            time.sleep(0.15)
            self.client.shot(f"tour/{self.look}-{name}")
            nameless = self.client.unnamed()
            assert not nameless, f"without a name: {nameless}"
            said = warnings(self.client.said())
            new, self.heard = said[self.heard:], len(said)
            assert not new, f"QML complained: {new[:3]}"
            assert self.client.child.poll() is None, "the client ended"
            self.passed += 1
            print(f"  ok  {self.look}: {name}", flush=True)
        except (AssertionError, subprocess.SubprocessError, GLib.Error) as error:
            self.failed += 1
            print(f"FAIL  {self.look}: {name}: {error}", flush=True)
            self.client.shot(f"tour/failed-{self.look}-{name}")
            (ARTEFACTS / f"tour/failed-{self.look}-{name}.txt").write_text("\n".join(
                f"{item.get_role_name()}: {item.get_name()}" for item in self.client.shown()))

    def log_in(self):
        """Through the real pages, once: the other looks start with a copy of this folder."""
        client = self.client
        self.page("first-run", lambda: None, "Continue")
        self.page("who-are-you", lambda: client.press("Continue"), "Who are you?")
        client.press("I have an account")
        client.write("Name", OWNER)
        client.write("Password", PASSWORD)
        self.page("log-in", lambda: None, "Log in", "push button")
        client.press("Log in", "push button")
        client.wait(re.compile("Thank you, all of you"), "list item")
        # What was in memory goes to the disk with the end of the client.
        client.end()

    # Ways to the pages.

    def keys(self, *keys):
        return lambda: self.client.keys(*keys)

    def press(self, *names):
        def go():
            for name in names:
                self.client.press(name)
        return go

    def guild_menu(self, entry):
        def go():
            if self.phone:
                self.client.press("Guilds and channels")
            self.client.click(until("the guild's name is shown", self.guild_name))
            self.client.press(entry, "menu item")
        return go

    def escape(self, gone, role=None, times=4):
        """Away from a page, as often as it takes."""
        for _ in range(times):
            self.client.keys("Escape")
            end = time.monotonic() + 1.5
            while time.monotonic() < end:
                if not self.client.find(gone, role):
                    return
        print(f"  ..  {self.look}: {gone} stays open", flush=True)

    def sections(self, prefix, title, names):
        """Every section of settings that are open."""
        for name in names:
            self.page(f"{prefix}-{slug(name)}", lambda: self.client.press(name, "list item"), name,
                      None if self.phone or (prefix, name) in UNTITLED else "heading")
            if self.phone:
                self.client.press("Back")

    def walk(self):
        self.talking()
        self.finding()
        self.writing()
        self.guild()
        self.own()

    def talking(self):
        self.page("workspace", lambda: None, re.compile("Thank you, all of you"), "list item")
        if self.phone:
            self.page("guilds", self.press("Guilds and channels"), re.compile("^general"))
            self.client.press(re.compile("^general"), "list item")
            self.page("members", self.press("Members"), re.compile("^Bram"))
        self.page("profile", self.press(re.compile("^Bram")), "Mention")
        self.escape("Mention")
        if self.phone:
            self.client.keys("Escape")
        self.page("picture", self.press("dusk.png"), re.compile("^Picture 1 of"))
        self.escape(re.compile("^Picture 1 of"))

    def finding(self):
        client = self.client
        self.page("pins", self.keys("ctrl+p"), "Pinned messages", "heading")
        client.keys("ctrl+p")
        self.page("search", self.keys("ctrl+f"), re.compile("^Words, from"), "text")
        self.page("found", lambda: (client.type("tower"), client.keys("Return")))
        client.keys("ctrl+f")
        self.page("switcher", self.keys("ctrl+k"), "Where to?")
        self.page("switcher-found", lambda: client.type("ro"), re.compile("ropes-and-knots"))
        self.escape("Where to?")
        self.page("keys", self.keys("ctrl+slash"), "Keyboard shortcuts")
        self.escape("Keyboard shortcuts")
        self.page("date", self.keys("ctrl+g"), "Go to a date", "dialog")
        self.escape("Go to a date", "dialog")

    def writing(self):
        client = self.client
        self.page("emoji", self.press("Emoji"), "Choose an emoji")
        self.escape("Choose an emoji")
        client.click(client.wait(re.compile("^Message "), "text"))
        self.page("completion", lambda: client.type("@ha"), re.compile("suggestion"))
        client.keys("Escape", "ctrl+a", "BackSpace")

    def guild(self):
        client = self.client
        self.page("guild-menu", self.guild_menu_only, "Invite people", "menu item")
        client.keys("Escape")
        self.close_left()
        self.page("invite", self.guild_menu("Invite people"), "Invite people")
        self.escape(re.compile("^Invite people$"), "dialog")
        self.close_left()
        self.page("why", self.guild_menu(re.compile("^Why can")), re.compile("^Why can"))
        self.escape(re.compile("^Why can"))
        self.close_left()
        self.page("hosting", self.guild_menu("Where this guild lives"), "Where this guild lives")
        self.escape("Where this guild lives")
        self.close_left()
        self.page("guild-settings", self.guild_menu("Guild settings"),
                  "Choose picture")
        if self.phone and not client.find("Roles", "list item"):
            client.press("Back")
        self.sections("guild", "Harbour", GUILD_SECTIONS)
        client.press("Channels", "list item")
        # The same name stands behind the dialog, among the guild's channels; the dialog comes later.
        [one for one in client.shown() if one.get_name() == "plans"
         and one.get_role_name() == "list item"][-1].do_action(0)
        if self.phone:
            client.wait("Permissions", "list item")
        self.sections("channel", "plans", CHANNEL_SECTIONS)
        self.leave_settings("Roles")
        self.close_left()
        self.page("create-guild", self.keys("ctrl+shift+n"), "Create guild")
        self.escape("Create guild")

    def guild_menu_only(self):
        if self.phone:
            self.client.press("Guilds and channels")
        self.client.click(until("the guild's name is shown", self.guild_name))

    def guild_name(self):
        """Above the channels: the wider of those that bear the guild's name."""
        for item in self.client.shown():
            box = item.get_extents(Atspi.CoordType.SCREEN)
            if item.get_role_name() == "push button" and item.get_name() == "Harbour" and box.width > 100:
                return item
        return None

    def close_left(self):
        if self.phone and self.client.find(re.compile("^general"), "list item"):
            self.client.press(re.compile("^general"), "list item")

    def own(self):
        client = self.client
        if self.phone:
            client.press("Guilds and channels")
        self.page("account-menu", self.press(re.compile("^Ada Lindqvist, ")), re.compile("^My node"))
        self.page("node", self.press(re.compile("^My node")), "Your node")
        self.escape("Your node")
        self.close_left()
        self.page("settings", self.keys("ctrl+comma"), "Choose picture")
        if self.phone:
            client.press("Back")
        self.sections("settings", "Settings", USER_SECTIONS)
        self.leave_settings("Appearance")

    def leave_settings(self, section):
        """On a phone a page at a time, the uppermost first, until none is left to go back from."""
        if not self.phone:
            return self.escape(section, "list item")
        for _ in range(6):
            back = [one for one in self.client.shown() if one.get_name() == "Back"]
            if not back:
                return
            back[-1].do_action(0)
            time.sleep(0.3)


def slug(name):
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")


def walk(look, folder, node):
    """The part of one process: one look."""
    Atspi.set_timeout(int(10_000 * PATIENCE), int(30_000 * PATIENCE))  # A busy machine answers late.
    tour = Tour(look, folder, node)
    try:
        tour.prepare(tour.words)
        tour.start()
        if look == "first":
            tour.log_in()
        else:
            tour.walk()
    except Exception as error:  # noqa: BLE001  (counted, and the other looks go on)
        tour.failed += 1
        print(f"FAIL  {look}: the walk: {error}", flush=True)
        if tour.client and tour.client.child.poll() is None:
            tour.client.shot(f"tour/failed-{look}-walk")
    finally:
        tour.end()
    print(f"TOTAL {tour.passed} {tour.failed}", flush=True)
    return 0


LOOKS["first"] = LOOKS["light-desktop"]


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
        return walk(*words[1:])
    (ARTEFACTS / "tour").mkdir(parents=True, exist_ok=True)
    looks = words or [one for one in LOOKS if one != "first"]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        node = Node("harbour.localhost", folder / "node", rate_limits="off")
        far = Node("island.localhost", folder / "far", rate_limits="off")
        try:
            Seed(node, far)
            totals = all_looks(folder, node.url, ["first"])
            for look in looks:
                shutil.copytree(folder / "first", folder / look,
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
