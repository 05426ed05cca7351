#!/usr/bin/env python3
"""End to end: two people at two nodes, with the real client and its real window.

One registers, makes a guild and invites; the other joins from another node; they talk both ways; the
first starts again without any network and reads what the device knows. Ends in "N passed, N failed".
"""
import pathlib
import re
import sys
import tempfile
import traceback

from harness import ARTEFACTS, Client, Node, Screen, content, until, warnings

PASSED, FAILED = [], []
PASSWORD = "correct horse battery"


def check(story, name, run):
    try:
        run()
        PASSED.append(name)
        print(f"  ok  {name}", flush=True)
    except Exception as error:  # noqa: BLE001  (a failed check must not hide the next)
        FAILED.append(name)
        print(f"FAIL  {name}: {error}", flush=True)
        traceback.print_exc()
        for client in story.clients():
            client.shot(f"failed-{name}-{client.name}")


class Story:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.one = Node("one.localhost", self.folder / "one")
        self.two = Node("two.localhost", self.folder / "two")
        self.screen = Screen()
        self.other_screen = Screen(390, 844)
        self.alice = self.bob = None

    def clients(self):
        return [one for one in (self.alice, self.bob) if one]

    def end(self):
        for part in (self.alice, self.bob, self.one, self.two):
            if part:
                part.end()
        self.screen.end()
        self.other_screen.end()

    def register(self):
        self.alice = Client("alice", self.screen, self.folder / "alice", self.one.url)
        self.alice.shot("01-first-run")
        self.alice.press("Continue")
        self.alice.wait("Who are you?")
        self.alice.shot("02-who-are-you")
        self.alice.write("Name", "alice")
        self.alice.write("Password", PASSWORD)
        self.alice.press("Create the account")
        self.alice.wait("Create or join a guild")
        self.alice.shot("03-no-guild-yet")

    def create_guild(self):
        self.alice.press("Create or join a guild")
        self.alice.write("Name", "Harbour")
        self.alice.shot("04-create-guild")
        self.alice.press("Create guild")
        self.alice.wait(re.compile(r"^general"), "list item")
        self.alice.shot("05-new-guild")

    def talk(self):
        self.say(self.alice, "the first words in the **harbour** :tada: <script>alert(1)</script>")
        self.hears(self.alice, "first words in the harbour")
        self.alice.shot("06-first-message")

    def say(self, client, text):
        field = client.wait(re.compile(r"^Message "), "text")
        client.click(field)
        client.type(text)
        client.keys("Return")

    def hears(self, client, text):
        client.wait(re.compile(re.escape(text)), "list item")

    def start_twice(self):
        """Somebody clicks a link elsewhere: the window that is there follows it, and stays alone."""
        page = self.alice.wait(re.compile(r"^Message "), "text")
        assert self.alice.start_again("guildhall:///channels/1/2") == 0
        self.alice.wait(re.compile(r"^This link leads to a guild"))
        assert self.alice.start_again("guildhall://127.0.0.1:1/i/nothere") == 0
        self.alice.wait("Join with an invite")
        self.alice.shot("07-invite-by-link")
        self.alice.keys("Escape")
        self.alice.gone("Join with an invite")
        assert page and self.alice.child.poll() is None

    def invite(self):
        """In the client, and read out over the telephone."""
        header = [one for one in self.alice.shown() if one.get_name() == "Harbour"
                  and one.get_role_name() == "push button"][-1]  # The other is the rail's.
        self.alice.click(header)
        self.alice.press("Invite people", "menu item")
        self.alice.press("Create invite")
        field = self.alice.wait("For people of any node", "text")
        code = until("the invite is there", lambda: content(field)).partition("@")[0]
        self.alice.shot("07-invite")
        self.alice.keys("Escape")
        self.alice.gone("For people of any node")
        # The nodes of this story have no names in the DNS.
        self.code = f"{code}@127.0.0.1:{self.one.links.rsplit(':', 1)[1]}"

    def join(self):
        """Another person, whose home is another node, on a telephone."""
        self.bob = Client("bob", self.other_screen, self.folder / "bob", self.two.url, (390, 844))
        self.bob.press("Continue")
        self.bob.wait("Who are you?")
        self.bob.shot("10-phone-who-are-you")
        self.bob.write("Name", "bob")
        self.bob.write("Password", PASSWORD)
        self.bob.press("Create the account")
        self.bob.press("Create or join")
        self.bob.press("Join with an invite")
        self.bob.write(re.compile("^Invite"), self.code)
        self.bob.shot("11-phone-join")
        self.bob.press("Look")
        self.bob.press("Join guild")
        self.hears(self.bob, "first words in the harbour")
        self.bob.shot("12-phone-joined")

    def talk_both_ways(self):
        self.say(self.bob, "hello from another node")
        self.hears(self.alice, "hello from another node")
        self.say(self.alice, "and hello back")
        self.hears(self.bob, "and hello back")
        self.alice.shot("13-both-ways")
        self.bob.shot("14-phone-both-ways")

    def accessible(self):
        """A control without a name says nothing to a screen reader."""
        for client in self.clients():
            found = client.unnamed()
            assert not found, f"{client.name}: {found}"

    def start_offline(self):
        """The node is gone, the client starts again: what it knew is there, and so is a draft."""
        field = self.alice.wait(re.compile(r"^Message "), "text")
        self.alice.click(field)
        self.alice.type("a draft that stays")
        assert self.alice.end() == 0, "it did not end in peace"
        self.one.end()
        self.alice = Client("alice-offline", self.screen, self.folder / "alice")
        self.hears(self.alice, "and hello back")
        self.alice.wait(re.compile(r"^No connection"))
        field = self.alice.wait(re.compile(r"^Message "), "text")
        until("the draft is there", lambda: "a draft that stays" in content(field))
        self.alice.shot("19-draft")
        self.alice.shot("20-offline")
        self.alice.click(field)
        self.alice.keys("Return")

    def host_away(self):
        """The other's node lives, the guild's does not: it says so, and what is written waits."""
        self.bob.wait(re.compile(r"^Read-only: "))
        self.say(self.bob, "written while the host was away")
        self.hears(self.bob, "written while the host was away")
        self.bob.shot("22-phone-host-away")

    def come_back(self):
        """The node returns: what was written meanwhile is sent, by itself and once."""
        self.one.start()
        self.token = self.one.call("POST", "/auth/login",
                                   {"login": "alice", "password": PASSWORD})["token"]
        for text in ("a draft that stays", "written while the host was away"):
            until(f"“{text}” arrived", lambda: self.count(text) == 1,  # noqa: B023  (called at once)
                  wait_s=60, every_s=1)  # The node counts our questions.
        self.hears(self.bob, "a draft that stays")
        self.hears(self.alice, "written while the host was away")
        self.alice.gone(re.compile(r"^No connection"))
        self.bob.gone(re.compile(r"^Read-only: "))
        self.alice.shot("23-back")
        assert self.count("a draft that stays") == 1
        assert self.count("written while the host was away") == 1

    def log_out(self):
        """Away with the account, from a dialog that lies over what goes with it."""
        self.alice.press("Settings")
        self.alice.press("My account")
        until("the end of the page", lambda: self.alice.find("Log out", "push button")
              or self.alice.xdo("mousemove", "730", "500", "click", "5"), every_s=0.2)
        self.alice.press("Log out")
        self.alice.wait(re.compile("^Log out of alice"))
        self.alice.click([one for one in self.alice.shown() if one.get_name() == "Log out"][-1])
        self.alice.gone("Settings")
        self.alice.wait("Continue")
        self.alice.shot("24-logged-out")

    def count(self, text):
        """How often the node that hosts the guild has it."""
        guild = self.one.call("GET", "/users/@me/guilds", token=self.token)[0]["id"]
        channels = self.one.call("GET", f"/guilds/{guild}/channels", token=self.token)
        channel = next(one["id"] for one in channels if one["type"] == 0)
        page = self.one.call("GET", f"/channels/{channel}/messages?limit=50", token=self.token)
        return sum(one["content"] == text for one in page)

    def quiet(self):
        """Nothing of QML was wrong in all of it, and both end in peace."""
        for client in self.clients():
            code = client.end()
            assert code == 0, f"{client.name} ended with {code}"
        for client in ("alice", "alice-offline", "bob"):
            log = ARTEFACTS / f"{client}.log"
            wrong = warnings(log.read_text(errors="replace")) if log.exists() else []
            assert not wrong, f"{client}: {wrong[:5]}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        story = Story(folder)
        try:
            for step in (story.register, story.create_guild, story.talk, story.start_twice,
                         story.invite, story.join,
                         story.talk_both_ways, story.accessible, story.start_offline,
                         story.host_away, story.come_back, story.log_out, story.quiet):
                check(story, step.__name__, step)
                if FAILED:
                    break
        finally:
            story.end()
    print(f"{len(PASSED)} passed, {len(FAILED)} failed, 0 skipped")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
