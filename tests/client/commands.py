#!/usr/bin/env python3
"""Slash commands, end to end: a bot made with discord.js, a real node, and the window in which a
person fills in the fields, by keyboard. Ends in "N passed, N failed".
"""
import os
import pathlib
import re
import sys
import tempfile
import traceback

from harness import ROOT, Atspi, Client, Node, Process, Screen, until, warnings

PASSWORD = "correct horse battery"
FIELD = "text"


class Story:
    def __init__(self, folder, size):
        self.folder, self.size = pathlib.Path(folder), size
        self.node = Node("pilot.localhost", self.folder / "node")
        self.screen = Screen(*size)
        charts = self.folder / "charts"
        charts.mkdir()
        (charts / "chart.txt").write_text("here be dragons")
        os.chdir(charts)  # Where its dialog for files begins.
        self.bot = self.client = None

    def end(self):
        for part in (self.client, self.bot, self.node):
            if part:
                part.end()
        self.screen.end()

    def shot(self, name):
        if self.client:
            self.client.shot(f"commands-{self.size[0]}-{name}")

    def register(self):
        self.client = Client(f"commands-{self.size[0]}", self.screen, self.folder / "client",
                             self.node.url, self.size)
        self.client.press("Continue")
        self.client.wait("Who are you?")
        self.client.write("Name", "alice")
        self.client.write("Password", PASSWORD)
        self.client.press("Create the account")
        self.client.wait(re.compile("^Create or join"))
        self.token = self.call("POST", "/auth/login", {"login": "alice", "password": PASSWORD},
                               token=None)["token"]

    def call(self, method, path, body=None, **more):
        return self.node.call(method, path, body, **{"token": getattr(self, "token", None), **more})

    def invite_the_bot(self):
        guild = self.call("POST", "/guilds", {"name": "Harbour"})["id"]
        self.call("POST", f"/guilds/{guild}/roles", {"name": "Night watch"})
        bot = self.call("POST", "/applications", {"name": "Pilot"})["id"]
        self.call("POST", f"/applications/{bot}/bot", {})
        secret = self.call("POST", f"/applications/{bot}/bot/reset", {})["token"]
        self.call("POST", f"/oauth2/authorize?client_id={bot}&scope=bot%20applications.commands"
                  "&permissions=0", {"authorize": True, "guild_id": guild, "permissions": "0"})
        self.bot = Process("command-bot", ["node", str(ROOT / "tests/client/command_bot.mjs"),
                                           self.node.url, secret, guild])
        assert self.bot.child.stdout.readline().strip() == "ready", self.bot.said()
        channels = self.call("GET", f"/guilds/{guild}/channels")
        self.channel = next(one["id"] for one in channels if one["type"] == 0)

    def open_channel(self):
        if self.size[0] < 700:
            self.client.press(re.compile("^(Open|Guilds and|Channels)"), "push button")
        self.client.press(re.compile("^Harbour"))
        self.client.press(re.compile("^general"), "list item")
        self.client.wait(re.compile("^Message general"), FIELD)

    def start(self, typed, row):
        until("the field has the keyboard", self.has_keyboard, every_s=0.3)
        self.client.type(typed)
        self.client.wait(re.compile(row), "menu item")
        self.client.keys("Return")

    def has_keyboard(self):
        """A telephone's panels may still slide over it."""
        field = self.client.wait(re.compile("^Message "), FIELD)
        if not field.get_state_set().contains(Atspi.StateType.FOCUSED):
            self.client.click(field)
            return False
        return True

    def fill_in(self):
        """What the bot proposes is asked for, picked, and every field reached by Tab."""
        self.start("/ti", "^/tide")
        self.client.wait("harbour, needed: Text", FIELD)
        self.client.type("os")
        self.client.wait("Oslo harbour", "menu item")
        self.client.wait("Ostend", "menu item")
        assert not self.client.find("Rotterdam", "menu item")
        self.shot("autocomplete")
        self.client.keys("Down", "Return")
        self.client.type("99")
        self.client.keys("Return")
        self.client.wait("From 1 to 12.")
        self.shot("error")
        self.client.keys("ctrl+a")
        self.client.type("3")
        self.client.keys("Tab")
        self.client.wait("Feet", "menu item")
        self.client.keys("Down", "Down", "Return")
        self.client.type("ali")
        self.client.wait(re.compile("^alice"), "menu item")
        self.client.keys("Return")
        self.shot("filled")
        found = self.client.unnamed()
        assert not found, found
        self.client.press("Run", "push button")
        self.client.wait(re.compile("tide: osl 3 ft for alice, chart none"), "list item")
        self.client.wait(re.compile("^Message general"), FIELD)
        self.shot("answered")

    def with_a_file(self):
        self.start("/ti", "^/tide")
        self.client.wait("harbour, needed: Text", FIELD)
        self.client.type("ost")
        self.client.keys("Tab")
        self.client.type("1")
        self.client.keys("Tab", "Tab", "Tab")  # On a telephone this scrolls it into view.
        self.client.press("chart: Choose a file", "push button")
        self.client.click(self.client.wait("chart.txt", "label"))
        self.client.click(self.client.wait("Open", "push button"))
        self.client.wait("chart: chart.txt", "push button")
        self.client.press("Run", "push button")
        self.client.wait(re.compile("tide: ost 1 for all, chart chart.txt"), "list item")

    def part_of_a_command(self):
        self.start("/wat", "^/watch set")
        self.client.wait("role, needed: Role", FIELD)
        self.client.type("night")
        self.client.wait(re.compile("^Night watch"), "menu item")
        self.client.keys("Return")
        self.client.gone(re.compile("^Night watch"), "menu item")
        self.client.keys("Return")
        self.client.wait(re.compile("set: Night watch has the watch"), "list item")

    def unanswered(self):
        """A bot that says nothing is no reason to wait for ever."""
        self.start("/sil", "^/silent")
        self.client.press("Run", "push button")
        self.client.wait("Waiting for Pilot")
        self.client.wait("Pilot did not answer.")
        self.client.wait("Try again", "push button")
        self.shot("unanswered")
        self.client.keys("Escape")
        self.client.wait(re.compile("^Message general"), FIELD)

    def quiet(self):
        wrong = warnings(self.client.said())
        assert not wrong, wrong[:5]


def run(size, results):
    with tempfile.TemporaryDirectory() as folder:
        story = Story(folder, size)
        try:
            for step in (story.register, story.invite_the_bot, story.open_channel, story.fill_in,
                         story.with_a_file, story.part_of_a_command, story.unanswered, story.quiet):
                name = f"{step.__name__} at {size[0]}x{size[1]}"
                try:
                    step()
                    print(f"  ok  {name}", flush=True)
                    results.append(True)
                except Exception as error:  # noqa: BLE001  (a failed check must not hide the next)
                    print(f"FAIL  {name}: {error}", flush=True)
                    traceback.print_exc()
                    story.shot("failed")
                    results.append(False)
                    return
        finally:
            os.chdir(ROOT)
            story.end()


def main():
    results = []
    for size in ((1280, 800), (390, 844)):
        run(size, results)
    print(f"{results.count(True)} passed, {results.count(False)} failed, 0 skipped")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
