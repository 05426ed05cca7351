"""What a tour visits, in turn."""
import re

from tour_pages import CHANNEL_SECTIONS, GENERAL, GUILD_SECTIONS, NEWEST, USER_SECTIONS, WRITE

BRAM = re.compile("^Bram")


def walk(tour):
    for part in (talking, finding, writing, guild, guild_settings, own):
        part(tour)


def talking(tour):
    tour.page("workspace", lambda: None, NEWEST, "list item")
    if tour.phone:
        tour.page("guilds", tour.to("Guilds and channels"), GENERAL)
        tour.press(GENERAL, role="list item")
        tour.page("members", tour.to("Members"), BRAM)
    tour.page("profile", tour.to(BRAM), "Mention", over=tour.phone)
    tour.page("member-roles", tour.to("Roles", role="push button"), "Nickname", over=True)
    tour.escape("Nickname", "text")
    if tour.phone:
        tour.client.keys("Escape")
    tour.page("picture", tour.to("dusk.png"), "Picture %1 of %2", over=True)
    tour.escape("Picture %1 of %2")


def finding(tour):
    client = tour.client
    tour.page("pins", tour.keys("ctrl+p"), "Pinned messages", "heading")
    client.keys("ctrl+p")
    tour.page("search", tour.keys("ctrl+f"), "Words, from:name, has:file", "text")
    tour.page("found", lambda: (client.type("tower"), client.keys("Return")))
    client.keys("ctrl+f")
    tour.page("switcher", tour.keys("ctrl+k"), "Where to?", over=True)
    tour.page("switcher-found", lambda: client.type("ro"), re.compile("ropes-and-knots"))
    tour.escape("Where to?")
    tour.page("keys", tour.keys("ctrl+slash"), "Keyboard shortcuts", over=True)
    tour.escape("Keyboard shortcuts")
    tour.page("date", tour.keys("ctrl+g"), "Go to a date", "dialog", over=True)
    tour.escape("Go to a date", "dialog")


def writing(tour):
    client = tour.client
    tour.page("emoji", tour.to("Emoji", role="push button"), "Choose an emoji")
    tour.escape("Choose an emoji")
    client.click(tour.wait(WRITE, "text"))
    tour.page("completion", lambda: client.type("@ha"), "%n suggestion(s), chosen: %1")
    client.keys("Escape", "ctrl+a", "BackSpace")


def guild(tour):
    """What the guild's menu leads to."""
    client = tour.client
    tour.page("guild-menu", tour.open_guild_menu, "Invite people", "menu item")
    client.keys("Escape")
    tour.close_left()
    for name, entry, shown in (("invite", "Invite people", "Create invite"),
                               ("create-channel", "Create a channel", "Create"),
                               ("why", "Why can't I…?", "Why can’t I?"),
                               ("hosting", "Where this guild lives", "Home of this guild")):
        tour.page(name, tour.choose(entry), shown, over=True)
        tour.escape(shown)
        tour.close_left()
    tour.page("create-guild", tour.keys("ctrl+shift+n"), "Create guild", over=True)
    tour.page("join-guild", tour.to("Join with an invite"), "Join guild", over=True)
    tour.escape("Join guild")


def guild_settings(tour):
    tour.page("guild-settings", tour.choose("Guild settings"), "Choose picture", over=True)
    if tour.phone:
        tour.client.keys("Escape")
    tour.sections("guild", GUILD_SECTIONS)
    tour.press("Roles", role="list item")
    tour.page("role", tour.to("Crew", role="list item"), "All roles", over=True)
    tour.page("role-display", tour.to("Display"), "Delete role", over=True)
    tour.press("All roles")
    if tour.phone:
        tour.client.keys("Escape")
    tour.press("Channels", role="list item")
    tour.press("plans", role="list item")
    tour.wait("Permissions", "list item" if not tour.phone else None)
    tour.sections("channel", CHANNEL_SECTIONS)
    tour.leave_settings()
    tour.close_left()


def own(tour):
    if tour.phone:
        tour.press("Guilds and channels")
    tour.page("account-menu", tour.to(re.compile("^Ada Lindqvist[,،] "), role="push button"), "My node: %1")
    tour.page("node", tour.to("My node: %1"), "Fingerprint", over=True)
    tour.escape("Fingerprint")
    tour.close_left()
    tour.page("settings", tour.keys("ctrl+comma"), "Choose picture", over=True)
    if tour.phone:
        tour.client.keys("Escape")
    tour.sections("settings", USER_SECTIONS)
    tour.leave_settings()
