"""Joins two npm packages into the lines that emoji_table.cpp reads: group, emoji, whether it takes
a skin tone, names, other words; between tabs. Usage: table.py NODE_MODULES OUT"""

import json
import pathlib
import re
import sys


def words(block: str, key: str) -> list[str]:
    found = re.search(key + r": \[(.*?)\]", block, re.S)
    return re.findall(r"'([^']*)'|\"([^\"]*)\"", found.group(1)) if found else []


def main() -> None:
    modules, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    known = json.loads((modules / "unicode-emoji-json/data-by-emoji.json").read_text("utf-8"))
    text = (modules / "gemoji/index.js").read_text("utf-8")
    lines = []
    for block in re.findall(r"\{\n(.*?)\n  \}", text, re.S):
        emoji = re.search(r"emoji: '([^']*)'", block)
        one = known.get(emoji.group(1)) if emoji else None
        if one is None:
            continue
        names = [a or b for a, b in words(block, "names")]
        tags = [a or b for a, b in words(block, "tags")] + one["name"].split()
        tone = "1" if one["skin_tone_support"] else "0"
        fields = [one["group"], emoji.group(1), tone, " ".join(names), " ".join(tags)]
        lines.append("\t".join(fields))
    if len(lines) < 1_500:
        sys.exit(f"only {len(lines)} emoji: has a package changed its form?")
    out.write_text("\n".join(lines) + "\n", "utf-8")


main()
