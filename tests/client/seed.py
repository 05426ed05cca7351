"""A guild as one finds it after a year: people, roles, channels, and messages of every kind."""
import subprocess
import urllib.parse

PASSWORD = "correct horse battery"
OWNER = "ada"
PEOPLE = {
    "ada": "Ada Lindqvist", "bram": "Bram", "chidi": "Chidi Okafor", "dora": "Dora the harbour master",
    "emil": "Émile Zátopek", "farah": "فرح", "goro": "Gorō", "hanna": "Hanna", "ines": "Inês",
    "jonas": "Jonas whose name does not fit in", "kaia": "Kaia", "luca": "Luca"}
ROLES = [("Harbour master", 0xE0A030, True, ["dora"]), ("Crew", 0x3BA55D, True, ["bram", "chidi", "emil"]),
         ("Night watch", 0x5865F2, True, ["goro", "hanna"]), ("Guests", 0xD04F8A, False, ["luca", "kaia"])]
CODE = """The tide, as the tower reckons it:
```cpp
// metres above the chart's zero
double level(double hour) {
    return 2.1 + 1.4 * std::sin(hour / 12.42 * 6.283);
}
```
`level(3)` is the highest of today."""
MARKDOWN = """# The week at the quay
Bring **warm clothes**, *not* umbrellas, and ~~no~~ __one__ torch; see <#{plans}> and ask <@{dora}>.
- two lines of rope
- the ||hidden key||
> The sea, once it casts its spell, holds one in its net of wonder forever."""


def picture(width, height, one, two):
    """A PNG with a gradient from one colour to another."""
    return subprocess.run(["convert", "-size", f"{width}x{height}", f"gradient:{one}-{two}", "png:-"],
                          check=True, capture_output=True, timeout=30).stdout


class Seed:
    """Fills a node; keeps what the pages are opened with."""

    def __init__(self, node, far):
        self.node, self.far = node, far
        self.people, self.ids = {}, {}
        for name, shown in PEOPLE.items():
            made = node.call("POST", "/auth/register",
                             {"username": name, "password": PASSWORD, "global_name": shown})
            self.people[name] = made["token"]
            self.ids[name] = self.call(name, "GET", "/users/@me")["id"]
        self.guild = self.call(OWNER, "POST", "/guilds", {"name": "Harbour"})["id"]
        self.channels()
        self.members()
        self.messages()

    def call(self, who, method, path, body=None, files=None):
        return self.node.call(method, path, body, self.people[who], files)

    def channels(self):
        at = f"/guilds/{self.guild}/channels"
        for one in self.call(OWNER, "GET", at):
            if one["type"] != 0:
                continue
            self.general = one["id"]
        topic = {"topic": "Tides, ropes and everything that floats"}
        self.call(OWNER, "PATCH", f"/channels/{self.general}", topic)
        quay, office = (self.call(OWNER, "POST", at, {"name": name, "type": 4})["id"]
                        for name in ("On the quay", "Office"))
        made = {name: self.call(OWNER, "POST", at, {"name": name, "type": kind, "parent_id": parent})
                for name, kind, parent in (("plans", 0, quay), ("photographs", 0, quay),
                                           ("news", 5, office), ("ropes-and-knots", 0, quay),
                                           ("captains-only", 0, office))}
        self.plans, self.private = made["plans"]["id"], made["captains-only"]["id"]
        self.call(OWNER, "PUT", f"/channels/{self.private}/permissions/{self.guild}",
                  {"type": 0, "allow": "0", "deny": "1024"})

    def members(self):
        code = self.call(OWNER, "POST", f"/channels/{self.general}/invites", {})["code"]
        for name in self.people:
            if name != OWNER:
                self.call(name, "POST", f"/invites/{code}", {})
        for name, colour, hoist, who in ROLES:
            role = self.call(OWNER, "POST", f"/guilds/{self.guild}/roles",
                             {"name": name, "color": colour, "hoist": hoist})["id"]
            for one in who:
                self.call(OWNER, "PUT",
                          f"/guilds/{self.guild}/members/{self.ids[one]}/roles/{role}")
        guest = self.far.call("POST", "/auth/register",
                              {"username": "nils", "password": PASSWORD, "global_name": "Nils"})["token"]
        far_code = f"{code}@localhost:{self.node.links.rsplit(':', 1)[1]}"
        self.far.call("POST", f"/invites/{urllib.parse.quote(far_code)}", {}, guest)
        self.guest = guest

    def say(self, who, text, files=None, **more):
        return self.call(who, "POST", f"/channels/{self.general}/messages",
                         {"content": text, **more}, files)["id"]

    def messages(self):
        for i in range(24):
            name = list(PEOPLE)[i * 5 % 12]
            self.say(name, f"Ship {i + 1} is in; her captain asks for berth {i * 7 % 11 + 1}.")
        self.far.call("POST", f"/channels/{self.general}/messages",
                      {"content": "Greetings from the node across the water."}, self.guest)
        week = self.say("dora", MARKDOWN.format(plans=self.plans, dora=self.ids["dora"]))
        self.say("chidi", CODE)
        self.say("farah", "مرحبا بالجميع، متى تصل السفينة القادمة؟")
        self.say("emil", "At six, if the wind holds. <@{0}>, do you hear?".format(self.ids[OWNER]),
                 message_reference={"message_id": week})
        files = {"dusk.png": picture(800, 450, "#f0a060", "#203060")}
        dusk = self.say("hanna", "Last night from the tower", files)
        self.say("hanna", "And the list", {"berths.txt": b"1 Astrid\n2 Beata\n3 Cecilia\n"})
        for message, emoji, who in ((week, "👍", ("bram", "goro", "luca")), (week, "⚓", ("ines",)),
                                    (dusk, "❤️", ("ada", "kaia"))):
            for name in who:
                self.call(name, "PUT", f"/channels/{self.general}/messages/{message}/reactions/"
                                       f"{urllib.parse.quote(emoji)}/@me")
        for message in (week, dusk):
            self.call(OWNER, "PUT", f"/channels/{self.general}/pins/{message}")
        self.say("bram", "Lines are doubled.")
        self.say(OWNER, "Thank you, all of you ⚓")
