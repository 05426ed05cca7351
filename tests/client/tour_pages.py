"""The walk through the pages of the client in one of its looks."""
import pathlib
import re
import subprocess
import time

from gi.repository import GLib

from harness import ARTEFACTS, PATIENCE, Atspi, Client, Screen, until, warnings
from words import Words

PAGE_S = 8 * PATIENCE
USER_SECTIONS = ["My account", "Appearance", "Language", "Notifications", "Privacy", "Storage",
                 "Shortcuts", "About"]
GUILD_SECTIONS = ["Overview", "Channels", "Roles", "Members", "Invites", "Bans",
                  "View as role", "Why can’t I?", "Where it lives"]
UNTITLED = {("guild", "Where it lives"), ("channel", "Invites")}
CHANNEL_SECTIONS = ["Overview", "Permissions", "Invites"]
NEWEST = re.compile("Thank you, all of you")
GENERAL = re.compile("^general")
WRITE = "Message %1"


class Tour:
    """One look: a window, a walk through the pages, the count of what was as it should be."""

    def __init__(self, look, size, settings, folder, node):
        self.look, self.size, self.settings, self.node = look, size, settings, node
        self.phone, self.small = size[0] < 700, size[0] < 360
        self.words = Words(settings.get("language", "en"))
        self.folder = pathlib.Path(folder) / look
        self.passed = self.failed = self.heard = 0
        self.screen = Screen(*size)
        self.client = None

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [f"{key}={value}" for key, value in {"reducedMotion": "true", **self.settings}.items()]
        (self.folder / "preferences.ini").write_text("\n".join(["[General]", *lines, ""]))
        self.client = Client(f"tour-{self.look}", self.screen, self.folder, self.node, self.size)
        # Without a window manager keys go to the window below the pointer.
        self.client.xdo("mousemove", str(self.size[0] // 2), "3", "click", "1")

    def end(self):
        if self.client:
            self.client.end()
        self.screen.end()

    def page(self, name, go, shows=None, role=None, over=False):
        """Goes there and looks: at what must be shown, at names, at the log. `over`: it lies over all
        else, and a screen reader meets nothing of what is behind."""
        try:
            go()
            if shows:
                self.wait(shows, role)
            if over:
                self.away(WRITE, "text")
            time.sleep(0.15)
            self.client.shot(f"tour/{self.look}-{name}")
            self.check_shown()
            self.passed += 1
            print(f"  ok  {self.look}: {name}", flush=True)
        except (AssertionError, subprocess.SubprocessError, GLib.Error) as error:
            self.failed += 1
            print(f"FAIL  {self.look}: {name}: {error}", flush=True)
            self.client.shot(f"tour/failed-{self.look}-{name}")
            (ARTEFACTS / f"tour/failed-{self.look}-{name}.txt").write_text("\n".join(
                f"{item.get_role_name()}: {item.get_name()}" for item in self.client.shown()))

    def check_shown(self):
        assert self.client.child.poll() is None, "the client ended"
        nameless = self.client.unnamed()
        assert not nameless, f"without a name: {nameless}"
        said = warnings(self.client.said())
        new, self.heard = said[self.heard:], len(said)
        assert not new, f"QML complained: {new[:3]}"

    # What a person does; names are those of the source, whatever the language.

    def find(self, name, role=None):
        return self.client.find(self.words(name), role)

    def wait(self, name, role=None):
        """Until it is shown; where little has room, it is scrolled to, as a person would."""
        pattern, tries = self.words(name), 0

        def look():
            nonlocal tries
            found = self.client.find(pattern, role)
            if not found and self.small:
                tries += 1
                self.wheel(down=tries % 24 < 12)
            return found
        return until(f"{self.look} shows {name!r} {role or ''}", look, (4 if self.small else 2) * PAGE_S)

    def wheel(self, down):
        self.client.xdo("mousemove", str(self.size[0] // 2), str(self.size[1] * 6 // 10),
                        "click", "--repeat", "2", "5" if down else "4")

    def away(self, name, role=None):
        until(f"{name} is away", lambda: not self.find(name, role), PAGE_S)

    def press(self, *names, role=None):
        for name in names:
            self.wait(name, role)
            self.client.press(self.words(name), role)

    def to(self, *names, role=None):
        return lambda: self.press(*names, role=role)

    def keys(self, *keys):
        return lambda: self.client.keys(*keys)

    def choose(self, entry):
        """An entry of the guild's menu."""
        def go():
            self.open_guild_menu()
            self.press(entry, role="menu item")
        return go

    def open_guild_menu(self):
        if self.phone:
            self.press("Guilds and channels")
        self.client.click(until("the guild's name is shown", self.guild_name))

    def guild_name(self):
        """Above the channels: the wider of those that bear the guild's name."""
        for item in self.client.shown():
            box = item.get_extents(Atspi.CoordType.SCREEN)
            if item.get_role_name() == "push button" and item.get_name() == "Harbour" and box.width > 100:
                return item
        return None

    def escape(self, gone, role=None, times=4):
        """Away from a page, as often as it takes."""
        for _ in range(times):
            self.client.keys("Escape")
            end = time.monotonic() + 1.5
            while time.monotonic() < end:
                if not self.find(gone, role):
                    return
        raise AssertionError(f"{gone} stays open")

    def close_left(self):
        if self.phone and self.find(GENERAL, "list item"):
            self.press(GENERAL, role="list item")

    def sections(self, prefix, names):
        """Every section of settings that are open."""
        for name in names:
            titled = not self.phone and (prefix, name) not in UNTITLED
            self.page(f"{prefix}-{slug(name)}", self.to(name, role="list item"), name,
                      "heading" if titled else None, over=True)
            if self.phone:
                self.client.keys("Escape")
                self.wait(name, "list item")

    def leave_settings(self):
        """A page at a time on a phone; a dialog at once."""
        for _ in range(6):
            if self.find(WRITE, "text") or self.find("Create or join a guild"):
                return
            self.client.keys("Escape")
            time.sleep(0.3)
        raise AssertionError("settings stay open")

    def log_in(self, name, password):
        """Through the real pages, once: the other looks start with a copy of this folder."""
        self.page("first-run", lambda: None, "Continue")
        self.page("who-are-you", self.to("Continue"), "Who are you?")
        self.press("I have an account")
        self.client.write("Name", name)
        self.client.write("Password", password)
        self.page("log-in", lambda: None, "Log in", "push button")
        self.press("Log in", role="push button")
        self.client.wait(NEWEST, "list item")
        # What was in memory goes to the disk with the end of the client.
        self.client.end()


def slug(name):
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
